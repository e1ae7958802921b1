//! Finite partial orders: closure, minimal and maximal elements, joins, and witnesses where a join is missing.
//!
//! Elements are numbers below `len`. Nothing here knows of the user's syntax.

/// A finite partial order.
#[derive(Debug)]
pub(crate) struct Poset {
    /// For each element all that are above it, itself included.
    above: Vec<Elements>,
    /// All elements, each after everything below it.
    sorted: Vec<usize>,
}

/// Why a list of `lesser < greater` is no partial order: the edge that closes a cycle.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cycle {
    /// The position of that edge in the list.
    pub(crate) edge: usize,
    /// From its greater element up to its lesser one, by the edges before it.
    pub(crate) way_back: Vec<usize>,
}

/// Two elements whose upper bounds have no least one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoJoin {
    pub(crate) left: usize,
    pub(crate) right: usize,
    /// The minimal ones among their upper bounds.
    pub(crate) minimal: Vec<usize>,
}

/// A finite join-semilattice, as the tables that code is generated from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tables {
    /// The least element, if there is one and the user did not say that there is none.
    pub(crate) bottom: Option<usize>,
    /// The greatest element, which stands for a conflict, if the user said so.
    pub(crate) conflict: Option<usize>,
    /// The join of `a` and `b` at `a * len + b`.
    pub(crate) join: Vec<u8>,
}

impl Tables {
    fn elements(&self) -> impl Iterator<Item = usize> + use<> {
        0..self.join.len().isqrt()
    }

    pub(crate) fn join(&self, left: usize, right: usize) -> usize {
        usize::from(self.join[left * self.join.len().isqrt() + right])
    }

    /// Whether of any two elements one is below the other.
    pub(crate) fn is_chain(&self) -> bool {
        self.elements().all(|left| (0..left).all(|right| [left, right].contains(&self.join(left, right))))
    }

    fn is_strictly_below(&self, left: usize, right: usize) -> bool {
        left != right && self.join(left, right) == right
    }

    /// The elements right above `element`: strictly above, with nothing between.
    pub(crate) fn covers(&self, element: usize) -> Vec<usize> {
        let above: Vec<usize> =
            self.elements().filter(|&other| self.is_strictly_below(element, other)).collect();
        let is_minimal = |&cover: &usize| !above.iter().any(|&other| self.is_strictly_below(other, cover));
        above.iter().copied().filter(is_minimal).collect()
    }

    /// The first two elements, neither below the other, whose join is `element`.
    pub(crate) fn join_of_two(&self, element: usize) -> Option<(usize, usize)> {
        let pairs = self.elements().flat_map(|left| (0..left).map(move |right| (right, left)));
        pairs
            .into_iter()
            .find(|&(left, right)| left != element && right != element && self.join(left, right) == element)
    }
}

impl Poset {
    /// The order that `edges`, each a lesser and a greater element, generate on the elements below `len`.
    pub(crate) fn new(len: usize, edges: &[(usize, usize)]) -> Result<Self, Cycle> {
        let mut greater = vec![Vec::new(); len];
        for (edge, &(from, to)) in edges.iter().enumerate() {
            if let Some(way_back) = path(&greater, to, from) {
                return Err(Cycle { edge, way_back });
            }
            greater[from].push(to);
        }
        let sorted = topological(&greater);
        let mut above = vec![Elements::none(len); len];
        for &element in sorted.iter().rev() {
            let mut all = Elements::none(len);
            all.insert(element);
            for &next in &greater[element] {
                all.insert_all(&above[next]);
            }
            above[element] = all;
        }
        Ok(Self { above, sorted })
    }

    fn len(&self) -> usize {
        self.above.len()
    }

    pub(crate) fn leq(&self, left: usize, right: usize) -> bool {
        self.above[left].contains(right)
    }

    /// The elements with nothing below them.
    pub(crate) fn minimal(&self) -> Vec<usize> {
        self.filter(|this, element| !this.other(element, |other| this.leq(other, element)))
    }

    /// The elements with nothing above them. In a join-semilattice there is one.
    pub(crate) fn maximal(&self) -> Vec<usize> {
        self.filter(|this, element| !this.other(element, |other| this.leq(element, other)))
    }

    fn filter(&self, keep: impl Fn(&Self, usize) -> bool) -> Vec<usize> {
        (0..self.len()).filter(|&element| keep(self, element)).collect()
    }

    fn other(&self, element: usize, holds: impl Fn(usize) -> bool) -> bool {
        (0..self.len()).any(|other| other != element && holds(other))
    }

    /// The least upper bound, if there is one.
    ///
    /// Upper bounds are closed upwards, so a least one has exactly them above it; and of all of them it comes first in `sorted`.
    pub(crate) fn join(&self, left: usize, right: usize) -> Option<usize> {
        let bounds = self.above[left].and(&self.above[right]);
        let first = self.sorted.iter().copied().find(|&element| bounds.contains(element))?;
        (self.above[first] == bounds).then_some(first)
    }

    /// The joins of all pairs at `a * len + b`; otherwise one witness for each set of upper bounds that has no least one.
    pub(crate) fn joins(&self) -> Result<Vec<u8>, Vec<NoJoin>> {
        let mut joins = Vec::with_capacity(self.len() * self.len());
        let mut missing: Vec<(Elements, NoJoin)> = Vec::new();
        // The greatest pairs come first: their join is missing for the simplest reason.
        let pairs = self.sorted.iter().rev().flat_map(|&a| self.sorted.iter().rev().map(move |&b| (a, b)));
        for (a, b) in pairs.filter(|(a, b)| a < b && self.join(*a, *b).is_none()) {
            let bounds = self.above[a].and(&self.above[b]);
            if missing.iter().all(|(known, _)| *known != bounds) {
                let minimal = self.minimal_of(&bounds);
                missing.push((bounds, NoJoin { left: a, right: b, minimal }));
            }
        }
        for a in 0..self.len() {
            // Elements are at most 256, so each fits a byte.
            joins.extend((0..self.len()).filter_map(|b| u8::try_from(self.join(a, b)?).ok()));
        }
        if missing.is_empty() {
            Ok(joins)
        } else {
            Err(missing.into_iter().map(|(_, witness)| witness).collect())
        }
    }

    fn minimal_of(&self, bounds: &Elements) -> Vec<usize> {
        self.filter(|this, element| {
            bounds.contains(element)
                && !this.other(element, |other| bounds.contains(other) && this.leq(other, element))
        })
    }
}

/// A way from `from` to `to`, both included, shortest first.
fn path(greater: &[Vec<usize>], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut came_from = vec![None; greater.len()];
    let mut queue = std::collections::VecDeque::from([from]);
    came_from[from] = Some(from);
    while let Some(at) = queue.pop_front() {
        if at == to {
            let mut way = vec![at];
            let mut back = at;
            while let Some(previous) = came_from[back].filter(|&previous| previous != back) {
                way.push(previous);
                back = previous;
            }
            way.reverse();
            return Some(way);
        }
        for &next in &greater[at] {
            if came_from[next].is_none() {
                came_from[next] = Some(at);
                queue.push_back(next);
            }
        }
    }
    None
}

/// All elements, each after everything below it, the smallest number first where there is a choice.
fn topological(greater: &[Vec<usize>]) -> Vec<usize> {
    let mut n_below = vec![0_usize; greater.len()];
    for &next in greater.iter().flatten() {
        n_below[next] += 1;
    }
    let mut ready: std::collections::BTreeSet<usize> =
        (0..greater.len()).filter(|&element| n_below[element] == 0).collect();
    let mut sorted = Vec::with_capacity(greater.len());
    while let Some(element) = ready.pop_first() {
        sorted.push(element);
        for &next in &greater[element] {
            n_below[next] -= 1;
            if n_below[next] == 0 {
                ready.insert(next);
            }
        }
    }
    sorted
}

/// A set of elements, one bit each.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Elements(Vec<u64>);

impl Elements {
    fn none(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    fn insert(&mut self, element: usize) {
        self.0[element / 64] |= 1 << (element % 64);
    }

    fn insert_all(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    fn contains(&self, element: usize) -> bool {
        self.0[element / 64] >> (element % 64) & 1 == 1
    }

    fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(left, right)| left & right).collect())
    }
}

#[cfg(test)]
mod tests;
