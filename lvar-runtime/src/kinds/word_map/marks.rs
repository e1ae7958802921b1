//! What a handler of a map of words has yet to look at: a mark for each word, and a log of the blocks that have any.

use std::sync::Arc;

use crate::{
    lvar::{Doorbell, Growth},
    sync::{Chunks, Log, Mutex, OnceLock, lock},
};

/// The marks of one handler.
pub(super) struct Marks {
    blocks: Chunks<Mutex<u64>, 1>,
    /// The blocks that came to have marks, in order.
    log: Log<usize>,
    bell: OnceLock<Arc<dyn Doorbell>>,
}

impl Marks {
    pub(super) fn new() -> Self {
        Self { blocks: Chunks::new(), log: Log::new(), bell: OnceLock::new() }
    }

    /// Says that the words of a block with these marks have grown; after they have.
    pub(super) fn note(&self, block: usize, marks: u64) {
        if marks == 0 {
            return;
        }
        let mut there = lock(self.blocks.get_or_make(block, |_| Mutex::new(0)));
        let was_clean = *there == 0;
        *there |= marks;
        if was_clean {
            self.log.push(block);
        }
        drop(there);
        if was_clean && let Some(bell) = self.bell.get() {
            bell.ring();
        }
    }

    /// The marks of a block, which it has no longer; before the words are read.
    pub(super) fn take(&self, block: usize) -> u64 {
        self.blocks.get(block).map_or(0, |marks| std::mem::take(&mut *lock(marks)))
    }
}

impl Growth for Marks {
    type Entry = usize;

    fn entry(&self, index: usize) -> Option<&usize> {
        self.log.get(index)
    }

    fn settle(&self) {
        self.blocks.made().for_each(|(_, marks)| drop(lock(marks)));
    }

    /// Once, before anything is noted.
    fn follow(&self, bell: Arc<dyn Doorbell>) {
        let _ = self.bell.set(bell);
    }
}
