//! The LVar of maps: an insert-only [`Table`] of keys, each with the LVar of its value.
//!
//! Only a put creates an entry. A read of an absent key waits for the key first, in a side table by its hash, and then for the value.

use std::{
    borrow::Borrow,
    collections::{BTreeMap, HashMap},
    fmt::{self, Debug},
    hash::{BuildHasher, Hash},
    marker::PhantomData,
    panic::Location,
    sync::Arc,
};

use lattice_core::{
    Conflict, GCounter, Lattice,
    threshold::{AtKey, Reached, Threshold, ThresholdSet},
};

use crate::{
    error::{PutError, gravest},
    kinds::{
        counter::CountOf,
        once::Decision,
        set::Key,
        table::{Found, Table},
    },
    level::{MayFreeze, Outside},
    lvar::{
        Bump, Doorbell, FollowedAsOne, Growth, HasLVar, LVar, LVarType, Origin, Put, Watch,
        changes::{Changes, Mark},
        get::{AtOrAbove, Get, Of, OneOf, Question},
        header::frozen,
        marks::MarkOf,
        waiters::Registration,
        watch::{Lack, Leaf, Standing},
    },
    par::{ForEach, Par, Pool, TaskEnd},
    sync::OnceLock,
};

/// The LVar of the map `M` from `K` to `V`: [`BTreeMap`], [`HashMap`] or one of another crate, by a feature. The values are LVars
/// themselves.
///
/// A put under a key that is there takes no lock, and one under a new key a lock that other threads seldom take.
///
/// ```
/// use lvars::{Flat, GCounter, LVar, LVarType, Outside};
/// use std::collections::HashMap;
///
/// let prices = LVar::<HashMap<String, Flat<u32>>>::new();
/// prices.key("book").put(30)?;
/// let refused = prices.key("book").put(31).unwrap_err();
/// assert!(refused.to_string().starts_with(r#"conflict at ["book"]: 30 and 31 cannot both be true"#));
///
/// let words = LVar::<HashMap<String, GCounter>>::new();
/// for word in "to be or not to be".split(' ') {
///     words.key(word).bump(1)?;
/// }
/// assert_eq!(words.freeze(Outside::here())?["be"].value(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct MapLVar<K, V: HasLVar, M = BTreeMap<K, V>> {
    table: Table<(K, LVar<V>)>,
    /// The values that have grown, once somebody follows that.
    changes: OnceLock<Arc<Changes>>,
    origin: Origin,
    lattice: PhantomData<fn() -> M>,
}

/// A map that has an LVar.
pub trait MapLattice:
    Lattice + FromIterator<(Self::Key, Self::Value)> + IntoIterator<Item = (Self::Key, Self::Value)>
{
    /// Its keys.
    type Key: Key;
    /// Its values.
    type Value: HasLVar;
}

macro_rules! maps {
    ($($(#[$when:meta])? [K: $($key:path),+ $(; $hasher:ident)?] $map:ty;)+) => {$(
        $(#[$when])?
        impl<K: $($key +)+, V: HasLVar + Clone $(, $hasher: BuildHasher + Default)?> MapLattice for $map {
            type Key = K;
            type Value = V;
        }

        $(#[$when])?
        impl<K: $($key +)+, V: HasLVar + Clone $(, $hasher: BuildHasher + Default)?> HasLVar for $map {
            type LVar = MapLVar<K, V, Self>;
        }
    )+};
}

maps! {
    [K: Key, Ord] BTreeMap<K, V>;
    [K: Key; H] HashMap<K, V, H>;
    #[cfg(feature = "hashbrown")] [K: Key; H] hashbrown::HashMap<K, V, H>;
    #[cfg(feature = "indexmap")] [K: Key; H] indexmap::IndexMap<K, V, H>;
}

impl<K: Key, V: HasLVar, M> MapLVar<K, V, M> {
    /// What stands under `key`, whether it is there or not: a handle that creates nothing.
    pub fn key<'map, 'key, Q>(&'map self, key: &'key Q) -> Under<'map, 'key, K, V, M, Q>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        Under { map: self, key }
    }

    /// The keys that are there at present. **Not deterministic**: it depends on the schedule.
    pub fn snapshot_keys(&self, _: Outside) -> Vec<K> {
        self.table.entries().map(|(key, _)| key.clone()).collect()
    }

    #[cfg(test)]
    pub(crate) fn n_waiters(&self) -> usize {
        self.table.lanes().n_waiters()
    }

    fn find<Q>(&self, hash: u64, key: &Q) -> Found<'_, (K, LVar<V>)>
    where
        K: Borrow<Q>,
        Q: Eq + ?Sized,
    {
        self.table.find(hash, |(other, _)| other.borrow() == key)
    }

    /// The LVar under a key, which is created if it is not there.
    fn create<Q>(&self, key: &Q, to_key: impl FnOnce() -> K) -> Result<&LVar<V>, PutError>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        crate::turns::yield_point();
        let hash = self.table.hash(key);
        if let Found::Present((_, lvar)) = self.find(hash, key) {
            return Ok(lvar);
        }
        // Made outside the lock, and in vain if another put creates the entry at the same time.
        let key = to_key();
        let lvar = LVar::<V>::with_origin(self.origin.key(key.clone()));
        match self.table.insert(hash, (key, lvar), |(left, _), (right, _)| left == right) {
            Ok((_, lvar)) => Ok(lvar),
            Err((key, _)) => Err(frozen(&self.origin, &format_args!("the key {key:?}"))),
        }
    }
}

impl<K: Key, V: HasLVar, M: MapLattice<Key = K, Value = V>> LVarType for MapLVar<K, V, M> {
    type Lattice = M;

    fn with_origin(origin: Origin) -> Self {
        Self { table: Table::new(), changes: OnceLock::new(), origin, lattice: PhantomData }
    }

    fn freeze(&self, permit: impl MayFreeze) -> Result<M, Conflict> {
        crate::turns::yield_point();
        self.table.lanes().freeze();
        collect(self.table.entries().map(|(key, lvar)| (key.clone(), lvar.freeze(permit))))
    }

    fn into_value(self) -> Result<M, Conflict> {
        collect(self.table.into_entries().map(|(key, lvar)| (key, lvar.into_value())))
    }

    fn at_element(&self, element: M, watch: &mut Watch) -> bool {
        element.into_iter().all(|(key, value)| {
            self.at_key(&key, watch, |lvar, watch| lvar.at_element(value, watch).then_some(())).is_some()
        })
    }
}

/// The map of the values; or the least of their conflicts, so that the report does not depend on the order in which keys came.
fn collect<K, V, M: FromIterator<(K, V)>>(
    entries: impl Iterator<Item = (K, Result<V, Conflict>)>,
) -> Result<M, Conflict> {
    let mut least: Option<Conflict> = None;
    // Every entry is asked, also after a conflict: to ask is to freeze.
    let values = entries.filter_map(|(key, value)| match value {
        Ok(value) => Some((key, value)),
        Err(conflict) => {
            if least.as_ref().is_none_or(|least| conflict < *least) {
                least = Some(conflict);
            }
            None
        }
    });
    let map = values.collect();
    least.map_or(Ok(map), Err)
}

impl<K: Key, V: HasLVar, M: MapLattice<Key = K, Value = V>> Put for MapLVar<K, V, M>
where
    LVar<V>: Put,
{
    fn put(&self, value: impl Into<M>) -> Result<(), PutError> {
        let mut done = Ok(());
        for (key, value) in value.into() {
            done = gravest(done, self.create(&key, || key.clone()).and_then(|lvar| lvar.put(value)));
        }
        done
    }
}

impl<K: Key, V: HasLVar, M: MapLattice<Key = K, Value = V>> Growth for MapLVar<K, V, M> {
    type Entry = (K, LVar<V>);

    fn n_lanes(&self) -> usize {
        self.table.n_lanes()
    }

    fn entry(&self, position: usize) -> Option<&(K, LVar<V>)> {
        self.table.entry(position)
    }

    fn settle(&self) {
        self.table.settle();
    }

    fn follow(&self, bell: Arc<dyn Doorbell>) {
        self.table.lanes().follow(bell);
    }
}

impl<K: Key, V: HasLVar, M: MapLattice<Key = K, Value = V>> MapLVar<K, V, M> {
    /// Calls `callback` with a key and its value whenever that has grown, and for each value that is above bottom already: as
    /// [`OnChange::on_change`](crate::lvar::OnChange::on_change) for each value, also for those that come later. That a key is there, with bottom, is told by
    /// [`ForEach::for_each`] only.
    ///
    /// So a fixpoint over a map from variables to values is one handler:
    ///
    /// ```
    /// use lvars::{LVar, LVarType, Min, par};
    /// use std::collections::BTreeMap;
    ///
    /// let roads = BTreeMap::from([("a", vec![("b", 4), ("c", 1)]), ("c", vec![("b", 2)])]);
    /// let distances = par::run_then_freeze(LVar::<BTreeMap<&str, Min<u32>>>::new(), async |p, distances| {
    ///     distances.on_change(&p.pool(), move |_, from, Min(distance)| {
    ///         let mut next = roads.get(from).into_iter().flatten();
    ///         next.try_for_each(|(to, length)| distances.key(to).put(distance + length))
    ///     });
    ///     distances.key(&"a").put(0)
    /// });
    /// assert_eq!(distances, Ok(BTreeMap::from([("a", Min(0)), ("b", Min(3)), ("c", Min(1))])));
    /// ```
    pub fn on_change<'scope, 'env, R: TaskEnd>(
        &'scope self,
        pool: &Pool<'scope, 'env>,
        callback: impl Fn(&Par<'scope, 'env>, &'scope K, V) -> R + Send + Sync + 'scope,
    ) where
        LVar<V>: FollowedAsOne<Lattice = V>,
    {
        let changes = self.changes.get_or_init(Arc::default);
        changes.for_each(pool, move |par, noted| {
            let (key, lvar) = self.marked(noted.clear());
            callback(par, key, lvar.seen())
        });
        self.for_each(pool, move |_, (key, lvar)| {
            // Looked up here: it compares keys, and a mark is made under a lock.
            let position = self.position(key);
            if let Some(mark) = lvar.attach(MarkOf::Map, &|| Mark::new(position, Arc::clone(changes))) {
                mark.note_what_is_there(lvar);
            }
        });
    }

    /// The position of an entry that is there.
    fn position(&self, key: &K) -> usize {
        let position = self.table.position(self.table.hash(key), |(other, _)| other == key);
        position.expect("an entry stays in the table")
    }

    fn marked(&self, position: usize) -> &(K, LVar<V>) {
        self.table.entry(position).expect("a marked entry stays in the log")
    }
}

/// The question whether a key is there.
struct Knows<'a, K, V: HasLVar, M, Q: ?Sized> {
    map: &'a MapLVar<K, V, M>,
    key: &'a Q,
    hash: u64,
}

impl<'a, K, V, M, Q> Leaf for Knows<'a, K, V, M, Q>
where
    K: Key + Borrow<Q>,
    V: HasLVar,
    Q: Hash + Eq + Debug + ?Sized,
{
    type Answer = &'a LVar<V>;

    fn standing(&self) -> Standing<&'a LVar<V>> {
        match self.map.find(self.hash, self.key) {
            Found::Present((_, lvar)) => Standing::Reached(lvar),
            Found::Absent { is_frozen: true } => Standing::Frozen,
            Found::Absent { is_frozen: false } => Standing::Below,
        }
    }

    fn register(&self, registration: &mut Registration) {
        self.map.table.lanes().register(self.hash, registration);
    }

    fn explain(&self) -> Lack {
        let path = format!("{}[{:?}]", self.map.origin.path(), self.key);
        Lack { path, state: "absent".to_owned(), wanted: "the key".to_owned() }
    }
}

impl<K, V, M, Q> AtKey<Q, Watch> for MapLVar<K, V, M>
where
    K: Key + Borrow<Q>,
    V: HasLVar,
    Q: Hash + Eq + Debug + ?Sized,
{
    type Value = LVar<V>;

    fn at_key<R>(
        &self,
        key: &Q,
        watch: &mut Watch,
        then: impl FnOnce(&LVar<V>, &mut Watch) -> Option<R>,
    ) -> Option<R> {
        let lvar = watch.ask(&Knows { map: self, key, hash: self.table.hash(key) })?;
        then(lvar, watch)
    }
}

/// What stands under a key of a map, whether it is there or not.
///
/// Writing through it creates the entry; reading waits until somebody else has, and leaves nothing behind.
pub struct Under<'map, 'key, K, V: HasLVar, M, Q: ?Sized> {
    map: &'map MapLVar<K, V, M>,
    key: &'key Q,
}

impl<'map, K, V, M, Q> Under<'map, '_, K, V, M, Q>
where
    K: Key + Borrow<Q>,
    V: HasLVar,
    Q: Hash + Eq + Debug + ToOwned<Owned = K> + ?Sized,
{
    /// Joins `value` in under the key.
    ///
    /// # Errors
    ///
    /// Those of a put into the value's LVar; and if the map is frozen without the key.
    pub fn put(&self, value: impl Into<V>) -> Result<(), PutError>
    where
        LVar<V>: Put,
    {
        self.or_bottom()?.put(value)
    }

    /// Bumps what stands under the key.
    ///
    /// # Errors
    ///
    /// Those of a bump of the value's LVar; and if the map is frozen without the key.
    pub fn bump(&self, by: <LVar<V> as Bump>::By) -> Result<<LVar<V> as Bump>::News, PutError>
    where
        LVar<V>: Bump,
    {
        self.or_bottom()?.bump(by)
    }

    /// The LVar under the key, at bottom if the key is new. This is a write: it puts the key into the map. The answer lives as long as the
    /// map, whatever becomes of the key.
    ///
    /// # Errors
    ///
    /// If the map is frozen without the key.
    pub fn or_bottom(&self) -> Result<&'map LVar<V>, PutError> {
        self.map.create(self.key, || self.key.to_owned())
    }
}

impl<'map, 'key, K, V, M, Q> Under<'map, 'key, K, V, M, Q>
where
    K: Key + Borrow<Q>,
    V: HasLVar,
    Q: Hash + Eq + Debug + ?Sized,
{
    /// Waits until the value under the key has reached one of the activation sets of `T`, and answers which.
    #[track_caller]
    pub fn get<T>(&self) -> GetUnder<'map, 'key, K, V, M, Q, Of<T>>
    where
        T: Threshold<On = V> + Reached<LVar<V>, Watch>,
    {
        self.ask(Of::new(), Location::caller())
    }

    /// Waits until the value under the key has reached one of the activation sets of a set made at run time, and answers its label.
    #[track_caller]
    pub fn get_one_of<'set, A: Clone>(
        &self,
        set: &'set ThresholdSet<V, A>,
    ) -> GetUnder<'map, 'key, K, V, M, Q, OneOf<'set, V, A>>
    where
        V: Clone + Debug,
    {
        self.ask(OneOf::new(set), Location::caller())
    }

    /// Waits until the value under the key is decided, and answers it.
    #[track_caller]
    pub fn decided(&self) -> GetUnder<'map, 'key, K, V, M, Q, Decision>
    where
        Decision: Question<LVar<V>>,
    {
        self.ask(Decision, Location::caller())
    }

    fn ask<A>(&self, question: A, at: &'static Location<'static>) -> GetUnder<'map, 'key, K, V, M, Q, A>
    where
        A: Question<LVar<V>>,
    {
        Get::new(self.map, UnderKey { key: self.key, question }, at)
    }
}

impl<'map, 'key, K, V, M, Q> Under<'map, 'key, K, V, M, Q>
where
    K: Key + Borrow<Q>,
    V: HasLVar<LVar: Put>,
    Q: Hash + Eq + Debug + ?Sized,
{
    /// Waits until the value under the key is at or above `element`, as [`LVarType::at_least`] does.
    #[track_caller]
    pub fn at_least(&self, element: impl Into<V>) -> GetUnder<'map, 'key, K, V, M, Q, AtOrAbove<V>>
    where
        V: Clone + Debug,
    {
        self.ask(AtOrAbove::new(element.into()), Location::caller())
    }
}

impl<'map, 'key, K, M, Q> Under<'map, 'key, K, GCounter, M, Q>
where
    K: Key + Borrow<Q>,
    Q: Hash + Eq + Debug + ?Sized,
{
    /// Waits until the count under the key is at least `least`, as [`CounterLVar::at_least`](crate::CounterLVar::at_least) does.
    #[track_caller]
    pub fn at_least(&self, least: u64) -> GetUnder<'map, 'key, K, GCounter, M, Q, CountOf> {
        self.ask(CountOf::new(least), Location::caller())
    }
}

/// A threshold read of what stands under a key.
pub type GetUnder<'map, 'key, K, V, M, Q, A> = Get<'map, MapLVar<K, V, M>, UnderKey<'key, Q, A>>;

/// A question to what stands under a key.
pub struct UnderKey<'a, Q: ?Sized, A> {
    key: &'a Q,
    question: A,
}

impl<K, V, M, Q, A> Question<MapLVar<K, V, M>> for UnderKey<'_, Q, A>
where
    K: Key + Borrow<Q>,
    V: HasLVar,
    Q: Hash + Eq + Debug + ?Sized,
    A: Question<LVar<V>>,
{
    type Answer = A::Answer;

    const GLANCES: bool = A::GLANCES;

    #[inline]
    fn glance(&self, map: &MapLVar<K, V, M>) -> Option<A::Answer> {
        if !A::GLANCES {
            return None;
        }
        let (_, lvar) = map.table.glance(map.table.hash(self.key), |(key, _)| key.borrow() == self.key)?;
        self.question.glance(lvar)
    }

    fn ask(&self, map: &MapLVar<K, V, M>, watch: &mut Watch) -> Option<A::Answer> {
        map.at_key(self.key, watch, |lvar, watch| self.question.ask(lvar, watch))
    }

    fn threshold(&self) -> String {
        format!("{} under {:?}", self.question.threshold(), self.key)
    }
}

impl<K: Key, V: HasLVar, M: MapLattice<Key = K, Value = V>> Default for MapLVar<K, V, M> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V: HasLVar, M> Debug for MapLVar<K, V, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MapLVar").field("path", &self.origin.path()).finish_non_exhaustive()
    }
}

impl<K, V: HasLVar, M, Q: Debug + ?Sized> Debug for Under<'_, '_, K, V, M, Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Under").field("map", &self.map).field("key", &self.key).finish()
    }
}

impl<Q: Debug + ?Sized, A: Debug> Debug for UnderKey<'_, Q, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnderKey").field("key", &self.key).field("question", &self.question).finish()
    }
}
