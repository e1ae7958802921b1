//! What is written once and read for ever, in as few bytes and locked instructions as there can be. The only file with `unsafe`.
//!
//! Std's `OnceLock` has a state word of its own, which nobody else can use, and changes it twice for a write. An LVar has a state word
//! anyway, and readers and writers of its value look at that too. So here the two are one word, of which the caller has the lower bits.
//!
//! ## The slot
//!
//! ```text
//!              fill: exchange             write the value; store
//!   empty ───────────────────────▶ HELD ───────────────────────▶ FULL
//! ```
//!
//! 1. Who exchanges a word that is neither HELD nor FULL for the same one and HELD has the slot for himself, and the word too: nobody else
//!    changes a word that is HELD.
//! 2. He writes the value. No code of anybody else runs meanwhile, so that takes no longer than a move.
//! 3. He stores the word with FULL and without HELD. So a write is one locked instruction.
//!
//! *A value is written once.* Neither bit is ever cleared but HELD, by step 3, which sets FULL; so step 1 succeeds once in the life of a slot.
//! *It is read only when it is there.* A reader sees FULL, which only step 3 stores, with release; he loads with acquire. *Nobody else's
//! bits are lost* by that store: since step 1 nobody has changed the word.
//!
//! ## The pointer
//!
//! It is null, and then for ever what was exchanged for null. So what it points to lives as long as the pointer, and can be lent so long.

#![expect(
    unsafe_code,
    reason = "the compiler cannot know what the bits of the word say about the value, nor whose a raw count is"
)]

#[cfg(all(test, loom))]
mod loom_models;
#[cfg(test)]
#[cfg(not(loom))]
mod tests;

use std::{
    marker::PhantomData,
    mem::{MaybeUninit, needs_drop},
    panic::{RefUnwindSafe, UnwindSafe},
    ptr,
    sync::Arc,
};

use super::{AtomicPtr, AtomicU32, Ordering, UnsafeCell, load_in_order, snooze};

/// Somebody writes the value.
const HELD: u32 = 1 << 30;
/// The value is there.
const FULL: u32 = 1 << 31;
/// The bits of the word that are the caller's.
pub(crate) const CALLERS: u32 = HELD - 1;

/// A word, of which [`CALLERS`] are the caller's bits, and a value that is written once.
#[repr(C)]
pub(crate) struct Slot<T> {
    value: UnsafeCell<MaybeUninit<T>>,
    word: AtomicU32,
}

/// What became of an attempt to write the value.
#[must_use = "it may not have been written"]
pub(crate) enum Fill<T> {
    /// It was; these are the caller's bits, which were not changed.
    Filled(u32),
    /// There is another one, or a bit that is forbidden. The value comes back, with the word.
    Refused(T, u32),
}

// SAFETY: through a shared slot other threads get `&T`, for which `T` has to be `Sync`, and move a `T` in that the owner's thread drops,
// for which it has to be `Send`. Accesses to the value exclude each other as the head of this file says.
unsafe impl<T: Send + Sync> Sync for Slot<T> {}

// A value is there or it is not; a panic can leave nothing half written, since none happens while it is written.
impl<T: UnwindSafe + RefUnwindSafe> RefUnwindSafe for Slot<T> {}

impl<T> Slot<T> {
    /// An empty slot, and the caller's bits.
    #[inline]
    pub(crate) fn new(bits: u32) -> Self {
        Self { value: UnsafeCell::new(MaybeUninit::uninit()), word: AtomicU32::new(bits & CALLERS) }
    }

    /// The word.
    #[inline]
    pub(crate) fn load(&self) -> u32 {
        // Acquire: pairs with the Release half of each change below.
        self.word.load(Ordering::Acquire)
    }

    /// The word, as the second half of a handshake.
    #[inline]
    pub(crate) fn load_in_order(&self) -> u32 {
        load_in_order(&self.word)
    }

    /// The word, and the value if it was there.
    #[inline]
    pub(crate) fn get(&self) -> (u32, Option<&T>) {
        let word = self.load();
        if word & FULL == 0 {
            return (word, None);
        }
        let value = self.value.with(|value| {
            // SAFETY: FULL was stored after the value was written, by step 3, and the load above has acquired that. Nobody writes the
            // value again while the slot is shared, so it may be lent as long as the slot is.
            unsafe { &*value.cast::<T>() }
        });
        (word, Some(value))
    }

    /// Writes the value, unless there is one, or one of the caller's bits that are `forbidden` is set.
    #[inline]
    pub(crate) fn fill(&self, value: T, forbidden: u32) -> Fill<T> {
        let mut seen = self.load();
        loop {
            // One look, in the hope that none of it is so.
            if seen & (HELD | FULL | forbidden) != 0 {
                if seen & HELD == 0 {
                    return Fill::Refused(value, seen);
                }
                seen = self.unheld();
                continue;
            }
            // Acquire: pairs with the Release half of each other change: what its maker wrote before is there for who fills.
            // Relaxed: a failure decides nothing by itself; it is loaded again.
            match self.word.compare_exchange_weak(seen, seen | HELD, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => break,
                Err(_) => seen = self.load(),
            }
        }
        self.value.with_mut(|slot| {
            // SAFETY: the exchange has succeeded, which it does once in the life of the slot: nobody else writes the value, and nobody
            // reads it before FULL is stored.
            unsafe { slot.cast::<T>().write(value) };
        });
        // Release: pairs with the Acquire in `load`: who sees FULL sees the value. A plain store, since nobody changes a word that is HELD.
        self.word.store(seen | FULL, Ordering::Release);
        Fill::Filled(seen)
    }

    /// Changes the caller's bits, and answers the word as it was before.
    #[inline]
    pub(crate) fn change(&self, change: impl Fn(u32) -> u32) -> u32 {
        let mut seen = self.load();
        loop {
            if seen & HELD != 0 {
                seen = self.unheld();
            }
            match self.exchange(seen, CALLERS, change(seen)) {
                Ok(_) => return seen,
                Err(now) => seen = now,
            }
        }
    }

    /// Clears some of the caller's bits and sets others, unless the word is not `seen` any more, or is HELD. Answers the word.
    #[inline]
    pub(crate) fn exchange(&self, seen: u32, cleared: u32, set: u32) -> Result<u32, u32> {
        // In one mask, and so for nothing: a word that is HELD is not what is expected.
        let word = seen & !(cleared & CALLERS | HELD) | set & CALLERS;
        // SeqCst: takes part in the total order of the handshakes that the callers describe; its Release half pairs with the Acquire in
        // `load`, its Acquire half with the Release of the changes before it.
        // Acquire: a failure sees what the winner wrote before.
        let exchanged = self.word.compare_exchange(seen & !HELD, word, Ordering::SeqCst, Ordering::Acquire);
        exchanged.map(|_| word)
    }

    /// The word, once nobody holds it.
    #[cold]
    fn unheld(&self) -> u32 {
        let mut n_waits = 0;
        loop {
            let word = self.load();
            if word & HELD == 0 {
                return word;
            }
            snooze(&mut n_waits);
        }
    }
}

impl<T> Drop for Slot<T> {
    fn drop(&mut self) {
        if !needs_drop::<T>() || self.load() & FULL == 0 {
            return;
        }
        self.value.with_mut(|value| {
            // SAFETY: FULL says that the value was written. The slot is not shared any more and its drop runs once, so neither is the
            // value read again nor dropped twice, also if its drop panics.
            unsafe { value.cast::<T>().drop_in_place() };
        });
    }
}

/// A counted pointer that is set once.
pub(crate) struct OnceArc<T> {
    /// Null, or what `Arc::into_raw` has answered; one count is this pointer's.
    pointer: AtomicPtr<T>,
    counted: PhantomData<Arc<T>>,
}

impl<T> Default for OnceArc<T> {
    #[inline]
    fn default() -> Self {
        Self { pointer: AtomicPtr::new(ptr::null_mut()), counted: PhantomData }
    }
}

impl<T> OnceArc<T> {
    #[inline]
    fn load(&self) -> *mut T {
        // Acquire: pairs with the Release half of the exchange in `raw_or_make`: who sees the pointer sees what it points to.
        self.pointer.load(Ordering::Acquire)
    }

    /// What it points to.
    #[inline]
    pub(crate) fn get(&self) -> Option<&T> {
        // SAFETY: the pointer is null, or one of `Arc::into_raw` that never changes again and whose count is ours until we are dropped,
        // which the borrow of `self` outlives.
        unsafe { self.load().as_ref() }
    }
}

impl<T: Default> OnceArc<T> {
    /// What it points to, which is made if it points to nothing yet. Of two that are made at the same time one is dropped.
    pub(crate) fn get_or_make(&self) -> &T {
        self.get().unwrap_or_else(|| {
            let pointer = self.raw_or_make();
            // SAFETY: as in `get`; it is not null.
            unsafe { &*pointer }
        })
    }

    /// Another pointer to the same.
    pub(crate) fn share(&self) -> Arc<T> {
        let pointer = self.raw_or_make();
        // SAFETY: the pointer is one of `Arc::into_raw`, and alive, since one count is ours.
        unsafe {
            Arc::increment_strong_count(pointer);
        }
        // SAFETY: the count that was just added is this one's.
        unsafe { Arc::from_raw(pointer) }
    }

    fn raw_or_make(&self) -> *const T {
        let pointer = self.load();
        if !pointer.is_null() {
            return pointer;
        }
        // By default, since that is written where it is to stay; what a closure has made is moved there.
        let made = Arc::into_raw(Arc::<T>::default()).cast_mut();
        // AcqRel: its Release half pairs with the Acquire in `load`.
        // Acquire: pairs with the Release half of the winner's exchange.
        let set = self.pointer.compare_exchange(ptr::null_mut(), made, Ordering::AcqRel, Ordering::Acquire);
        let Err(winner) = set else { return made };
        // SAFETY: `Arc::into_raw` has answered it, and nobody else has seen it.
        let lost = unsafe { Arc::from_raw(made) };
        drop(lost);
        winner
    }
}

impl<T> Drop for OnceArc<T> {
    #[inline]
    fn drop(&mut self) {
        let pointer = self.load();
        if pointer.is_null() {
            return;
        }
        // SAFETY: `Arc::into_raw` has answered it, and one count was ours until now.
        let counted = unsafe { Arc::from_raw(pointer) };
        drop(counted);
    }
}
