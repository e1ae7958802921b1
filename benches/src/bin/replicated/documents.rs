//! Maps and counters beside those of crates that keep whole documents: a line an operation, on documents with as many writes.
//!
//! What is sent are bytes, on all sides. A write is a delta of its own, as if the others were to see each at once.

mod automerge;
mod document;
mod loro;
mod ours;

use std::{hint::black_box, ops::Range, time::Duration};

use lvars_benches::{Contest, clock, is_short};

use self::{
    automerge::{AutomergeCounter, AutomergeMap},
    document::Document,
    loro::{LoroCounter, LoroMap},
    ours::{OurCounter, OurMap},
};
use crate::side::spread;

#[derive(Clone, Copy, PartialEq)]
enum Work {
    Write,
    /// With the delta as bytes.
    WriteAndTell,
    /// From bytes.
    DeltaJoin,
    /// With a document that is one write ahead.
    JoinAhead,
    /// Of two documents, a tenth of each of which the other lacks.
    JoinApart,
    /// With all the bytes of a document that is one write ahead.
    TakeInWhole,
    /// For the first time.
    Encode,
    /// One write later: `loro` keeps the bytes of what it has encoded.
    EncodeAgain,
    Decode,
}

const WORKS: [(Work, &str); 9] = [
    (Work::Write, "write"),
    (Work::WriteAndTell, "write, delta as bytes"),
    (Work::DeltaJoin, "delta join of bytes"),
    (Work::JoinAhead, "full join, one write ahead"),
    (Work::JoinApart, "full join, a tenth apart"),
    (Work::TakeInWhole, "full join of bytes, one write ahead"),
    (Work::Encode, "encode"),
    (Work::EncodeAgain, "encode again, one write later"),
    (Work::Decode, "decode"),
];

pub(crate) fn run() {
    let sizes: &[u64] = if is_short() { &[1_000, 10_000] } else { &[1_000, 10_000, 100_000] };
    for &n in sizes {
        for n_writers in [1, 8] {
            table::<OurMap, AutomergeMap, LoroMap>("map", Size { n, n_writers, n_wholes: 1 });
            // A delta of `automerge` looks at all additions before it: 100,000 would take an hour.
            if n > 10_000 {
                continue;
            }
            // Ours is too small for one alone to be timed.
            table::<OurCounter, AutomergeCounter, LoroCounter>(
                "counter",
                Size { n, n_writers, n_wholes: 10 },
            );
        }
    }
}

/// How many writes a document has seen, by how many writers, who take turns.
#[derive(Clone, Copy)]
struct Size {
    n: u64,
    n_writers: u64,
    /// How often a turn does what is done to a document as a whole.
    n_wholes: u32,
}

impl Size {
    fn writer(self, nth: u64) -> u64 {
        spread(nth % self.n_writers)
    }

    fn n_operations(self, work: Work) -> u32 {
        match work {
            Work::Write | Work::WriteAndTell | Work::DeltaJoin => self.n_deltas() as u32,
            Work::JoinAhead
            | Work::JoinApart
            | Work::TakeInWhole
            | Work::Encode
            | Work::EncodeAgain
            | Work::Decode => self.n_wholes,
        }
    }

    /// Few enough for a turn to stay below two seconds.
    fn n_deltas(self) -> u64 {
        (self.n / 10).min(1_000)
    }

    fn n_rounds(self) -> usize {
        match (self.n, is_short()) {
            (1_000, false) => 31,
            (10_000, false) | (1_000, true) => 11,
            _ => 5,
        }
    }
}

fn table<Ours: Document, Automerge: Document, Loro: Document>(what: &str, size: Size) {
    let (ours, automerge, loro) =
        (States::<Ours>::new(size), States::<Automerge>::new(size), States::<Loro>::new(size));
    let title = format!("{what}, {} writes, {} writer(s)", size.n, size.n_writers);
    for (work, name) in WORKS {
        Contest::new(name, size.n_operations(work))
            .side("ours", ours.turn(work))
            .side("automerge", automerge.turn(work))
            .side("loro", loro.turn(work))
            .line(&title, size.n_rounds());
    }
    let spaces = [("ours", ours.space()), ("automerge", automerge.space()), ("loro", loro.space())];
    for (name, Space { encoded, of_state, delta, heap }) in spaces {
        let each = |bytes: u64| bytes as f64 / size.n as f64;
        let (bytes, heap_each) = (each(encoded), each(heap));
        let of_state =
            of_state.map_or_else(String::new, |of_state| format!(" ({of_state} without the history)"));
        println!(
            "{title}: {name}: {encoded} bytes{of_state}, {bytes:.1} a write; {heap} of heap, {heap_each:.0} a write; {delta:.0} a delta"
        );
    }
}

/// What the turns begin with.
struct States<D> {
    size: Size,
    document: D,
    /// The bytes that the document has allocated.
    heap: u64,
    bytes: Vec<u8>,
    /// One write more.
    ahead: D,
    ahead_bytes: Vec<u8>,
    /// Two that know nine tenths of the writes in common and each further ones of its own.
    apart: (D, D),
    /// The writes of a further tenth.
    deltas: Vec<Vec<u8>>,
}

/// Numbers of bytes.
struct Space {
    encoded: u64,
    of_state: Option<usize>,
    delta: f64,
    heap: u64,
}

impl<D: Document> States<D> {
    fn new(size: Size) -> Self {
        let n = size.n;
        let mut document = D::new();
        let heap =
            allocation_counter::measure(|| write(&mut document, 0..n, |nth| size.writer(nth))).bytes_current;
        let mut ahead = document.copy();
        write(&mut ahead, n..n + 1, |nth| size.writer(nth));
        let mut common = D::new();
        write(&mut common, 0..n / 10 * 9, |nth| size.writer(nth));
        let own = |from: u64| {
            let mut own = common.copy();
            // As other writers: the two have not heard of each other.
            write(&mut own, from..from + n / 10, |nth| spread(from + nth % size.n_writers));
            own
        };
        let apart = (own(n), own(2 * n));
        let mut after = document.copy();
        let deltas =
            (n..n + size.n_deltas()).map(|nth| after.write_and_tell(size.writer(nth), nth)).collect();
        let (bytes, ahead_bytes) = (document.to_bytes(), ahead.to_bytes());
        Self { size, document, heap: heap.unsigned_abs(), bytes, ahead, ahead_bytes, apart, deltas }
    }

    fn space(&self) -> Space {
        let sent: usize = self.deltas.iter().map(Vec::len).sum();
        let delta = sent as f64 / self.deltas.len() as f64;
        let (encoded, of_state) = (self.bytes.len() as u64, self.document.n_bytes_of_state());
        Space { encoded, of_state, delta, heap: self.heap }
    }

    fn turn(&self, work: Work) -> impl FnMut() -> Duration + '_ {
        let n = self.size.n;
        let n_after = n + self.size.n_deltas();
        move || match work {
            Work::Write | Work::WriteAndTell => self.turn_of_writes(work, n_after),
            Work::DeltaJoin => {
                let mut document = self.document.copy();
                let (time, ()) =
                    clock::timed(|| self.deltas.iter().for_each(|delta| document.take_in(delta)));
                checked(time, &document, n_after)
            }
            Work::JoinAhead => self.turn_of_joins(&self.document, &self.ahead, n + 1),
            Work::JoinApart => self.turn_of_joins(&self.apart.0, &self.apart.1, n / 10 * 11),
            Work::TakeInWhole => {
                let mut documents = self.wholes(|| self.document.copy());
                let take_in = |document: &mut D| document.take_in(&self.ahead_bytes);
                let (time, ()) = clock::timed(|| documents.iter_mut().for_each(take_in));
                documents.iter().fold(time, |time, document| checked(time, document, n + 1))
            }
            Work::Encode | Work::EncodeAgain => self.turn_of_encoding(work),
            Work::Decode => {
                let (time, documents) = clock::timed(|| self.wholes(|| D::from_bytes(&self.bytes)));
                documents.iter().fold(time, |time, document| checked(time, document, n))
            }
        }
    }

    fn turn_of_writes(&self, work: Work, n_after: u64) -> Duration {
        let mut document = self.document.copy();
        // A replica writes as itself, so there is one writer, whoever wrote before.
        let (more, writer) = (self.size.n..n_after, self.size.writer(0));
        let (time, ()) = if work == Work::Write {
            clock::timed(|| more.for_each(|nth| document.write(writer, nth)))
        } else {
            clock::timed(|| more.for_each(|nth| _ = document.write_and_tell(writer, nth)))
        };
        checked(time, &document, n_after)
    }

    fn turn_of_encoding(&self, work: Work) -> Duration {
        let mut documents = self.wholes(|| self.document.copy());
        if work == Work::EncodeAgain {
            let n = self.size.n;
            for document in &mut documents {
                black_box(document.to_bytes());
                write(document, n..n + 1, |nth| self.size.writer(nth));
            }
        }
        clock::timed(|| documents.iter().map(D::to_bytes).collect::<Vec<_>>()).0
    }

    fn turn_of_joins(&self, one: &D, other: &D, n_expected: u64) -> Duration {
        let mut pairs = self.wholes(|| (one.copy(), other.copy()));
        let (time, ()) = clock::timed(|| pairs.iter_mut().for_each(|(one, other)| one.join(other)));
        pairs.iter().fold(time, |time, (document, _)| checked(time, document, n_expected))
    }

    fn wholes<T>(&self, make: impl Fn() -> T) -> Vec<T> {
        (0..self.size.n_wholes).map(|_| make()).collect()
    }
}

/// Writes as whom `writer` says.
fn write<D: Document>(document: &mut D, all: Range<u64>, writer: impl Fn(u64) -> u64) {
    all.for_each(|nth| document.write(writer(nth), nth));
}

fn checked<D: Document>(time: Duration, document: &D, n_expected: u64) -> Duration {
    assert_eq!(document.n_writes(), n_expected, "what is there after the work");
    time
}
