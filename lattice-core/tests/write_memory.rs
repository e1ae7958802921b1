//! What writes, deltas and reads of a large document hold, counted by the allocator: nothing that grows with the document, and so no copy of
//! its context, whose writers may be many.
//!
//! One test, since the allocator is one for the process.

use lattice_core::{AddWinsSet, Causal, Delta, Lattice, OrMap, WriterId};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

type Document = Causal<OrMap<u32, AddWinsSet<u32>>>;

const N_WRITERS: u32 = 10_000;
/// A sixteenth of what the context takes.
const MOST: usize = 10_000;

/// Each writer has written, and what every second one wrote was removed.
fn document() -> Document {
    let mut document = Document::new();
    for n in 0..N_WRITERS {
        document.join(add(&document, n));
    }
    for n in (0..N_WRITERS).step_by(2) {
        document.join(remove(&document, n));
    }
    document
}

fn add(document: &Document, n: u32) -> Document {
    document.write(WriterId(n.into()), |map, dots| map.update(dots, n % 100, |set, dots| set.add(dots, n)))
}

fn remove(document: &Document, n: u32) -> Document {
    document.write(WriterId(1), |map, dots| map.update(dots, n % 100, |set, dots| set.remove(dots, &n)))
}

#[track_caller]
fn holds_little<T>(what: &str, act: impl FnOnce() -> T) -> T {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let answer = act();
    let most = MEMORY.peak_usage() - before;
    assert!(most < MOST, "{what}: {most} bytes");
    answer
}

#[test]
fn what_is_done_to_a_document_copies_neither_it_nor_its_context() {
    let mut document = document();
    let added = holds_little("write", || add(&document, 8));
    holds_little("join", || document.join_ref(&added));
    holds_little("duplicate", || assert!(!document.join_ref(&added)));
    let again = holds_little("write again", || add(&document, 8));
    holds_little("absorb", || assert!(document.absorb(again.clone()).is_some()));
    let removed = holds_little("removal", || remove(&document, 8));
    holds_little("absorb a removal", || assert!(document.absorb(removed).is_some()));
    holds_little("forged", || assert!(document.forged(&again, WriterId(8)).is_none()));
    holds_little("leq", || assert!(added.leq(&document)));
    holds_little("diff of a delta", || assert!(added.diff(&document).is_none()));
    holds_little("a part", || assert!(document.parts().next().is_some()));
    holds_little("reads", || {
        let n_elements: usize = document.iter().map(|(_, set)| set.iter().count()).sum();
        assert_eq!(n_elements as u32, N_WRITERS / 2);
        assert!(document.version().count_of(WriterId(1)) > 0 && document[&1].contains(&1));
    });
}
