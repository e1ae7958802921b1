//! Counters: a line an operation, by every crate.

use std::time::Duration;

use lattice_core::{GCounter, PnCounter};
use lvars_benches::{Contest, Goal, clock, is_short};

use crate::side::{Counter, spread};

/// A read is a plain sum: what it takes, as a part of the time of a sum into a big integer.
const READ: Goal = Goal { must: 0.5, stretch: 0.15 };

#[derive(Clone, Copy, PartialEq)]
enum Work {
    Add,
    Read,
    DeltaJoin,
    Duplicate,
    FullJoin,
    Encode,
    Decode,
}

const WORKS: [(Work, &str); 7] = [
    (Work::Add, "add"),
    (Work::Read, "read"),
    (Work::DeltaJoin, "delta join"),
    (Work::Duplicate, "duplicate delta"),
    (Work::FullJoin, "full join, one addition ahead"),
    (Work::Encode, "encode"),
    (Work::Decode, "decode"),
];

/// How often a turn does what takes a moment, and what takes a little longer.
const N: u64 = 1_000;
const N_WHOLE: u64 = 100;

pub(crate) fn run() {
    let n_rounds = if is_short() { 11 } else { 51 };
    for n_writers in [1, 8, 64, 1_000] {
        let (ours, ours_down) = (States::<GCounter>::new(n_writers), States::<PnCounter>::new(n_writers));
        let crdts = States::<crdts::GCounter<u64>>::new(n_writers);
        let crdts_down = States::<crdts::PNCounter<u64>>::new(n_writers);
        for (work, name) in WORKS {
            let is_whole = matches!(work, Work::FullJoin | Work::Encode | Work::Decode);
            let n_operations = if is_whole { N_WHOLE } else { N };
            let table = Contest::new(name, n_operations as u32)
                .side("ours", ours.turn(work))
                .side("crdts", crdts.turn(work))
                .side("ours, both ways", ours_down.turn(work))
                .side("crdts, both ways", crdts_down.turn(work))
                .line(&format!("counter, {n_writers} writer(s)"), n_rounds);
            if work == Work::Read && n_writers == 1_000 {
                READ.judge(table[0].median / table[1].median, "of crdts");
            }
        }
        let space = |what: &str, [ours, crdts, ours_down, crdts_down]: [usize; 4]| {
            println!(
                "counter, {n_writers} writer(s): {what}: ours {ours}, crdts {crdts}; both ways: ours {ours_down}, crdts {crdts_down}"
            );
        };
        space("bytes", [ours.bytes.len(), crdts.bytes.len(), ours_down.bytes.len(), crdts_down.bytes.len()]);
        space("heap", [ours.heap, crdts.heap, ours_down.heap, crdts_down.heap]);
    }
}

/// What the turns begin with: each writer has counted once.
struct States<S: Counter> {
    n_writers: u64,
    state: S,
    bytes: Vec<u8>,
    /// The bytes that the state has allocated.
    heap: usize,
    deltas: Vec<S::Delta>,
    after: S,
}

impl<S: Counter> States<S> {
    fn new(n_writers: u64) -> Self {
        let mut state = S::default();
        let heap = allocation_counter::measure(|| {
            (0..n_writers).for_each(|writer| _ = state.add(spread(writer)));
        });
        let bytes = state.to_bytes();
        let mut after = state.clone();
        let deltas = (0..N).map(|i| after.add(spread(i % n_writers))).collect();
        let heap = heap.bytes_current.unsigned_abs() as usize;
        Self { n_writers, state, bytes, heap, deltas, after }
    }

    fn turn(&self, work: Work) -> impl FnMut() -> Duration + '_ {
        move || match work {
            Work::Add => {
                let mut state = self.state.clone();
                let writers = (0..N).map(|i| spread(i % self.n_writers));
                let (time, ()) = clock::timed(|| writers.for_each(|writer| _ = state.add(writer)));
                self.checked(time, &state, N)
            }
            Work::Read => {
                let (time, is_right) = clock::timed(|| (0..N).all(|_| self.state.is(self.n_writers)));
                assert!(is_right, "what was counted");
                time
            }
            Work::DeltaJoin | Work::Duplicate => {
                let start = if work == Work::DeltaJoin { &self.state } else { &self.after };
                let (mut state, deltas) = (start.clone(), self.deltas.clone());
                let (time, ()) = clock::timed(|| deltas.into_iter().for_each(|delta| state.take_in(delta)));
                self.checked(time, &state, N)
            }
            Work::FullJoin => {
                let mut ahead = self.state.clone();
                ahead.add(spread(0));
                let mut pairs: Vec<(S, S)> =
                    (0..N_WHOLE).map(|_| (self.state.clone(), ahead.clone())).collect();
                let (time, ()) =
                    clock::timed(|| pairs.iter_mut().for_each(|(state, other)| state.join(other)));
                assert!(pairs.iter().all(|(state, _)| state.is(self.n_writers + 1)), "what was counted");
                time
            }
            Work::Encode => {
                clock::timed(|| (0..N_WHOLE).map(|_| self.state.to_bytes().len()).sum::<usize>()).0
            }
            Work::Decode => {
                let (time, is_right) = clock::timed(|| {
                    (0..N_WHOLE)
                        .all(|_| S::from_bytes(&self.bytes).is_some_and(|state| state.is(self.n_writers)))
                });
                assert!(is_right, "what was encoded");
                time
            }
        }
    }

    fn checked(&self, time: Duration, state: &S, n_more: u64) -> Duration {
        assert!(state.is(self.n_writers + n_more), "what was counted");
        time
    }
}
