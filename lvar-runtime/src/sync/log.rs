//! An append-only log whose entries never move, for what is seldom written: bells, and changes of values.
//!
//! Positions are given out by one counter, before their entries are there. An entry is a cell that is filled once, which is all that its
//! readers rely on.

use super::{AtomicUsize, OnceLock, Ordering, chunks::Chunks};

/// The positions of the first chunk.
const N_FIRST: usize = if cfg!(loom) { 4 } else { 8 };

/// The log.
pub(crate) struct Log<E> {
    n_given_out: AtomicUsize,
    cells: Chunks<OnceLock<E>, N_FIRST>,
}

impl<E> Log<E> {
    pub(crate) fn new() -> Self {
        Self { n_given_out: AtomicUsize::new(0), cells: Chunks::new() }
    }

    /// Appends an entry, and answers its position.
    #[inline]
    pub(crate) fn push(&self, entry: E) -> usize {
        // Relaxed: positions need only differ.
        let index = self.n_given_out.fetch_add(1, Ordering::Relaxed);
        let cell = self.cells.get_or_make(index, |_| OnceLock::new());
        assert!(cell.set(entry).is_ok(), "a position is given out once");
        index
    }

    /// The entry at a position, or `None` if it is not there yet.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> Option<&E> {
        self.cells.get(index)?.get()
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
    }
}
