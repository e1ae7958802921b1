//! The graph that grows without ever closing a cycle, whatever is added concurrently.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use core::{fmt, fmt::Debug};

use crate::{
    codec::Codec,
    crdt::form::formed,
    threshold::{AtKey, HasKey},
};

/// An add-only directed acyclic graph: vertices, each put between two that are there, in this order.
///
/// ```text
///   state: vertex ↦ the vertices right before it      (a ⊔ b)(v) = a(v) ∪ b(v)
/// ```
///
/// A new vertex goes between two of which one was before the other already, so it changes the order of no others: no two
/// additions, however concurrent, close a cycle together.
///
/// The bottom has no vertices; no state is in conflict.
///
/// Cost: each vertex, and its name once more for each edge that leads on from it. [`add`](Self::add) at the end looks up one vertex, between two
/// that an edge joins two more; between others it walks the vertices before the second.
///
/// That a vertex or an edge is known is monotone: a threshold `field[v] >= u` is reached once the edge from `u` to `v` is known.
///
/// Traps: a name must be given to one vertex only, in the whole system. If two replicas put one name in two places, or somebody forges edges,
/// there may be a cycle: the reads leave out what lies on one or after it, and edges that begin at an unknown vertex; no join repairs anything.
///
/// Add-only monotonic DAG, Specification 17 of Shapiro, Preguiça, Baquero, Zawirski, INRIA RR-7506 (2011), as states and with the two ends
/// unsaid.
///
/// ```
/// use lvars::{Dag, Lattice};
///
/// let mut tasks = Dag::new();
/// tasks.join(tasks.add(None, "build", None)?);
/// tasks.join(tasks.add(Some(&"build"), "ship", None)?);
/// let (tested, signed) = (tasks.add(Some(&"build"), "test", Some(&"ship"))?, tasks.add(Some(&"build"), "sign", Some(&"ship"))?);
/// tasks.join(tested);
/// tasks.join(signed);
/// assert_eq!(tasks.in_order().collect::<Vec<_>>(), [&"build", &"sign", &"test", &"ship"]);
/// assert!(tasks.add(Some(&"ship"), "fix", Some(&"build")).is_err(), "that would be a cycle");
/// # Ok::<(), lvars::Misplaced>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dag<V>(BTreeMap<V, BTreeSet<V>>);

formed!([V: Ord + Clone + Debug] Dag<V>, "Dag", BTreeMap<V, BTreeSet<V>>, [V: Codec], |_| None);

impl<V: Ord + Clone + Debug> Dag<V> {
    /// No vertices.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Adds a vertex after one, or after none, and before one, or before none.
    ///
    /// # Errors
    ///
    /// If the vertex is there already, one of the others is not, or the first is not before the second.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn add(&self, after: Option<&V>, vertex: V, before: Option<&V>) -> Result<Self, Misplaced> {
        if self.contains(&vertex) {
            return Err(Misplaced::Known);
        }
        if [after, before].into_iter().flatten().any(|end| !self.contains(end)) {
            return Err(Misplaced::UnknownEnd);
        }
        if let (Some(after), Some(before)) = (after, before)
            && !self.is_before(after, before)
        {
            return Err(Misplaced::NotBetween);
        }
        let onward = before.map(|before| (before.clone(), BTreeSet::from([vertex.clone()])));
        let vertex = (vertex, after.cloned().into_iter().collect());
        Ok(Self([vertex].into_iter().chain(onward).collect()))
    }

    /// Adds an edge between two vertices of which the first is before the second already.
    ///
    /// # Errors
    ///
    /// If one of them is not there, or the first is not before the second.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn add_edge(&self, from: &V, to: &V) -> Result<Self, Misplaced> {
        match (self.contains(from) && self.contains(to), self.is_before(from, to)) {
            (false, _) => Err(Misplaced::UnknownEnd),
            (true, false) => Err(Misplaced::NotBetween),
            (true, true) => Ok(Self(BTreeMap::from([(to.clone(), BTreeSet::from([from.clone()]))]))),
        }
    }

    /// Whether the vertex is there.
    pub fn contains(&self, vertex: &V) -> bool {
        self.0.contains_key(vertex)
    }

    /// Whether edges lead from the first to the second.
    pub fn is_before(&self, first: &V, second: &V) -> bool {
        if !self.contains(first) {
            return false;
        }
        let (mut seen, mut due) = (BTreeSet::new(), Vec::from([second]));
        while let Some(vertex) = due.pop() {
            let Some(before) = self.0.get(vertex) else {
                continue;
            };
            // By a search, before its neighbours are walked through: most vertices are added between two that an edge joins.
            if before.contains(first) {
                return true;
            }
            for vertex in before.iter().filter(|vertex| self.contains(vertex)) {
                if seen.insert(vertex) {
                    due.push(vertex);
                }
            }
        }
        false
    }

    /// The edges between vertices that are there.
    pub fn edges(&self) -> impl Iterator<Item = (&V, &V)> {
        self.0.iter().flat_map(|(to, before)| {
            before.iter().filter(|from| self.contains(from)).map(move |from| (from, to))
        })
    }

    /// The vertices, each after all that are before it; of those that could come next, the least.
    pub fn in_order(&self) -> impl Iterator<Item = &V> {
        let mut n_before: BTreeMap<&V, usize> = self.0.keys().map(|vertex| (vertex, 0)).collect();
        let mut onward: BTreeMap<&V, Vec<&V>> = BTreeMap::new();
        for (from, to) in self.edges() {
            onward.entry(from).or_default().push(to);
            *n_before.entry(to).or_default() += 1;
        }
        let mut next: BTreeSet<&V> =
            n_before.iter().filter(|(_, n)| **n == 0).map(|(vertex, _)| *vertex).collect();
        core::iter::from_fn(move || {
            let vertex = next.pop_first()?;
            for to in onward.get(vertex).into_iter().flatten() {
                let n = n_before.entry(to).or_default();
                *n -= 1;
                if *n == 0 {
                    next.insert(to);
                }
            }
            Some(vertex)
        })
    }
}

impl<V: Ord + Clone + Debug> HasKey for Dag<V> {
    type Key = V;
    type Value = BTreeSet<V>;
}

/// The vertices right before one.
impl<V: Ord, W: ?Sized> AtKey<V, W> for Dag<V> {
    type Value = BTreeSet<V>;

    fn at_key<R>(
        &self,
        vertex: &V,
        watch: &mut W,
        then: impl FnOnce(&BTreeSet<V>, &mut W) -> Option<R>,
    ) -> Option<R> {
        then(self.0.get(vertex)?, watch)
    }
}

/// Why a vertex or an edge cannot go where it was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// The vertex is there already.
    Known,
    /// One of the two ends is not there.
    UnknownEnd,
    /// The first end is not before the second.
    NotBetween,
}

impl fmt::Display for Misplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Known => "the vertex is there already: give each a name of its own",
            Self::UnknownEnd => "one of the two ends is not there: add it first",
            Self::NotBetween => "the first end is not before the second: that could close a cycle",
        })
    }
}

impl core::error::Error for Misplaced {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lattice;

    #[test]
    fn what_lies_on_a_forged_cycle_or_after_it_is_hidden() {
        let edge = |from, to| Dag(BTreeMap::from([(to, BTreeSet::from([from]))]));
        let mut dag = Dag::new().add(None, 'a', None).unwrap();
        for (from, to) in [('a', 'b'), ('b', 'c'), ('c', 'b'), ('c', 'd')] {
            dag.join(edge(from, to));
        }
        assert_eq!(dag.in_order().collect::<Vec<_>>(), [&'a']);
        assert!(dag.is_before(&'b', &'b'), "a walk in a circle ends");
    }

    #[test]
    fn an_edge_from_an_unknown_vertex_is_hidden_until_it_comes() {
        let mut whole = Dag::new().add(None, 'a', None).unwrap();
        let late = whole.clone();
        let next = whole.add(Some(&'a'), 'b', None).unwrap();
        whole.join_ref(&next);
        let mut early = next;
        assert_eq!((early.edges().count(), early.in_order().count()), (0, 1));
        early.join(late);
        assert_eq!((early.edges().count(), &early), (1, &whole));
    }
}
