//! Whole analyses, by the very code of the examples, beside a Datalog engine and plain loops.
//!
//! Wall time, since most sides use all cores. What a side is given are the facts as they are read, copied for it outside the measured
//! time; what it answers is checked, outside as well, each time.

mod borrows;
mod closure;
mod dependencies;
mod points_to;
#[path = "../../../../examples/support/table.rs"]
mod table;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use lvars_benches::{Figures, Goal, is_short};

fn main() {
    let only: Vec<_> = std::env::args().skip(1).filter(|argument| argument != "--short").collect();
    let rows: [(&str, fn()); 4] = [
        ("points_to", points_to::row),
        ("borrows", borrows::row),
        ("dependencies", dependencies::row),
        ("closure", closure::row),
    ];
    for (name, row) in rows {
        if only.is_empty() || only.iter().any(|wanted| wanted == name) {
            row();
        }
    }
}

/// One program for both forms of the engine.
macro_rules! datalog {
    ($($program:tt)*) => {
        /// On one thread.
        pub(super) mod sequential {
            ascent::ascent! { $($program)* }
        }
        /// On as many as there are cores.
        pub(super) mod parallel {
            ascent::ascent_par! { $($program)* }
        }
    };
}

/// Runs a program of [`datalog`] on facts, and answers how long it ran and the program, with what it found.
macro_rules! solve {
    ($program:ident { $($relation:ident: $facts:expr),* $(,)? }) => {{
        let mut program = $program::default();
        $(program.$relation = $facts.iter().cloned().collect();)*
        let time = crate::timed(|| program.run()).0;
        (time, program)
    }};
}

use {datalog, solve};

fn data() -> PathBuf {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data").into()
}

fn n_rounds(full: usize) -> usize {
    if is_short() { full.div_ceil(3) } else { full }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

/// Judges the median of one side as a multiple of the best of others.
fn judge(table: &[Figures<'_>], ours: &str, peers: &[&str], goal: Goal) {
    let side = |name: &str| table.iter().find(|side| side.name == name).expect("it is a side of the table");
    let best = peers.iter().map(|name| side(name)).min_by(|a, b| a.median.total_cmp(&b.median));
    let best = best.expect("there is a peer");
    goal.judge(side(ours).median / best.median, &format!("{ours}, of {}", best.name));
}
