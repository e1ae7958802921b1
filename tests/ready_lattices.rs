//! The ready lattices as fields of a derived struct: as values, as LVars, as replicas, and in thresholds.

use lvars::prelude::*;
use lvars::{Lex, Total};

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
