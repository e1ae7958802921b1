//! Sets and maps of registers: a line an operation, by every crate that has the type.

use std::{
    sync::mpsc,
    thread::{self, Scope},
    time::Duration,
};

use crdts::{MVReg, Map, Orswot};
use lattice_core::{AddWinsSet, Causal, MvRegister, OrMap};
use lvars_benches::{Contest, Figures, Goal, clock, is_short};

use crate::{
    side::{Collection, spread},
    sides::Tombstoned,
};

/// The bounds for a set of 100,000: in nanoseconds, milliseconds, parts of the peer's time, and bytes an element.
const DELTA_JOIN: Goal = Goal { must: 100.0, stretch: 40.0 };
const DUPLICATE: Goal = Goal { must: 20.0, stretch: 4.0 };
const FULL_JOIN: Goal = Goal { must: 4.0, stretch: 2.2 };
const OF_PEER: Goal = Goal { must: 0.05, stretch: 0.033 };
const ENCODED: Goal = Goal { must: 4.0, stretch: 2.8 };
const HEAP: Goal = Goal { must: 64.0, stretch: 40.0 };
/// Of a map of registers that eight have written.
const MAP_ENCODED: Goal = Goal { must: 12.0, stretch: 8.0 };

type OurSet = Causal<AddWinsSet<u64>>;
type OurMap = Causal<OrMap<u64, MvRegister<u64>>>;

#[derive(Clone, Copy, PartialEq)]
enum Work {
    Write,
    Remove,
    Contains,
    DeltaJoin,
    Duplicate,
    /// With a state that is one write ahead.
    JoinAhead,
    /// Of two states, a tenth of each of which the other lacks.
    JoinApart,
    Encode,
    Decode,
}

const WORKS: [(Work, &str); 9] = [
    (Work::Write, "write"),
    (Work::Remove, "remove"),
    (Work::Contains, "contains"),
    (Work::DeltaJoin, "delta join"),
    (Work::Duplicate, "duplicate delta"),
    (Work::JoinAhead, "full join, one write ahead"),
    (Work::JoinApart, "full join, a tenth apart"),
    (Work::Encode, "encode"),
    (Work::Decode, "decode"),
];

pub(crate) fn run() {
    let sizes = [1_000, 10_000, 100_000];
    for n in sizes {
        for n_writers in [1, 8, 64] {
            let size = Size { n, n_writers };
            sets(size);
            maps(size);
        }
    }
}

/// The keys are the numbers from zero on, and the writers take turns.
#[derive(Clone, Copy)]
struct Size {
    n: u64,
    n_writers: u64,
}

impl Size {
    fn writer(self, key: u64) -> u64 {
        spread(key % self.n_writers)
    }

    /// How many operations a turn does: all those of a tenth of the keys.
    fn n_operations(self, work: Work) -> u64 {
        match work {
            Work::Write | Work::Remove | Work::Contains | Work::DeltaJoin | Work::Duplicate => self.n / 10,
            Work::JoinAhead | Work::JoinApart => 1,
            Work::Encode | Work::Decode => self.n,
        }
    }

    fn n_rounds(self) -> usize {
        match (self.n, is_short()) {
            (1_000, false) => 51,
            (1_000, true) => 11,
            (_, false) => 15,
            (_, true) => 5,
        }
    }

    fn title(self, what: &str) -> String {
        format!("{what}, {}, {} writer(s)", self.n, self.n_writers)
    }
}

fn sets(size: Size) {
    let (ours, crdts, hydro) =
        (States::<OurSet>::new(size), States::<Orswot<u64, u64>>::new(size), States::<Tombstoned>::new(size));
    for (work, name) in WORKS {
        thread::scope(|scope| {
            let mut contest = Contest::new(name, size.n_operations(work) as u32)
                .side("ours", apart(scope, ours.turn(work)))
                .side("crdts", apart(scope, crdts.turn(work)));
            if hydro.bytes.is_some() || !matches!(work, Work::Encode | Work::Decode) {
                contest = contest.side("hydro, two-phase", apart(scope, hydro.turn(work)));
            }
            let table = contest.line(&size.title("set"), size.n_rounds());
            if size.n == 100_000 {
                judge_set(work, &table);
            }
        });
    }
    let of_ours = ours.print_space("set", "ours");
    crdts.print_space("set", "crdts");
    hydro.print_space("set", "hydro, two-phase");
    if size.n == 100_000 {
        ENCODED.judge(of_ours.encoded, "bytes an element");
        HEAP.judge(of_ours.heap, "bytes of heap an element");
    }
}

/// The turns of one side, on a thread of their own, which the allocator gives a heap of its own: or what one side frees would scatter the trees that another
/// is about to walk.
fn apart<'scope>(
    scope: &'scope Scope<'scope, '_>,
    mut turn: impl FnMut() -> Duration + Send + 'scope,
) -> impl FnMut() -> Duration + 'scope {
    let (ask, asked) = mpsc::channel();
    let (answer, answers) = mpsc::channel();
    scope.spawn(move || asked.iter().try_for_each(|()| answer.send(turn())));
    move || {
        ask.send(()).expect("the side takes its turns as long as it is asked");
        answers.recv().expect("a side that panics ends the contest")
    }
}

fn judge_set(work: Work, table: &[Figures<'_>]) {
    let (ours, crdts) = (table[0].median, table[1].median);
    match work {
        Work::DeltaJoin => DELTA_JOIN.judge(ours, "ns a delta"),
        Work::Duplicate => DUPLICATE.judge(ours, "ns a duplicate"),
        Work::JoinAhead | Work::JoinApart => {
            FULL_JOIN.judge(ours / 1e6, "ms for two sets of 100,000");
            OF_PEER.judge(ours / crdts, "of crdts");
        }
        Work::Write | Work::Remove | Work::Contains | Work::Encode | Work::Decode => {}
    }
}

fn maps(size: Size) {
    let ours = States::<OurMap>::new(size);
    let crdts = States::<Map<u64, MVReg<u64, u64>, u64>>::new(size);
    for (work, name) in WORKS {
        thread::scope(|scope| {
            Contest::new(name, size.n_operations(work) as u32)
                .side("ours", apart(scope, ours.turn(work)))
                .side("crdts", apart(scope, crdts.turn(work)))
                .line(&size.title("map"), size.n_rounds());
        });
    }
    let of_ours = ours.print_space("map", "ours");
    crdts.print_space("map", "crdts");
    if size.n_writers == 8 {
        MAP_ENCODED.judge(of_ours.encoded, "bytes an entry, eight writers");
    }
}

/// What the turns begin with.
struct States<S: Collection> {
    size: Size,
    state: S,
    /// The bytes that the state has allocated.
    heap: u64,
    bytes: Option<Vec<u8>>,
    /// One write more.
    ahead: S,
    /// Two that know nine tenths of the keys in common and each further ones of its own.
    apart: (S, S),
    /// The writes of a further tenth, and the state after them.
    deltas: Vec<S::Delta>,
    after: S,
}

/// Bytes an element.
struct Space {
    encoded: f64,
    heap: f64,
}

impl<S: Collection> States<S> {
    fn new(size: Size) -> Self {
        let mut state = S::default();
        let heap = allocation_counter::measure(|| write(&mut state, size, 0..size.n)).bytes_current;
        let ahead = with(&state, size, size.n..size.n + 1).0;
        let common = with(&S::default(), size, 0..size.n / 10 * 9).0;
        let own = |from: u64| {
            let mut own = common.clone();
            // As other writers: the two have not heard of each other.
            (from..from + size.n / 10).for_each(|key| _ = own.write(!size.writer(key) ^ from, key));
            own
        };
        let apart = (own(size.n), own(2 * size.n));
        let (after, deltas) = with(&state, size, size.n..size.n / 10 * 11);
        let bytes = state.to_bytes();
        Self { size, state, heap: heap.unsigned_abs(), bytes, ahead, apart, deltas, after }
    }

    fn print_space(&self, what: &str, name: &str) -> Space {
        let each = |bytes: u64| bytes as f64 / self.size.n as f64;
        let encoded = self.bytes.as_ref().map_or(f64::NAN, |bytes| each(bytes.len() as u64));
        let heap = each(self.heap);
        let shown = if encoded.is_nan() { "none".into() } else { format!("{encoded:.1}") };
        println!("{}: {name}: {shown} as bytes an element, {heap:.0} of heap", self.size.title(what));
        Space { encoded, heap }
    }

    fn turn(&self, work: Work) -> impl FnMut() -> Duration + '_ {
        move || match work {
            Work::Write | Work::Remove => self.turn_of_writes(work),
            Work::Contains => {
                // Every second key that is asked for is there.
                let asked = self.size.n - self.size.n / 20..self.size.n + self.size.n / 20;
                let n_expected = self.size.n / 20;
                let (time, n) = clock::timed(|| asked.filter(|&key| self.state.contains(key)).count());
                assert_eq!(n as u64, n_expected, "every second key is there");
                time
            }
            Work::DeltaJoin | Work::Duplicate => {
                let start = if work == Work::DeltaJoin { &self.state } else { &self.after };
                let (mut state, deltas) = (start.clone(), self.deltas.clone());
                let (time, ()) = clock::timed(|| deltas.into_iter().for_each(|delta| state.take_in(delta)));
                self.checked(time, &state, self.size.n / 10 * 11)
            }
            Work::JoinAhead => self.turn_of_join(&self.state, &self.ahead, self.size.n + 1),
            Work::JoinApart => self.turn_of_join(&self.apart.0, &self.apart.1, self.size.n / 10 * 11),
            Work::Encode => clock::timed(|| self.state.to_bytes()).0,
            Work::Decode => {
                let bytes = self.bytes.as_ref().expect("it has a form as bytes");
                let (time, state) = clock::timed(|| S::from_bytes(bytes));
                self.checked(time, &state.expect("what was encoded"), self.size.n)
            }
        }
    }

    fn turn_of_writes(&self, work: Work) -> Duration {
        let (size, n) = (self.size, self.size.n);
        let mut state = self.state.clone();
        if work == Work::Write {
            let (time, ()) = clock::timed(|| write(&mut state, size, n..n / 10 * 11));
            return self.checked(time, &state, n / 10 * 11);
        }
        // The first removal makes an index, which is not this row's.
        state.remove(size.writer(0), 0);
        let removed = (1..=n / 10).map(|nth| nth * 7 % n);
        let (time, ()) = clock::timed(|| removed.for_each(|key| state.remove(size.writer(key), key)));
        self.checked(time, &state, n - 1 - n / 10)
    }

    fn turn_of_join(&self, one: &S, other: &S, n_expected: u64) -> Duration {
        let (mut state, mut other) = (one.clone(), other.clone());
        let (time, ()) = clock::timed(|| state.join(&mut other));
        self.checked(time, &state, n_expected)
    }

    fn checked(&self, time: Duration, state: &S, n_expected: u64) -> Duration {
        assert_eq!(state.len() as u64, n_expected, "what is there after the work");
        time
    }
}

fn write<S: Collection>(state: &mut S, size: Size, keys: std::ops::Range<u64>) {
    keys.for_each(|key| _ = state.write(size.writer(key), key));
}

/// A copy with these keys, and the deltas of their writes.
fn with<S: Collection>(start: &S, size: Size, keys: std::ops::Range<u64>) -> (S, Vec<S::Delta>) {
    let mut state = start.clone();
    let deltas = keys.map(|key| state.write(size.writer(key), key)).collect();
    (state, deltas)
}
