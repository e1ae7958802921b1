//! A growing LVar that does nothing but grow, so that the handlers' tests can choose when it does what.

use std::sync::{
    Arc, Mutex, OnceLock, PoisonError,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use lattice_core::{Conflict, Max};

use crate::{
    level::MayFreeze,
    lvar::{Doorbell, Growth, LVarType, Origin, Watch},
};

/// A log of numbers.
pub(super) struct Log {
    n_given_out: AtomicUsize,
    slots: Vec<OnceLock<usize>>,
    bells: Mutex<Vec<Arc<dyn Doorbell>>>,
    /// Writers that were stopped after they got their positions, and their entries.
    stopped: Mutex<Vec<(usize, usize)>>,
}

impl Log {
    pub(super) fn with_room_for(n_entries: usize) -> Self {
        let slots = (0..n_entries).map(|_| OnceLock::new()).collect();
        Self {
            n_given_out: AtomicUsize::new(0),
            slots,
            bells: Mutex::new(Vec::new()),
            stopped: Mutex::new(Vec::new()),
        }
    }

    pub(super) fn add(&self, entry: usize) {
        self.add_and_forget_to_ring(entry);
        let bells = self.bells.lock().unwrap_or_else(PoisonError::into_inner).clone();
        bells.iter().for_each(|bell| bell.ring());
    }

    /// What a writer has done when it is stopped between getting its position and writing there. It goes on when the log settles, up
    /// to the next stop, right before it rings.
    pub(super) fn add_and_stop(&self, entry: usize) {
        let index = self.n_given_out.fetch_add(1, Relaxed);
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner).push((index, entry));
    }

    /// What a writer has done when it was stopped right before it rings.
    pub(super) fn add_and_forget_to_ring(&self, entry: usize) {
        let index = self.n_given_out.fetch_add(1, Relaxed);
        // Between the two lines, others may fill the next slots first.
        self.slots[index].set(entry).unwrap();
    }
}

impl LVarType for Log {
    type Lattice = Max<u64>;

    fn with_origin(_: Origin) -> Self {
        Self::with_room_for(0)
    }

    fn freeze(&self, _: impl MayFreeze) -> Result<Max<u64>, Conflict> {
        Ok(Max(0))
    }

    fn into_value(self) -> Result<Max<u64>, Conflict> {
        Ok(Max(0))
    }

    fn at_element(&self, _: Max<u64>, _: &mut Watch) -> bool {
        false
    }
}

impl Growth for Log {
    type Entry = usize;

    fn entry(&self, index: usize) -> Option<&usize> {
        self.slots.get(index)?.get()
    }

    fn settle(&self) {
        for (index, entry) in self.stopped.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            self.slots[index].set(entry).unwrap();
        }
        while (0..self.n_given_out.load(Relaxed)).any(|index| self.slots[index].get().is_none()) {
            std::hint::spin_loop();
        }
    }

    fn follow(&self, bell: Arc<dyn Doorbell>) {
        self.bells.lock().unwrap_or_else(PoisonError::into_inner).push(bell);
    }
}
