//! Act 1, the negative control: what do two writers of one cart leave behind on a plain shared map?
//!
//! The cart of Kuper and Newton (*LVars*, FHPC 2013): one writer puts two books in, the other a pair of shoes. Each reads the
//! cart out of the lock, adds its item to the copy and stores the copy back, as a web shop does between two requests. No data
//! race in Rust's sense, and yet one item is lost whenever both copies were taken before either was stored:
//!
//! ```text
//!   left                     right
//!   ────                     ─────
//!   copy ← {}                copy ← {}
//!   store {Book: 2}
//!                            store {Shoes: 1}      the books are gone
//! ```
//!
//! Both writers start together, and between the two steps nothing waits, sleeps or yields in order to make the loss likelier:
//! what is counted is what the machine did.

use std::{
    collections::BTreeMap,
    hint,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

/// A cart without a lattice: how many of what.
type PlainCart = BTreeMap<&'static str, u32>;

/// Every result that appeared, with how often it did.
pub(super) type Results = BTreeMap<PlainCart, u64>;

/// Runs the two writers `n_runs` times, each on a thread of its own, and counts what they leave behind.
pub(super) fn race(n_runs: u64) -> Results {
    let cart = Mutex::new(PlainCart::new());
    let (start, end) = (Meeting::default(), Meeting::default());
    let mut results = Results::new();
    thread::scope(|scope| {
        scope.spawn(|| {
            for run in 1..=n_runs {
                start.meet(run);
                add(&cart, "Shoes", 1);
                end.meet(run);
            }
        });
        for run in 1..=n_runs {
            start.meet(run);
            add(&cart, "Book", 2);
            end.meet(run);
            // The other writer touches the cart again only after the next `start`.
            let left_behind = std::mem::take(&mut *cart.lock().unwrap_or_else(PoisonError::into_inner));
            *results.entry(left_behind).or_default() += 1;
        }
    });
    results
}

/// Where the two writers meet before and after each run. A std `Barrier` wakes one thread long after the other, so that both
/// writers would hardly ever be at the cart at the same time.
#[derive(Default)]
struct Meeting {
    n_arrived: AtomicU64,
}

impl Meeting {
    /// Waits until both have arrived for the `nth` time, counted from 1.
    fn meet(&self, nth: u64) {
        // Release: pairs with the Acquire below; what a writer did before it arrived is seen by the one that waited for it.
        self.n_arrived.fetch_add(1, Ordering::Release);
        let mut n_spins = 0_u32;
        // Acquire: pairs with the Release above.
        while self.n_arrived.load(Ordering::Acquire) < 2 * nth {
            n_spins += 1;
            if n_spins.is_multiple_of(1_000) { thread::yield_now() } else { hint::spin_loop() }
        }
    }
}

/// Copies the cart out, adds to the copy, stores the copy: the lock is held twice, and not in between.
fn add(cart: &Mutex<PlainCart>, item: &'static str, quantity: u32) {
    let mut copy = cart.lock().unwrap_or_else(PoisonError::into_inner).clone();
    copy.insert(item, quantity);
    *cart.lock().unwrap_or_else(PoisonError::into_inner) = copy;
}

#[cfg(test)]
mod tests {
    use super::race;

    #[test]
    fn every_run_is_counted_and_every_result_can_be_explained() {
        let results = race(200);
        assert_eq!(results.values().sum::<u64>(), 200);
        for cart in results.keys() {
            assert!((1..=2).contains(&cart.len()), "{cart:?}");
            assert!(
                cart.iter().all(|(item, n)| matches!((*item, *n), ("Book", 2) | ("Shoes", 1))),
                "{cart:?}"
            );
        }
    }
}
