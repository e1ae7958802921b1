//! Which blocked tasks wait for each other's results, in a circle?
//!
//! A task may wait for several others, so the circles are found as the strongly connected parts of a graph, of which the shortest circle through
//! the task with the least name is told. The names, not the order in which tasks were asked, decide which.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::lvar::why::{Heard, TaskId};

/// A task, in the order in which tasks are told of.
type Named<'a> = (&'a str, TaskId);

/// The graph: which tasks each task waits for.
struct Graph<'a> {
    waits_for: BTreeMap<Named<'a>, BTreeSet<Named<'a>>>,
}

/// The circles, each from its least name on, in the order of these.
pub(super) fn cycles(heard: &[Heard]) -> Vec<Vec<String>> {
    let graph = Graph::new(heard);
    let mut told: BTreeSet<Named<'_>> = BTreeSet::new();
    let mut cycles = Vec::new();
    for &start in graph.waits_for.keys() {
        if told.contains(&start) {
            continue;
        }
        if let Some(cycle) = graph.circle(start) {
            // Whoever is on some circle with the start is told of by this one.
            told.extend(graph.reached(start).filter(|&task| graph.reached(task).any(|back| back == start)));
            cycles.push(cycle.into_iter().map(|(name, _)| name.to_owned()).collect());
        }
    }
    cycles
}

impl<'a> Graph<'a> {
    fn new(heard: &'a [Heard]) -> Self {
        let names: BTreeMap<TaskId, &str> =
            heard.iter().map(|heard| (heard.by, heard.waiting.task.as_str())).collect();
        let mut waits_for: BTreeMap<Named<'a>, BTreeSet<Named<'a>>> = BTreeMap::new();
        for heard in heard {
            if let Some(of) = heard.of
                && let Some(name) = names.get(&of)
            {
                waits_for.entry((&heard.waiting.task, heard.by)).or_default().insert((name, of));
            }
        }
        Self { waits_for }
    }

    fn next(&self, task: Named<'a>) -> impl Iterator<Item = Named<'a>> {
        self.waits_for.get(&task).into_iter().flatten().copied()
    }

    /// The shortest way from `start` back to it.
    fn circle(&self, start: Named<'a>) -> Option<Vec<Named<'a>>> {
        let mut from = BTreeMap::new();
        let mut to_visit = VecDeque::from([start]);
        while let Some(task) = to_visit.pop_front() {
            for next in self.next(task) {
                if next == start {
                    let mut way: Vec<_> =
                        std::iter::successors(Some(task), |task| from.get(task).copied()).collect();
                    way.reverse();
                    return Some(way);
                }
                from.entry(next).or_insert_with(|| {
                    to_visit.push_back(next);
                    task
                });
            }
        }
        None
    }

    /// All that `start` waits for, directly or not.
    fn reached(&self, start: Named<'a>) -> impl Iterator<Item = Named<'a>> {
        let mut seen = BTreeSet::new();
        let mut to_visit = vec![start];
        while let Some(task) = to_visit.pop() {
            to_visit.extend(self.next(task).filter(|next| seen.insert(*next)));
        }
        seen.into_iter()
    }
}
