//! A counter is written by counts, which are no joins; everything else by joins.

use lvars::prelude::*;

#[derive(Lattice, LVar, Clone, Debug)]
struct Page {
    views: GCounter,
    #[lattice(max)]
    seen: u64,
}

fn write<L: Put>(_: &L) {}

fn count<L: Bump>(_: &L) {}

fn main() {
    let page = LVar::<Page>::new();
    let _ = page.views.put(1);
    let _ = page.seen.bump(1);
    let _ = page.put(Page::bottom());
    write(&page.views);
    count(&page.seen);
}
