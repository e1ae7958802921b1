//! Are the borrows of a function right? `cargo run --release --example borrows`.
//!
//! The analyses of Polonius, a borrow checker of the Rust compiler, on the facts that the compiler itself writes of real functions: which
//! variables and which references are alive, what may hold a value, which loans are still referred to, and where the function does what it
//! must not. Each is a flow of facts along the edges of the control-flow graph, for which [`flow`] is all there is to write: an LVar a
//! point and one handler. What the flows have found is compared, fact by fact, with what an engine of the Polonius project finds by rules.
//!
//! ```text
//! conditional_init: 136 points, 1,245 facts, as expected
//!   Mid(bb6[19]): mp1 is used although it may have been moved away
//! move_reinitialize_ok: 214 points, 2,134 facts, as expected
//! position_dependent_outlives: 40 points, 405 facts, as expected
//! syn-derive_parse: 1,692 points, 33,260 facts, as expected
//!   Mid(bb55[7]): mp201 is used although it may have been moved away
//!   Mid(bb55[7]): mp202 is used although it may have been moved away
//!   Mid(bb107[5]): mp218 is used although it may have been moved away
//! use_while_mut: 36 points, 201 facts, as expected
//!   Start(bb0[7]): bw0 is broken although it is still referred to
//! vec-push-ref-foo3: 124 points, 1,056 facts, as expected
//! ```

mod facts;
mod flow;
mod liveness;
mod loans;
mod ownership;
#[cfg_attr(not(test), expect(dead_code, reason = "there are no numbers in these tables"))]
#[path = "../support/table.rs"]
mod table;
#[path = "../support/thousands.rs"]
mod thousands;

use std::{
    error::Error,
    io::{self, Write},
    path::Path,
};

use lvars::DenseSet;

use facts::{AtPoints, Function, Names};
use thousands::thousands;

fn main() -> Result<(), Box<dyn Error>> {
    play(&mut io::stdout().lock())
}

/// Analyses each function, and compares.
pub(crate) fn play(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let functions = facts::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data"))?;
    for (name, function) in &functions {
        analyse(out, name, function)?;
    }
    Ok(())
}

fn analyse(out: &mut dyn Write, name: &str, function: &Function) -> Result<(), Box<dyn Error>> {
    let owned = ownership::ownership(function)?;
    let alive = liveness::liveness(function, &owned.maybe_partly_initialized)?;
    let loans = loans::live_loans(function, &alive.origins)?;
    let invalidated = function.at_points(function.loan_invalidated_at.iter().copied());
    let errors: AtPoints =
        loans.iter().zip(&invalidated).map(|(live, invalid)| both(live, invalid)).collect();

    let relations = [
        ("var_live_on_entry", &alive.live),
        ("var_drop_live_on_entry", &alive.drop_live),
        ("origin_live_on_entry", &alive.origins),
        ("path_maybe_initialized_on_exit", &owned.maybe_initialized),
        ("loan_live_at", &loans),
        ("move_errors", &owned.move_errors),
        ("errors", &errors),
    ];
    let n_facts: usize = relations.iter().map(|(_, facts)| count(facts)).sum();
    let wrong = relations.iter().filter(|(relation, facts)| function.expected(relation) != **facts);
    let wrong: Vec<&str> = wrong.map(|(relation, _)| *relation).collect();
    let agrees =
        if wrong.is_empty() { "as expected".to_owned() } else { format!("WRONG: {}", wrong.join(", ")) };
    writeln!(
        out,
        "{name}: {} points, {} facts, {agrees}",
        thousands(function.points.len()),
        thousands(n_facts)
    )?;
    tell(out, function, &owned.move_errors, &function.paths, "is used although it may have been moved away")?;
    tell(out, function, &errors, &function.loans, "is broken although it is still referred to")
}

/// Says where each mistake is.
fn tell(
    out: &mut dyn Write,
    function: &Function,
    mistakes: &AtPoints,
    names: &Names,
    what: &str,
) -> Result<(), Box<dyn Error>> {
    for (point, at) in mistakes.iter().enumerate() {
        for mistake in at.iter() {
            writeln!(out, "  {}: {} {what}", function.points.name(point as u32), names.name(mistake))?;
        }
    }
    Ok(())
}

fn both(left: &DenseSet<u32>, right: &DenseSet<u32>) -> DenseSet<u32> {
    left.iter().filter(|what| right.contains(*what)).collect()
}

fn count(facts: &AtPoints) -> usize {
    facts.iter().map(DenseSet::len).sum()
}
