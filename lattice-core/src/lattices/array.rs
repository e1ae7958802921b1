//! Arrays of lattices, joined and compared position by position: products whose factors are alike.
//!
//! ```text
//!   (a ⊔ b)[i] = a[i] ⊔ b[i]      a ⊑ b  iff  a[i] ⊑ b[i] for all i
//! ```
//!
//! The bottom is the array of bottoms, the top that of tops; an array is in conflict as soon as one position is. A join costs its
//! `N` joins. A threshold looks at a position as it looks under the key of a map: `field[2] >= value`; a position beyond the end is
//! never reached.

use core::{array, cmp::Ordering};

use crate::{
    conflict::Conflict,
    crdt::WriterId,
    delta::Delta,
    forged::Forged,
    lattice::{Bottom, Lattice, Meet, Top},
    lattices::product::product_cmp,
    threshold::{AtKey, HasKey},
};

/// Position by position; a conflict's path names the position.
impl<L: Lattice + Clone, const N: usize> Lattice for [L; N] {
    fn join(&mut self, other: Self) -> bool {
        let mut grew = false;
        for (state, other) in self.iter_mut().zip(other) {
            grew |= state.join(other);
        }
        grew
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        let mut grew = false;
        for (state, other) in self.iter_mut().zip(other) {
            grew |= state.join_ref(other);
        }
        grew
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        let mut order = Some(Ordering::Equal);
        for (left, right) in self.iter().zip(other) {
            order = product_cmp(order, || left.lattice_cmp(right));
            order?;
        }
        order
    }

    fn leq(&self, other: &Self) -> bool {
        self.iter().zip(other).all(|(left, right)| left.leq(right))
    }

    fn conflict(&self) -> Option<Conflict> {
        self.iter().enumerate().find_map(|(at, state)| Some(state.conflict()?.at_key(&at)))
    }

    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        let mut pairs = self.iter().zip(other).enumerate();
        pairs.find_map(|(at, (left, right))| Some(left.incompatible(right)?.at_key(&at)))
    }
}

impl<L: Bottom + Clone, const N: usize> Bottom for [L; N] {
    fn bottom() -> Self {
        array::from_fn(|_| L::bottom())
    }

    fn is_bottom(&self) -> bool {
        self.iter().all(L::is_bottom)
    }
}

impl<L: Top + Clone, const N: usize> Top for [L; N] {
    fn top() -> Self {
        array::from_fn(|_| L::top())
    }

    fn is_top(&self) -> bool {
        self.iter().all(L::is_top)
    }
}

/// Position by position.
impl<L: Meet + Clone, const N: usize> Meet for [L; N] {
    fn meet(&mut self, other: Self) -> bool {
        let mut shrank = false;
        for (state, other) in self.iter_mut().zip(other) {
            shrank |= state.meet(other);
        }
        shrank
    }
}

/// What is new or missing at each position, and bottom where nothing is.
fn bottom_elsewhere<L: Bottom, const N: usize>(news: [Option<L>; N]) -> Option<[L; N]> {
    news.iter().any(Option::is_some).then(|| news.map(|state| state.unwrap_or_else(L::bottom)))
}

impl<L: Delta, const N: usize> Delta for [L; N] {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        let mut states = self.iter_mut();
        bottom_elsewhere(delta.map(|delta| states.next().and_then(|state| state.absorb(delta))))
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        bottom_elsewhere(array::from_fn(|at| self[at].diff(&seen[at])))
    }

    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        let mut beside = self.iter().zip(delta).enumerate();
        beside.find_map(|(at, (here, delta))| Some(here.forged(delta, writer)?.at_key(&at)))
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        self.iter().enumerate().flat_map(|(at, state)| {
            state.parts().map(move |part| {
                let mut whole = Self::bottom();
                whole[at] = part;
                whole
            })
        })
    }
}

impl<L: Lattice + Clone, const N: usize> HasKey for [L; N] {
    type Key = usize;
    type Value = L;
}

/// Of an array of observers: that at a position.
impl<O, W: ?Sized, const N: usize> AtKey<usize, W> for [O; N] {
    type Value = O;

    fn at_key<R>(&self, at: &usize, watch: &mut W, then: impl FnOnce(&O, &mut W) -> Option<R>) -> Option<R> {
        then(self.get(*at)?, watch)
    }
}

#[cfg(test)]
use crate::{Flat, Max};

crate::laws!(
    [Flat<u8>; 2],
    [
        [Flat::Bottom, Flat::Bottom],
        [Flat::Value(1), Flat::Bottom],
        [Flat::Value(2), Flat::Value(1)],
        [Flat::Bottom, Flat::Value(3)],
        [Flat::Conflict, Flat::Value(1)],
        [Flat::Conflict, Flat::Conflict],
    ]
);
crate::laws!(chains: [Max<u8>; 2], [[0, 0], [0, 255], [2, 1], [255, 255]].map(|pair| pair.map(Max)));
crate::laws!(empty: [Max<u8>; 0], [[]]);
