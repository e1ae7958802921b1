//! Where each vertex stands from left to right, once the order of its layer is fixed.
//!
//! Lines are springs: layer by layer, each vertex is drawn to the mean of its neighbours, and those that would come too close share
//! the strain. The places of least strain under a fixed order are an isotonic regression, which pooling neighbours solves exactly.

use alloc::{vec, vec::Vec};

use super::layers::Layers;

const BETWEEN_STATES: f64 = 26.0;
const BESIDE_PASS: f64 = 16.0;
/// Enough for the places to settle to within a pixel in all but very tall diagrams.
const N_ROUNDS: usize = 300;

/// The middle of each vertex.
pub(super) fn columns(layers: &Layers, widths: &[f64]) -> Vec<f64> {
    let mut x = vec![0.0; layers.layer_of.len()];
    let offsets: Vec<Vec<f64>> = layers.layers.iter().map(|layer| offsets(layers, layer, widths)).collect();
    for (layer, offsets) in layers.layers.iter().zip(&offsets) {
        let half = offsets.last().map_or(0.0, |last| last / 2.0);
        for (&vertex, offset) in layer.iter().zip(offsets) {
            x[vertex] = offset - half;
        }
    }
    let n_layers = layers.layers.len();
    for round in 0..N_ROUNDS {
        for step in 0..n_layers {
            let at = if round % 2 == 0 { step } else { n_layers - 1 - step };
            settle(layers, &layers.layers[at], &offsets[at], &mut x);
        }
    }
    x
}

/// How far each vertex of a layer is from the first, if they stand as close as they may.
fn offsets(layers: &Layers, layer: &[usize], widths: &[f64]) -> Vec<f64> {
    let half = |vertex: usize| widths.get(vertex).map_or(0.0, |width| width / 2.0);
    let mut offset = 0.0;
    let mut offsets = vec![0.0];
    for pair in layer.windows(2) {
        let beside_pass = layers.is_pass(pair[0]) || layers.is_pass(pair[1]);
        let gap = if beside_pass { BESIDE_PASS } else { BETWEEN_STATES };
        offset += half(pair[0]) + gap + half(pair[1]);
        offsets.push(offset);
    }
    offsets
}

/// Vertices that touch, and where the first would stand on the weighted mean.
struct Pool {
    sum: f64,
    weight: f64,
    n: usize,
}

fn settle(layers: &Layers, layer: &[usize], offsets: &[f64], x: &mut [f64]) {
    let mut pools: Vec<Pool> = Vec::new();
    for (&vertex, offset) in layer.iter().zip(offsets) {
        let (mut sum, mut weight) = (0.0, 0.0);
        for &other in layers.below[vertex].iter().chain(&layers.above[vertex]) {
            let strength = strength(layers, vertex, other);
            sum += strength * (x[other] - offset);
            weight += strength;
        }
        if weight == 0.0 {
            (sum, weight) = (x[vertex] - offset, 1.0);
        }
        let mut pool = Pool { sum, weight, n: 1 };
        while let Some(last) = pools.pop_if(|last| last.sum / last.weight > pool.sum / pool.weight) {
            pool = Pool { sum: last.sum + pool.sum, weight: last.weight + pool.weight, n: last.n + pool.n };
        }
        pools.push(pool);
    }
    let starts = pools.iter().flat_map(|pool| core::iter::repeat_n(pool.sum / pool.weight, pool.n));
    for ((&vertex, offset), start) in layer.iter().zip(offsets).zip(starts) {
        x[vertex] = start + offset;
    }
}

/// The inner part of a long line is stiff and its ends are loose, so that it is upright nearly all the way.
fn strength(layers: &Layers, left: usize, right: usize) -> f64 {
    match (layers.is_pass(left), layers.is_pass(right)) {
        (true, true) => 16.0,
        (true, false) | (false, true) => 0.5,
        (false, false) => 1.0,
    }
}
