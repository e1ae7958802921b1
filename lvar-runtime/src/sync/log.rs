//! An append-only log whose entries never move: the history of a set or a map.
//!
//! Positions are given out by one counter, before their entries are there. Entries lie in chunks, each as large as all before it together,
//! behind a directory that only logs with more than one chunk have: many logs are short. An entry is a cell that is filled once, which is
//! all that its readers rely on.

use std::array;

use super::{AtomicUsize, OnceLock, Ordering};

/// The positions of the first chunk.
const N_FIRST: usize = if cfg!(loom) { 4 } else { 8 };
/// The chunks after the first: together they hold more than memory does.
const N_CHUNKS: usize = if cfg!(loom) { 1 } else { 36 };

type Chunk<E> = OnceLock<Box<[OnceLock<E>]>>;

/// The log.
pub(crate) struct Log<E> {
    n_given_out: AtomicUsize,
    first: Chunk<E>,
    rest: OnceLock<Box<[Chunk<E>; N_CHUNKS]>>,
}

/// Where a position is.
enum Place {
    First(usize),
    /// In which chunk of the rest, how many positions that has, and at which of them.
    Rest(usize, usize, usize),
}

#[inline]
fn place(index: usize) -> Place {
    if index < N_FIRST {
        return Place::First(index);
    }
    let chunk = (index / N_FIRST).ilog2() as usize;
    let n_before = N_FIRST << chunk;
    Place::Rest(chunk, n_before, index - n_before)
}

#[cold]
fn cells<E>(n: usize) -> Box<[OnceLock<E>]> {
    (0..n).map(|_| OnceLock::new()).collect()
}

impl<E> Log<E> {
    pub(crate) fn new() -> Self {
        Self { n_given_out: AtomicUsize::new(0), first: OnceLock::new(), rest: OnceLock::new() }
    }

    /// Appends an entry, and answers its position.
    #[inline]
    pub(crate) fn push(&self, entry: E) -> usize {
        // Relaxed: positions need only differ.
        let index = self.n_given_out.fetch_add(1, Ordering::Relaxed);
        let (chunk, n, at) = match place(index) {
            Place::First(at) => (&self.first, N_FIRST, at),
            Place::Rest(chunk, n, at) => (&self.rest()[chunk], n, at),
        };
        let cell = &chunk.get().unwrap_or_else(|| chunk.get_or_init(|| cells(n)))[at];
        assert!(cell.set(entry).is_ok(), "a position is given out once");
        index
    }

    #[inline]
    fn rest(&self) -> &[Chunk<E>; N_CHUNKS] {
        self.rest
            .get()
            .unwrap_or_else(|| self.rest.get_or_init(|| Box::new(array::from_fn(|_| OnceLock::new()))))
    }

    /// The entry at a position, or `None` if it is not there yet.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> Option<&E> {
        match place(index) {
            Place::First(at) => self.first.get()?[at].get(),
            Place::Rest(chunk, _, at) => self.rest.get()?.get(chunk)?.get()?[at].get(),
        }
    }

    /// The entries, from the owner.
    pub(crate) fn into_entries(self) -> impl Iterator<Item = E> {
        let rest = self.rest.into_inner().into_iter().flat_map(|rest| *rest);
        let chunks = std::iter::once(self.first).chain(rest).filter_map(OnceLock::into_inner);
        chunks.flatten().filter_map(OnceLock::into_inner)
    }
}

impl<E> Default for Log<E> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
#[cfg(not(loom))]
mod tests {
    use super::Log;

    #[test]
    fn each_entry_stays_at_its_position() {
        let log = Log::new();
        assert_eq!(log.get(0), None);
        for entry in 0..1_000 {
            assert_eq!(log.push(entry), entry);
            assert_eq!((log.get(entry), log.get(entry + 1)), (Some(&entry), None));
        }
        assert!((0..1_000).all(|index| log.get(index) == Some(&index)));
        assert!(log.into_entries().eq(0..1_000));
    }
}
