//! Which nodes lead to which? `cargo run --release --example closure`.
//!
//! The transitive closure of a random graph, twice: as one set of pairs, for which nothing need be known of the nodes, and as a set of
//! nodes for each, for which they must be small numbers. The rule is the same, and so is the answer. In the second form a set LVar is
//! bits, so that 64 pairs are derived at once: with 3,000 nodes and 4,500 edges, 3 million pairs, that is a hundred times as fast.
//!
//! ```text
//! 600 nodes, 800 edges
//! 82,977 pairs; those of a search from each node: true
//! the rows hold the same: true
//! ```

mod graph;
mod pairs;
mod rows;
mod search;
#[path = "../support/thousands.rs"]
mod thousands;

use std::{
    error::Error,
    io::{self, Write},
};

use graph::Graph;
use thousands::thousands;

/// Small enough for a test without optimisation.
const N_NODES: u32 = 600;
const N_EDGES: usize = 800;

fn main() -> Result<(), Box<dyn Error>> {
    play(&mut io::stdout().lock())
}

/// Computes both closures, and compares them with that of a search from each node.
pub(crate) fn play(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let graph = Graph::random(N_NODES, N_EDGES);
    writeln!(out, "{} nodes, {} edges", thousands(N_NODES), thousands(N_EDGES))?;
    let searched = search::closure(&graph);
    let pairs = pairs::closure(&graph)?;
    writeln!(
        out,
        "{} pairs; those of a search from each node: {}",
        thousands(pairs.len()),
        pairs.iter().copied().eq(searched.iter().copied())
    )?;
    let rows = rows::closure(&graph)?;
    let in_rows = rows.iter().flat_map(|(from, row)| row.iter().map(move |to| (from, to)));
    writeln!(out, "the rows hold the same: {}", in_rows.eq(searched))?;
    Ok(())
}
