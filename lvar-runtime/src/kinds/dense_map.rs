//! The LVar of a map from small integers: the LVars of its values, side by side.
//!
//! A value that nobody has written is bottom, as one that is not there: so a key has its LVar at once, and there is nothing to wait for
//! but the value. LVars are added in chunks, under a lock through which a freeze passes before it freezes those that are there: so the ones
//! that it does not find are added by who sees the freeze, and made frozen. They are made before that, under no lock, and made anew if the map
//! was frozen, or followed, meanwhile.

use std::{
    fmt::{self, Debug},
    marker::PhantomData,
    sync::Arc,
};

use lattice_core::{Bottom, Conflict, DenseKey, DenseMap, Flat, threshold::AtKey};

use crate::{
    error::{PutError, gravest},
    level::{MayFreeze, Quasi},
    lvar::{
        FollowedAsOne, HasLVar, LVar, LVarType, Origin, Put, Watch,
        changes::{Changes, Mark},
        marks::MarkOf,
        state::State,
    },
    par::{ForEach, Par, Pool, TaskEnd},
    sync::{Chunks, Mutex, OnceLock, lock},
};

/// An array of values that are written once, by index: what LVish calls an `IStructure`.
///
/// ```
/// use lvars::{LVar, LVarType, Put, kinds::IStructure, par};
///
/// // Each number waits for the two before it, whoever comes first.
/// let fibonacci = LVar::<IStructure<u64>>::new();
/// par::run(async |p| {
///     for n in (2..=40_usize).rev() {
///         let fibonacci = &fibonacci;
///         p.spawn(async move {
///             let (a, b) = (fibonacci.key(n - 1).decided().await?, fibonacci.key(n - 2).decided().await?);
///             fibonacci.key(n).put(a + b)?;
///             Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
///         });
///     }
///     fibonacci.key(0).put(0)?;
///     fibonacci.key(1).put(1)
/// })??;
/// assert_eq!(fibonacci.key(40).decided().wait(), Ok(102_334_155));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type IStructure<T> = DenseMap<usize, Flat<T>>;

/// The LVar of [`DenseMap`].
///
/// [`key`](Self::key) answers the LVar of a value by two loads. A chunk of them is as long as all before it, so memory is at most twice
/// that of LVars up to the greatest key that was asked for, and to ask for a key makes its LVar, which changes no state.
///
/// ```
/// use lvars::{DenseMap, LVar, LVarType, Min, Outside, Put};
///
/// let distances = LVar::<DenseMap<u32, Min<u32>>>::new();
/// distances.key(7).put(12)?;
/// distances.key(7).at_least(12).wait()?;
/// assert_eq!(distances.freeze(Outside::here())?, DenseMap::from([(7, Min(12))]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct DenseMapLVar<K, V: HasLVar> {
    state: State,
    lvars: Chunks<LVar<V>, N_FIRST>,
    shared: Mutex<Shared<V>>,
    changes: OnceLock<Arc<Changes>>,
    origin: Origin,
    keys: PhantomData<fn() -> K>,
}

/// What a new LVar is given, under the lock.
struct Shared<V: HasLVar> {
    changes: Option<Followed<V>>,
}

/// The values that have grown, once somebody follows that. It stays the same from then on.
struct Followed<V: HasLVar> {
    changes: Arc<Changes>,
    /// Attaches the mark of the LVar at an index. A function, because only some LVars can be followed.
    attach: fn(&LVar<V>, usize, &Arc<Changes>),
}

impl<V: HasLVar> Clone for Followed<V> {
    fn clone(&self) -> Self {
        Self { changes: Arc::clone(&self.changes), attach: self.attach }
    }
}

/// The LVars of the first chunk.
const N_FIRST: usize = if cfg!(loom) { 1 } else { 8 };

/// A key for paths; made of its index only when one is shown, because it is the user's code that does it.
struct Shown<K>(usize, PhantomData<fn() -> K>);

impl<K: DenseKey> Debug for Shown<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        K::from_index(self.0).fmt(f)
    }
}

impl<K: DenseKey, V: HasLVar> DenseMapLVar<K, V> {
    /// The LVar of the value under a key.
    #[inline]
    pub fn key(&self, key: K) -> &LVar<V> {
        crate::turns::yield_point();
        let index = key.to_index();
        self.lvars.get(index).unwrap_or_else(|| self.make(index))
    }

    #[cold]
    fn make(&self, index: usize) -> &LVar<V> {
        loop {
            let changes = lock(&self.shared).changes.clone();
            let is_frozen = self.state.load().is_frozen();
            // Outside of the lock: a bottom is made, and frozen, by code of the user's.
            let lvars = Chunks::<_, N_FIRST>::cells_around(index, |index| {
                let lvar = LVar::<V>::with_origin(self.origin.key(Shown::<K>(index, PhantomData)));
                if let Some(changes) = &changes {
                    (changes.attach)(&lvar, index, &changes.changes);
                }
                if is_frozen {
                    // A bottom, which is never in conflict. Who froze the map has shown a permit.
                    let _ = lvar.freeze(Quasi::new());
                }
                lvar
            });
            let shared = lock(&self.shared);
            // Under the lock through which a freeze passes after it has set its bit, and under which the map is followed.
            if self.state.load().is_frozen() != is_frozen || shared.changes.is_some() != changes.is_some() {
                continue;
            }
            // In vain if another thread was quicker.
            let surplus = self.lvars.add(index, lvars);
            drop(shared);
            drop(surplus);
            if let Some(lvar) = self.lvars.get(index) {
                return lvar;
            }
        }
    }
}

impl<K: DenseKey, V: HasLVar> DenseMapLVar<K, V> {
    /// Calls `callback` with a key and its value whenever that has grown, and once for each value that is above bottom already: as
    /// [`OnChange::on_change`](crate::lvar::OnChange::on_change) for each value.
    ///
    /// ```
    /// use lvars::{DenseMap, LVar, LVarType, Min, Put, par};
    ///
    /// // The least number of each component, along the edges of a graph.
    /// let edges = [vec![3], vec![4], vec![], vec![0, 2], vec![1]];
    /// let labels = par::run_then_freeze(LVar::<DenseMap<u8, Min<u8>>>::new(), async |p, labels| {
    ///     labels.on_change(&p.pool(), move |_, node, label| {
    ///         edges[usize::from(node)].iter().try_for_each(|to| labels.key(*to).put(label))
    ///     });
    ///     (0..5).try_for_each(|node| labels.key(node).put(node))
    /// });
    /// assert_eq!(labels, Ok(DenseMap::from([(0, Min(0)), (1, Min(1)), (2, Min(0)), (3, Min(0)), (4, Min(1))])));
    /// ```
    pub fn on_change<'scope, 'env, R: TaskEnd>(
        &'scope self,
        pool: &Pool<'scope, 'env>,
        callback: impl Fn(&Par<'scope, 'env>, K, V) -> R + Send + Sync + 'scope,
    ) where
        LVar<V>: FollowedAsOne<Lattice = V>,
    {
        fn attach<V: HasLVar<LVar: FollowedAsOne>>(lvar: &LVar<V>, index: usize, changes: &Arc<Changes>) {
            // At bottom: there is nothing to note.
            let _ = lvar.attach(MarkOf::Map, &|| Mark::new(index, Arc::clone(changes)));
        }
        let changes = self.changes.get_or_init(Arc::default);
        changes.for_each(pool, move |par, noted| {
            let key = K::from_index(noted.clear());
            callback(par, key, self.key(key).seen())
        });
        // LVars that are made from here on have their marks from the start.
        lock(&self.shared).changes = Some(Followed { changes: Arc::clone(changes), attach: attach::<V> });
        for (index, lvar) in self.lvars.made() {
            if let Some(mark) = lvar.attach(MarkOf::Map, &|| Mark::new(index, Arc::clone(changes))) {
                mark.note_what_is_there(lvar);
            }
        }
    }
}

impl<K: DenseKey, V: HasLVar + Bottom + Clone> LVarType for DenseMapLVar<K, V> {
    type Lattice = DenseMap<K, V>;

    fn with_origin(origin: Origin) -> Self {
        Self {
            state: State::new(0),
            lvars: Chunks::new(),
            shared: Mutex::new(Shared { changes: None }),
            changes: OnceLock::new(),
            origin,
            keys: PhantomData,
        }
    }

    fn freeze(&self, permit: impl MayFreeze) -> Result<DenseMap<K, V>, Conflict> {
        crate::turns::yield_point();
        let _ = self.state.freeze();
        drop(lock(&self.shared));
        // Every value is frozen, also after a conflict.
        let values: Vec<_> =
            self.lvars.made().map(|(index, lvar)| (K::from_index(index), lvar.freeze(permit))).collect();
        values.into_iter().map(|(key, value)| Ok((key, value?))).collect()
    }

    fn into_value(self) -> Result<DenseMap<K, V>, Conflict> {
        let values = self.lvars.into_made();
        values.map(|(index, lvar)| Ok((K::from_index(index), lvar.into_value()?))).collect()
    }

    fn at_element(&self, element: DenseMap<K, V>, watch: &mut Watch) -> bool {
        element.into_iter().all(|(key, value)| value.is_bottom() || self.key(key).at_element(value, watch))
    }
}

impl<K: DenseKey, V: HasLVar<LVar: Put> + Bottom + Clone> Put for DenseMapLVar<K, V> {
    // Every value is put, also after an error: which ones are in must not depend on their order.
    fn put(&self, value: impl Into<DenseMap<K, V>>) -> Result<(), PutError> {
        let mut done = Ok(());
        for (key, value) in value.into().into_iter().filter(|(_, value)| !value.is_bottom()) {
            done = gravest(done, self.key(key).put(value));
        }
        done
    }
}

impl<K: DenseKey, V: HasLVar> AtKey<K, Watch> for DenseMapLVar<K, V> {
    type Value = LVar<V>;

    fn at_key<R>(
        &self,
        key: &K,
        watch: &mut Watch,
        then: impl FnOnce(&LVar<V>, &mut Watch) -> Option<R>,
    ) -> Option<R> {
        then(self.key(*key), watch)
    }
}

impl<K: DenseKey, V: HasLVar + Bottom + Clone> HasLVar for DenseMap<K, V> {
    type LVar = DenseMapLVar<K, V>;
}

impl<K: DenseKey, V: HasLVar + Bottom + Clone> Default for DenseMapLVar<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V: HasLVar> Debug for DenseMapLVar<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DenseMapLVar").field("path", &self.origin.path()).finish_non_exhaustive()
    }
}
