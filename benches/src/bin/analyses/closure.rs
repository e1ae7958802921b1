//! A transitive closure, as hashed pairs and as rows of bits: the example `closure`, with a larger graph.

#[path = "../../../../examples/closure/graph.rs"]
mod graph;
#[path = "../../../../examples/closure/pairs.rs"]
mod pairs;
#[path = "../../../../examples/closure/rows.rs"]
mod rows;
#[path = "../../../../examples/closure/search.rs"]
mod search;

use hashbrown::HashSet;
use lvars_benches::{Contest, Goal};

use super::{datalog, judge, n_rounds, solve, timed};
use graph::{Graph, Node};

mod rules {
    use super::datalog;

    datalog! {
        pub struct Closure;
        relation edge(u32, u32);
        relation leads_to(u32, u32);

        leads_to(from, to) <-- edge(from, to);
        leads_to(from, to) <-- leads_to(from, over), edge(over, to);
    }
}

pub(super) fn row() {
    let graph = Graph::random(3_000, 4_500);
    let edges: Vec<(Node, Node)> = graph.edges().collect();
    let expected = search::closure(&graph);
    let check = |mut found: Vec<(Node, Node)>| {
        found.sort_unstable();
        assert!(found == expected, "the closure differs");
    };
    let table = Contest::new(
        format!("transitive closure of 3,000 nodes, {} pairs: time a pair", expected.len()),
        expected.len() as u32,
    )
    .side("LVar of pairs", || {
        let (time, found) = timed(|| pairs::closure(&graph).expect("nothing conflicts"));
        check(found.into_iter().collect());
        time
    })
    .side("LVars of bits", || {
        let (time, found) = timed(|| rows::closure(&graph).expect("nothing conflicts"));
        check(found.iter().flat_map(|(from, row)| row.iter().map(move |to| (from, to))).collect());
        time
    })
    .side("ascent", || {
        use rules::sequential::Closure;
        let (time, found) = solve!(Closure { edge: edges });
        check(found.leads_to);
        time
    })
    .side("ascent_par", || {
        use rules::parallel::Closure;
        let (time, found) = solve!(Closure { edge: edges });
        check(found.leads_to.iter().copied().collect());
        time
    })
    .side("hashbrown, one thread", || {
        let (time, found) = timed(|| by_hash(&graph));
        check(found.into_iter().collect());
        time
    })
    .side("a search from each node, one thread", || {
        let (time, found) = timed(|| search::closure(&graph));
        check(found);
        time
    })
    .run(n_rounds(7));
    let by_pairs = Goal { must: 1.0, stretch: 0.6 };
    judge(&table, "LVar of pairs", &["hashbrown, one thread"], by_pairs);
    judge(&table, "LVars of bits", &["ascent_par"], Goal { must: 0.05, stretch: 0.015 });
}

/// The rule of `pairs`, with a work list.
fn by_hash(graph: &Graph) -> HashSet<(Node, Node)> {
    let mut found = HashSet::new();
    let mut work: Vec<(Node, Node)> = graph.edges().collect();
    while let Some((from, over)) = work.pop() {
        if found.insert((from, over)) {
            work.extend(graph.after(over).iter().map(|to| (from, *to)));
        }
    }
    found
}
