//! What a model uses in place of primitives that the checker lacks: the same promises, made of what it can see.

use std::{array, iter::Flatten};

use super::{AtomicBool, AtomicUsize, Cell, Mutex, Ordering, lock};

/// A cell that is filled once.
pub(crate) struct OnceLock<T> {
    is_full: AtomicBool,
    filling: Mutex<()>,
    value: Cell<T>,
}

impl<T> OnceLock<T> {
    pub(crate) fn new() -> Self {
        Self { is_full: AtomicBool::new(false), filling: Mutex::new(()), value: Cell::new() }
    }

    pub(crate) fn get(&self) -> Option<&T> {
        // Acquire: pairs with the Release in `get_or_init`; who sees the flag sees the value.
        if self.is_full.load(Ordering::Acquire) { self.value.get() } else { None }
    }

    pub(crate) fn get_or_init(&self, make: impl FnOnce() -> T) -> &T {
        if let Some(value) = self.get() {
            return value;
        }
        let filling = lock(&self.filling);
        let value = self.value.get_or_init(make);
        // Release: pairs with the Acquire in `get`.
        self.is_full.store(true, Ordering::Release);
        drop(filling);
        value
    }

    pub(crate) fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        self.get_or_init(|| value.take().expect("it is made once"));
        value.map_or(Ok(()), Err)
    }

    pub(crate) fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }
}

/// Enough for the models, which are tiny.
const CAPACITY: usize = 4;

/// A log that is only appended to: positions are given out before entries are there, as in the real one.
pub(crate) struct Log<T> {
    n_given_out: AtomicUsize,
    slots: [OnceLock<T>; CAPACITY],
}

impl<T> Log<T> {
    pub(crate) fn new() -> Self {
        Self { n_given_out: AtomicUsize::new(0), slots: array::from_fn(|_| OnceLock::new()) }
    }

    pub(crate) fn push(&self, entry: T) -> usize {
        // Relaxed: positions need only differ.
        let index = self.n_given_out.fetch_add(1, Ordering::Relaxed);
        assert!(self.slots[index].set(entry).is_ok(), "a position is given out once");
        index
    }

    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        self.slots.get(index)?.get()
    }
}

impl<T> IntoIterator for Log<T> {
    type Item = T;
    type IntoIter = Flatten<<[Option<T>; CAPACITY] as IntoIterator>::IntoIter>;

    fn into_iter(self) -> Self::IntoIter {
        self.slots.map(OnceLock::into_inner).into_iter().flatten()
    }
}
