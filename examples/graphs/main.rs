//! Four questions about random graphs: `cargo run --release --example graphs`.
//!
//! Which nodes can be reached, how far away they are by edges and by lengths, and which components there are: each is answered by LVars with one handler, and
//! by a textbook algorithm on one thread. There are two kinds of graph: edges between any two nodes, and R-MAT, whose few hubs have most
//! of them. The components are those of the edges taken both ways. With `-- --large` the graphs have a million nodes and ten million edges,
//! and it says how long each solver took.
//!
//! ```text
//! graph       nodes      edges  question       agree  answer
//! uniform     2,000      6,000  reached         true  1,876 nodes can be reached from node 378
//! uniform     2,000      6,000  levels          true  1 nodes are furthest away, by 10 edges
//! uniform     2,000      6,000  distances       true  1 nodes are furthest away, by 569 in length
//! uniform     2,000     12,000  components      true  5 components, one of 1,996 nodes
//! rmat        2,048     16,384  reached         true  1,311 nodes can be reached from node 119
//! rmat        2,048     16,384  levels          true  2 nodes are furthest away, by 4 edges
//! rmat        2,048     16,384  distances       true  1 nodes are furthest away, by 162 in length
//! rmat        2,048     32,768  components      true  491 components, one of 1,555 nodes
//! ```

mod by_lvars;
mod graph;
mod sequential;

use std::{
    env,
    error::Error,
    io::{self, Write},
    num::NonZero,
    thread,
    time::Instant,
};

use lvars::{DenseMap, Min};

use graph::{Graph, Node};

/// How large the graphs are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    Small,
    /// A million nodes, ten million edges.
    Large,
}

fn main() -> Result<(), Box<dyn Error>> {
    let is_large = env::args().any(|argument| argument == "--large");
    play(&mut io::stdout().lock(), if is_large { Size::Large } else { Size::Small })
}

/// Answers the questions for a graph of each kind, and says whether both solvers agree.
pub(crate) fn play(out: &mut dyn Write, size: Size) -> Result<(), Box<dyn Error>> {
    const SEED: u64 = 1;
    let (n_nodes, n_edges, scale, n_rmat_edges) = match size {
        Size::Small => (2_000, 6_000, 11, 16_384),
        Size::Large => (1_000_000, 10_000_000, 20, 10_000_000),
    };
    let graphs = [
        ("uniform", n_nodes, graph::uniform(n_nodes, n_edges, SEED)),
        ("rmat", 1 << scale, graph::rmat(scale, n_rmat_edges, SEED)),
    ];
    writeln!(out, "{:7} {:>9} {:>10}  {:10} {:>9}  answer", "graph", "nodes", "edges", "question", "agree")?;
    for (name, n_nodes, edges) in graphs {
        for (question, solve) in QUESTIONS {
            let Solved { n_edges, answer, agree, times } = solve(n_nodes, &edges)?;
            let (n_nodes, n_edges) = (thousands(n_nodes), thousands(n_edges));
            writeln!(out, "{name:7} {n_nodes:>9} {n_edges:>10}  {question:10} {agree:>9}  {answer}")?;
            if size == Size::Large {
                let [by_lvars, sequential] = times;
                writeln!(out, "        LVars {by_lvars:.2} s, sequential {sequential:.2} s")?;
            }
        }
    }
    Ok(())
}

/// What both solvers say to a question.
struct Solved {
    n_edges: u32,
    answer: String,
    agree: bool,
    /// In seconds: of the LVars, and of the sequential solver.
    times: [f64; 2],
}

type Question = fn(n_nodes: u32, edges: &[(Node, Node)]) -> Result<Solved, Box<dyn Error>>;

const QUESTIONS: [(&str, Question); 4] =
    [("reached", reached), ("levels", levels), ("distances", distances), ("components", components)];

fn reached(n_nodes: u32, edges: &[(Node, Node)]) -> Result<Solved, Box<dyn Error>> {
    let graph = Graph::from_edges(n_nodes, edges);
    let start = graph.hub();
    let (by_lvars, lvar_time) = timed(|| by_lvars::reached(&graph, start, n_workers()));
    let (expected, time) = timed(|| sequential::reached(&graph, start));
    let by_lvars = by_lvars?;
    let n_reached = thousands(by_lvars.len() as u32);
    Ok(Solved {
        n_edges: graph.n_edges(),
        answer: format!("{n_reached} nodes can be reached from node {start}"),
        agree: (0..n_nodes).all(|node| by_lvars.contains(node) == expected[node as usize]),
        times: [lvar_time, time],
    })
}

fn levels(n_nodes: u32, edges: &[(Node, Node)]) -> Result<Solved, Box<dyn Error>> {
    from_hub(n_nodes, edges, "edges", by_lvars::levels, sequential::levels)
}

fn distances(n_nodes: u32, edges: &[(Node, Node)]) -> Result<Solved, Box<dyn Error>> {
    from_hub(n_nodes, edges, "in length", by_lvars::distances, sequential::distances)
}

/// How far away each node is that can be reached.
type Far = Result<DenseMap<Node, Min<u32>>, Box<dyn Error>>;

/// How far away each node is from the hub, in this unit.
fn from_hub(
    n_nodes: u32,
    edges: &[(Node, Node)],
    unit: &str,
    by_lvars: fn(&Graph, Node, usize) -> Far,
    sequential: fn(&Graph, Node) -> Vec<u32>,
) -> Result<Solved, Box<dyn Error>> {
    let graph = Graph::from_edges(n_nodes, edges);
    let start = graph.hub();
    let (by_lvars, lvar_time) = timed(|| by_lvars(&graph, start, n_workers()));
    let (expected, time) = timed(|| sequential(&graph, start));
    let by_lvars = by_lvars?;
    let most = by_lvars.iter().map(|(_, Min(far))| *far).max().unwrap_or_default();
    let n_furthest = by_lvars.iter().filter(|(_, Min(far))| *far == most).count();
    let far = |node| by_lvars.get(node).map_or(u32::MAX, |Min(far)| *far);
    Ok(Solved {
        n_edges: graph.n_edges(),
        answer: format!("{} nodes are furthest away, by {most} {unit}", thousands(n_furthest as u32)),
        agree: (0..n_nodes).all(|node| far(node) == expected[node as usize]),
        times: [lvar_time, time],
    })
}

fn components(n_nodes: u32, edges: &[(Node, Node)]) -> Result<Solved, Box<dyn Error>> {
    let graph = Graph::both_ways(n_nodes, edges);
    let (by_lvars, lvar_time) = timed(|| by_lvars::components(&graph, n_workers()));
    let (expected, time) = timed(|| sequential::components(&graph));
    let by_lvars = by_lvars?;
    let mut sizes = vec![0; n_nodes as usize];
    by_lvars.iter().for_each(|(_, Min(label))| sizes[*label as usize] += 1);
    let n_components = sizes.iter().filter(|size| **size > 0).count() as u32;
    let largest = sizes.iter().max().copied().unwrap_or_default();
    let label = |node| by_lvars.get(node).map(|Min(label)| *label);
    Ok(Solved {
        n_edges: graph.n_edges(),
        answer: format!("{} components, one of {} nodes", thousands(n_components), thousands(largest)),
        agree: (0..n_nodes).all(|node| label(node) == Some(expected[node as usize])),
        times: [lvar_time, time],
    })
}

fn n_workers() -> usize {
    thread::available_parallelism().map_or(2, NonZero::get).max(2)
}

/// The answer, and the seconds that it took.
fn timed<T>(solve: impl FnOnce() -> T) -> (T, f64) {
    let began = Instant::now();
    let answer = solve();
    (answer, began.elapsed().as_secs_f64())
}

/// A count with its thousands apart.
fn thousands(count: u32) -> String {
    match count {
        0..1_000 => count.to_string(),
        _ => format!("{},{:03}", thousands(count / 1_000), count % 1_000),
    }
}
