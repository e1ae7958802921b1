//! k-CFA: LVars of states and values beside a work list.

#[path = "../../../../examples/kcfa/by_lvars.rs"]
mod by_lvars;
#[expect(dead_code, reason = "the example says what a program answers")]
#[path = "../../../../examples/kcfa/cps.rs"]
mod cps;
#[path = "../../../../examples/kcfa/machine.rs"]
mod machine;
#[path = "../../../../examples/kcfa/programs.rs"]
mod programs;
#[path = "../../../../examples/kcfa/sequential.rs"]
mod sequential;
#[path = "../../../../examples/kcfa/syntax.rs"]
mod syntax;

use lvars_benches::Contest;

use super::{n_rounds, timed};
use cps::Program;
use machine::Flows;

pub(super) fn contest(n_workers: usize) {
    for (name, program, k) in [("worst 12", worst(), 1), ("blur 100x", program(&programs::blur(100)), 2)] {
        let expected = sequential::analyse(&program, k);
        let n_states = expected.states.len() as u32;
        Contest::new(format!("{k}-CFA of {name}, {n_states} states: time a state"), n_states)
            .side("LVars and handlers", || {
                let (time, flows) = timed(|| by_lvars(&program, k, n_workers));
                assert_eq!(flows.states.len(), expected.states.len());
                time
            })
            .side("work list, one thread", || timed(|| sequential::analyse(&program, k)).0)
            .run(n_rounds());
    }
}

/// The one that the curves are of.
pub(super) fn worst() -> Program {
    program(&programs::worst(12))
}

pub(super) fn by_lvars(program: &Program, k: u32, n_workers: usize) -> Flows {
    by_lvars::analyse(program, k, n_workers).expect("nothing conflicts")
}

fn program(text: &str) -> Program {
    let (expression, n_variables) = syntax::read(text).expect("the program is of the core");
    cps::convert(&expression, n_variables)
}
