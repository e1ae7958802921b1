//! The order of the vertices within each layer, such that few lines cross.
//!
//! To find the best order is hard even for two layers, so this is the usual heuristic: sort each layer by the mean place of the
//! neighbours in the layer before it, sweep up and down, exchange neighbours while that helps, and keep the best that was seen.

use alloc::{vec, vec::Vec};

use super::layers::Layers;

const N_SWEEPS: usize = 12;

pub(super) fn reduce_crossings(layers: &mut Layers) {
    let mut order = Order::of(layers);
    let mut best = (order.n_crossings(layers), layers.layers.clone());
    for sweep in 0..N_SWEEPS {
        let n_layers = layers.layers.len();
        for step in 1..n_layers {
            // Up, each layer by the one below it; then down, by the one above.
            if sweep % 2 == 0 {
                order.sort_by(layers, step, Side::Below);
            } else {
                order.sort_by(layers, n_layers - 1 - step, Side::Above);
            }
        }
        order.exchange_neighbours(layers);
        let n_crossings = order.n_crossings(layers);
        if n_crossings < best.0 {
            best = (n_crossings, layers.layers.clone());
        }
        if n_crossings == 0 {
            break;
        }
    }
    layers.layers = best.1;
}

#[derive(Clone, Copy)]
enum Side {
    Below,
    Above,
}

/// The place of each vertex in its layer.
struct Order {
    place: Vec<usize>,
}

impl Order {
    fn of(layers: &Layers) -> Self {
        let mut order = Self { place: vec![0; layers.layer_of.len()] };
        for layer in &layers.layers {
            order.note(layer);
        }
        order
    }

    fn note(&mut self, layer: &[usize]) {
        for (place, &vertex) in layer.iter().enumerate() {
            self.place[vertex] = place;
        }
    }

    fn sort_by(&mut self, layers: &mut Layers, at: usize, side: Side) {
        let neighbours = match side {
            Side::Below => &layers.below,
            Side::Above => &layers.above,
        };
        let mean = |vertex: usize| match neighbours[vertex].as_slice() {
            [] => self.place[vertex] as f64,
            all => all.iter().map(|&other| self.place[other] as f64).sum::<f64>() / all.len() as f64,
        };
        let means: Vec<f64> = (0..neighbours.len()).map(mean).collect();
        layers.layers[at].sort_by(|&left, &right| means[left].total_cmp(&means[right]));
        self.note(&layers.layers[at]);
    }

    /// Exchanges two that stand side by side as long as fewer lines cross then. Each exchange removes a crossing, so this ends.
    fn exchange_neighbours(&mut self, layers: &mut Layers) {
        let mut is_better = true;
        while is_better {
            is_better = false;
            for layer in 0..layers.layers.len() {
                for at in 1..layers.layers[layer].len() {
                    let (left, right) = (layers.layers[layer][at - 1], layers.layers[layer][at]);
                    if self.n_between(layers, right, left) < self.n_between(layers, left, right) {
                        layers.layers[layer].swap(at - 1, at);
                        self.place.swap(left, right);
                        is_better = true;
                    }
                }
            }
        }
    }

    /// How many lines of `left` cross one of `right`, if they stand in this order.
    fn n_between(&self, layers: &Layers, left: usize, right: usize) -> usize {
        [&layers.below, &layers.above]
            .into_iter()
            .map(|neighbours| {
                let of = |vertex: usize| neighbours[vertex].iter().map(|&other| self.place[other]);
                of(left).map(|l| of(right).filter(|r| *r < l).count()).sum::<usize>()
            })
            .sum()
    }

    fn n_crossings(&self, layers: &Layers) -> usize {
        let lines = |layer: &[usize]| -> Vec<usize> {
            layer
                .iter()
                .flat_map(|&vertex| {
                    let mut ends: Vec<usize> =
                        layers.above[vertex].iter().map(|&other| self.place[other]).collect();
                    ends.sort_unstable();
                    ends
                })
                .collect()
        };
        let n_inversions = |ends: Vec<usize>| -> usize {
            (0..ends.len()).map(|at| ends[..at].iter().filter(|end| **end > ends[at]).count()).sum()
        };
        layers.layers.iter().map(|layer| n_inversions(lines(layer))).sum()
    }
}
