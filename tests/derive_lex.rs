//! `lex`: a field that grows replaces those after it.

use std::collections::BTreeSet;

use lvars::{Chain, laws, prelude::*};

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
#[lattice(lex, default)]
struct Round {
    #[lattice(max)]
    number: u64,
    phase: Phase,
    votes: BTreeSet<u8>,
}

/// Variants in a row are a chain, and so may be a key.
#[derive(Lattice, LVar, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Phase {
    Open,
    Closed,
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Election {
    round: Round,
    #[lattice(max)]
    turnout: u64,
}

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
#[lattice(lex)]
struct Versioned<K, V>(K, V);

#[derive(Lattice, LVar, Replicate, Clone, Debug, Default)]
#[lattice(lex)]
struct Cached {
    #[lattice(max)]
    version: u8,
    value: Flat<u8>,
    #[lattice(skip(reason = "a count of reads"))]
    reads: u64,
}

/// Equality leaves out what is skipped, as the lattice does.
impl PartialEq for Cached {
    fn eq(&self, other: &Self) -> bool {
        (self.version, &self.value) == (other.version, &other.value)
    }
}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
#[lattice(lex)]
struct Many(
    Max<u8>,
    Max<u8>,
    Max<u8>,
    Max<u8>,
    Max<u8>,
    Max<u8>,
    Max<u8>,
    Max<u8>,
    Max<u8>,
    Max<u8>,
    Max<u8>,
    Max<u8>,
    Max<u8>,
    Flat<u8>,
);

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Election)]
enum Second {
    #[when(round >= 2)]
    Reached,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Round)]
enum Third {
    #[when(self >= 3)]
    Reached,
}

fn rounds() -> Vec<Round> {
    let mut rounds = Vec::new();
    for number in 0..3 {
        for phase in [Phase::Open, Phase::Closed] {
            rounds.extend([vec![], vec![1], vec![2], vec![1, 2]].map(|votes| round(number, phase, &votes)));
        }
    }
    rounds
}

fn round(number: u64, phase: Phase, votes: &[u8]) -> Round {
    Round { number, phase, votes: votes.iter().copied().collect() }
}

laws!(lexicographic: Round, rounds());
laws!(generic: Versioned<Max<u8>, Flat<u8>>, [0, 1].into_iter().flat_map(|key| {
    [Flat::Bottom, Flat::Value(1), Flat::Value(2), Flat::Conflict].map(|value| Versioned(Max(key), value))
}));
laws!(cached: Cached, [0, 1].into_iter().flat_map(|version| {
    [Flat::Bottom, Flat::Value(1), Flat::Value(2)].map(|value| Cached { version, value, reads: 0 })
}));
laws!(many: Many, [many(0, 0), many(1, 0), many(0, 1), many(2, 1)]);

fn many(first: u8, last: u8) -> Many {
    let k = Max(first);
    let l = Max(last);
    Many(k, k, k, k, k, k, k, k, k, k, k, k, l, Flat::Value(last))
}

#[test]
fn a_greater_key_replaces_what_stands_after_it() {
    let mut state = round(1, Phase::Closed, &[1, 2]);
    assert!(state.join(round(2, Phase::Open, &[3])), "a new round");
    assert_eq!(state, round(2, Phase::Open, &[3]));
    assert!(!state.join(round(1, Phase::Closed, &[4])), "the old one is over");
    assert!(state.join(round(2, Phase::Open, &[4])), "another vote in it");
    assert_eq!(state, round(2, Phase::Open, &[3, 4]));
}

#[test]
fn only_a_conflict_of_the_first_key_lasts() {
    let twice = Versioned(Max(1), Flat::<u8>::Conflict);
    assert!(twice.conflict().is_none());
    assert!(twice.joined(Versioned(Max(2), Flat::Value(7))) == Versioned(Max(2), Flat::Value(7)));
}

#[test]
fn an_lvar_of_it_is_one_lock_and_waits_for_the_first_key() {
    let election = LVar::<Election>::new();
    election.round.put(round(1, Phase::Open, &[1])).expect("news");
    assert_eq!(
        election.get::<Second>().why(Outside::here()),
        ["round: Round { number: 1, phase: Open, votes: {1} }, waiting for at least 2"]
    );
    election.round.put(round(2, Phase::Open, &[])).expect("news");
    assert_eq!(election.get::<Second>().wait(), Ok(Second::Reached));
    assert_eq!(election.into_value().map(|election| election.round), Ok(round(2, Phase::Open, &[])));
}

#[test]
fn a_plain_state_answers_for_the_first_key() {
    assert_eq!(round(2, Phase::Closed, &[1]).get::<Third>(), Ok(None));
    assert_eq!(round(3, Phase::Open, &[]).get::<Third>(), Ok(Some(Third::Reached)));
}

#[test]
fn a_new_key_brings_a_skipped_field_not_along() {
    let mut cached = Cached { version: 1, value: Flat::Value(1), reads: 9 };
    assert!(cached.join(Cached { version: 2, value: Flat::Value(2), reads: 1 }));
    assert_eq!((cached.version, cached.value, cached.reads), (2, Flat::Value(2), 9));
}

#[test]
fn replicas_converge_on_the_greatest_round() {
    let (rome, oslo) = (Replica::<Election>::open(), Replica::<Election>::open());
    let write = |replica: &Replica<Election>, state: Round| {
        replica
            .update(Outside::here(), |_, _| Election { round: state, turnout: 1 })
            .expect("a legal write")
            .expect("news")
    };
    let (first, second) =
        (write(&rome, round(1, Phase::Closed, &[1])), write(&oslo, round(2, Phase::Open, &[2])));
    rome.merge(Outside::here(), second).expect("a delta of this type");
    oslo.merge(Outside::here(), first).expect("a delta of this type");
    assert_eq!(rome.get::<Second>().now(Outside::here()), Ok(Some(Second::Reached)));
    assert_eq!(oslo.get::<Second>().now(Outside::here()), Ok(Some(Second::Reached)));
}

#[test]
fn variants_in_a_row_are_a_chain() {
    fn is_chain<C: Chain>() {}
    is_chain::<Phase>();
}
