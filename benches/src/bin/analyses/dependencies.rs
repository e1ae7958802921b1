//! What each Debian package pulls in: the example `reachability`.

#[path = "../../../../examples/reachability/by_lvars.rs"]
mod by_lvars;
#[cfg_attr(not(test), expect(dead_code, reason = "what the example shows is not shown here"))]
#[path = "../../../../examples/reachability/graph.rs"]
mod graph;
#[path = "../../../../examples/reachability/sequential.rs"]
mod sequential;

use lvars_benches::Contest;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{data, datalog, n_rounds, solve, table, timed};
use graph::Node;

mod rules {
    use super::datalog;

    datalog! {
        pub struct Reached;
        relation source(u32);
        relation depends_on(u32, u32);
        relation reached(u32, u32);

        reached(source, source) <-- source(source);
        reached(source, target) <-- reached(source, node), depends_on(node, target);
    }
}

const N_FACTS: u32 = 4_028_316;

pub(super) fn row() {
    let graph = graph::read(&data()).expect("the data are whole");
    let expected = graph::read_expected_sizes(&data(), graph.names.len()).expect("the data are whole");
    let sources: Vec<Node> = graph.nodes().collect();
    let nodes: Vec<(Node,)> = graph.nodes().map(|node| (node,)).collect();
    let edges: Vec<(Node, Node)> = graph
        .nodes()
        .flat_map(|node| graph.depends_on(node).iter().map(move |target| (node, *target)))
        .collect();
    let check = |sizes: &[u32]| assert_eq!(sizes, expected);
    let sizes_of = |facts: &mut dyn Iterator<Item = Node>| {
        let mut sizes = vec![0; expected.len()];
        facts.for_each(|source| sizes[source as usize] += 1);
        sizes
    };
    Contest::new("what Debian's packages pull in, 4,028,316 facts: time a fact", N_FACTS)
        .side("LVars", || {
            let (time, sets) = timed(|| by_lvars::reached(&graph, &sources).expect("nothing conflicts"));
            check(&sets.iter().map(|set| set.len() as u32).collect::<Vec<_>>());
            time
        })
        .side("ascent", || {
            use rules::sequential::Reached;
            let (time, found) = solve!(Reached { source: nodes, depends_on: edges });
            check(&sizes_of(&mut found.reached.iter().map(|fact| fact.0)));
            time
        })
        .side("ascent_par", || {
            use rules::parallel::Reached;
            let (time, found) = solve!(Reached { source: nodes, depends_on: edges });
            check(&sizes_of(&mut found.reached.iter().map(|fact| fact.0)));
            time
        })
        .side("rayon, a search each", || {
            // Pieces that are large enough that each has its array for less than it costs to search.
            let pieces: Vec<&[Node]> = sources.chunks(1_000).collect();
            let (time, sizes) = timed(|| -> Vec<u32> {
                pieces.par_iter().flat_map_iter(|piece| sequential::closure_sizes(&graph, piece)).collect()
            });
            check(&sizes);
            time
        })
        .side("one thread, a search each", || {
            let (time, sizes) = timed(|| sequential::closure_sizes(&graph, &sources));
            check(&sizes);
            time
        })
        .run(n_rounds(7));
}
