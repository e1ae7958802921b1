//! The LVar of a set of small integers: bits, and the history of the elements for handlers.
//!
//! What is known is told by one load of its word. What is new **enters its lane under the lock under which the state word was read**, and its bit is
//! set under that lock too, with the consequences for freezes, followers and waiters that `lanes.rs` tells. Of several writers of one
//! element one sets the bit, and enters it. The bit comes before the element: who sees it and needs the element passes through the locks.

use std::{
    fmt::{self, Debug},
    sync::Arc,
};

use lattice_core::{Conflict, DenseKey, DenseSet, threshold::AtLeast};

use crate::{
    error::PutError,
    kinds::lanes::{Lanes, N_AT_ONCE},
    level::{MayFreeze, Outside},
    lvar::{
        Doorbell, Growth, HasLVar, LVarType, Origin, Put, Watch,
        header::frozen,
        waiters::Registration,
        watch::{Lack, Leaf, Standing},
    },
    sync::{AtomicU64, Chunks, OnceLock, Ordering},
};

/// The words of the first chunk.
const N_FIRST: usize = if cfg!(loom) { 1 } else { 8 };

/// The LVar of [`DenseSet`].
///
/// A put of a known element is one load, one of a new element takes a lock that other threads seldom take. Memory is a bit for each
/// index below the greatest, and the elements once more.
///
/// ```
/// use lvars::{DenseSet, LVar, LVarType, par::{self, ForEach}};
///
/// let next = |n: u32| [2 * n, 3 * n].into_iter().filter(|n| *n <= 20);
/// let reached = par::run_then_freeze(LVar::<DenseSet<u32>>::new(), async |p, seen| {
///     seen.for_each(&p.pool(), move |_, &n| next(n).try_for_each(|n| seen.insert(n)));
///     seen.insert(1)
/// });
/// assert_eq!(reached, Ok(DenseSet::from([1, 2, 3, 4, 6, 8, 9, 12, 16, 18])));
/// ```
pub struct DenseSetLVar<T> {
    words: Chunks<AtomicU64, N_FIRST>,
    /// Made by the first write, freeze, follower or waiter: an empty set is small.
    lanes: OnceLock<Box<Lanes<T>>>,
    origin: Origin,
}

/// Where an element is: in which word, and at which bit.
#[derive(Clone, Copy)]
struct Place {
    word: usize,
    bit: u64,
}

/// An element that was not in when it was looked for.
struct New<'a, T> {
    word: &'a AtomicU64,
    place: Place,
    element: T,
}

impl Place {
    #[inline]
    fn of<T: DenseKey>(element: T) -> Self {
        let index = element.to_index();
        Self { word: index / 64, bit: 1 << (index % 64) }
    }

    /// By what waiters for the element stand in their list.
    #[inline]
    fn hash(self) -> u64 {
        (self.word * 64) as u64 + u64::from(self.bit.trailing_zeros())
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
        if self.has(place) { Ok(()) } else { self.enter(&[self.make(place, element)]) }
    }

    /// Puts several elements in. What is new costs less than by [`insert`](Self::insert): one lock, and one look at who follows,
    /// for many.
    ///
    /// # Errors
    ///
    /// If the set is frozen without one of them; all others are put nevertheless.
    pub fn insert_all(&self, elements: impl IntoIterator<Item = T>) -> Result<(), PutError> {
        let mut done = Ok(());
        let mut new = Vec::new();
        for element in elements {
            crate::turns::yield_point();
            let place = Place::of(element);
            if !self.has(place) {
                new.push(self.make(place, element));
            }
            if new.len() == N_AT_ONCE {
                done = done.and(self.enter(&new));
                new.clear();
            }
        }
        if new.is_empty() { done } else { done.and(self.enter(&new)) }
    }

    /// Makes a word for an element that was not in.
    #[inline]
    fn make(&self, place: Place, element: T) -> New<'_, T> {
        New { word: self.words.get_or_make(place.word, |_| AtomicU64::new(0)), place, element }
    }

    fn enter(&self, new: &[New<'_, T>]) -> Result<(), PutError> {
        let lanes = self.lanes();
        let mut lane = lanes.enter();
        let state = lanes.state.load();
        if state.is_frozen() {
            drop(lane);
            // They may have come since the look, and before the freeze: then this put changes nothing.
            lanes.settle();
            let lacking = new.iter().find(|new| !self.has(new.place));
            return lacking.map_or(Ok(()), |New { element, .. }| {
                Err(frozen(&self.origin, &format_args!("the element {element:?}")))
            });
        }
        for New { word, place, element } in new {
            // Release: pairs with the Acquire in `has`: who sees the bit sees what its writer did before.
            if word.fetch_or(place.bit, Ordering::Release) & place.bit == 0 {
                lane.append(*element);
            }
        }
        lane.tell(state, new.iter().map(|new| new.place.hash()));
        Ok(())
    }

    #[inline]
    fn has(&self, place: Place) -> bool {
        // Acquire: pairs with the Release in `enter`.
        self.words.get(place.word).is_some_and(|word| word.load(Ordering::Acquire) & place.bit != 0)
    }

    fn lanes(&self) -> &Lanes<T> {
        self.lanes.get().unwrap_or_else(|| self.lanes.get_or_init(|| Box::new(Lanes::new())))
    }

    fn contains(&self, element: T, watch: &mut Watch) -> bool {
        watch.ask(&Contains { lvar: self, element }).is_some()
    }

    /// The elements that are there at present. **Not deterministic**: it depends on the schedule.
    pub fn snapshot(&self, _: Outside) -> DenseSet<T> {
        self.present()
    }

    fn present(&self) -> DenseSet<T> {
        self.lanes.get().into_iter().flat_map(|lanes| lanes.entries()).copied().collect()
    }
}

impl<T: DenseKey> LVarType for DenseSetLVar<T> {
    type Lattice = DenseSet<T>;

    fn with_origin(origin: Origin) -> Self {
        Self { words: Chunks::new(), lanes: OnceLock::new(), origin }
    }

    fn freeze(&self, _: impl MayFreeze) -> Result<DenseSet<T>, Conflict> {
        crate::turns::yield_point();
        self.lanes().freeze();
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
        self.insert_all(value.into().iter())
    }
}

impl<T: DenseKey> Growth for DenseSetLVar<T> {
    type Entry = T;

    fn n_lanes(&self) -> usize {
        self.lanes.get().map_or(1, |lanes| lanes.n_lanes())
    }

    fn entry(&self, position: usize) -> Option<&T> {
        self.lanes.get()?.get(position)
    }

    fn settle(&self) {
        if let Some(lanes) = self.lanes.get() {
            lanes.settle();
        }
    }

    fn follow(&self, bell: Arc<dyn Doorbell>) {
        self.lanes().follow(bell);
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
        let lanes = self.lvar.lanes.get().filter(|lanes| lanes.state.load().is_frozen());
        if self.lvar.has(place) {
            return Standing::Reached(());
        }
        let Some(lanes) = lanes else { return Standing::Below };
        lanes.settle();
        if self.lvar.has(place) { Standing::Reached(()) } else { Standing::Frozen }
    }

    fn register(&self, registration: &mut Registration) {
        self.lvar.lanes().register(Place::of(self.element).hash(), registration);
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
