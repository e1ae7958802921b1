//! The LVar of a set of small integers: bits, and the log of the elements for handlers.
//!
//! Bits lie in blocks, each with a lock. What is known is told by one load of its word. What is new **enters its block under the lock under
//! which the state word was read**, as a row of a hash table enters its shard, and with the same consequences for freezes, followers and
//! waiters (`table.rs`). Its bit is set last: who sees it finds the element in the log.
//!
//! A block is made under the lock of the followers, through which a freeze passes before it goes through the blocks: so a block that
//! it does not find is made by who sees the freeze.

use std::{
    fmt::{self, Debug},
    sync::Arc,
};

use lattice_core::{Conflict, DenseKey, DenseSet, threshold::AtLeast};

use crate::{
    error::PutError,
    kinds::table::{Gate, tell},
    level::{MayFreeze, Outside},
    lvar::{
        Doorbell, Growth, HasLVar, LVarType, Origin, Put, Watch,
        handlers::Followers,
        header::frozen,
        state::State,
        waiters::Registration,
        wake,
        watch::{Lack, Leaf, Standing},
    },
    sync::{AtomicU64, Chunks, Log, Mutex, Ordering, lock},
};

/// The words of a block: few enough that writers of different blocks meet seldom, enough that the lock is a small part of it.
const N_WORDS: usize = if cfg!(loom) { 1 } else { 32 };

/// The LVar of [`DenseSet`].
///
/// A put of a known element is one load, one of a new element takes the lock of its block and appends to the log. Memory is a bit for each
/// index below the greatest, and what a log of the elements takes.
///
/// ```
/// use lattice_core::DenseSet;
/// use lvar_runtime::{LVar, LVarType, par::{self, ForEach}};
///
/// let next = |n: u32| [2 * n, 3 * n].into_iter().filter(|n| *n <= 20);
/// let reached = par::run_then_freeze(LVar::<DenseSet<u32>>::new(), async |p, seen| {
///     seen.for_each(&p.pool(), move |_, &n| next(n).try_for_each(|n| seen.insert(n)));
///     seen.insert(1)
/// });
/// assert_eq!(reached, Ok(DenseSet::from([1, 2, 3, 4, 6, 8, 9, 12, 16, 18])));
/// ```
pub struct DenseSetLVar<T> {
    state: State,
    blocks: Chunks<Block, 1>,
    log: Log<T>,
    followers: Mutex<Followers>,
    origin: Origin,
}

struct Block {
    words: [AtomicU64; N_WORDS],
    gate: Mutex<Gate>,
}

/// Where an element is: in which block, in which word of it, and at which bit.
#[derive(Clone, Copy)]
struct Place {
    block: usize,
    word: usize,
    bit: u64,
    /// By which waiters are found.
    index: u64,
}

impl Place {
    #[inline]
    fn of<T: DenseKey>(element: T) -> Self {
        let index = element.to_index();
        let (block, word) = (index / 64 / N_WORDS, index / 64 % N_WORDS);
        Self { block, word, bit: 1 << (index % 64), index: index as u64 }
    }
}

impl Block {
    #[inline]
    fn has(&self, place: Place) -> bool {
        // Acquire: pairs with the Release in `enter`: who sees the bit sees the element in the log.
        self.words[place.word].load(Ordering::Acquire) & place.bit != 0
    }
}

impl<T: DenseKey> DenseSetLVar<T> {
    /// Puts one element in.
    ///
    /// # Errors
    ///
    /// If the set is frozen without it.
    #[inline]
    pub fn insert(&self, element: T) -> Result<(), PutError> {
        crate::turns::yield_point();
        let place = Place::of(element);
        match self.blocks.get(place.block) {
            Some(block) if block.has(place) => Ok(()),
            _ => self.enter(place, element),
        }
    }

    fn enter(&self, place: Place, element: T) -> Result<(), PutError> {
        let block = self.block(place);
        let gate = lock(&block.gate);
        if block.has(place) {
            return Ok(());
        }
        if self.state.load().is_frozen() {
            drop(gate);
            return Err(frozen(&self.origin, &format_args!("the element {element:?}")));
        }
        self.log.push(element);
        let word = &block.words[place.word];
        // Relaxed: written under the lock.
        let bits = word.load(Ordering::Relaxed) | place.bit;
        // Release: pairs with the Acquire in `has`.
        word.store(bits, Ordering::Release);
        tell(gate, place.index);
        Ok(())
    }

    fn block(&self, place: Place) -> &Block {
        if let Some(block) = self.blocks.get(place.block) {
            return block;
        }
        let followers = lock(&self.followers);
        self.blocks.get_or_make(place.block, |_| Block {
            words: std::array::from_fn(|_| AtomicU64::new(0)),
            gate: Mutex::new(Gate::with_bells(followers.bells())),
        })
    }

    fn has(&self, place: Place) -> bool {
        self.blocks.get(place.block).is_some_and(|block| block.has(place))
    }

    fn contains(&self, element: T, watch: &mut Watch) -> bool {
        watch.ask(&Contains { lvar: self, element }).is_some()
    }

    /// The elements that are there at present. **Not deterministic**: it depends on the schedule.
    pub fn snapshot(&self, _: Outside) -> DenseSet<T> {
        self.present()
    }

    fn present(&self) -> DenseSet<T> {
        self.settle();
        (0..).map_while(|index| self.log.get(index)).copied().collect()
    }
}

impl<T: DenseKey> LVarType for DenseSetLVar<T> {
    type Lattice = DenseSet<T>;

    fn with_origin(origin: Origin) -> Self {
        Self {
            state: State::new(0),
            blocks: Chunks::new(),
            log: Log::new(),
            followers: Mutex::default(),
            origin,
        }
    }

    fn freeze(&self, _: impl MayFreeze) -> Result<DenseSet<T>, Conflict> {
        crate::turns::yield_point();
        let _ = self.state.freeze();
        drop(lock(&self.followers));
        let waiters: Vec<_> =
            self.blocks.made().filter_map(|(_, block)| lock(&block.gate).waiters.take()).collect();
        wake::each(waiters, |waiters| waiters.wake_all());
        Ok(self.present())
    }

    fn into_value(self) -> Result<DenseSet<T>, Conflict> {
        Ok(self.present())
    }

    fn at_element(&self, element: DenseSet<T>, watch: &mut Watch) -> bool {
        element.iter().all(|element| self.contains(element, watch))
    }
}

impl<T: DenseKey> Put for DenseSetLVar<T> {
    // Every element is put, also after an error: which ones are in must not depend on their order.
    fn put(&self, value: impl Into<DenseSet<T>>) -> Result<(), PutError> {
        let mut done = Ok(());
        for element in value.into().iter() {
            done = done.and(self.insert(element));
        }
        done
    }
}

impl<T: DenseKey> Growth for DenseSetLVar<T> {
    type Entry = T;

    fn entry(&self, index: usize) -> Option<&T> {
        self.log.get(index)
    }

    fn settle(&self) {
        self.blocks.made().for_each(|(_, block)| drop(lock(&block.gate)));
    }

    fn follow(&self, bell: Arc<dyn Doorbell>) {
        let mut followers = lock(&self.followers);
        let moved = followers.add(bell);
        let mut old = Vec::new();
        for (_, block) in self.blocks.made() {
            let mut gate = lock(&block.gate);
            if let Some(bells) = &moved {
                old.push(gate.bells.replace(Arc::new(Arc::clone(bells))));
            }
        }
        drop(followers);
        // The bells that nobody holds go with it; a bell may be a user's, so that comes after the unlock.
        drop(old);
    }
}

/// The question whether an element is in.
struct Contains<'a, T> {
    lvar: &'a DenseSetLVar<T>,
    element: T,
}

impl<T: DenseKey> Leaf for Contains<'_, T> {
    type Answer = ();

    fn standing(&self) -> Standing<()> {
        let place = Place::of(self.element);
        // Read before the bit: of a frozen set an absence is told after all who were admitted have entered.
        let is_frozen = self.lvar.state.load().is_frozen();
        if self.lvar.has(place) {
            return Standing::Reached(());
        }
        if !is_frozen {
            return Standing::Below;
        }
        self.lvar.settle();
        if self.lvar.has(place) { Standing::Reached(()) } else { Standing::Frozen }
    }

    fn register(&self, registration: &mut Registration) {
        let place = Place::of(self.element);
        let block = self.lvar.block(place);
        // Cloned before the lock is taken, and dropped after, if it is not needed: a waker is code of the executor.
        let Some(waker) = registration.waker() else { return };
        let mut gate = lock(&block.gate);
        if block.has(place) || self.lvar.state.load().is_frozen() {
            return;
        }
        let waiters = Arc::clone(gate.waiters.get_or_insert_default());
        let stand = waiters.add(waker, place.index);
        drop(gate);
        registration.stands_in(waiters, Some(stand));
    }

    fn explain(&self) -> Lack {
        let wanted = format!("the element {:?}", self.element);
        Lack { path: self.lvar.origin.path(), state: "absent".to_owned(), wanted }
    }
}

impl<T: DenseKey> AtLeast<DenseSet<T>, Watch> for DenseSetLVar<T> {
    fn at_least(&self, element: &T, watch: &mut Watch) -> bool {
        self.contains(*element, watch)
    }
}

impl<T: DenseKey> HasLVar for DenseSet<T> {
    type LVar = DenseSetLVar<T>;
}

impl<T: DenseKey> Default for DenseSetLVar<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Debug for DenseSetLVar<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DenseSetLVar").field("path", &self.origin.path()).finish_non_exhaustive()
    }
}
