//! What `write_once.rs` promises, on one thread; what it promises to several is in `loom_models.rs`.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use super::{CALLERS, Fill, OnceArc, Slot};

/// Counts how often it is dropped, and panics if it is told to.
struct Dropped<'a> {
    count: &'a AtomicUsize,
    panics: bool,
}

impl Drop for Dropped<'_> {
    fn drop(&mut self) {
        self.count.fetch_add(1, Relaxed);
        assert!(!self.panics, "told to");
    }
}

fn fill<T>(slot: &Slot<T>, value: T) -> Result<(), T> {
    match slot.fill(value, 0) {
        Fill::Filled(_) => Ok(()),
        Fill::Refused(value, _) => Err(value),
    }
}

#[test]
fn a_slot_keeps_the_first_value_and_the_bits_of_the_caller() {
    let slot = Slot::new(5);
    assert_eq!(slot.get(), (5, None));
    assert_eq!(slot.change(|bits| bits | 8), 5);
    assert_eq!(fill(&slot, "first"), Ok(()));
    assert_eq!(fill(&slot, "second"), Err("second"));
    slot.change(|_| u32::MAX);
    assert_eq!((slot.load() & CALLERS, slot.get().1), (CALLERS, Some(&"first")));
    slot.change(|_| 0);
    assert_eq!((slot.load() & CALLERS, slot.get().1), (0, Some(&"first")));
}

#[test]
fn what_the_bits_forbid_is_not_written() {
    let slot = Slot::new(1);
    assert!(matches!(slot.fill("no", 1), Fill::Refused("no", 1)));
    assert_eq!(slot.get(), (1, None));
}

#[test]
fn a_value_is_dropped_once_and_nothing_is_if_there_is_none() {
    let count = AtomicUsize::new(0);
    let value = || Dropped { count: &count, panics: false };
    drop(Slot::<Dropped<'_>>::new(0));
    let slot = Slot::new(0);
    assert!(fill(&slot, value()).is_ok());
    drop(fill(&slot, value()));
    assert_eq!(count.load(Relaxed), 1, "the one that was refused");
    drop(slot);
    assert_eq!(count.load(Relaxed), 2);
}

#[test]
fn a_drop_that_panics_runs_once() {
    let count = AtomicUsize::new(0);
    let slot = Slot::new(0);
    assert!(fill(&slot, Dropped { count: &count, panics: true }).is_ok());
    catch_unwind(AssertUnwindSafe(|| drop(slot))).unwrap_err();
    assert_eq!(count.load(Relaxed), 1);
}

#[test]
fn a_pointer_is_set_once_and_shared_by_count() {
    let pointer = OnceArc::<AtomicUsize>::default();
    assert!(pointer.get().is_none());
    pointer.get_or_make().store(1, Relaxed);
    let shared = pointer.share();
    assert_eq!((shared.load(Relaxed), Arc::strong_count(&shared)), (1, 2));
    drop(pointer);
    assert_eq!(Arc::strong_count(&shared), 1);
}
