//! Where each state and each line of a diagram goes: a layered layout after Sugiyama, Tagawa and Toda.
//!
//! 1. A state's layer is the length of the longest path from the bottom to it ([`layers`]). A line that crosses a layer gets a
//!    place in it, a *pass*, so that no line runs over a state.
//! 2. Each layer is ordered so that few lines cross ([`order`]).
//! 3. Each place is put near the middle of its neighbours, in that order and without overlap ([`place`]).

mod layers;
mod order;
mod place;

use alloc::vec::Vec;

use layers::Layers;

/// The least distance between two layers; lines that run far aside get more, so that they do not lie flat.
const GAP: f64 = 40.0;
const WIDEST_GAP: f64 = 110.0;

/// A picture's geometry. Its origin is the top left; the bottom is at the bottom.
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    /// One a state.
    pub(super) rects: Vec<Rect>,
    /// One a cover.
    pub(super) routes: Vec<Route>,
}

/// The box of a state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A line from the upper side of the lesser state to the lower side of the greater.
pub(super) struct Route {
    pub(super) start: (f64, f64),
    /// The layers between: where, from which height, up to which.
    pub(super) passes: Vec<(f64, f64, f64)>,
    pub(super) end: (f64, f64),
}

/// Lays out states of the given widths and heights.
pub(super) fn of(sizes: &[(f64, f64)], covers: &[(usize, usize)]) -> Layout {
    let mut layers = Layers::of(sizes.len(), covers);
    order::reduce_crossings(&mut layers);
    let widths: Vec<f64> = sizes.iter().map(|size| size.0).collect();
    let x = place::columns(&layers, &widths);
    let rows = rows(&layers, sizes, &x);
    let edge = |at: usize| widths.get(at).map_or(0.0, |width| width / 2.0);
    let left = (0..x.len()).map(|at| x[at] - edge(at)).fold(f64::INFINITY, f64::min);
    let right = (0..x.len()).map(|at| x[at] + edge(at)).fold(f64::NEG_INFINITY, f64::max);
    let x: Vec<f64> = x.into_iter().map(|x| x - left).collect();

    let rect = |(at, &(width, height)): (usize, &(f64, f64))| {
        let row = rows[layers.layer_of[at]];
        Rect { x: x[at] - width / 2.0, y: (row.0 + row.1 - height) / 2.0, width, height }
    };
    let rects: Vec<Rect> = sizes.iter().enumerate().map(rect).collect();
    let route = |way: &Vec<usize>| {
        let (first, last) = (way[0], way[way.len() - 1]);
        let pass = |&at: &usize| {
            let row = rows[layers.layer_of[at]];
            (x[at], row.1, row.0)
        };
        Route {
            start: (x[first], rects[first].y),
            passes: way[1..way.len() - 1].iter().map(pass).collect(),
            end: (x[last], rects[last].y + rects[last].height),
        }
    };
    let routes = layers.ways.iter().map(route).collect();
    let height = rows.first().map_or(0.0, |row| row.1);
    Layout { width: (right - left).max(0.0), height, rects, routes }
}

/// The upper and the lower side of each layer, the lowest layer first.
fn rows(layers: &Layers, sizes: &[(f64, f64)], x: &[f64]) -> Vec<(f64, f64)> {
    let mut rows = Vec::new();
    let mut y = 0.0;
    for (at, layer) in layers.layers.iter().enumerate().rev() {
        let height =
            layer.iter().filter_map(|&vertex| sizes.get(vertex)).map(|size| size.1).fold(0.0, f64::max);
        rows.push((y, y + height));
        let aside = |&vertex: &usize| layers.below[vertex].iter().map(move |&below| x[below] - x[vertex]);
        let farthest = layer.iter().flat_map(aside).map(f64::abs).fold(0.0, f64::max);
        y += height + if at > 0 { (farthest * 0.22).clamp(GAP, WIDEST_GAP) } else { 0.0 };
    }
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The sizes and the covers of a diagram.
    type Input = (Vec<(f64, f64)>, Vec<(usize, usize)>);

    /// Orders of up to 13 states: the covers of the closure of random pairs, the lesser number below.
    fn covers() -> impl Strategy<Value = Input> {
        (2_usize..14).prop_flat_map(|n| {
            let sizes = prop::collection::vec((36.0..160.0_f64, 20.0..60.0_f64), n);
            (sizes, prop::collection::vec(prop::bool::weighted(0.2), n * n)).prop_map(
                move |(sizes, pairs)| {
                    let mut leq = pairs;
                    for between in 0..n {
                        for (a, b) in (0..n).flat_map(|a| (0..n).map(move |b| (a, b))) {
                            leq[a * n + b] &= a < b;
                            let through = a < between && leq[a * n + between] && leq[between * n + b];
                            leq[a * n + b] |= through && between < b;
                        }
                    }
                    let is_cover = |a: usize, b: usize| {
                        leq[a * n + b] && !(a + 1..b).any(|c| leq[a * n + c] && leq[c * n + b])
                    };
                    let all = (0..n).flat_map(|a| (0..n).map(move |b| (a, b)));
                    (sizes, all.filter(|&(a, b)| is_cover(a, b)).collect())
                },
            )
        })
    }

    fn overlap(a: &Rect, b: &Rect) -> bool {
        a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
    }

    proptest! {
        #[test]
        fn no_two_states_overlap_and_all_are_inside((sizes, covers) in covers()) {
            let layout = of(&sizes, &covers);
            for (at, rect) in layout.rects.iter().enumerate() {
                prop_assert!(layout.rects[..at].iter().all(|other| !overlap(rect, other)));
                prop_assert!(rect.x >= -0.01 && rect.x + rect.width <= layout.width + 0.01);
                prop_assert!(rect.y >= -0.01 && rect.y + rect.height <= layout.height + 0.01);
            }
        }

        #[test]
        fn a_greater_state_is_drawn_above_a_lesser_one((sizes, covers) in covers()) {
            let layout = of(&sizes, &covers);
            for &(below, above) in &covers {
                let upper = &layout.rects[above];
                prop_assert!(upper.y + upper.height + GAP <= layout.rects[below].y + 0.01);
            }
        }

        #[test]
        fn a_line_passes_beside_the_states_of_a_layer((sizes, covers) in covers()) {
            let layout = of(&sizes, &covers);
            for (x, lower, upper) in layout.routes.iter().flat_map(|route| &route.passes) {
                let line = Rect { x: *x, y: *upper, width: 0.0, height: lower - upper };
                prop_assert!(layout.rects.iter().all(|rect| !overlap(rect, &line)));
            }
        }
    }

    #[test]
    fn a_cube_is_symmetric() {
        let covers: Vec<(usize, usize)> =
            (0..8_usize).flat_map(|a| [1, 2, 4].map(|bit| (a, a | bit))).filter(|(a, b)| a != b).collect();
        let layout = of(&[(40.0, 20.0); 8], &covers);
        let middle = |at: usize| layout.rects[at].x + 20.0;
        assert!((middle(0) - layout.width / 2.0).abs() < 1.0 && (middle(7) - layout.width / 2.0).abs() < 1.0);
    }
}
