//! What a decode holds, counted by the allocator: the promises of `codec::Budget`, for every type.
//!
//! 1. No more than four times the input and the value that comes out of it together; of an input that was cut off, the value is the one that
//!    it was cut from.
//! 2. Never more than the budget has, whatever the bytes are: honest, cut off, mangled.
//! 3. Lengths that lie cost nothing.
//!
//! One test, since the allocator is one for the process.

mod catalogue;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use catalogue::{Chance, Seen, Visitor, Written, for_each_type};
use lattice_core::{
    AddWinsSet, Causal, DotStore, Lattice, Max, MvRegister, OrMap, Sequence, WriterId,
    codec::{Budget, Codec},
};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// For what does not depend on the input: the smallest allocations of a few collections, and what the test's runner does meanwhile.
const SLACK: usize = 512;

/// What was answered, and the most that was held at once.
fn held_by<T>(act: impl FnOnce() -> T) -> (T, usize) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let answer = act();
    (answer, MEMORY.peak_usage() - before)
}

fn four_times_the_value_suffices<T: Codec>(name: &str, bytes: &[u8]) {
    let before = MEMORY.current_usage();
    let (value, most) = held_by(|| T::from_bytes(bytes).ok());
    let held = MEMORY.current_usage() - before;
    assert!(value.is_some(), "{name}: it was encoded");
    drop(value);
    let both = held + bytes.len();
    assert!(most <= 4 * both + SLACK, "{name}: {most} for {} bytes, of which {held} stay", bytes.len());
    for end in [bytes.len() - 1, bytes.len() / 2, bytes.len() / 3] {
        let (value, most) = held_by(|| T::from_bytes(&bytes[..end]).ok());
        assert!(value.is_none() || end == bytes.len(), "{name}: cut off");
        assert!(most <= 4 * both + SLACK, "{name}: {most} for {end} of {} bytes", bytes.len());
    }
}

fn a_budget_is_kept<T: Codec>(name: &str, bytes: &[u8]) {
    for memory in [0, 100, 300, 1000, 3000, 10_000, 100_000, 4 * bytes.len()] {
        let budget = Budget { memory, ..Budget::default() };
        let (_, most) = held_by(|| T::from_bytes_within(bytes, budget).is_ok());
        assert!(most <= memory + SLACK, "{name}: {most} of {memory} for {} bytes", bytes.len());
    }
}

struct Small;

impl Visitor for Small {
    fn visit<T: Written>(&mut self, name: &'static str) {
        let chance = &mut Chance::new(1);
        for n_writes in [1, 3, 10, 100] {
            for state in Seen::<T>::at_random(chance, n_writes).into_states() {
                let mut bytes = state.to_bytes();
                four_times_the_value_suffices::<T>(name, &bytes);
                a_budget_is_kept::<T>(name, &bytes);
                for _ in 0..20 {
                    let at = chance.below(bytes.len());
                    bytes[at] = chance.next() as u8;
                    a_budget_is_kept::<T>(name, &bytes);
                }
            }
        }
        for lie in [vec![0xff; 1000], [vec![0xff; 9], vec![1], vec![0xff; 1000]].concat(), vec![0; 1000]] {
            let (value, most) = held_by(|| T::from_bytes(&lie).is_ok());
            assert!(!value && most <= 4 * lie.len() + SLACK, "{name}: {most} for {} bytes", lie.len());
        }
    }
}

const MANY: u64 = 20_000;

/// A document whose dots follow no previous one, in the order of its keys: each takes a place of its own while it is decoded.
fn scattered() -> Causal<AddWinsSet<u16>> {
    let mut set = Causal::<AddWinsSet<u16>>::new();
    for n in 0..MANY {
        let element = (n * 40_503) as u16;
        set.join(set.write(WriterId(1), |set, dots| set.add(dots, element)));
    }
    set
}

/// A context of many writers, of which next to nothing is left.
fn of_the_dead() -> Causal<AddWinsSet<u16>> {
    let mut set = Causal::<AddWinsSet<u16>>::new();
    for n in 0..1000 {
        set.join(set.write(WriterId(n), |set, dots| set.add(dots, 1)));
    }
    set
}

fn large() {
    let numbers = || (0..MANY).map(|n| n * 7);
    large_one("set", &numbers().collect::<BTreeSet<u64>>());
    large_one("set of bytes", &(0..=255).collect::<BTreeSet<u8>>());
    large_one("hashed set", &numbers().collect::<HashSet<u64>>());
    large_one("map", &numbers().map(|n| (n, Max(n as u8))).collect::<BTreeMap<_, _>>());
    large_one("hashed map", &numbers().map(|n| (n, Max(n as u8))).collect::<HashMap<_, _>>());
    let inner = |n| BTreeSet::from([n as u8]);
    large_one("map of small sets", &numbers().map(|n| (n, inner(n))).collect::<BTreeMap<_, _>>());
    large_one("set of words", &numbers().map(|n| n.to_string()).collect::<BTreeSet<_>>());
    large_one("add-wins set", &scattered());
    large_one("dead writers", &of_the_dead());
    let text = Sequence::new().insert(WriterId(1), None, None, "text".chars().cycle().take(5000));
    large_one("sequence", &text.expect("counts are left"));
    let mut map = Causal::<OrMap<u16, MvRegister<u16>>>::new();
    for n in 0..5000 {
        map.join(map.write(WriterId(1 + u64::from(n % 3)), |map, dots| {
            map.update(dots, n, |register, dots| register.set(dots, n).and(register.set(dots, n)))
        }));
    }
    large_one("map of registers", &map);
}

fn large_one<T: Codec>(name: &str, state: &T) {
    let bytes = state.to_bytes();
    four_times_the_value_suffices::<T>(name, &bytes);
    a_budget_is_kept::<T>(name, &bytes);
}

#[test]
fn a_decode_holds_no_more_than_is_promised() {
    for_each_type(&mut Small);
    large();
}
