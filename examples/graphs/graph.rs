//! A graph as compressed adjacency, and two ways to make a random one from a seed.

use std::iter;

/// A node, by its number.
pub(crate) type Node = u32;

/// Where each node's edges lead.
#[derive(Debug)]
pub(crate) struct Graph {
    /// Where the edges of each node begin in `targets`; one entry more than there are nodes.
    starts: Vec<u32>,
    targets: Vec<Node>,
}

impl Graph {
    /// The graph of `n_nodes` nodes with these edges, of which there may be several between two nodes.
    pub(crate) fn from_edges(n_nodes: u32, edges: &[(Node, Node)]) -> Self {
        let mut starts = vec![0_u32; n_nodes as usize + 1];
        for (from, _) in edges {
            starts[*from as usize + 1] += 1;
        }
        for node in 1..starts.len() {
            starts[node] += starts[node - 1];
        }
        let mut next = starts.clone();
        let mut targets = vec![0; edges.len()];
        for (from, to) in edges {
            let at = &mut next[*from as usize];
            targets[*at as usize] = *to;
            *at += 1;
        }
        Self { starts, targets }
    }

    /// The graph in which each of these edges leads both ways.
    pub(crate) fn both_ways(n_nodes: u32, edges: &[(Node, Node)]) -> Self {
        let back = edges.iter().map(|(from, to)| (*to, *from));
        Self::from_edges(n_nodes, &edges.iter().copied().chain(back).collect::<Vec<_>>())
    }

    /// Where the edges of a node lead.
    pub(crate) fn next(&self, node: Node) -> &[Node] {
        let node = node as usize;
        &self.targets[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// The node from which most edges lead, the first of them.
    pub(crate) fn hub(&self) -> Node {
        let degree = |node: &Node| self.next(*node).len();
        (0..self.n_nodes()).rev().max_by_key(degree).unwrap_or_default()
    }

    pub(crate) fn n_nodes(&self) -> u32 {
        self.starts.len() as u32 - 1
    }

    pub(crate) fn n_edges(&self) -> u32 {
        self.targets.len() as u32
    }
}

/// Edges between nodes that are all equally likely.
pub(crate) fn uniform(n_nodes: u32, n_edges: u32, seed: u64) -> Vec<(Node, Node)> {
    let mut random = Random(seed);
    let mut node = || random.below(n_nodes);
    iter::repeat_with(|| (node(), node())).take(n_edges as usize).collect()
}

/// The chances of the four quarters of an adjacency matrix, in percent, that Graph500 takes; what is left is the fourth.
const QUARTERS: [u32; 3] = [57, 19, 19];

/// Edges between `2^scale` nodes, of which few have many and many have few: R-MAT (Chakrabarti, Zhan and Faloutsos, 2004) chooses a
/// quarter of the adjacency matrix, then a quarter of that, and so on to a single edge. The nodes are numbered anew at random, as in
/// Graph500, so that a number does not tell a degree.
pub(crate) fn rmat(scale: u32, n_edges: u32, seed: u64) -> Vec<(Node, Node)> {
    let mut random = Random(seed);
    let mut names: Vec<Node> = (0..1 << scale).collect();
    for at in (1..names.len()).rev() {
        names.swap(at, random.below(at as u32 + 1) as usize);
    }
    let mut edge = || {
        let (mut from, mut to) = (0, 0);
        for _ in 0..scale {
            let chance = random.below(100);
            let [a, b, c] = QUARTERS;
            let (down, right) = match chance {
                _ if chance < a => (0, 0),
                _ if chance < a + b => (0, 1),
                _ if chance < a + b + c => (1, 0),
                _ => (1, 1),
            };
            (from, to) = (from << 1 | down, to << 1 | right);
        }
        (names[from], names[to])
    };
    iter::repeat_with(&mut edge).take(n_edges as usize).collect()
}

/// How long the edges between two nodes are: 1 to 100.
pub(crate) fn length(from: Node, to: Node) -> u32 {
    1 + Random(u64::from(from) << 32 | u64::from(to)).below(100)
}

/// Splitmix64: enough for graphs, and the same on every machine.
struct Random(u64);

impl Random {
    /// A number below `bound`.
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^= bits >> 31;
        // The upper half of the product: every bit counts, and there is no division.
        ((u128::from(bits) * u128::from(bound)) >> 64) as u32
    }
}
