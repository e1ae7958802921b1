//! The lattices made of other lattices, on components that are not distributive and have conflicts: whatever holds of `Max` and
//! of sets only by their being chains or distributive fails on M3 or N5.

mod fixtures;

use fixtures::{M3, N5};
use lattice_core::{Any, Chain, Flat, Lattice, Lex, Max, laws};

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
