//! Threshold sets whose elements are known at run time only: the same promise as `#[derive(Threshold)]`, checked when the set is made.
//!
//! An element is a whole state, and it is reached when the observed state is at or above it. That two activation sets exclude each
//! other is asked of the join itself: each element of one is joined with each of the other, and that must be a conflict.

use alloc::vec::Vec;
use core::fmt;

use crate::lattice::Lattice;

/// A threshold set that was checked at run time: activation sets of states of `L`, each with the label that a read answers.
///
/// Without labels, a read answers the position of the activation set that was reached. Checking costs one join for each two elements
/// of different activation sets; a read compares with each element.
///
/// ```
/// use std::collections::BTreeMap;
/// use lvars::{Flat, Lattice, threshold::{Observe, ThresholdSet}};
///
/// // The key is known at run time only.
/// let seat = "12a".to_owned();
/// let taken_by = |name: &str| BTreeMap::from([(seat.clone(), Flat::Value(name.to_owned()))]);
/// let mine_or_not = ThresholdSet::new([[taken_by("ann")], [taken_by("bob")]])?;
///
/// let mut seats = BTreeMap::new();
/// assert_eq!(seats.get_one_of(&mine_or_not), Ok(None));
/// seats.join(taken_by("bob"));
/// assert_eq!(seats.get_one_of(&mine_or_not), Ok(Some(1)));
///
/// let labelled = ThresholdSet::labelled([("mine", [taken_by("ann")]), ("lost", [taken_by("bob")])])?;
/// assert_eq!(seats.get_one_of(&labelled), Ok(Some("lost")));
/// # Ok::<(), lvars::threshold::Compatible<BTreeMap<String, Flat<String>>>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ThresholdSet<L, A = usize> {
    sets: Vec<(A, Vec<L>)>,
}

impl<L: Lattice + Clone> ThresholdSet<L> {
    /// The threshold set of these activation sets, each labelled with its position.
    ///
    /// Any one element of an activation set suffices, so elements of the same one need not exclude each other. One without elements
    /// is never reached.
    ///
    /// # Errors
    ///
    /// If an element of one activation set and an element of another can both be reached: the first two that were found. A read could
    /// then answer either of the two, depending on the schedule.
    pub fn new<E: IntoIterator<Item = L>>(sets: impl IntoIterator<Item = E>) -> Result<Self, Compatible<L>> {
        Self::labelled(sets.into_iter().enumerate())
    }
}

impl<L: Lattice + Clone, A> ThresholdSet<L, A> {
    /// [`new`](ThresholdSet::new), where each activation set has the label that a read answers when it is reached.
    ///
    /// # Errors
    ///
    /// As for [`new`](ThresholdSet::new).
    pub fn labelled<E: IntoIterator<Item = L>>(
        sets: impl IntoIterator<Item = (A, E)>,
    ) -> Result<Self, Compatible<L>> {
        let sets: Vec<(A, Vec<L>)> =
            sets.into_iter().map(|(label, elements)| (label, elements.into_iter().collect())).collect();
        for (at, (_, later)) in sets.iter().enumerate() {
            let earlier = || sets[..at].iter().flat_map(|(_, elements)| elements);
            for b in later {
                for a in earlier() {
                    exclude_each_other(a, b)?;
                }
            }
        }
        Ok(Self { sets })
    }
}

impl<L, A> ThresholdSet<L, A> {
    /// The activation sets: the label and the elements of each.
    pub fn activation_sets(&self) -> impl Iterator<Item = (&A, &[L])> {
        self.sets.iter().map(|(label, elements)| (label, elements.as_slice()))
    }

    /// The label of the activation set that has a reached element, given how to ask that of an observer. Every element is asked until one
    /// is reached, so that an observer which waits knows of all of them.
    pub fn reached(&self, mut is_reached: impl FnMut(&L) -> bool) -> Option<&A> {
        let mut sets = self.activation_sets();
        sets.find_map(|(label, elements)| elements.iter().any(&mut is_reached).then_some(label))
    }
}

/// Asks the join itself, and not [`Lattice::incompatible`]: of a lattice written by hand that may say less.
fn exclude_each_other<L: Lattice + Clone>(a: &L, b: &L) -> Result<(), Compatible<L>> {
    let join = a.clone().joined(b.clone());
    match join.conflict() {
        Some(_) => Ok(()),
        None => Err(Compatible { a: a.clone(), b: b.clone(), join }),
    }
}

/// Two elements of different activation sets that do not exclude each other: their join is no conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compatible<L> {
    /// The element of the earlier activation set.
    pub a: L,
    /// The element of the later one.
    pub b: L,
    /// Their join, which reaches both.
    pub join: L,
}

impl<L: fmt::Debug> fmt::Display for Compatible<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { a, b, join } = self;
        write!(
            f,
            "{a:?} and {b:?} do not exclude each other: their join {join:?} is no conflict, so a read could answer either; "
        )?;
        f.write_str("put them into one activation set, or wait for states whose join is a conflict")
    }
}

impl<L: fmt::Debug> core::error::Error for Compatible<L> {}
