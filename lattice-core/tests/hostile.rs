//! Every type against bytes from strangers: hostile, but well-formed as far as that goes.
//!
//! For each type, on states with gaps, removals and counts at their end:
//!
//! 1. what was encoded decodes to the same state;
//! 2. cut off anywhere, or followed by anything, it is refused;
//! 3. with any one bit flipped it is refused, or the canonical form of another state, which joins as the laws say;
//! 4. a sequence of the greatest integers, which claims the greatest lengths and counts everywhere, is refused or a state, and no arithmetic
//!    overflows on it;
//! 5. what was merged before, in any order, changes nothing;
//! 6. what comes back to its writer, alone or within other states, is never taken for forged.

mod catalogue;

use catalogue::{Chance, Seen, Written};

const SEEDS: std::ops::Range<u64> = 0..3;

fn states<T: Written>() -> impl Iterator<Item = T> {
    SEEDS.flat_map(|seed| Seen::at_random(&mut Chance::new(seed), 3 + 4 * seed as usize).into_states())
}

/// What every state promises, whoever made it: no panic, and the laws beside another state.
fn joins_lawfully<T: Written>(state: &T, other: &T) {
    let mut same = state.clone();
    assert!(!same.join_ref(state) && same == *state, "joining a state into itself changes nothing");
    assert_eq!(same.diff(state), None);
    let (one, two) = (state.clone().joined(other.clone()), other.clone().joined(state.clone()));
    assert_eq!(one, two, "the order does not matter");
    assert_eq!(one.to_bytes(), two.to_bytes());
    let mut absorbed = other.clone();
    let news = absorbed.absorb(state.clone());
    assert_eq!(absorbed, one, "absorbing joins");
    assert_eq!(news.is_some(), !state.leq(other));
    let caught_up = state.diff(other).map_or(other.clone(), |diff| other.clone().joined(diff));
    assert_eq!(caught_up, one, "a diff brings the other up to date");
    assert!(state.leq(&one) && other.leq(&one));
    assert!(state.incompatible(other).is_none() || one.conflict().is_some());
}

fn comes_back<T: Written>() {
    for state in states::<T>() {
        assert_eq!(T::from_bytes(&state.to_bytes()).as_ref(), Ok(&state));
    }
}

fn is_refused_when_cut_or_continued<T: Written>() {
    for state in states::<T>() {
        let bytes = state.to_bytes();
        for end in 0..bytes.len() {
            assert!(T::from_bytes(&bytes[..end]).is_err(), "{state:?}, cut after {end} bytes");
        }
        for more in [&[0][..], &[1], &[0xff], &bytes] {
            assert!(T::from_bytes(&[&bytes[..], more].concat()).is_err(), "{state:?}, and {more:?}");
        }
    }
}

fn is_refused_or_canonical_with_a_bit_flipped<T: Written>() {
    for state in states::<T>() {
        let mut bytes = state.to_bytes();
        for bit in 0..8 * bytes.len() {
            bytes[bit / 8] ^= 1 << (bit % 8);
            if let Ok(other) = T::from_bytes(&bytes) {
                assert_eq!(other.to_bytes(), bytes, "{other:?}");
                joins_lawfully(&other, &state);
            }
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
    }
}

/// The longest integer, which is no length that any input has.
const GREATEST: [u8; 10] = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];

fn survives_the_greatest_integers<T: Written>() {
    for state in states::<T>() {
        let bytes = state.to_bytes();
        for at in 0..bytes.len() {
            let forged = [&bytes[..at], &GREATEST, &bytes[at + 1..]].concat();
            if let Ok(other) = T::from_bytes(&forged) {
                assert_eq!(other.to_bytes(), forged, "{other:?}");
                joins_lawfully(&other, &state);
                // And what is written on top of it.
                drop(std::hint::black_box(other.joined(state.clone()).to_bytes()));
            }
        }
        assert!(T::from_bytes(&GREATEST.repeat(9)).is_err());
    }
}

fn replays_change_nothing<T: Written>() {
    for seed in SEEDS {
        let (chance, mut state) = (&mut Chance::new(seed), T::bottom());
        let mut sent = Vec::new();
        for _ in 0..12 {
            let delta = state.write(lattice_core::WriterId(1 + chance.next() % 3), chance);
            state.join_ref(&delta);
            sent.push(delta);
        }
        let before = state.to_bytes();
        for _ in 0..24 {
            let replayed = T::from_bytes(&chance.one_of(&sent).to_bytes()).expect("it was sent");
            assert!(!state.join_ref(&replayed) && state.absorb(replayed).is_none());
        }
        assert_eq!(state.to_bytes(), before);
    }
}

fn honest_deltas_are_no_alarm<T: Written>() {
    for seed in SEEDS {
        let chance = &mut Chance::new(seed);
        let mut replicas = [T::bottom(), T::bottom(), T::bottom()];
        for _ in 0..40 {
            let (from, to) = (chance.below(3), chance.below(3));
            let [writer, owner] = [from, to].map(|at| lattice_core::WriterId(1 + at as u64));
            let delta = replicas[from].write(writer, chance);
            replicas[from].join_ref(&delta);
            let sent = if chance.below(3) == 0 { replicas[from].clone() } else { delta };
            assert_eq!(replicas[to].forged(&sent, owner), None, "{sent:?} comes to {:?}", replicas[to]);
            replicas[to].join(sent);
        }
    }
}

macro_rules! hostile {
    ($($name:ident: $type:ident;)+) => {$(
        mod $name {
            use crate::catalogue::writes::$type;

            #[test]
            fn comes_back() {
                super::comes_back::<$type>();
            }

            #[test]
            fn is_refused_when_cut_or_continued() {
                super::is_refused_when_cut_or_continued::<$type>();
            }

            #[test]
            fn is_refused_or_canonical_with_a_bit_flipped() {
                super::is_refused_or_canonical_with_a_bit_flipped::<$type>();
            }

            #[test]
            fn survives_the_greatest_integers() {
                super::survives_the_greatest_integers::<$type>();
            }

            #[test]
            fn replays_change_nothing() {
                super::replays_change_nothing::<$type>();
            }

            #[test]
            fn honest_deltas_are_no_alarm() {
                super::honest_deltas_are_no_alarm::<$type>();
            }
        }
    )+};
}

catalogue::catalogue!(hostile);
