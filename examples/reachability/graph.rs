//! The dependency graph of Debian's packages, with the expected answers, read from `examples/data`.

use std::path::Path;

use super::table::{self, DataError, Shape};

const NODES: Shape =
    Shape { file: "deb_nodes.tsv.gz", columns: &["name", "installed size", "section"], has_header: false };
const EDGES: Shape = Shape { file: "deb_edges.tsv.gz", columns: &["from", "to"], has_header: false };
const SIZES: Shape =
    Shape { file: "deb_closure_sizes.txt.gz", columns: &["closure size"], has_header: false };

/// A package, by its line in the table of packages.
pub(super) type Node = u32;

/// Packages and what each of them depends on.
#[derive(Debug)]
pub(super) struct Graph {
    pub(super) names: Vec<String>,
    /// Where the edges of each node begin in `targets`; one entry more than there are nodes.
    starts: Vec<u32>,
    targets: Vec<Node>,
}

impl Graph {
    /// What a package depends on directly.
    pub(super) fn depends_on(&self, node: Node) -> &[Node] {
        let node = node as usize;
        &self.targets[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// All packages.
    pub(super) fn nodes(&self) -> std::ops::Range<Node> {
        0..self.names.len() as Node
    }

    /// How many dependencies there are.
    pub(super) fn n_edges(&self) -> usize {
        self.targets.len()
    }

    fn from_edges(names: Vec<String>, edges: &[(Node, Node)]) -> Self {
        let mut starts = vec![0_u32; names.len() + 1];
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
        Self { names, starts, targets }
    }
}

/// Reads the graph.
///
/// # Errors
///
/// If a file is missing or damaged, or an edge leads out of the graph.
pub(super) fn read(folder: &Path) -> Result<Graph, DataError> {
    let mut names = Vec::new();
    table::read(folder, &NODES, |row| {
        row.number::<u64>(1)?;
        names.push(row.text(0).to_owned());
        Ok(())
    })?;
    let mut edges = Vec::new();
    table::read(folder, &EDGES, |row| {
        edges.push((row.index(0, names.len())?, row.index(1, names.len())?));
        Ok(())
    })?;
    Ok(Graph::from_edges(names, &edges))
}

/// Reads how many packages each package must reach, itself included.
///
/// # Errors
///
/// If the file is missing or damaged, or has not one line for each of `n_nodes`.
pub(super) fn read_expected_sizes(folder: &Path, n_nodes: usize) -> Result<Vec<u32>, DataError> {
    let mut sizes = Vec::with_capacity(n_nodes);
    table::read(folder, &SIZES, |row| {
        sizes.push(row.number(0)?);
        Ok(())
    })?;
    if sizes.len() == n_nodes {
        Ok(sizes)
    } else {
        Err(DataError::in_file(folder, &SIZES, format!("{} sizes for {n_nodes} packages", sizes.len())))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Graph, read, read_expected_sizes};

    #[test]
    fn the_graph_in_the_repository_is_whole() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
        let graph = read(&folder).unwrap();
        assert_eq!((graph.names.len(), graph.n_edges()), (63_436, 264_191));
        let sizes = read_expected_sizes(&folder, graph.names.len()).unwrap();
        assert_eq!(sizes.iter().map(|size| u64::from(*size)).sum::<u64>(), 4_028_316);
        assert!(
            read_expected_sizes(&folder, 7).unwrap_err().to_string().contains("63436 sizes for 7 packages")
        );
    }

    #[test]
    fn edges_are_found_under_their_source() {
        let names = ["a", "b", "c"].map(str::to_owned).to_vec();
        let graph = Graph::from_edges(names, &[(2, 0), (0, 1), (2, 1)]);
        assert_eq!([graph.depends_on(0), graph.depends_on(1), graph.depends_on(2)], [&[1][..], &[], &[0, 1]]);
    }
}
