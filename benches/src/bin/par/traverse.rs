//! What is reachable, breadth first, with work at each node: how well the work of a node is shared out.

use std::{
    collections::{HashSet, VecDeque},
    hint::black_box,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
};

use lattice_core::DenseSet;
use lvar_runtime::{
    HasLVar, LVar, LVarType, PutError,
    par::{self, ForEach},
};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

const N_NODES: u32 = 40_000;
const N_EDGES: u32 = 320_000;
/// Turns of the loop that stands for the work of a node.
const WORK: u32 = 2_000;

/// The successors of each node; every node is reachable from the first.
pub(crate) fn graph() -> Vec<Vec<u32>> {
    let mut state = 1_u64;
    let mut graph = vec![Vec::new(); N_NODES as usize];
    for edge in 0..N_EDGES {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let (from, to) = match edge + 1 {
            node @ ..N_NODES => (state as u32 % node, node),
            _ => (state as u32 % N_NODES, (state >> 32) as u32 % N_NODES),
        };
        graph[from as usize].push(to);
    }
    graph
}

fn work_at(node: u32) {
    let mut state = u64::from(node) + 1;
    for _ in 0..WORK {
        state = state.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (state >> 32);
    }
    black_box(state);
}

pub(crate) fn by_dense_set(graph: &[Vec<u32>], n_workers: usize) {
    by_lvars::<DenseSet<u32>>(graph, n_workers, |seen, node| seen.insert(node), DenseSet::len);
}

pub(crate) fn by_hashed_set(graph: &[Vec<u32>], n_workers: usize) {
    by_lvars::<HashSet<u32>>(graph, n_workers, |seen, node| seen.insert(node), HashSet::len);
}

/// `len` is told the set that the LVar holds in the end.
fn by_lvars<S>(
    graph: &[Vec<u32>],
    n_workers: usize,
    insert: fn(&LVar<S>, u32) -> Result<(), PutError>,
    len: fn(&S) -> usize,
) where
    S: HasLVar<LVar: ForEach<Entry = u32> + LVarType<Lattice = S>>,
{
    let seen = LVar::<S>::new();
    let result = par::run_on(n_workers, async |p| {
        seen.for_each(&p.pool(), |_, &node| {
            work_at(node);
            graph[node as usize].iter().try_for_each(|&next| insert(&seen, next))
        });
        insert(&seen, 0)
    });
    assert_eq!(result, Ok(Ok(())));
    assert_eq!(len(&seen.into_value().expect("sets have no conflict")), graph.len());
}

pub(crate) fn by_rayon(graph: &[Vec<u32>]) {
    let seen: Vec<AtomicBool> = graph.iter().map(|_| AtomicBool::new(false)).collect();
    // Relaxed: whoever sets it visits the node; nothing else is published.
    let is_new = |node: u32| !seen[node as usize].swap(true, Relaxed);
    let mut level = vec![0];
    seen[0].store(true, Relaxed);
    let mut n_seen = 0;
    while !level.is_empty() {
        n_seen += level.len();
        level = level
            .par_iter()
            .flat_map_iter(|&node| {
                work_at(node);
                graph[node as usize].iter().copied().filter(|&next| is_new(next))
            })
            .collect();
    }
    assert_eq!(n_seen, graph.len());
}

pub(crate) fn on_one_thread(graph: &[Vec<u32>]) {
    let mut seen = vec![false; graph.len()];
    let mut queue = VecDeque::from([0]);
    seen[0] = true;
    let mut n_seen = 0;
    while let Some(node) = queue.pop_front() {
        n_seen += 1;
        work_at(node);
        queue.extend(
            graph[node as usize].iter().filter(|&&next| !std::mem::replace(&mut seen[next as usize], true)),
        );
    }
    assert_eq!(n_seen, graph.len());
}
