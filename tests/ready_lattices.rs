//! The ready lattices as fields of a derived struct: as values, as LVars, as replicas, and in thresholds.

use std::collections::BTreeSet;

use lvars::prelude::*;
use lvars::{Antichain, Bounded, Common, Dual, Grow, Lex, LexPartial, Prefix, Total, WithTop};

#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Station {
    #[lattice(max)]
    warmest: Total<f64>,
    doors: [Any; 2],
    lead: Lex<Max<u64>, Flat<u8>>,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Station)]
enum Alarm {
    #[when(warmest >= Total(40.0), doors[1] >= true, lead >= 3)]
    Heat,
}

fn news(warmest: f64, doors: [bool; 2], lead: (u64, Flat<u8>)) -> Station {
    Station { warmest: Total(warmest), doors: doors.map(Any), lead: Lex { key: Max(lead.0), value: lead.1 } }
}

#[test]
fn values_and_lvars_answer_the_same_threshold() {
    let puts = [
        news(41.5, [true, false], (2, Flat::Value(1))),
        news(-3.0, [false, true], (2, Flat::Value(2))),
        news(f64::NEG_INFINITY, [false, false], (3, Flat::Bottom)),
    ];
    let (mut value, lvar) = (Station::bottom(), LVar::<Station>::new());
    for put in puts {
        assert_eq!(value.get::<Alarm>(), Ok(None));
        value.join_ref(&put);
        lvar.put(put).unwrap();
    }
    assert_eq!(value.get::<Alarm>(), Ok(Some(Alarm::Heat)));
    assert_eq!(lvar.get::<Alarm>().wait(), Ok(Alarm::Heat));
    assert_eq!(lvar.into_value(), Ok(value.clone()));
    assert_eq!(Station::from_bytes(&value.to_bytes()), Ok(value));
}

/// Each in its place, with the element that its threshold names.
#[derive(Lattice, LVar, Clone, Debug, PartialEq)]
struct Plan {
    free: Option<Common<BTreeSet<u8>>>,
    limit: Dual<Max<u8>>,
    targets: WithTop<BTreeSet<u8>>,
    leaders: Bounded<BTreeSet<u8>, 1>,
    chunks: Grow<Any>,
    moves: Prefix<u8>,
    offers: Antichain<(Max<u8>, Max<u8>)>,
    text: LexPartial<BTreeSet<u8>, Flat<char>>,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Plan)]
enum Opening {
    #[when(moves >= &[1, 2], free >= 3, limit >= Max(7), targets >= 4, leaders >= 5)]
    Left,
    #[when(moves >= &[1, 3], chunks >= 2, offers >= (Max(1), Max(1)), text >= 9)]
    Right,
}

fn left() -> Plan {
    Plan {
        free: Some(Common(BTreeSet::from([1, 2]))),
        limit: Dual(Max(7)),
        targets: WithTop::Top,
        leaders: BTreeSet::from([5]).into(),
        moves: vec![1, 2, 9].into(),
        ..Plan::bottom()
    }
}

fn right() -> Plan {
    Plan {
        chunks: Grow::at(1, Any(true)),
        moves: vec![1, 3].into(),
        offers: (Max(1), Max(2)).into(),
        text: LexPartial { key: BTreeSet::from([9]), value: Flat::Value('a') },
        ..Plan::bottom()
    }
}

#[test]
fn sequences_that_fork_make_outcomes_exclusive() {
    for (put, outcome) in [(left(), Opening::Left), (right(), Opening::Right)] {
        assert_eq!(Plan::bottom().get::<Opening>(), Ok(None));
        assert_eq!(put.get::<Opening>().as_ref(), Ok(&Some(outcome)));
    }
    let lvar = LVar::<Plan>::new();
    lvar.put(right()).unwrap();
    assert_eq!(lvar.get::<Opening>().wait(), Ok(Opening::Right));
    let refused = lvar.put(left()).unwrap_err().to_string();
    assert!(refused.starts_with("conflict at moves[1]: 2 and 3 cannot both be true"), "{refused}");
}
