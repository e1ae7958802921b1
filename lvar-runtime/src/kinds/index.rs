//! Where in the log is the entry with this hash? A hash table of positions that is read without a lock.
//!
//! Rows are only added, so a reader needs no protection: it walks from the home of the hash, group by group, to the first group that is
//! not full. Who adds a row holds a lock of the owner's, passed as the number of rows that it guards.
//!
//! ```text
//!   group:  one word of eight marks          its eight slots, of one word each
//!           ┌────┬────┬────┬ … ┬────┐        63         36 35                0
//!           │ m₇ │ m₆ │ m₅ │   │ m₀ │        ┌────────────┬───────────────────┐
//!           └────┴────┴────┴ … ┴────┘        │    tag     │     position      │
//!           0 is free; filled from m₀ on     └────────────┴───────────────────┘
//! ```
//!
//! The marks of all groups lie together, in an eighth of the memory of the slots: that nothing is there is mostly told by a mark in a near
//! cache. The home of a row, and its mark, are told by its tag, so a table grows without asking for the hashes again. Old tables stay, for
//! readers that are in them: what was added meanwhile they may not find, as if they had been quicker. A [`Probe`] remembers the
//! marks of the group at which it ended: under the lock it suffices to see that they are the same, and the table the newest.

use crate::sync::{AtomicU64, AtomicUsize, OnceLock, Ordering};

/// The groups of the first table; each one after has twice as many.
const N_FIRST: usize = if cfg!(loom) { 1 } else { 2 };

const POSITION_BITS: u32 = 36;
const POSITION: u64 = (1 << POSITION_BITS) - 1;
const MARK_BITS: u32 = 7;

/// The table, which grows `N` - 1 times.
pub(crate) struct Index<const N: usize> {
    tables: [OnceLock<Table>; N],
    newest: AtomicUsize,
}

/// The marks of the groups, then their slots.
struct Table {
    words: Box<[AtomicU64]>,
    n_groups: usize,
}

/// A walk over the groups in which a hash may be.
pub(crate) struct Probe<'a> {
    table: Option<&'a Table>,
    hash: u64,
    group: usize,
    /// The marks of the group, as they were seen last.
    marks: u64,
    /// Which of them are those of the hash, and have not been looked at: the top bits of their bytes.
    fitting: u64,
}

/// In each byte the lowest, and the highest bit.
const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = LOW << 7;

/// The mark of a tag: never that of a free slot.
#[inline]
fn mark(tag: u64) -> u64 {
    tag & ((1 << MARK_BITS) - 1) | 1 << MARK_BITS
}

/// The bytes of `marks` that are `mark`, by their top bits; and seldom the one above such a byte.
#[inline]
fn fitting(marks: u64, mark: u64) -> u64 {
    let differing = marks ^ (LOW * mark);
    differing.wrapping_sub(LOW) & !differing & HIGH
}

impl<const N: usize> Index<N> {
    /// How many rows an index should have at most that will not grow further, and is walked by everybody: half of its slots, so that a walk
    /// hardly ever leaves its first group.
    pub(crate) const CAPACITY: usize = if cfg!(loom) { 1 } else { (N_FIRST << (N - 1)) * 4 };

    pub(crate) fn new() -> Self {
        Self { tables: std::array::from_fn(|_| OnceLock::new()), newest: AtomicUsize::new(0) }
    }

    /// Begins a walk in the newest table.
    #[inline]
    pub(crate) fn probe(&self, hash: u64) -> Probe<'_> {
        // Acquire: pairs with the Release in `grow`: who sees the number sees the table and its rows.
        let table = self.tables[self.newest.load(Ordering::Acquire)].get();
        let mut probe = Probe { table, hash, group: 0, marks: 0, fitting: 0 };
        if let Some(table) = table {
            probe.enter(table, table.home(hash >> POSITION_BITS));
        }
        probe
    }

    /// Whether the end of a walk is still the end, under the lock: `Err` is where to walk on.
    pub(crate) fn resume<'a>(&'a self, probe: Probe<'a>) -> Result<Probe<'a>, Probe<'a>> {
        // Relaxed: written under the lock that the caller holds.
        let newest = self.tables[self.newest.load(Ordering::Relaxed)].get();
        match (newest, probe.table) {
            (None, _) => Ok(probe),
            (Some(newest), Some(table)) if std::ptr::eq(newest, table) => {
                if table.marks(probe.group) == probe.marks { Ok(probe) } else { Err(probe.again(table)) }
            }
            (Some(_), _) => Err(self.probe(probe.hash)),
        }
    }

    /// Adds a row at the end of its walk; under the lock, which guards `n_rows`.
    pub(crate) fn add(&self, n_rows: &mut usize, probe: &Probe<'_>, position: usize) {
        let position = position as u64;
        assert!(position <= POSITION, "a log has at most 2³⁶ entries");
        let row = probe.hash & !POSITION | position;
        *n_rows += 1;
        match probe.table {
            Some(table) if *n_rows <= limit(table.n_groups) => table.fill(probe.group, row),
            _ => self.grow().place(row),
        }
    }

    /// The next table, with the rows of the newest.
    #[cold]
    fn grow(&self) -> &Table {
        // Relaxed: written under the lock that the caller holds.
        let newest = self.newest.load(Ordering::Relaxed);
        let old = self.tables[newest].get();
        let next = if old.is_some() { newest + 1 } else { newest };
        let table = self.tables[next].get_or_init(|| {
            let table = Table::new(N_FIRST << next);
            old.into_iter().flat_map(Table::rows).for_each(|row| table.place(row));
            table
        });
        // Release: pairs with the Acquire in `probe`.
        self.newest.store(next, Ordering::Release);
        table
    }
}

/// How many rows a table of so many groups takes: fuller ones make long walks.
const fn limit(n_groups: usize) -> usize {
    n_groups * 6
}

impl Table {
    fn new(n_groups: usize) -> Self {
        Self { words: (0..9 * n_groups).map(|_| AtomicU64::new(0)).collect(), n_groups }
    }

    /// By the bits of a tag that are not its mark.
    #[inline]
    fn home(&self, tag: u64) -> usize {
        (tag >> MARK_BITS) as usize & (self.n_groups - 1)
    }

    #[inline]
    fn next(&self, group: usize) -> usize {
        (group + 1) & (self.n_groups - 1)
    }

    #[inline]
    fn marks(&self, group: usize) -> u64 {
        // Acquire: pairs with the Release in `fill`: who sees a mark sees the slot, and the entry in the log.
        self.words[group].load(Ordering::Acquire)
    }

    #[inline]
    fn slot(&self, group: usize, at: usize) -> &AtomicU64 {
        &self.words[self.n_groups + 8 * group + at]
    }

    /// Puts a row into the first free slot of a group that has one; under the lock.
    #[inline]
    fn fill(&self, group: usize, row: u64) {
        let marks = self.marks(group);
        let at = 8 - marks.leading_zeros() / 8;
        // Relaxed: published by the mark.
        self.slot(group, at as usize).store(row, Ordering::Relaxed);
        // Release: pairs with the Acquire in `marks`. All changes are made under the lock, so none comes in between.
        self.words[group].store(marks | mark(row >> POSITION_BITS) << (8 * at), Ordering::Release);
    }

    /// Puts a row into the first group from its home that is not full; under the lock.
    fn place(&self, row: u64) {
        let mut group = self.home(row >> POSITION_BITS);
        while self.marks(group) & 1 << 63 != 0 {
            group = self.next(group);
        }
        self.fill(group, row);
    }

    /// All rows; under the lock.
    fn rows(&self) -> impl Iterator<Item = u64> {
        (0..self.n_groups).flat_map(move |group| {
            let n_rows = 8 - self.marks(group).leading_zeros() as usize / 8;
            // Relaxed: written under the lock that the caller holds.
            (0..n_rows).map(move |at| self.slot(group, at).load(Ordering::Relaxed))
        })
    }
}

impl Probe<'_> {
    pub(crate) fn hash(&self) -> u64 {
        self.hash
    }

    #[inline]
    fn enter(&mut self, table: &Table, group: usize) {
        self.group = group;
        self.marks = table.marks(group);
        self.fitting = fitting(self.marks, mark(self.hash >> POSITION_BITS));
    }

    /// Looks at the group once more, without what has been looked at.
    fn again(mut self, table: &Table) -> Self {
        let n_seen = 64 - self.marks.leading_zeros();
        self.enter(table, self.group);
        self.fitting &= u64::MAX.checked_shl(n_seen).unwrap_or(0);
        self
    }

    /// The position of the next row with this tag; `None` at the first group that is not full, where the walk stays.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<usize> {
        // What is mostly so: nothing fits, and the group is not full.
        if self.fitting | self.marks & 1 << 63 == 0 { None } else { self.walk() }
    }

    fn walk(&mut self) -> Option<usize> {
        let table = self.table?;
        loop {
            while self.fitting != 0 {
                let at = self.fitting.trailing_zeros() as usize / 8;
                self.fitting &= self.fitting - 1;
                // Relaxed: the mark that was seen published it.
                let row = table.slot(self.group, at).load(Ordering::Relaxed);
                if (row ^ self.hash) & !POSITION == 0 {
                    return Some((row & POSITION) as usize);
                }
            }
            if self.marks & 1 << 63 == 0 {
                return None;
            }
            self.enter(table, table.next(self.group));
        }
    }
}

#[cfg(test)]
#[cfg(not(loom))]
mod tests {
    use super::*;

    fn positions(index: &Index<20>, hash: u64) -> Vec<usize> {
        let mut probe = index.probe(hash);
        let mut positions: Vec<_> = std::iter::from_fn(|| probe.next()).collect();
        positions.sort_unstable();
        positions
    }

    fn add(index: &Index<20>, n_rows: &mut usize, hash: u64, position: usize) {
        let mut probe = index.probe(hash);
        while probe.next().is_some() {}
        let Ok(probe) = index.resume(probe) else { panic!("nobody else adds") };
        index.add(n_rows, &probe, position);
        assert!(index.resume(probe).is_err(), "a row came in, or the table is an old one");
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
        (0..100).for_each(|i| add(&index, &mut n_rows, 7 << 40, i));
        assert_eq!(positions(&index, 7 << 40), (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn a_walk_that_resumes_sees_what_came_in_and_nothing_twice() {
        let (index, mut n_rows) = (Index::new(), 0);
        let hash = 7 << 40;
        (0..3).for_each(|i| add(&index, &mut n_rows, hash, i));
        let mut walk = index.probe(hash);
        assert_eq!(std::iter::from_fn(|| walk.next()).count(), 3);
        add(&index, &mut n_rows, hash, 3);
        let Err(mut walk) = index.resume(walk) else { panic!("a row came in") };
        assert_eq!((walk.next(), walk.next()), (Some(3), None));
    }
}
