//! What a model uses in place of primitives that the checker lacks: the same promises, made of what it can see.

use super::{AtomicBool, Cell, Mutex, Ordering, lock};

/// A cell that is filled once.
pub(crate) struct OnceLock<T> {
    is_full: AtomicBool,
    filling: Mutex<()>,
    value: Cell<T>,
}

impl<T> Default for OnceLock<T> {
    fn default() -> Self {
        Self::new()
    }
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
