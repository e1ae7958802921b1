//! The order of a type as pictures: Mermaid on the standard output, and an SVG with a threshold set at a path, if one is given.
//!
//! `cargo run --example hasse -- status.svg`

use lvars::prelude::*;

#[derive(Lattice, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid < Shipped < Broken, New < Cancelled < Broken), conflict = Broken)]
enum Status {
    New,
    Paid,
    Shipped,
    Cancelled,
    Broken,
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Status)]
enum Outcome {
    #[when(self >= Status::Shipped)]
    Delivered,
    #[when(self >= Status::Cancelled)]
    Failed,
}

fn main() -> std::io::Result<()> {
    let diagram = Status::hasse().with_threshold::<Outcome>();
    match std::env::args_os().nth(1) {
        Some(path) => std::fs::write(path, diagram.svg()),
        None => {
            print!("{}", diagram.mermaid());
            Ok(())
        }
    }
}
