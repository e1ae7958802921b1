//! The lattices made of other lattices, on components that are not distributive and have conflicts: whatever holds of `Max` and
//! of sets only by their being chains or distributive fails on M3 or N5.

mod fixtures;

use fixtures::{M3, N5};
use std::collections::BTreeSet;

use lattice_core::{
    Antichain, Any, Bounded, Chain, Common, Dual, Flat, Grow, Lattice, Lex, LexPartial, Max, Min, Prefix,
    WithTop, codec::Codec, laws,
};
use proptest::{collection::vec, prelude::*};

fn pairs<A: Clone, B: Clone, T>(left: &[A], right: &[B], pair: impl Fn(A, B) -> T) -> Vec<T> {
    let pair = &pair;
    left.iter().flat_map(|a| right.iter().map(move |b| pair(a.clone(), b.clone()))).collect()
}

fn m3() -> Vec<M3> {
    laws::exhaustive()
}

fn n5() -> Vec<N5> {
    laws::exhaustive()
}

fn flats() -> [Flat<u8>; 4] {
    [Flat::Bottom, Flat::Value(1), Flat::Value(2), Flat::Conflict]
}

fn lex<K, V>(key: K, value: V) -> Lex<K, V> {
    Lex { key, value }
}

laws!(array: [M3; 2], pairs(&m3(), &m3(), |a, b| [a, b]));
laws!(array_of_n5: [N5; 2], pairs(&n5(), &n5(), |a, b| [a, b]));
laws!(lex_m3: Lex<Max<u8>, M3>, pairs(&[0, 1, 255].map(Max), &m3(), lex));
laws!(lex_n5: Lex<Any, N5>, pairs(&[false, true].map(Any), &n5(), lex));
laws!(
    lex_of_lex: Lex<Lex<Max<u8>, Any>, M3>,
    pairs(&pairs(&[0, 255].map(Max), &[false, true].map(Any), lex), &m3(), lex)
);
laws!(
    twelve: (Max<u8>, Any, M3, (), (), (), (), (), (), (), Any, N5),
    pairs(&pairs(&[0, 255].map(Max), &m3(), |a, b| (a, b)), &n5(), |(a, b), c| {
        (a, Any(true), b, (), (), (), (), (), (), (), Any(false), c)
    })
);

fn partial<K, V>(key: K, value: V) -> LexPartial<K, V> {
    LexPartial { key, value }
}

/// All vectors of up to `len` states.
fn vectors<T: Clone>(states: &[T], len: usize) -> Vec<Vec<T>> {
    let mut all = vec![vec![]];
    let mut longest = all.clone();
    for _ in 0..len {
        longest = pairs(&longest, states, |states, state| [states, vec![state]].concat());
        all.extend(longest.iter().cloned());
    }
    all
}

laws!(lex_partial_m3: LexPartial<M3, N5>, pairs(&m3(), &n5(), partial));
laws!(lex_partial_n5: LexPartial<N5, M3>, pairs(&n5(), &m3(), partial));
laws!(lex_partial_flat: LexPartial<Flat<u8>, M3>, pairs(&flats(), &m3(), partial));
laws!(with_top_m3: WithTop<M3>, m3().into_iter().map(WithTop::Value).chain([WithTop::Top]));
laws!(with_top_n5: WithTop<N5>, n5().into_iter().map(WithTop::Value).chain([WithTop::Top]));
laws!(dual_m3: Dual<M3>, m3().into_iter().map(Dual));
laws!(dual_n5: Dual<N5>, n5().into_iter().map(Dual));
laws!(dual_of_lex: Dual<Lex<Max<u8>, Any>>, pairs(&[0, 1, 255].map(Max), &[false, true].map(Any), |a, b| Dual(lex(a, b))));
laws!(grow_m3: Grow<M3>, vectors(&m3(), 2).into_iter().map(Grow));
laws!(grow_n5: Grow<N5>, vectors(&n5(), 2).into_iter().map(Grow));
laws!(antichain_m3: Antichain<M3>, antichains(&m3()));
laws!(antichain_n5: Antichain<N5>, antichains(&n5()));
laws!(antichain_of_dual: Antichain<Dual<N5>>, antichains(&n5().into_iter().map(Dual).collect::<Vec<_>>()));
laws!(bounded_grow: Bounded<Grow<M3>, 1>, vectors(&m3(), 2).into_iter().map(|states| Bounded::from(Grow(states))));
laws!(option_of_common: Option<Common<BTreeSet<u8>>>, {
    let sets = vectors(&[1, 2], 2).into_iter().map(|set| Some(Common(BTreeSet::from_iter(set))));
    sets.chain([None])
});

/// What the antichains of a few states are: their subsets, each less what is not maximal.
fn antichains<L: Lattice + Clone>(states: &[L]) -> Vec<Antichain<L>> {
    (0..1_u32 << states.len())
        .map(|chosen| {
            let states = states.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
            states.map(|(_, state)| state.clone()).collect()
        })
        .collect()
}

/// A conflict as the key: the greatest state of a chain.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Round(u8);

const CANCELLED: u8 = 9;

impl Lattice for Round {
    fn join(&mut self, other: Self) -> bool {
        let grows = self.0 < other.0;
        self.0 = self.0.max(other.0);
        grows
    }

    fn lattice_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.0.cmp(&other.0))
    }

    fn conflict(&self) -> Option<lattice_core::Conflict> {
        (self.0 == CANCELLED).then(|| lattice_core::Conflict::in_state(self))
    }

    fn incompatible(&self, other: &Self) -> Option<lattice_core::Conflict> {
        other.conflict()
    }
}

impl Chain for Round {}

laws!(lex_with_conflicts: Lex<Round, Flat<u8>>, pairs(&[0, 1, CANCELLED].map(Round), &flats(), lex));

#[test]
fn only_the_key_of_a_lex_is_in_conflict() {
    let twice = lex(Round(1), Flat::Value(1)).joined(lex(Round(1), Flat::Value(2)));
    assert_eq!(twice, lex(Round(1), Flat::Conflict));
    assert_eq!(twice.conflict(), None, "a later round overwrites it");
    let cancelled = twice.joined(lex(Round(CANCELLED), Flat::Bottom));
    assert_eq!(cancelled.conflict().unwrap().path(), "key");
}

#[test]
fn a_position_of_an_array_in_conflict_is_named() {
    let conflict = [M3::A, M3::B].incompatible(&[M3::A, M3::C]).unwrap();
    assert_eq!((conflict.path().as_str(), conflict.values()), ("[1]", Some(("B", "C"))));
    assert_eq!([M3::A, M3::Top].conflict().unwrap().path(), "[1]");
}

proptest! {
    #[test]
    fn forks_of_a_prefix_are_told_at_their_place(
        values in vec(0_u8..3, 0..6),
        other in vec(0_u8..3, 0..6),
        third in vec(0_u8..3, 0..6),
    ) {
        let states = [&values, &other, &third].map(|values| Prefix::from(values.clone()));
        laws::lattice(&states)?;
        laws::meet(&states)?;
        laws::delta(&states)?;
        laws::codec(&states)?;
        let fork = values.iter().zip(&other).position(|(left, right)| left != right);
        let told = states[0].incompatible(&states[1]).map(|conflict| conflict.path());
        prop_assert_eq!(told, fork.map(|at| format!("[{at}]")));
    }

    #[test]
    fn an_antichain_keeps_what_nothing_is_above(offers in vec((0_u8..5, 0_u8..5), 0..12), seed in any::<prop::sample::Index>()) {
        let offers: Vec<_> = offers.into_iter().map(|(price, speed)| (Min(price), Max(speed))).collect();
        let written: Antichain<_> = offers.iter().copied().collect();
        let mut turned = offers.clone();
        turned.rotate_left(seed.index(offers.len().max(1)));
        let again: Antichain<_> = turned.into_iter().collect();
        prop_assert_eq!(&written, &again, "in whatever order they are written");
        prop_assert_eq!(written.to_bytes(), again.to_bytes());
        for offer in &offers {
            let is_greatest = !offers.iter().any(|other| offer != other && offer.leq(other));
            prop_assert_eq!(written.iter().any(|kept| kept == offer), is_greatest);
        }
    }

    #[test]
    fn any_bytes_are_canonical_or_refused(bytes in vec(0_u8..6, 0..24)) {
        fn check<T: Codec>(bytes: &[u8]) {
            if let Ok(state) = T::from_bytes(bytes) {
                assert_eq!(state.to_bytes(), bytes);
            }
        }
        check::<Antichain<(Max<u8>, Max<u8>)>>(&bytes);
        check::<Grow<Flat<u8>>>(&bytes);
        check::<Prefix<u8>>(&bytes);
        check::<Bounded<BTreeSet<u8>, 2>>(&bytes);
        check::<WithTop<Flat<u8>>>(&bytes);
    }
}

#[test]
fn what_holds_beyond_its_bound_is_a_conflict_and_is_foreseen() {
    let of =
        |elements: &[u8]| Bounded::<BTreeSet<u8>, 2>::from(elements.iter().copied().collect::<BTreeSet<_>>());
    assert_eq!(of(&[1, 2]).incompatible(&of(&[2])), None);
    assert_eq!(of(&[1, 2]).incompatible(&of(&[3])).unwrap().values(), Some(("{1, 2}", "{3}")));
    assert_eq!(of(&[1, 2, 3]), of(&[4, 5, 6]), "what went beyond is forgotten");
}

#[test]
fn a_top_is_no_conflict_and_hides_those_below_it() {
    let state = WithTop::Value(Flat::Value(1)).joined(WithTop::Value(Flat::Value(2)));
    assert_eq!(state.value(), Some(&Flat::Conflict));
    assert_eq!(state.conflict(), None);
    assert_eq!(state.joined(WithTop::Top).conflict(), None);
}
