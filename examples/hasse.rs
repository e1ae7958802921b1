//! The order of a type as a diagram: `cargo run --example hasse`, or, for an SVG, `cargo run --example hasse -- status.svg`.
//!
//! Markdown on many sites shows this as a picture: states from the least to the greatest, each in the colour of the outcome that a
//! `get` answers there.
//!
//! ```text
//! flowchart BT
//!     accTitle: Hasse diagram of Status
//!     s0["New"]
//!     s1["Paid"]
//!     s2["Shipped"]:::outcome0
//!     s3["Cancelled"]:::outcome1
//!     s4["Broken"]:::conflict
//!     s0 --- s1
//!     s0 --- s3
//!     s1 --- s2
//!     s2 --- s4
//!     s3 --- s4
//!     style s0 stroke-width:3px
//!     subgraph legend
//!         l0["Outcome::Delivered"]:::outcome0
//!         l1["Outcome::Failed"]:::outcome1
//!         l2["conflict"]:::conflict
//!     end
//!     classDef outcome0 fill:#cfe5f7,stroke:#0072b2,color:#1f2328
//!     classDef outcome1 fill:#fbe3b5,stroke:#b36b00,color:#1f2328
//!     classDef conflict fill:#eceff2,stroke:#57606a,color:#1f2328,stroke-dasharray:4 3
//! ```

use std::{
    error::Error,
    fs,
    io::{self, Write},
};

use lvars::{hasse::Diagram, prelude::*};

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

fn diagram() -> Diagram<Status> {
    Status::hasse().with_threshold::<Outcome>()
}

pub(crate) fn play(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    Ok(write!(out, "{}", diagram().mermaid())?)
}

fn main() -> Result<(), Box<dyn Error>> {
    match std::env::args_os().nth(1) {
        Some(path) => Ok(fs::write(path, diagram().svg())?),
        None => play(&mut io::stdout().lock()),
    }
}
