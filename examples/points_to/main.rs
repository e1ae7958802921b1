//! To which memory may each variable of a program point? `cargo run --release --example points_to`.
//!
//! An inclusion analysis, after Andersen, of `clap_builder`, a crate of 1,884 functions: what is copied, loaded and stored is read off its
//! intermediate code, so loads and stores decide what is copied, and what is copied decides what they reach. What it takes is a lattice
//! of two fields, an LVar of it for each variable, and two handlers.
//!
//! It is checked against a sequential solver that shares no code with it, and both against the sizes that a third and a fourth have found.
//!
//! ```text
//! 18,856 variables, 5,436 addresses, 22,314 copies, 854 loads, 88 stores
//! 1,776,355 times a variable may point to an object; one may point to 725
//! a work list on one thread finds as many for each variable: true
//! so do two other solvers: true
//! ```

mod by_lvars;
#[path = "../support/constraints.rs"]
mod constraints;
mod memory;
mod sequential;
#[path = "../support/table.rs"]
mod table;
#[path = "../support/thousands.rs"]
mod thousands;

use std::{
    error::Error,
    io::{self, Write},
    path::Path,
};

use thousands::thousands;

fn main() -> Result<(), Box<dyn Error>> {
    play(&mut io::stdout().lock())
}

/// Runs the analysis, and the comparisons.
pub(crate) fn play(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let constraints = constraints::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data"))?;
    let [variables, addresses, copies, loads, stores] = [
        constraints.n_variables,
        constraints.address_of.len(),
        constraints.copies.len(),
        constraints.loads.len(),
        constraints.stores.len(),
    ]
    .map(thousands);
    writeln!(
        out,
        "{variables} variables, {addresses} addresses, {copies} copies, {loads} loads, {stores} stores"
    )?;
    let sets = by_lvars::solve(&constraints)?;
    let sizes: Vec<u32> = sets.iter().map(|set| set.len() as u32).collect();
    let of_variables = &sizes[..constraints.n_variables];
    let most = of_variables.iter().max().copied().unwrap_or(0);
    let sum = thousands(of_variables.iter().sum::<u32>());
    writeln!(out, "{sum} times a variable may point to an object; one may point to {most}")?;
    let agrees = sequential::sizes(&constraints) == sizes;
    writeln!(out, "a work list on one thread finds as many for each variable: {agrees}")?;
    writeln!(out, "so do two other solvers: {}", constraints.points_to_sizes == of_variables)?;
    Ok(())
}
