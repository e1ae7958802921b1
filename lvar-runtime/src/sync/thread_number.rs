//! A small number for each thread, by which threads keep out of each other's way. Nothing hangs on it but speed.

#[cfg(not(any(loom, shuttle)))]
use super::AtomicUsize;
use super::Ordering;
#[cfg(any(loom, shuttle))]
use super::UnseenAtomicUsize as AtomicUsize;
#[cfg(any(loom, shuttle))]
use super::{lazy_static, thread_local};

#[cfg(not(any(loom, shuttle)))]
static N_THREADS: AtomicUsize = AtomicUsize::new(0);
#[cfg(any(loom, shuttle))]
lazy_static! {
    // Each run of a model begins with number 0.
    static ref N_THREADS: AtomicUsize = AtomicUsize::new(0);
}

thread_local! {
    // Relaxed: numbers need only differ.
    static NUMBER: usize = N_THREADS.fetch_add(1, Ordering::Relaxed);
}

#[inline]
pub(crate) fn thread_number() -> usize {
    // In an explored program the order of the handlers' calls, which hangs on it, is to be had again.
    crate::turns::seat().unwrap_or_else(|| NUMBER.with(|number| *number))
}
