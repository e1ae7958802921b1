//! The add-only graph: a vertex goes between two of which one was before the other; of what all together know, what lies on a cycle or
//! after it is left out. Names are few, so that two replicas give one name twice, and there are cycles.

use std::collections::BTreeSet;

use lattice_core::Dag;

use crate::{done::of_known, history::History, model::Model};

pub(crate) struct Edges;

#[derive(Clone, Debug)]
pub(crate) enum Op {
    /// After which, the vertex, and before which.
    Add(Option<u8>, u8, Option<u8>),
    Connect(u8, u8),
}

/// Vertices and edges, as far as one operation speaks of them.
type Part = (BTreeSet<u8>, BTreeSet<(u8, u8)>);

pub(crate) fn all(parts: &[&Part]) -> Part {
    let vertices: BTreeSet<u8> = parts.iter().flat_map(|part| part.0.iter().copied()).collect();
    let edges = parts.iter().flat_map(|part| part.1.iter().copied());
    let edges = edges.filter(|(from, _)| vertices.contains(from)).collect();
    (vertices, edges)
}

fn is_path(edges: &BTreeSet<(u8, u8)>, first: u8, second: u8) -> bool {
    let mut reached = BTreeSet::from([first]);
    let mut is_reached = false;
    // One step at a time, as many as there are edges.
    for _ in edges {
        let next: Vec<u8> =
            edges.iter().filter(|(from, _)| reached.contains(from)).map(|(_, to)| *to).collect();
        is_reached |= next.contains(&second);
        reached.extend(next);
    }
    is_reached
}

pub(crate) fn parts(history: &History<Op>) -> Vec<Part> {
    history.effects(|event, known: &[&Part]| {
        let (vertices, edges) = all(known);
        match *event.op() {
            Op::Add(after, vertex, before) => {
                let ends = [after, before];
                let are_there = ends.iter().flatten().all(|end| vertices.contains(end));
                let is_between = match ends {
                    [Some(after), Some(before)] => is_path(&edges, after, before),
                    _ => true,
                };
                if vertices.contains(&vertex) || !are_there || !is_between {
                    return Part::default();
                }
                let into = after.map(|after| (after, vertex));
                let onward = before.map(|before| (vertex, before));
                ([vertex].into_iter().chain(before).collect(), into.into_iter().chain(onward).collect())
            }
            Op::Connect(from, to)
                if vertices.contains(&from) && vertices.contains(&to) && is_path(&edges, from, to) =>
            {
                (BTreeSet::from([to]), BTreeSet::from([(from, to)]))
            }
            Op::Connect(..) => Part::default(),
        }
    })
}

/// The least vertex of those that have no other before them, again and again.
pub(crate) fn in_order((mut vertices, edges): Part) -> Vec<u8> {
    let mut order = Vec::new();
    loop {
        let is_next = |vertex: &u8| !edges.iter().any(|(from, to)| to == vertex && !order.contains(from));
        let Some(next) = vertices.iter().copied().find(is_next) else {
            return order;
        };
        vertices.remove(&next);
        order.push(next);
    }
}

impl Model for Edges {
    type State = Dag<u8>;
    type Op = Op;
    /// The edges, and the vertices in order.
    type Read = (BTreeSet<(u8, u8)>, Vec<u8>);

    fn operations() -> Vec<Op> {
        vec![
            Op::Add(None, 0, None),
            Op::Add(Some(0), 1, None),
            Op::Add(None, 1, Some(0)),
            Op::Add(Some(0), 2, Some(1)),
            Op::Add(Some(1), 2, Some(0)),
            Op::Add(Some(1), 2, None),
            Op::Connect(0, 2),
            Op::Connect(2, 1),
        ]
    }

    fn small() -> Vec<Op> {
        vec![Op::Add(None, 0, None), Op::Add(Some(0), 1, None), Op::Add(None, 1, Some(0))]
    }

    fn write(state: &Dag<u8>, _: u64, op: &Op) -> Dag<u8> {
        let delta = match op {
            Op::Add(after, vertex, before) => state.add(after.as_ref(), *vertex, before.as_ref()),
            Op::Connect(from, to) => state.add_edge(from, to),
        };
        delta.unwrap_or_default()
    }

    fn read(state: &Dag<u8>) -> Self::Read {
        (state.edges().map(|(from, to)| (*from, *to)).collect(), state.in_order().copied().collect())
    }

    fn specified(history: &History<Op>) -> Self::Read {
        let parts = parts(history);
        let known = all(&of_known(&parts, history.known));
        (known.1.clone(), in_order(known))
    }
}
