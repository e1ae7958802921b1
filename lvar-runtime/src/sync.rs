//! The one place that chooses between std's primitives and those of a checker: loom, which tries every schedule of small models, or shuttle, which
//! tries many schedules of larger ones.
//!
//! A model proves something only about primitives that the checker can see, so the runtime names no other. What the checker lacks has a
//! stand-in in `sync/stand_in.rs`. Std's in both worlds are `Arc`, which only counts here, and thread-locals, which no two threads
//! share, but for the number of a thread: the checker's threads are one of the system's.

#[cfg(loom)]
pub(crate) use loom::{
    cell::UnsafeCell,
    sync::{
        Condvar, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicPtr, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence},
    },
    thread,
};
#[cfg(shuttle)]
pub(crate) use shuttle::{
    sync::{
        Condvar, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicPtr, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence},
    },
    thread,
};
#[cfg(any(loom, shuttle))]
use std::sync::{OnceLock as Cell, atomic::AtomicUsize as UnseenAtomicUsize};
#[cfg(not(any(loom, shuttle)))]
pub(crate) use std::{
    sync::{
        Condvar, Mutex, MutexGuard, OnceLock,
        atomic::{AtomicBool, AtomicPtr, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence},
    },
    thread,
};

/// What the checker has no stand-in for: scoped threads, which whole parallel runs use, and time. No model runs any of it.
pub(crate) use std::thread as os_thread;

pub(crate) use append::{Append, Appender};
#[cfg(not(loom))]
pub(crate) use cell::UnsafeCell;
pub(crate) use chunks::Chunks;
pub(crate) use log::Log;
#[cfg(loom)]
use loom::{lazy_static, thread_local};
#[cfg(shuttle)]
use shuttle::{lazy_static, thread_local};
#[cfg(any(loom, shuttle))]
pub(crate) use stand_in::OnceLock;
pub(crate) use thread_number::thread_number;

mod append;
#[cfg(not(loom))]
mod cell;
mod chunks;
mod log;
#[cfg(any(loom, shuttle))]
mod stand_in;
mod thread_number;
pub(crate) mod write_once;

/// How many threads the machine runs at once. It is asked but once: std reads files to answer, which takes longer than a small run.
pub(crate) fn n_cores() -> usize {
    // Std's also in models, where it decides nothing.
    static N_CORES: std::sync::LazyLock<usize> =
        std::sync::LazyLock::new(|| os_thread::available_parallelism().map_or(1, std::num::NonZero::get));
    *N_CORES
}

/// Locks, also after a panic elsewhere: no code of a user runs under a lock of the runtime, so what it guards is never half changed.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Lets another thread go on, for who waits for a step of it that takes no longer than a few instructions; to be called again and again,
/// with a count that begins at zero.
pub(crate) fn snooze(n_waits: &mut u32) {
    // The checker must be told that this thread does nothing; elsewhere a thread that was interrupted in that step needs the core.
    if cfg!(any(loom, shuttle)) || *n_waits >= 32 {
        thread::yield_now();
    } else {
        std::hint::spin_loop();
        *n_waits += 1;
    }
}

/// The second half of a handshake: this thread has written one atomic with `SeqCst` and now reads another one, while its partner
/// writes that and then reads ours. At least one of the two sees the other's write.
///
/// Under std it is a `SeqCst` load, free where a plain load is. The checker treats `SeqCst` accesses as `AcqRel`, so there the
/// total order comes from a fence.
#[inline]
pub(crate) fn load_in_order<A: Load>(atomic: &A) -> A::Value {
    if cfg!(loom) {
        // SeqCst: in the total order of the fences of both sides of the handshake; only the checker needs it.
        fence(Ordering::SeqCst);
    }
    atomic.load_seq_cst()
}

/// An atomic that [`load_in_order`] can read.
pub(crate) trait Load {
    type Value;

    fn load_seq_cst(&self) -> Self::Value;
}

macro_rules! load {
    ($($atomic:ty, $value:ty);+) => {$(
        impl Load for $atomic {
            type Value = $value;

            #[inline]
            fn load_seq_cst(&self) -> $value {
                // SeqCst: after the caller's own write in the total order of the handshake that `load_in_order` describes.
                self.load(Ordering::SeqCst)
            }
        }
    )+};
}

load!(AtomicU32, u32; AtomicU64, u64);

/// An atomic word that is as wide as its values need, and is read and written as one of 64 bits.
pub trait AtomicWord: Send + Sync + 'static {
    /// The greatest word that it holds.
    const GREATEST: u64;

    /// One that holds `word`, which it can hold; so for the others.
    fn new(word: u64) -> Self;

    /// Loads it.
    fn load(&self, order: Ordering) -> u64;

    /// As the second half of a handshake of two atomics.
    fn load_in_order(&self) -> u64;

    /// Stores `word` if it holds `seen`, and answers what it held; may fail for no reason.
    ///
    /// # Errors
    ///
    /// What it holds, if it was not written.
    fn exchange(&self, seen: u64, word: u64, success: Ordering, failure: Ordering) -> Result<u64, u64>;
}

macro_rules! atomic_word {
    ($($atomic:ident, $value:ident);+) => {$(
        impl AtomicWord for $atomic {
            const GREATEST: u64 = $value::MAX as u64;

            #[inline]
            fn new(word: u64) -> Self {
                Self::new(word as $value)
            }

            #[inline]
            fn load(&self, order: Ordering) -> u64 {
                self.load(order).into()
            }

            #[inline]
            fn load_in_order(&self) -> u64 {
                load_in_order(self).into()
            }

            #[inline]
            fn exchange(&self, seen: u64, word: u64, success: Ordering, failure: Ordering) -> Result<u64, u64> {
                let done = self.compare_exchange_weak(seen as $value, word as $value, success, failure);
                done.map(u64::from).map_err(u64::from)
            }
        }
    )+};
}

atomic_word!(AtomicU32, u32; AtomicU64, u64);
