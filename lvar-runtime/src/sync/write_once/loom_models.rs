//! The protocols of `write_once.rs` under every schedule and every outcome of weak memory that the checker can tell apart. The checker also
//! sees accesses to the value that do not exclude each other.

use std::sync::Arc;

use loom::thread;

use super::{CALLERS, Fill, OnceArc, Slot};
use crate::sync::{AtomicUsize, Ordering};

/// The lowest bit, as the caller's.
const BIT: u32 = 1;

fn fill(slot: &Slot<Box<u8>>, value: u8) -> Result<(), u8> {
    match slot.fill(Box::new(value), BIT) {
        Fill::Filled(_) => Ok(()),
        Fill::Refused(value, _) => Err(*value),
    }
}

/// Two writers and a reader: one value is written, whole, and nobody sees another one.
#[test]
fn one_of_two_values_is_written() {
    loom::model(|| {
        let slot = Arc::new(Slot::new(0));
        let writer = thread::spawn({
            let slot = Arc::clone(&slot);
            move || fill(&slot, 1)
        });
        let reader = thread::spawn({
            let slot = Arc::clone(&slot);
            move || slot.get().1.cloned()
        });
        let second = fill(&slot, 2);
        let (first, read) = (writer.join().unwrap(), reader.join().unwrap());
        let written = slot.get().1.cloned().unwrap();
        assert_eq!((first.is_ok(), second.is_ok()), (*written == 1, *written == 2));
        assert!(read.is_none_or(|read| read == written));
    });
}

/// A writer, and one who sets a bit that forbids it: the bit stays, and a value that was not there before comes no more.
#[test]
fn a_change_of_the_bits_is_not_lost_in_a_write() {
    loom::model(|| {
        let slot = Arc::new(Slot::new(0));
        let writer = thread::spawn({
            let slot = Arc::clone(&slot);
            move || fill(&slot, 1)
        });
        slot.change(|bits| bits | BIT);
        let then = slot.get().1.cloned();
        let is_written = writer.join().unwrap().is_ok();
        let (word, value) = slot.get();
        assert_eq!(word & CALLERS, BIT);
        assert_eq!((value.cloned(), then.is_some()), (then, is_written));
    });
}

/// Who sees the bit in the word that a write changed has been before the writer; who does not, comes after it and sees the value.
#[test]
fn a_write_and_a_change_see_each_other() {
    loom::model(|| {
        let slot = Arc::new(Slot::new(0));
        let writer = thread::spawn({
            let slot = Arc::clone(&slot);
            move || match slot.fill(Box::new(1), 0) {
                Fill::Filled(bits) => bits,
                Fill::Refused(..) => unreachable!("nobody else writes"),
            }
        });
        slot.change(|bits| bits | BIT);
        let is_seen = slot.get().1.is_some();
        assert!(is_seen || writer.join().unwrap() & BIT != 0);
    });
}

#[test]
fn a_pointer_is_set_once() {
    loom::model(|| {
        let pointer = Arc::new(OnceArc::<AtomicUsize>::default());
        let other = thread::spawn({
            let pointer = Arc::clone(&pointer);
            // Relaxed: the two additions are of one word, which is all that is asked.
            move || _ = pointer.share().fetch_add(1, Ordering::Relaxed)
        });
        // Relaxed: as above.
        pointer.get_or_make().fetch_add(1, Ordering::Relaxed);
        other.join().unwrap();
        // Relaxed: after the join.
        assert_eq!(pointer.get().unwrap().load(Ordering::Relaxed), 2, "both have added to the same");
    });
}
