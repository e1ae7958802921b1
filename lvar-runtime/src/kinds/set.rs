//! The LVar of sets: an insert-only [`Table`] of the elements.

use std::{
    collections::{BTreeSet, HashSet},
    fmt::{self, Debug},
    hash::{BuildHasher, Hash},
    marker::PhantomData,
    sync::Arc,
};

use lattice_core::{
    Conflict, Lattice,
    threshold::{AtLeast, Points},
};

use crate::{
    error::PutError,
    kinds::{
        lanes::N_AT_ONCE,
        table::{Found, Table},
    },
    level::{MayFreeze, Outside},
    lvar::{
        Doorbell, Growth, HasLVar, LVarType, Origin, Put, Watch,
        header::frozen,
        waiters::Registration,
        watch::{Lack, Leaf, Standing},
    },
};

/// What may be an element of a set's LVar, or a key of a map's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an element or a key in an LVar",
    note = "it must be `Eq + Hash + Clone + Debug + Send + Sync + 'static`, also in a `BTreeSet` or `BTreeMap`: an LVar finds it by its hash"
)]
pub trait Key: Eq + Hash + Clone + Debug + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Eq + Hash + Clone + Debug + Send + Sync + 'static> Key for T {}

/// The LVar of the set `S` of elements `T`: [`BTreeSet`], [`HashSet`] or one of another crate, by a feature.
///
/// A put of a new element takes a lock that other threads seldom take, and one of a known element none. Waiters for absent elements are found by hash; handlers read the log of the
/// elements, which for each thread is in the order in which they came.
///
/// ```
/// use lvars::{LVar, LVarType, Outside};
/// use std::collections::BTreeSet;
///
/// let seen = LVar::<BTreeSet<u32>>::new();
/// seen.insert(7)?;
/// seen.insert(7)?;
/// seen.at_least([7]).wait()?;
/// assert_eq!(seen.freeze(Outside::here())?, BTreeSet::from([7]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct SetLVar<T, S = BTreeSet<T>> {
    table: Table<T>,
    origin: Origin,
    lattice: PhantomData<fn() -> S>,
}

/// A set that has an LVar.
pub trait SetLattice: Lattice + FromIterator<Self::Element> + IntoIterator<Item = Self::Element> {
    /// What it holds.
    type Element: Key;
}

macro_rules! sets {
    ($($(#[$when:meta])? [$($parameters:tt)*] $set:ty, of $element:ty;)+) => {$(
        $(#[$when])?
        impl<$($parameters)*> SetLattice for $set {
            type Element = $element;
        }

        $(#[$when])?
        impl<$($parameters)*> HasLVar for $set {
            type LVar = SetLVar<$element, Self>;
        }
    )+};
}

sets! {
    [T: Key + Ord] BTreeSet<T>, of T;
    [T: Key, H: BuildHasher + Default] HashSet<T, H>, of T;
    #[cfg(feature = "hashbrown")] [T: Key, H: BuildHasher + Default] hashbrown::HashSet<T, H>, of T;
    #[cfg(feature = "indexmap")] [T: Key, H: BuildHasher + Default] indexmap::IndexSet<T, H>, of T;
    #[cfg(feature = "roaring")] [] roaring::RoaringBitmap, of u32;
    #[cfg(feature = "roaring")] [] roaring::RoaringTreemap, of u64;
}

impl<T: Key, S: SetLattice<Element = T>> SetLVar<T, S> {
    /// Puts one element in.
    ///
    /// # Errors
    ///
    /// If the set is frozen without it.
    pub fn insert(&self, element: T) -> Result<(), PutError> {
        crate::turns::yield_point();
        let hash = self.table.hash(&element);
        match self.table.insert(hash, element, |left, right| left == right) {
            Ok(_) => Ok(()),
            Err(element) => Err(self.lacks(&element)),
        }
    }

    /// Puts several elements in: one lock for many, and the waiting for memory that has to be done for each is done for many at once.
    ///
    /// # Errors
    ///
    /// If the set is frozen without one of them; all others are put nevertheless.
    pub fn insert_all(&self, elements: impl IntoIterator<Item = T>) -> Result<(), PutError> {
        let mut elements =
            elements.into_iter().map(|element| (self.table.hash(&element), element)).peekable();
        let mut done = Ok(());
        while elements.peek().is_some() {
            crate::turns::yield_point();
            let some = elements.by_ref().take(N_AT_ONCE);
            let put = self.table.insert_all(some, |left, right| left == right);
            done = done.and(put.map_err(|element| self.lacks(&element)));
        }
        done
    }

    #[cold]
    fn lacks(&self, element: &T) -> PutError {
        frozen(&self.origin, &format_args!("the element {element:?}"))
    }

    fn contains(&self, element: &T, watch: &mut Watch) -> bool {
        let hash = self.table.hash(element);
        watch.ask(&Contains { lvar: self, element, hash }).is_some()
    }

    #[cfg(test)]
    pub(crate) fn n_bells(&self) -> usize {
        self.table.lanes().n_bells()
    }

    /// The elements that are there at present. **Not deterministic**: it depends on the schedule.
    pub fn snapshot(&self, _: Outside) -> S {
        self.elements()
    }

    fn elements(&self) -> S {
        self.table.entries().cloned().collect()
    }
}

impl<T: Key, S: SetLattice<Element = T>> LVarType for SetLVar<T, S> {
    type Lattice = S;

    fn with_origin(origin: Origin) -> Self {
        Self { table: Table::new(), origin, lattice: PhantomData }
    }

    fn freeze(&self, _: impl MayFreeze) -> Result<S, Conflict> {
        crate::turns::yield_point();
        self.table.lanes().freeze();
        Ok(self.elements())
    }

    fn into_value(self) -> Result<S, Conflict> {
        Ok(self.elements())
    }

    fn at_element(&self, element: S, watch: &mut Watch) -> bool {
        element.into_iter().all(|element| self.contains(&element, watch))
    }
}

impl<T: Key, S: SetLattice<Element = T>> Put for SetLVar<T, S> {
    // Every element is put, also after an error: which ones are in must not depend on the order of a hash table.
    fn put(&self, value: impl Into<S>) -> Result<(), PutError> {
        self.insert_all(value.into())
    }
}

impl<T: Key, S: SetLattice<Element = T>> Growth for SetLVar<T, S> {
    type Entry = T;

    fn n_lanes(&self) -> usize {
        self.table.n_lanes()
    }

    fn entry(&self, position: usize) -> Option<&T> {
        self.table.entry(position)
    }

    fn settle(&self) {
        self.table.settle();
    }

    fn follow(&self, bell: Arc<dyn Doorbell>) {
        self.table.lanes().follow(bell);
    }
}

/// The question whether an element is in.
struct Contains<'a, T, S> {
    lvar: &'a SetLVar<T, S>,
    element: &'a T,
    hash: u64,
}

impl<T: Key, S> Leaf for Contains<'_, T, S> {
    type Answer = ();

    fn standing(&self) -> Standing<()> {
        match self.lvar.table.find(self.hash, |element| element == self.element) {
            Found::Present(_) => Standing::Reached(()),
            Found::Absent { is_frozen: true } => Standing::Frozen,
            Found::Absent { is_frozen: false } => Standing::Below,
        }
    }

    fn register(&self, registration: &mut Registration) {
        self.lvar.table.lanes().register(self.hash, registration);
    }

    fn explain(&self) -> Lack {
        let wanted = format!("the element {:?}", self.element);
        Lack { path: self.lvar.origin.path(), state: "absent".to_owned(), wanted }
    }
}

impl<T: Key, S: SetLattice<Element = T> + Points<Point = T>> AtLeast<S, Watch> for SetLVar<T, S> {
    fn at_least(&self, element: &T, watch: &mut Watch) -> bool {
        self.contains(element, watch)
    }
}

impl<T: Key, S: SetLattice<Element = T>> Default for SetLVar<T, S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, S> Debug for SetLVar<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetLVar").field("path", &self.origin.path()).finish_non_exhaustive()
    }
}
