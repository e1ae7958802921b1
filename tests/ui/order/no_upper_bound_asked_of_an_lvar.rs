use lvars::prelude::*;

// No second message at the read: the LVar that is stood in for answers thresholds.
#[derive(Lattice, LVar, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Draft < Accepted, Draft < Rejected))]
enum Paper {
    Draft,
    Accepted,
    Rejected,
}

#[derive(Threshold)]
#[threshold(on = Paper)]
enum Verdict {
    #[when(self >= Paper::Accepted)]
    Yes,
    #[when(self >= Paper::Rejected)]
    No,
}

fn ask(paper: &LVar<Paper>) {
    let _ = paper.get::<Verdict>().wait();
}

fn main() {}
