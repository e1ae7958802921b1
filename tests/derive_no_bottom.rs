//! `no_bottom`: lattices that start nowhere, and live in an `Option`.

use std::cmp::Ordering;

use lvars::{hasse::States, laws, prelude::*};

/// What a vote was, once there was one.
#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Yes < Both, No < Both), conflict = Both, no_bottom)]
enum Vote {
    Yes,
    No,
    Both,
}

#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Ballot {
    vote: Option<Vote>,
    #[lattice(max)]
    round: u64,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Ballot)]
enum Outcome {
    #[when(vote >= Vote::Yes)]
    For,
    #[when(vote >= Vote::No)]
    Against,
}

/// At least one element, by construction.
#[derive(Lattice, Clone, Debug, PartialEq)]
#[lattice(no_bottom, partial_ord)]
struct NonEmpty {
    #[lattice(max)]
    greatest: u64,
    #[lattice(min)]
    least: u64,
}

#[derive(Lattice, Clone, Debug, PartialEq, Eq)]
#[lattice(order(Text < Mixed, Number < Mixed), no_bottom)]
enum Kind {
    Text,
    Number(Max<u64>),
    Mixed,
}

laws!(vote: Vote);
laws!(ballot: Ballot, ballots());
laws!(non_empty: NonEmpty, [(3, 3), (4, 2), (9, 1)].map(|(greatest, least)| NonEmpty { greatest, least }));
laws!(kind: Option<Kind>, [
    None,
    Some(Kind::Text),
    Some(Kind::Number(Max(0))),
    Some(Kind::Number(Max(1))),
    Some(Kind::Mixed),
]);

fn ballots() -> Vec<Ballot> {
    let votes = [None, Some(Vote::Yes), Some(Vote::No), Some(Vote::Both)];
    votes.into_iter().flat_map(|vote| [0, 1].map(|round| Ballot { vote, round })).collect()
}

#[test]
fn two_least_states_join_to_the_state_above_both() {
    assert_eq!(Vote::Yes.joined(Vote::No), Vote::Both);
    assert_eq!(Vote::Yes.lattice_cmp(&Vote::No), None);
    assert!(Vote::Yes.incompatible(&Vote::No).is_some());
}

#[test]
fn an_option_gives_it_a_bottom_and_an_lvar() {
    let ballot = LVar::<Ballot>::new();
    ballot.vote.put(Vote::No).expect("the first vote");
    assert_eq!(ballot.get::<Outcome>().wait(), Ok(Outcome::Against));
    assert!(ballot.vote.put(Vote::Yes).is_err(), "a second vote that differs");
}

#[test]
fn a_struct_of_fields_with_bottoms_may_have_none() {
    let mut prices = NonEmpty { greatest: 3, least: 3 };
    assert!(prices.join(NonEmpty { greatest: 2, least: 2 }));
    assert_eq!(prices, NonEmpty { greatest: 3, least: 2 });
    assert_eq!(prices.partial_cmp(&NonEmpty { greatest: 3, least: 3 }), Some(Ordering::Greater));
}

#[test]
fn an_enum_with_data_may_start_nowhere() {
    assert_eq!(Kind::Text.joined(Kind::Number(Max(3))), Kind::Mixed);
    assert_eq!(Kind::Number(Max(1)).joined(Kind::Number(Max(3))), Kind::Number(Max(3)));
}

#[test]
fn its_picture_has_several_least_states() {
    assert_eq!(<Vote as States>::N_STATES, 3);
    assert!(Vote::hasse().mermaid().contains("Yes"));
}
