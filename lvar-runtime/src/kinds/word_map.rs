//! The LVar of a map from small integers to words, of which there are many: the words side by side, and nothing else for each.
//!
//! A [`DenseMapLVar`](super::DenseMapLVar) has an LVar for each key, which can be waited for, followed and frozen by itself. Here a key
//! has four bytes, or eight where its values need them, and what handlers need to know of it is one bit more.
//!
//! A put meets waiters and the freezer as it does in `word.rs`: both sides write one of two words and then read the other. It meets
//! a handler in the same way, with the number of handlers in the place of the state word:
//!
//! ```text
//!   put                                        handler, attached                  handler, at an entry of its log
//!   ───                                        ─────────────────                  ───────────────────────────────
//!   1. raise the word                          1. follow the log                  1. take the marks of the block
//!   2. any handlers? for each of them,         2. one handler more                2. read the words marked, call back
//!      under the lock of its marks:            3. mark what is above bottom
//!      the block has marks already: mark
//!      it has none: mark, log the block
//!   3. if it was logged: ring
//! ```
//!
//! **No growth is lost.** Of a raised word and a new handler one comes first: so either the put sees the handler, or the handler the word.
//! A mark is set, and taken, under one lock. A block with marks stands in the log at a position from which the handler has not taken
//! them yet; when it takes them, it reads what the puts that set them have raised.
//!
//! Both handshakes are about words that are there. A block is made under the lock under which a handler is attached and through which
//! a freeze passes: so the blocks that these do not find are made by who sees the handler or the freeze.
//!
//! **Growth coalesces**, of a word and of a block: a handler gets at once all values of a block that have grown.
//!
//! The value of a frozen map is the one that was first read by who had seen the freeze; a put that raced with it may raise a word beyond
//! that, and is refused, and no read looks at the words of a frozen map again.

use std::{
    fmt::{self, Debug},
    marker::PhantomData,
    sync::Arc,
};

use lattice_core::{Conflict, DenseKey, DenseMap};

use crate::{
    error::{PutError, gravest},
    kinds::word::Word,
    level::{MayFreeze, Outside},
    lvar::{
        LVarType, Origin, Put, Watch,
        header::frozen,
        state::State,
        waiters::{KeyWaiters, Registration},
        wake,
        watch::{Lack, Leaf, Standing},
    },
    par::{ForEach, Par, Pool, TaskEnd},
    sync::{AtomicU64, AtomicWord, Chunks, Log, Mutex, OnceLock, Ordering, load_in_order, lock},
};

#[cfg(all(test, loom))]
mod loom_models;
mod marks;
#[cfg(test)]
#[cfg(not(loom))]
mod tests;

use marks::Marks;

/// The words of a block: as many as there are marks in a word.
const N_WORDS: usize = if cfg!(loom) { 1 } else { 64 };

/// A compact LVar of [`DenseMap`], for values that fit a machine word: [`Max`](lattice_core::Max), [`Min`](lattice_core::Min) and the like.
///
/// `LVar<DenseMap<..>>` is the LVar for all values; where there are millions of them, and handlers follow them all, this one takes a
/// tenth of the memory and of the time. It is made by [`LVarType::new`]; its values have no LVars of their own: one can be put into by
/// [`key`](Self::key), and be waited for by a read of the map.
///
/// A put that changes nothing is two loads, one that raises a word a compare-and-swap, and with handlers a lock that few writers share.
///
/// ```
/// use lvars::{DenseMap, LVarType, Min, kinds::WordMapLVar, par};
///
/// // The least number of each component, along the edges of a graph.
/// let edges = [vec![3], vec![4], vec![], vec![0, 2], vec![1]];
/// let labels = par::run_then_freeze(WordMapLVar::<u8, Min<u8>>::new(), async |p, labels| {
///     labels.on_change_batch(&p.pool(), move |_, changed| {
///         let next = changed.iter().flat_map(|(node, label)| edges[usize::from(*node)].iter().map(|to| (*to, *label)));
///         next.collect::<Vec<_>>().into_iter().try_for_each(|(to, label)| labels.key(to).put(label))
///     });
///     (0..5).try_for_each(|node| labels.key(node).put(node))
/// });
/// assert_eq!(labels, Ok(DenseMap::from([(0, Min(0)), (1, Min(1)), (2, Min(0)), (3, Min(0)), (4, Min(1))])));
/// ```
pub struct WordMapLVar<K, V: Word> {
    state: State,
    n_handlers: AtomicU64,
    blocks: Chunks<Block<V::Atomic>, 1>,
    /// What each handler has yet to look at. Those beyond the number of handlers are not attached yet.
    handlers: Log<Marks>,
    /// Held to make a block and to attach a handler; a freeze passes through it.
    gate: Mutex<()>,
    /// The words of the frozen value, by index.
    frozen: OnceLock<Vec<u64>>,
    origin: Origin,
    lattice: PhantomData<fn() -> (K, V)>,
}

struct Block<A> {
    words: [A; N_WORDS],
    waiters: Mutex<Option<Arc<KeyWaiters>>>,
}

/// A key of a [`WordMapLVar`], to put under.
pub struct AtWord<'a, K, V: Word> {
    map: &'a WordMapLVar<K, V>,
    index: usize,
}

impl<K: DenseKey, V: Word + Clone> AtWord<'_, K, V> {
    /// Joins `value` in under the key.
    ///
    /// # Errors
    ///
    /// If the map is frozen and would have changed.
    #[inline]
    pub fn put(&self, value: impl Into<V>) -> Result<(), PutError> {
        self.map.put_word(self.index, value.into().to_word())
    }
}

impl<K: DenseKey, V: Word + Clone> WordMapLVar<K, V> {
    /// What stands under a key.
    #[inline]
    pub fn key(&self, key: K) -> AtWord<'_, K, V> {
        AtWord { map: self, index: key.to_index() }
    }

    /// Calls `callback` with keys and their values whenever these have grown, and with those that are above bottom already: in batches, as
    /// [`for_each_batch`](crate::par::ForEachBatch::for_each_batch) does, and with each value as
    /// [`OnChange::on_change`](crate::lvar::OnChange::on_change) does.
    ///
    /// A handler stays with the LVar, also after its run: to attach one for each of many runs makes puts slower each time.
    pub fn on_change_batch<'scope, 'env, R: TaskEnd>(
        &'scope self,
        pool: &Pool<'scope, 'env>,
        callback: impl Fn(&Par<'scope, 'env>, &[(K, V)]) -> R + Send + Sync + 'scope,
    ) {
        let marks = self.attach(|marks| {
            marks.for_each(pool, move |par, block| callback(par, &self.take(marks, *block)));
        });
        self.note_what_is_there(marks);
    }

    /// New marks, which every put knows of when they have been followed.
    fn attach<'a>(&'a self, follow: impl FnOnce(&'a Marks)) -> &'a Marks {
        let gate = lock(&self.gate);
        let marks = self.handlers.get(self.handlers.push(Marks::new())).expect("it was pushed");
        follow(marks);
        // SeqCst: comes before the loads of the words in `note_what_is_there` in the total order in which a put raises a word and
        // then loads this number.
        self.n_handlers.fetch_add(1, Ordering::SeqCst);
        drop(gate);
        marks
    }

    /// Marks what is above bottom; after the marks were attached.
    fn note_what_is_there(&self, marks: &Marks) {
        let bottom = V::bottom().to_word();
        for (at, block) in self.blocks.made() {
            let is_above = |bit: &usize| block.words[*bit].load_in_order() != bottom;
            let above = (0..N_WORDS).filter(is_above).fold(0, |marks, bit| marks | 1 << bit);
            marks.note(at, above);
        }
    }

    /// The values of a block that are marked, which they are no longer.
    fn take(&self, marks: &Marks, block: usize) -> Vec<(K, V)> {
        let mut marks = marks.take(block);
        let mut values = Vec::with_capacity(marks.count_ones() as usize);
        while marks != 0 {
            let index = block * N_WORDS + marks.trailing_zeros() as usize;
            values.push((K::from_index(index), V::from_word(self.current(index))));
            marks &= marks - 1;
        }
        values
    }

    /// The present value. **Not deterministic**: it depends on the schedule.
    pub fn snapshot(&self, _: Outside) -> DenseMap<K, V> {
        self.present()
    }

    #[inline]
    fn block(&self, index: usize) -> &Block<V::Atomic> {
        self.blocks.get(index / N_WORDS).unwrap_or_else(|| self.make(index))
    }

    #[cold]
    fn make(&self, index: usize) -> &Block<V::Atomic> {
        let _gate = lock(&self.gate);
        self.blocks.get_or_make(index / N_WORDS, |_| Block {
            words: std::array::from_fn(|_| AtomicWord::new(V::bottom().to_word())),
            waiters: Mutex::new(None),
        })
    }

    #[inline]
    fn put_word(&self, index: usize, value: u64) -> Result<(), PutError> {
        crate::turns::yield_point();
        let block = self.block(index);
        // Acquire: pairs with the exchange in `raise`: who sees what a refused put wrote sees the freeze as well.
        let seen = block.words[index % N_WORDS].load(Ordering::Acquire);
        if value <= seen && self.state.load_in_order().is_plain() {
            return Ok(());
        }
        self.raise(block, index, seen, value)
    }

    /// A put that is news for the word, in which `seen` was seen, or that somebody may wait for.
    fn raise(
        &self,
        block: &Block<V::Atomic>,
        index: usize,
        mut seen: u64,
        value: u64,
    ) -> Result<(), PutError> {
        let word = &block.words[index % N_WORDS];
        let grew = loop {
            if value <= seen {
                break false;
            }
            // SeqCst: the write comes before the loads of the state word and of the number of handlers in the total orders of the
            // handshakes.
            // Acquire: a failure is the load in `put_word` once more.
            match word.exchange(seen, value, Ordering::SeqCst, Ordering::Acquire) {
                Ok(_) => break true,
                Err(now) => seen = now,
            }
        };
        let state = self.state.load_in_order();
        if state.is_frozen() && value > self.current(index) {
            return Err(frozen(&self.at_key(index), &format_args!("{}", V::from_word(value).describe())));
        }
        if grew {
            let n_handlers = load_in_order(&self.n_handlers) as usize;
            for marks in (0..n_handlers).filter_map(|handler| self.handlers.get(handler)) {
                marks.note(index / N_WORDS, 1 << (index % N_WORDS));
            }
        }
        // Last, since a waker may panic.
        if state.is_watched() {
            wake_key(block, index);
        }
        Ok(())
    }

    /// The word at an index: that of the frozen value once there is one.
    fn current(&self, index: usize) -> u64 {
        let bottom = || V::bottom().to_word();
        let block = self.blocks.get(index / N_WORDS);
        let word = block.map_or_else(bottom, |block| block.words[index % N_WORDS].load_in_order());
        // If a put that was refused had raised the word that was just read, this sees the freeze that refused it.
        if !self.state.load_in_order().is_frozen() {
            return word;
        }
        self.frozen().get(index).copied().unwrap_or_else(bottom)
    }

    /// The words of a map of which the caller has seen that it is frozen.
    fn frozen(&self) -> &[u64] {
        if let Some(frozen) = self.frozen.get() {
            return frozen;
        }
        // A block that is not there after this is made by who sees the freeze.
        drop(lock(&self.gate));
        self.frozen.get_or_init(|| self.words())
    }

    fn present(&self) -> DenseMap<K, V> {
        let seen = self.words();
        if self.state.load_in_order().is_frozen() { value(self.frozen()) } else { value(&seen) }
    }

    /// What the words say, by index.
    fn words(&self) -> Vec<u64> {
        let mut words = Vec::new();
        for (at, block) in self.blocks.made() {
            words.resize(at * N_WORDS, V::bottom().to_word());
            words.extend(block.words.iter().map(AtomicWord::load_in_order));
        }
        words
    }

    fn at_key(&self, index: usize) -> Origin {
        self.origin.key(Shown::<K>(index, PhantomData))
    }
}

fn value<K: DenseKey, V: Word + Clone>(words: &[u64]) -> DenseMap<K, V> {
    let words = words.iter().enumerate();
    words.map(|(index, word)| (K::from_index(index), V::from_word(*word))).collect()
}

/// Wakes all who wait for the key: those whose threshold is not reached stand in the list again.
#[cold]
fn wake_key<A>(block: &Block<A>, index: usize) {
    // The lock is let go before anybody is woken.
    let waiters = lock(&block.waiters).clone();
    if let Some(waiters) = waiters {
        waiters.take(index as u64, || {}).wake();
    }
}

/// A key for paths; made of its index only when one is shown, because it is the user's code that does it.
struct Shown<K>(usize, PhantomData<fn() -> K>);

impl<K: DenseKey> Debug for Shown<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        K::from_index(self.0).fmt(f)
    }
}

impl<K: DenseKey, V: Word + Clone> LVarType for WordMapLVar<K, V> {
    type Lattice = DenseMap<K, V>;

    fn with_origin(origin: Origin) -> Self {
        Self {
            state: State::new(0),
            n_handlers: AtomicU64::new(0),
            blocks: Chunks::new(),
            handlers: Log::new(),
            gate: Mutex::new(()),
            frozen: OnceLock::new(),
            origin,
            lattice: PhantomData,
        }
    }

    fn freeze(&self, _: impl MayFreeze) -> Result<DenseMap<K, V>, Conflict> {
        crate::turns::yield_point();
        let before = self.state.freeze();
        let frozen = value(self.frozen());
        if before.is_watched() {
            let waiters: Vec<_> =
                self.blocks.made().filter_map(|(_, block)| lock(&block.waiters).take()).collect();
            wake::each(waiters, |waiters| waiters.wake_all());
        }
        Ok(frozen)
    }

    fn into_value(self) -> Result<DenseMap<K, V>, Conflict> {
        Ok(self.present())
    }

    fn at_element(&self, element: DenseMap<K, V>, watch: &mut Watch) -> bool {
        element.into_iter().all(|(key, value)| {
            value.is_bottom() || watch.ask(&AtOrAbove { map: self, index: key.to_index(), value }).is_some()
        })
    }
}

impl<K: DenseKey, V: Word + Clone> Put for WordMapLVar<K, V> {
    // Every value is put, also after an error: which ones are in must not depend on their order.
    fn put(&self, value: impl Into<DenseMap<K, V>>) -> Result<(), PutError> {
        let mut done = Ok(());
        for (key, value) in value.into().into_iter().filter(|(_, value)| !value.is_bottom()) {
            done = gravest(done, self.key(key).put(value));
        }
        done
    }
}

/// The question whether the word at an index is at or above a value.
struct AtOrAbove<'a, K, V: Word> {
    map: &'a WordMapLVar<K, V>,
    index: usize,
    value: V,
}

impl<K: DenseKey, V: Word + Clone> Leaf for AtOrAbove<'_, K, V> {
    type Answer = ();

    fn standing(&self) -> Standing<()> {
        let is_frozen = self.map.state.load().is_frozen();
        // Words are in the order of the lattice.
        if self.map.current(self.index) >= self.value.to_word() {
            Standing::Reached(())
        } else if is_frozen {
            Standing::Frozen
        } else {
            Standing::Below
        }
    }

    fn register(&self, registration: &mut Registration) {
        let index = self.index as u64;
        // Cloned before the lock is taken: a waker is code of the executor.
        let Some(waker) = registration.waker() else { return };
        let waiters = Arc::clone(lock(&self.map.block(self.index).waiters).get_or_insert_default());
        let place = waiters.add(waker, index, || self.map.state.watch());
        registration.stands_in(waiters, Some(place));
    }

    fn explain(&self) -> Lack {
        let state = V::from_word(self.map.current(self.index));
        Lack {
            path: self.map.at_key(self.index).path(),
            state: state.describe(),
            wanted: state.describe_lack(&self.value.clone().into_point()),
        }
    }
}

impl<K: DenseKey, V: Word + Clone> Default for WordMapLVar<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V: Word> Debug for WordMapLVar<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WordMapLVar").field("path", &self.origin.path()).finish_non_exhaustive()
    }
}

impl<K, V: Word> Debug for AtWord<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AtWord").field("index", &self.index).finish_non_exhaustive()
    }
}
