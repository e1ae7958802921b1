//! The one place that chooses between std's primitives and the model checker's.
//!
//! A model proves something only about primitives that the checker can see, so the runtime names no other. Two kinds of things are
//! std's in both worlds: `Arc` and `OnceLock`, whose closures here contain no primitive of the checker, so that to a model they
//! happen in one step; and thread-locals, which no two threads share.

#[cfg(loom)]
pub(crate) use loom::{
    sync::{
        Condvar, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence},
    },
    thread,
};
pub(crate) use std::sync::OnceLock;
#[cfg(not(loom))]
pub(crate) use std::{
    sync::{
        Condvar, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence},
    },
    thread,
};

/// What the checker has no stand-in for: scoped threads, which whole parallel runs use, and time. No model runs any of it.
pub(crate) use std::thread as os_thread;

#[cfg(not(loom))]
pub(crate) use boxcar::Vec as Log;
#[cfg(loom)]
pub(crate) use stand_in::Log;

/// Locks, also after a panic elsewhere: no code of a user runs under a lock of the runtime, so what it guards is never half changed.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The second half of a handshake: this thread has written one atomic with `SeqCst` and now reads another one, while its partner
/// writes that and then reads ours. At least one of the two sees the other's write.
///
/// Under std it is a `SeqCst` load, free where a plain load is. The checker treats `SeqCst` accesses as `AcqRel`, so there the
/// total order comes from a fence.
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

            fn load_seq_cst(&self) -> $value {
                // SeqCst: after the caller's own write in the total order of the handshake that `load_in_order` describes.
                self.load(Ordering::SeqCst)
            }
        }
    )+};
}

load!(AtomicU32, u32; AtomicU64, u64);

#[cfg(loom)]
mod stand_in {
    //! What a model uses in place of the log: positions are given out before entries are there, as in the real one.

    use std::{iter::Flatten, sync::OnceLock};

    use super::{AtomicBool, AtomicUsize, Ordering};

    /// Enough for the models, which are tiny.
    const CAPACITY: usize = 4;

    pub(crate) struct Log<T> {
        n_given_out: AtomicUsize,
        slots: [Slot<T>; CAPACITY],
    }

    struct Slot<T> {
        is_there: AtomicBool,
        entry: OnceLock<T>,
    }

    impl<T> IntoIterator for Log<T> {
        type Item = T;
        type IntoIter = Flatten<<[Option<T>; CAPACITY] as IntoIterator>::IntoIter>;

        fn into_iter(self) -> Self::IntoIter {
            self.slots.map(|slot| slot.entry.into_inner()).into_iter().flatten()
        }
    }

    impl<T> Log<T> {
        pub(crate) fn new() -> Self {
            let slot = |_| Slot { is_there: AtomicBool::new(false), entry: OnceLock::new() };
            Self { n_given_out: AtomicUsize::new(0), slots: std::array::from_fn(slot) }
        }

        pub(crate) fn push(&self, entry: T) -> usize {
            // Relaxed: positions need only differ.
            let index = self.n_given_out.fetch_add(1, Ordering::Relaxed);
            let slot = &self.slots[index];
            assert!(slot.entry.set(entry).is_ok(), "a position is given out once");
            // Release: pairs with the Acquire in `get`; who sees the flag sees the entry.
            slot.is_there.store(true, Ordering::Release);
            index
        }

        pub(crate) fn get(&self, index: usize) -> Option<&T> {
            let slot = self.slots.get(index)?;
            // Acquire: pairs with the Release in `push`.
            if slot.is_there.load(Ordering::Acquire) { slot.entry.get() } else { None }
        }
    }
}
