//! A random graph, the same each time.

/// A node, by its number.
pub(super) type Node = u32;

/// Nodes, and which of them are joined.
pub(super) struct Graph {
    after: Vec<Vec<Node>>,
    before: Vec<Vec<Node>>,
}

impl Graph {
    /// A graph whose edges are drawn at random.
    pub(super) fn random(n_nodes: Node, n_edges: usize) -> Self {
        let nodes = vec![Vec::new(); n_nodes as usize];
        let mut graph = Self { after: nodes.clone(), before: nodes };
        let mut bits = 1_u64;
        for _ in 0..n_edges {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            let (from, to) = (bits as u32 % n_nodes, (bits >> 32) as u32 % n_nodes);
            graph.after[from as usize].push(to);
            graph.before[to as usize].push(from);
        }
        graph
    }

    pub(super) fn n_nodes(&self) -> Node {
        self.after.len() as Node
    }

    /// The ends of the edges that begin at a node.
    pub(super) fn after(&self, node: Node) -> &[Node] {
        &self.after[node as usize]
    }

    /// The beginnings of the edges that end at a node.
    pub(super) fn before(&self, node: Node) -> &[Node] {
        &self.before[node as usize]
    }

    /// All edges, each from its beginning to its end.
    pub(super) fn edges(&self) -> impl Iterator<Item = (Node, Node)> {
        let from_each = self.after.iter().zip(0..);
        from_each.flat_map(|(after, from)| after.iter().map(move |to| (from, *to)))
    }
}
