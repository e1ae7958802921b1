//! Replicated types beside those of `crdts` and hydro's `lattices`.
//!
//! `collections` and `counters` measure; `probe` counts what the map of registers of `crdts`, and ours, make of random executions;
//! `mesh` counts the bytes between replicas; `documents`, with the feature of this name, measures beside `automerge` and `loro`. A
//! further argument names one of these.

mod collections;
mod counters;
#[cfg(feature = "documents")]
mod documents;
mod mesh;
mod probe;
mod side;
mod sides;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let is_asked = |part: &str| asked.is_empty() || asked.iter().any(|word| word == part);
    let parts: [(&str, fn()); 5] = [
        ("collections", collections::run),
        ("counters", counters::run),
        ("probe", probe::run),
        ("mesh", mesh::run),
        ("documents", documents),
    ];
    for (part, run) in parts {
        if is_asked(part) {
            run();
        }
    }
}

fn documents() {
    #[cfg(feature = "documents")]
    documents::run();
    #[cfg(not(feature = "documents"))]
    println!("\ndocuments: only with `--features documents`, which compiles two large peers");
}
