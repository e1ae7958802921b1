//! The same questions on one thread, by textbook algorithms with nothing of this crate in them.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, VecDeque},
};

use super::graph::{self, Graph, Node};

/// Whether each node can be reached from `start`.
pub(crate) fn reached(graph: &Graph, start: Node) -> Vec<bool> {
    let mut seen = vec![false; graph.n_nodes() as usize];
    let mut stack = vec![start];
    seen[start as usize] = true;
    while let Some(node) = stack.pop() {
        for next in graph.next(node) {
            let seen = &mut seen[*next as usize];
            if !*seen {
                *seen = true;
                stack.push(*next);
            }
        }
    }
    seen
}

/// How many edges away from `start` each node is; `u32::MAX` if it cannot be reached.
pub(crate) fn levels(graph: &Graph, start: Node) -> Vec<u32> {
    let mut levels = vec![u32::MAX; graph.n_nodes() as usize];
    let mut queue = VecDeque::from([start]);
    levels[start as usize] = 0;
    while let Some(node) = queue.pop_front() {
        let level = levels[node as usize] + 1;
        for next in graph.next(node) {
            let next_level = &mut levels[*next as usize];
            if *next_level == u32::MAX {
                *next_level = level;
                queue.push_back(*next);
            }
        }
    }
    levels
}

/// How long the shortest way from `start` to each node is; `u32::MAX` if it cannot be reached. Dijkstra's algorithm.
pub(crate) fn distances(graph: &Graph, start: Node) -> Vec<u32> {
    let mut distances = vec![u32::MAX; graph.n_nodes() as usize];
    let mut queue = BinaryHeap::from([(Reverse(0), start)]);
    distances[start as usize] = 0;
    while let Some((Reverse(distance), node)) = queue.pop() {
        if distance > distances[node as usize] {
            continue;
        }
        for next in graph.next(node) {
            let by_node = distance + graph::length(node, *next);
            let shortest = &mut distances[*next as usize];
            if by_node < *shortest {
                *shortest = by_node;
                queue.push((Reverse(by_node), *next));
            }
        }
    }
    distances
}

/// The least node of the component of each node: one search for each component, from its least node.
pub(crate) fn components(graph: &Graph) -> Vec<Node> {
    let mut labels = vec![Node::MAX; graph.n_nodes() as usize];
    let mut stack = Vec::new();
    for label in 0..graph.n_nodes() {
        if labels[label as usize] != Node::MAX {
            continue;
        }
        labels[label as usize] = label;
        stack.push(label);
        while let Some(node) = stack.pop() {
            for next in graph.next(node) {
                let next_label = &mut labels[*next as usize];
                if *next_label == Node::MAX {
                    *next_label = label;
                    stack.push(*next);
                }
            }
        }
    }
    labels
}
