//! Where is the entry with this hash? A hash table of positions that is read, and added to, without a lock.
//!
//! ```text
//!   a line of the cache:  one word of seven marks      seven slots, of one word each
//!                         ┌───┬────┬────┬ … ┬────┐     63    62 … 36         35 … 0
//!                         │ 0 │ m₆ │ m₅ │   │ m₀ │     ┌─────┬───────────────┬─────────────┐
//!                         └───┴────┴────┴ … ┴────┘     │  1  │      tag      │  position   │
//!                         0 is free;                   └─────┴───────────────┴─────────────┘
//!                         filled from m₀ on            the tag: the first bits of the hash
//! ```
//!
//! The line of a row is told by the first bits of its tag, and its mark by the last, so a table grows without asking for the hashes again, and
//! reads the old one and writes the new one from one end to the other. A walk goes from line to line, to the first that is not full. It compares
//! all marks of a line at once, without a branch that hangs on how many there are: the processor would guess wrong every other time, and
//! could not begin what comes next while the line is on its way to it.
//!
//! Rows are only added:
//!
//! 1. walk to the first line that is not full;
//! 2. take a lock, of which there may be several as long as a growth takes all of them, and see that the table is the newest;
//! 3. put a mark after those that were seen, by one exchange, or walk on if others were put there meanwhile;
//! 4. put the row into the slot of the mark.
//!
//! So of two rows with the same mark the second sees the first's mark, whose slot its writer fills before it unlocks.
//!
//! Old tables stay, for readers that are in them: what was added meanwhile they may not find, as if they had been quicker.

use crate::sync::{AtomicU64, AtomicUsize, OnceLock, Ordering};

/// The slots of a line.
const N_SLOTS: usize = if cfg!(loom) { 2 } else { 7 };
/// The words of a line. The first table is one line, each one after it twice as many.
const N_WORDS: usize = 1 + N_SLOTS;
/// How many rows a table has at most for each of its lines: fuller ones make long walks.
const N_ROWS: usize = if cfg!(loom) { 1 } else { 5 };
/// How many tables come after the first. With the 27 bits of a tag each line has a home.
const N_TABLES: usize = if cfg!(loom) { 2 } else { 27 };

/// The words of a table.
type Words = Box<[AtomicU64]>;

const POSITION_BITS: u32 = 36;
const POSITION: u64 = (1 << POSITION_BITS) - 1;
const TAKEN: u64 = 1 << 63;
const MARK_BITS: u32 = 7;

/// In each byte the lowest, and the highest bit.
const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = LOW << 7;
/// The mark of the last slot.
const LAST: u64 = 0x80 << (8 * (N_SLOTS - 1));

/// The table.
pub(crate) struct Index {
    /// How many tables came after the first.
    n_grown: AtomicUsize,
    grown: OnceLock<Box<[OnceLock<Words>; N_TABLES]>>,
    first: [AtomicU64; N_WORDS],
}

/// A walk over the lines in which a hash may be, for who may add a row at its end.
#[derive(Clone, Copy)]
pub(crate) struct Probe<'a> {
    words: &'a [AtomicU64],
    /// How many came before this table.
    n_grown: usize,
    /// What a slot with this hash has above the position.
    row: u64,
    /// Where the line begins.
    start: usize,
    line: &'a [AtomicU64; N_WORDS],
    /// The marks of the line, as they were seen last.
    marks: u64,
    /// Which of them are those of the hash, and have not been looked at: the top bits of their bytes.
    fitting: u64,
}

/// What became of a row that was to be added.
#[must_use = "it may not be in"]
pub(crate) enum Added {
    In,
    /// Something came first: walk on.
    Met,
    /// The table is an old one: walk in the newest.
    Outgrown,
}

/// A slot with the mark of a hash.
pub(crate) struct Slot<'a> {
    word: &'a AtomicU64,
}

impl Slot<'_> {
    /// The position in the slot, or `None` if its writer is still on the way to it.
    #[inline]
    pub(crate) fn position(&self) -> Option<usize> {
        // Acquire: pairs with the Release in `Index::add`: who sees the row sees what its writer did before.
        let row = self.word.load(Ordering::Acquire);
        (row != 0).then_some((row & POSITION) as usize)
    }
}

/// What a slot with this hash has above the position.
#[inline]
fn row(hash: u64) -> u64 {
    hash >> 1 & !POSITION | TAKEN
}

/// Where the line begins that the first bits of a row's tag name.
#[inline]
fn start(words: &[AtomicU64], row: u64) -> usize {
    let n_lines = words.len() / N_WORDS;
    let line = (row >> (63 - n_lines.ilog2())) as usize & (n_lines - 1);
    line * N_WORDS
}

/// Where the next line begins.
#[inline]
fn after(words: &[AtomicU64], start: usize) -> usize {
    let next = start + N_WORDS;
    if next == words.len() { 0 } else { next }
}

#[inline]
fn line(words: &[AtomicU64], start: usize) -> &[AtomicU64; N_WORDS] {
    words[start..].first_chunk().expect("tables are whole lines")
}

/// The mark of a row: never that of a free slot.
#[inline]
fn mark(row: u64) -> u64 {
    row >> POSITION_BITS & ((1 << MARK_BITS) - 1) | 1 << MARK_BITS
}

/// The bytes of `marks` that are `mark`, by their top bits; and seldom the one above such a byte.
#[inline]
fn fitting(marks: u64, mark: u64) -> u64 {
    let differing = marks ^ (LOW * mark);
    differing.wrapping_sub(LOW) & !differing & HIGH
}

impl Index {
    pub(crate) fn new() -> Self {
        Self {
            n_grown: AtomicUsize::new(0),
            grown: OnceLock::new(),
            first: std::array::from_fn(|_| AtomicU64::new(0)),
        }
    }

    /// The table that came after so many others.
    #[inline]
    fn table(&self, n_grown: usize) -> &[AtomicU64] {
        let grown = n_grown.checked_sub(1).and_then(|last| self.grown.get()?[last].get());
        grown.map_or(&self.first, |words| words)
    }

    /// The first answer to the position of a row that may have the hash.
    #[inline]
    pub(crate) fn find<R>(&self, hash: u64, mut answer: impl FnMut(usize) -> Option<R>) -> Option<R> {
        // Acquire: pairs with the Release in `grow`: who sees the number sees the table and its rows.
        let words = self.table(self.n_grown.load(Ordering::Acquire));
        let row = row(hash);
        let mut start = start(words, row);
        loop {
            let line = line(words, start);
            // Acquire: keeps the look at a slot behind the look at its mark.
            let marks = line[0].load(Ordering::Acquire);
            let mut fitting = fitting(marks, mark(row));
            while fitting != 0 {
                let slot = &line[1 + fitting.trailing_zeros() as usize / 8];
                fitting &= fitting - 1;
                // Acquire: pairs with the Release in `add`: who sees the row sees what its writer did before.
                let there = slot.load(Ordering::Acquire);
                if (there ^ row) & !POSITION == 0
                    && let Some(answer) = answer((there & POSITION) as usize)
                {
                    return Some(answer);
                }
            }
            if marks & LAST == 0 {
                return None;
            }
            start = after(words, start);
        }
    }

    /// Begins a walk in the newest table.
    #[inline(always)]
    pub(crate) fn probe(&self, hash: u64) -> Probe<'_> {
        // Acquire: pairs with the Release in `grow`: who sees the number sees the table and its rows.
        let n_grown = self.n_grown.load(Ordering::Acquire);
        Probe { n_grown, ..Probe::begin(self.table(n_grown), row(hash)) }
    }

    /// Adds a row at the end of its walk, under a lock; there must be [room](Self::n_rows) for it.
    #[inline(always)]
    pub(crate) fn add(&self, probe: &mut Probe<'_>, position: usize) -> Added {
        // Relaxed: written under the lock that the caller holds.
        if self.n_grown.load(Ordering::Relaxed) != probe.n_grown {
            return Added::Outgrown;
        }
        let (at, marks) = probe.after();
        // Acquire on failure: as in `Probe::see`.
        // Relaxed: the mark publishes nothing; the row does.
        match probe.line[0].compare_exchange(probe.marks, marks, Ordering::Relaxed, Ordering::Acquire) {
            Ok(_) => {
                // Release: pairs with the Acquire in `Slot::position`.
                probe.line[at].store(probe.row | position as u64, Ordering::Release);
                Added::In
            }
            Err(now) => {
                probe.see(now, at - 1);
                Added::Met
            }
        }
    }

    /// How many rows the newest table takes.
    pub(crate) fn n_rows(&self) -> usize {
        // Acquire: as in `probe`.
        self.table(self.n_grown.load(Ordering::Acquire)).len() / N_WORDS * N_ROWS
    }

    /// Makes the next table, with the rows of the newest; under all locks.
    #[cold]
    pub(crate) fn grow(&self) {
        // Relaxed: written under the locks that the caller holds.
        let n_grown = self.n_grown.load(Ordering::Relaxed);
        let old = self.table(n_grown);
        let grown = self.grown.get_or_init(|| Box::new(std::array::from_fn(|_| OnceLock::new())));
        grown[n_grown].get_or_init(|| {
            let new: Words = (0..2 * old.len()).map(|_| AtomicU64::new(0)).collect();
            for slots in old.chunks_exact(N_WORDS).map(|line| &line[1..]) {
                // Relaxed: written under the locks that the caller holds.
                let rows = slots.iter().map(|slot| slot.load(Ordering::Relaxed));
                rows.take_while(|row| *row != 0).for_each(|row| place(&new, row));
            }
            new
        });
        // Release: pairs with the Acquire in `probe`.
        self.n_grown.store(n_grown + 1, Ordering::Release);
    }
}

/// Puts a row at the end of its walk; nobody else knows the table, which is published as a whole.
#[inline]
fn place(words: &[AtomicU64], row: u64) {
    let mut probe = Probe::begin(words, row & !POSITION);
    while probe.marks & LAST != 0 {
        probe = probe.enter_next();
    }
    let (at, marks) = probe.after();
    // Relaxed: nobody else knows the table.
    probe.line[0].store(marks, Ordering::Relaxed);
    // Relaxed: as above.
    probe.line[at].store(row, Ordering::Relaxed);
}

impl<'a> Probe<'a> {
    /// At the line that the row's tag names.
    #[inline(always)]
    fn begin(words: &'a [AtomicU64], row: u64) -> Self {
        Self { words, n_grown: 0, row, start: 0, line: line(words, 0), marks: 0, fitting: 0 }
            .enter(start(words, row))
    }

    #[inline(always)]
    fn enter(mut self, start: usize) -> Self {
        self.start = start;
        self.line = line(self.words, start);
        // Acquire: keeps the look at a slot behind the look at its mark.
        self.see(self.line[0].load(Ordering::Acquire), 0);
        self
    }

    fn enter_next(self) -> Self {
        self.enter(after(self.words, self.start))
    }

    /// Sees the marks of the line, of which the first ones have been looked at.
    #[inline(always)]
    fn see(&mut self, marks: u64, n_looked_at: usize) {
        self.marks = marks;
        self.fitting = fitting(marks, mark(self.row)) >> (8 * n_looked_at) << (8 * n_looked_at);
    }

    /// Which word of the line comes after those that are taken, and the marks with one for it.
    #[inline]
    fn after(&self) -> (usize, u64) {
        let n_taken = 8 - self.marks.leading_zeros() as usize / 8;
        (1 + n_taken, self.marks | mark(self.row) << (8 * n_taken))
    }

    /// The next slot that may have the hash; `None` in the first line that is not full, where the walk stays.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Option<Slot<'a>> {
        // What is mostly so: nothing fits, and the line is not full.
        if self.fitting | self.marks & LAST == 0 {
            return None;
        }
        let (end, slot) = self.walk();
        *self = end;
        slot
    }

    /// By value, so that a walk that ends at once stays in registers.
    fn walk(mut self) -> (Self, Option<Slot<'a>>) {
        loop {
            while self.fitting != 0 {
                let at = self.fitting.trailing_zeros() as usize / 8;
                self.fitting &= self.fitting - 1;
                let word = &self.line[1 + at];
                // Relaxed: another row's tag is never this one's; who is told of the slot loads it again.
                let row = word.load(Ordering::Relaxed);
                if row == 0 || (row ^ self.row) & !POSITION == 0 {
                    return (self, Some(Slot { word }));
                }
            }
            if self.marks & LAST == 0 {
                return (self, None);
            }
            self = self.enter_next();
        }
    }
}

#[cfg(test)]
#[cfg(not(loom))]
mod tests {
    use super::*;

    fn positions(index: &Index, hash: u64) -> Vec<usize> {
        let mut probe = index.probe(hash);
        let mut positions: Vec<_> =
            std::iter::from_fn(|| probe.next()).filter_map(|slot| slot.position()).collect();
        positions.sort_unstable();
        positions
    }

    fn add(index: &Index, n_rows: &mut usize, hash: u64, position: usize) {
        if *n_rows == index.n_rows() {
            index.grow();
        }
        let mut probe = index.probe(hash);
        while probe.next().is_some() {}
        assert!(matches!(index.add(&mut probe, position), Added::In), "nobody else adds");
        *n_rows += 1;
    }

    #[test]
    fn every_row_is_found_while_the_table_grows() {
        let (index, mut n_rows) = (Index::new(), 0);
        let hash = |i: usize| (i as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for i in 0..10_000 {
            assert!(!positions(&index, hash(i)).contains(&i));
            add(&index, &mut n_rows, hash(i), i);
        }
        assert!((0..10_000).all(|i| positions(&index, hash(i)).contains(&i)));
    }

    #[test]
    fn rows_with_one_tag_are_all_found() {
        let (index, mut n_rows) = (Index::new(), 0);
        (0..100).for_each(|i| add(&index, &mut n_rows, u64::MAX, i));
        assert_eq!(positions(&index, u64::MAX), (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn a_row_that_comes_too_late_meets_the_one_that_came_first() {
        let (index, mut n_rows) = (Index::new(), 0);
        let hash = 7 << 40;
        (0..3).for_each(|i| add(&index, &mut n_rows, hash, i));
        let mut walk = index.probe(hash);
        assert_eq!(std::iter::from_fn(|| walk.next()).count(), 3);
        add(&index, &mut n_rows, hash, 3);
        assert!(matches!(index.add(&mut walk, 4), Added::Met));
        let met: Vec<_> = std::iter::from_fn(|| walk.next()?.position()).collect();
        assert_eq!(met, [3], "what came in, and nothing twice");
    }

    #[test]
    fn a_row_for_an_old_table_is_not_added() {
        let index = Index::new();
        let mut walk = index.probe(0);
        index.grow();
        assert!(matches!(index.add(&mut walk, 0), Added::Outgrown));
    }
}
