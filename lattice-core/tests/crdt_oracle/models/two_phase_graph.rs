//! The 2P2P graph: what was added and never removed, and of the edges those of which both ends are there.

use std::collections::BTreeSet;

use lattice_core::TwoPhaseGraph;

use crate::{history::History, model::Model};

pub(crate) struct Graph;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Op {
    Add(u8),
    Remove(u8),
    Connect(u8, u8),
    Disconnect(u8, u8),
}

impl Model for Graph {
    type State = TwoPhaseGraph<u8>;
    type Op = Op;
    type Read = (BTreeSet<u8>, BTreeSet<(u8, u8)>);

    fn operations() -> Vec<Op> {
        let edges = [Op::Connect(0, 1), Op::Connect(1, 0), Op::Connect(1, 1), Op::Disconnect(0, 1)];
        let vertices = [Op::Add(0), Op::Add(1), Op::Remove(0), Op::Remove(1)];
        vertices.into_iter().chain(edges).collect()
    }

    fn small() -> Vec<Op> {
        vec![Op::Add(0), Op::Connect(0, 0), Op::Remove(0)]
    }

    fn write(state: &TwoPhaseGraph<u8>, _: u64, op: &Op) -> TwoPhaseGraph<u8> {
        match *op {
            Op::Add(vertex) => state.add_vertex(vertex),
            Op::Remove(vertex) => state.remove_vertex(vertex),
            Op::Connect(from, to) => state.add_edge(from, to),
            Op::Disconnect(from, to) => state.remove_edge(from, to),
        }
    }

    fn read(state: &TwoPhaseGraph<u8>) -> Self::Read {
        let edges: BTreeSet<(u8, u8)> = state.edges().map(|(from, to)| (*from, *to)).collect();
        let of = |from| state.edges_from(from).map(move |to| (*from, *to));
        assert!(state.vertices().flat_map(of).eq(edges.iter().copied()));
        assert!(edges.iter().all(|(from, to)| state.contains_edge(from, to)));
        (state.vertices().copied().collect(), edges)
    }

    fn specified(history: &History<Op>) -> Self::Read {
        let was = |op: &Op| history.done().any(|(_, done)| done == op);
        let is_there = |vertex: &u8| was(&Op::Add(*vertex)) && !was(&Op::Remove(*vertex));
        let is_edge = |from, to| was(&Op::Connect(from, to)) && !was(&Op::Disconnect(from, to));
        let pairs = [0, 1].into_iter().flat_map(|from| [0, 1].map(|to| (from, to)));
        let edges = pairs.filter(|(from, to)| is_there(from) && is_there(to) && is_edge(*from, *to));
        ([0, 1].into_iter().filter(is_there).collect(), edges.collect())
    }
}
