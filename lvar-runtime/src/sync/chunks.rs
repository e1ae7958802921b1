//! An array that gets longer while others look at it, and whose cells never move.
//!
//! Cells lie in chunks, each as long as all before it together, behind a directory that only arrays with more than one chunk have: many
//! are short. The first chunk has `FIRST` cells, a power of two.

use std::array;

use super::OnceLock;

/// The chunks after the first: together they hold more than memory does.
const N_CHUNKS: usize = if cfg!(loom) { 1 } else { 40 };

type Chunk<C> = OnceLock<Box<[C]>>;

/// The array.
pub(crate) struct Chunks<C, const FIRST: usize> {
    first: Chunk<C>,
    rest: OnceLock<Box<[Chunk<C>; N_CHUNKS]>>,
}

/// Where an index is.
enum Place {
    First,
    /// In which chunk of the rest, and how many cells are before that, which are as many as it has.
    Rest(usize, usize),
}

impl<C, const FIRST: usize> Chunks<C, FIRST> {
    pub(crate) fn new() -> Self {
        Self { first: OnceLock::new(), rest: OnceLock::new() }
    }

    #[inline]
    fn place(index: usize) -> Place {
        if index < FIRST {
            return Place::First;
        }
        let chunk = (index / FIRST).ilog2() as usize;
        Place::Rest(chunk, FIRST << chunk)
    }

    /// The cell at an index, if its chunk has been made.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> Option<&C> {
        match Self::place(index) {
            Place::First => Some(&self.first.get()?[index]),
            Place::Rest(chunk, n_before) => Some(&self.rest.get()?.get(chunk)?.get()?[index - n_before]),
        }
    }

    /// The cell at an index; `make` makes all those of its chunk, each from its index, if they are not there. It runs under a lock.
    #[inline]
    pub(crate) fn get_or_make(&self, index: usize, make: impl Fn(usize) -> C) -> &C {
        self.get(index).unwrap_or_else(|| self.make(index, make))
    }

    #[cold]
    fn make(&self, index: usize, make: impl Fn(usize) -> C) -> &C {
        let cells = |indices: std::ops::Range<usize>| indices.map(make).collect();
        match Self::place(index) {
            Place::First => &self.first.get_or_init(|| cells(0..FIRST))[index],
            Place::Rest(chunk, n) => {
                let rest = self.rest.get_or_init(|| Box::new(array::from_fn(|_| OnceLock::new())));
                &rest[chunk].get_or_init(|| cells(n..2 * n))[index - n]
            }
        }
    }

    /// The cells of the chunk that an index is in, each from its index, to be [added](Self::add): for cells whose making is code of a
    /// user's, which runs under no lock.
    pub(crate) fn cells_around(index: usize, make: impl Fn(usize) -> C) -> Box<[C]> {
        match Self::place(index) {
            Place::First => (0..FIRST).map(make).collect(),
            Place::Rest(_, n) => (n..2 * n).map(make).collect(),
        }
    }

    /// Adds the cells around an index; gives them back if those are there.
    pub(crate) fn add(&self, index: usize, cells: Box<[C]>) -> Result<(), Box<[C]>> {
        match Self::place(index) {
            Place::First => self.first.set(cells),
            Place::Rest(chunk, _) => {
                let rest = self.rest.get_or_init(|| Box::new(array::from_fn(|_| OnceLock::new())));
                rest[chunk].set(cells)
            }
        }
    }

    /// The cells that have been made, with their indices.
    pub(crate) fn made(&self) -> impl Iterator<Item = (usize, &C)> {
        let first = self.first.get().map(|cells| (0, cells));
        let rest = self.rest.get().into_iter().flat_map(|rest| rest.iter().enumerate());
        let rest = rest.filter_map(|(chunk, cells)| Some((FIRST << chunk, cells.get()?)));
        let chunks = first.into_iter().chain(rest);
        chunks.flat_map(|(n_before, cells)| {
            cells.iter().enumerate().map(move |(at, cell)| (n_before + at, cell))
        })
    }

    /// The cells, from the owner, with their indices.
    pub(crate) fn into_made(self) -> impl Iterator<Item = (usize, C)> {
        let rest = self.rest.into_inner().into_iter().flat_map(|rest| rest.into_iter().enumerate());
        let rest = rest.map(|(chunk, cells)| (FIRST << chunk, cells));
        let chunks = std::iter::once((0, self.first)).chain(rest);
        let made = chunks.filter_map(|(n_before, cells)| Some((n_before, cells.into_inner()?)));
        made.flat_map(|(n_before, cells)| {
            cells.into_iter().enumerate().map(move |(at, cell)| (n_before + at, cell))
        })
    }
}
