//! The graph whose vertices and edges are removed once and for ever.

use alloc::collections::BTreeMap;
use core::{borrow::Borrow, fmt::Debug};

use crate::{
    codec::Codec,
    crdt::{
        TwoPhaseSet,
        form::{fields, formed},
    },
    lattice::Bottom,
};

/// The edges, by where they begin.
type Edges<V> = BTreeMap<V, TwoPhaseSet<V>>;

/// A 2P2P graph: a two-phase set of vertices and one of directed edges. An edge is there while both its ends are.
///
/// ```text
///   (v, e) ⊔ (v′, e′) = (v ⊔ v′, e ⊔ e′)      has edge (a, b)  iff  (a, b) ∈ e, a ∈ v and b ∈ v
/// ```
///
/// The bottom is the empty graph; no state is in conflict.
///
/// Cost: that of the [`TwoPhaseSet`]s: all that ever was, for ever.
///
/// All four halves only grow: thresholds `field.vertices.added >= v`, `field.edges[a].removed >= b` and the like. There is none on what is there.
///
/// Traps: a removal of a vertex does not remove its edges, it hides them, since one may be added concurrently: edges that dangle are
/// left out by the reads and never repaired by a join. A vertex and an edge can be added once only.
///
/// 2P2P-Graph, Specification 16 of Shapiro, Preguiça, Baquero, Zawirski, INRIA RR-7506 (2011), as states.
///
/// ```
/// use lvars::{Lattice, TwoPhaseGraph};
///
/// let mut roads = TwoPhaseGraph::new();
/// for town in ["a", "b", "c"] {
///     roads.join(roads.add_vertex(town));
/// }
/// let (built, flooded) = (roads.add_edge("a", "b"), roads.remove_vertex("b"));
/// roads.join(built);
/// roads.join(flooded);
/// assert_eq!(roads.edges().count(), 0, "a road to nowhere");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TwoPhaseGraph<V>(
    /// No vertex has an empty set of edges: that is an absent one.
    (TwoPhaseSet<V>, Edges<V>),
);

formed!([V: Ord + Clone + Debug] TwoPhaseGraph<V>, "TwoPhaseGraph", (TwoPhaseSet<V>, Edges<V>), [V: Codec], never_empty);
fields!([V: Ord + Clone + Debug] TwoPhaseGraph<V>, "TwoPhaseGraph": "vertices" => TwoPhaseSet<V>, "edges" => Edges<V>);

fn never_empty<V: Ord + Clone + Debug>((_, edges): &(TwoPhaseSet<V>, Edges<V>)) -> Option<&'static str> {
    edges.values().any(Bottom::is_bottom).then_some("a graph names a vertex for edges that it has not")
}

impl<V: Ord + Clone + Debug> TwoPhaseGraph<V> {
    /// An empty graph.
    pub const fn new() -> Self {
        Self((TwoPhaseSet::new(), Edges::new()))
    }

    /// Adds a vertex.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn add_vertex(&self, vertex: V) -> Self {
        Self((self.0.0.add(vertex), Edges::new()))
    }

    /// Removes a vertex for ever, and hides its edges.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn remove_vertex(&self, vertex: V) -> Self {
        Self((self.0.0.remove(vertex), Edges::new()))
    }

    /// Adds an edge; it is there once both its ends are.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn add_edge(&self, from: V, to: V) -> Self {
        Self((TwoPhaseSet::new(), Edges::from([(from, TwoPhaseSet::new().add(to))])))
    }

    /// Removes an edge for ever.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn remove_edge(&self, from: V, to: V) -> Self {
        Self((TwoPhaseSet::new(), Edges::from([(from, TwoPhaseSet::new().remove(to))])))
    }

    /// Whether the vertex is there.
    pub fn contains<Q: Ord + ?Sized>(&self, vertex: &Q) -> bool
    where
        V: Borrow<Q>,
    {
        self.0.0.contains(vertex)
    }

    /// Whether the edge is there, and both its ends.
    pub fn contains_edge<Q: Ord + ?Sized>(&self, from: &Q, to: &Q) -> bool
    where
        V: Borrow<Q>,
    {
        let is_edge = self.0.1.get(from).is_some_and(|edges| edges.contains(to));
        is_edge && self.contains(from) && self.contains(to)
    }

    /// The vertices in ascending order.
    pub fn vertices(&self) -> impl Iterator<Item = &V> {
        self.0.0.iter()
    }

    /// The edges, with both their ends there, in ascending order.
    pub fn edges(&self) -> impl Iterator<Item = (&V, &V)> {
        let from_there = self.0.1.iter().filter(|(from, _)| self.contains(*from));
        from_there.flat_map(|(from, edges)| self.ends(edges).map(move |to| (from, to)))
    }

    /// Where the edges from a vertex lead to, in ascending order.
    pub fn edges_from<'a, Q: Ord + ?Sized>(&'a self, from: &Q) -> impl Iterator<Item = &'a V> + use<'a, Q, V>
    where
        V: Borrow<Q>,
    {
        let edges = self.0.1.get(from).filter(|_| self.contains(from));
        edges.into_iter().flat_map(|edges| self.ends(edges))
    }

    fn ends<'a>(&'a self, edges: &'a TwoPhaseSet<V>) -> impl Iterator<Item = &'a V> {
        edges.iter().filter(|to| self.contains(*to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explicit_bottom_entry_is_refused() {
        let none = TwoPhaseGraph((TwoPhaseSet::new(), Edges::from([(7_u8, TwoPhaseSet::new())])));
        assert!(TwoPhaseGraph::<u8>::from_bytes(&none.to_bytes()).is_err());
    }
}
