//! Which layer each state is in, and which layers each line passes.

use alloc::{vec, vec::Vec};

/// A diagram in layers. Its *vertices* are the states, by their place in the list, and behind them the passes of long lines, so
/// that each line goes from vertex to vertex by one layer at a time.
pub(super) struct Layers {
    pub(super) n_states: usize,
    /// The vertices of each layer from left to right, the lowest layer first.
    pub(super) layers: Vec<Vec<usize>>,
    pub(super) layer_of: Vec<usize>,
    /// The neighbours of each vertex in the layer below.
    pub(super) below: Vec<Vec<usize>>,
    /// The neighbours in the layer above.
    pub(super) above: Vec<Vec<usize>>,
    /// The vertices of each line, from its lower end to its upper.
    pub(super) ways: Vec<Vec<usize>>,
}

impl Layers {
    pub(super) fn of(n_states: usize, covers: &[(usize, usize)]) -> Self {
        let layer_of = longest_paths(n_states, covers);
        let n_layers = layer_of.iter().max().map_or(0, |last| last + 1);
        let empty = vec![Vec::new(); n_states];
        let mut layers = Self {
            n_states,
            layers: vec![Vec::new(); n_layers],
            layer_of,
            below: empty.clone(),
            above: empty,
            ways: Vec::new(),
        };
        for state in 0..n_states {
            layers.layers[layers.layer_of[state]].push(state);
        }
        for &cover in covers {
            let way = layers.add_way(cover);
            layers.ways.push(way);
        }
        layers
    }

    fn add_way(&mut self, (below, above): (usize, usize)) -> Vec<usize> {
        let mut way = vec![below];
        for layer in self.layer_of[below] + 1..self.layer_of[above] {
            way.push(self.layer_of.len());
            self.layers[layer].push(self.layer_of.len());
            self.layer_of.push(layer);
            self.below.push(Vec::new());
            self.above.push(Vec::new());
        }
        way.push(above);
        for step in way.windows(2) {
            self.above[step[0]].push(step[1]);
            self.below[step[1]].push(step[0]);
        }
        way
    }

    pub(super) fn is_pass(&self, vertex: usize) -> bool {
        vertex >= self.n_states
    }
}

/// The length of the longest path up to each state.
fn longest_paths(n_states: usize, covers: &[(usize, usize)]) -> Vec<usize> {
    let mut length = vec![0; n_states];
    // A path has fewer steps than there are states, so the rounds end even where an unlawful order runs in a circle.
    for _ in 0..n_states {
        let mut is_settled = true;
        for &(below, above) in covers {
            if length[above] <= length[below] {
                length[above] = length[below] + 1;
                is_settled = false;
            }
        }
        if is_settled {
            break;
        }
    }
    length
}
