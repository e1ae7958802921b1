//! The greatest of the states that were written, where several are greatest.

use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::{
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    conflict::Conflict,
    delta::Delta,
    lattice::{Bottom, Lattice, Meet, Top},
    schema::Description,
    threshold::{
        Points,
        verdict::{Pair, Verdict},
    },
};

/// States of `L` of which none is below another: of those written, the ones that nothing is above. It stands for all that is at or
/// below one of them.
///
/// ```text
///   A ⊔ B = the maximal ones of A ∪ B      A ⊑ B  iff  every a in A is below some b in B
/// ```
///
/// Unlike in `L` two states are kept side by side and not joined: the best offers by price and by speed, the latest versions that do not
/// know of each other. The bottom is the empty antichain, the top the top of `L` alone. In conflict iff one of its states is. For the
/// minimal ones, which is what a frontier of progress keeps, take `Antichain<Dual<L>>`. A threshold `field >= l` is reached once
/// one of the states is at or above `l`. A join compares each state of the one with each of the other.
///
/// ```
/// use lvars::{Antichain, Lattice, Max, Min};
///
/// let offer = |price, speed| Antichain::from((Min(price), Max(speed)));
/// let mut best = offer(10, 1).joined(offer(30, 5));
/// assert!(!best.join(offer(31, 4)), "dearer and slower");
/// assert!(best.join(offer(9, 2)));
/// assert_eq!(best, offer(30, 5).joined(offer(9, 2)));
/// ```
#[derive(Clone, Debug)]
pub struct Antichain<L> {
    /// None is below another; in no order.
    states: Vec<L>,
}

impl<L> Antichain<L> {
    /// The states, in no particular order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &L> {
        self.states.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }
}

impl<L: Lattice> Antichain<L> {
    /// Whether `state` is one of them, or below one.
    pub fn covers(&self, state: &L) -> bool {
        self.states.iter().any(|greatest| state.leq(greatest))
    }

    fn insert(&mut self, state: L) -> bool {
        if self.covers(&state) {
            return false;
        }
        // What is below moves to the end first: nothing is gone when a comparison panics.
        let mut n_kept = 0;
        for at in 0..self.states.len() {
            if !self.states[at].leq(&state) {
                self.states.swap(n_kept, at);
                n_kept += 1;
            }
        }
        self.states.truncate(n_kept);
        self.states.push(state);
        true
    }
}

impl<L> Default for Antichain<L> {
    fn default() -> Self {
        Self { states: Vec::new() }
    }
}

impl<L> From<L> for Antichain<L> {
    fn from(state: L) -> Self {
        Self { states: [state].into() }
    }
}

/// The maximal ones.
impl<L: Lattice> FromIterator<L> for Antichain<L> {
    fn from_iter<I: IntoIterator<Item = L>>(states: I) -> Self {
        let mut antichain = Self::default();
        for state in states {
            antichain.insert(state);
        }
        antichain
    }
}

/// In whatever order the states were written.
impl<L: PartialEq> PartialEq for Antichain<L> {
    fn eq(&self, other: &Self) -> bool {
        self.states.len() == other.states.len()
            && self.states.iter().all(|state| other.states.contains(state))
    }
}

impl<L: Eq> Eq for Antichain<L> {}

impl<L: Lattice + Clone> Lattice for Antichain<L> {
    fn join(&mut self, other: Self) -> bool {
        let mut grew = false;
        for state in other.states {
            grew |= self.insert(state);
        }
        grew
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        let mut grew = false;
        for state in &other.states {
            grew |= !self.covers(state) && self.insert(state.clone());
        }
        grew
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.leq(other), other.leq(self)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }

    fn leq(&self, other: &Self) -> bool {
        self.states.iter().all(|state| other.covers(state))
    }

    // The least of all reports, so that it does not depend on the order of the states.
    fn conflict(&self) -> Option<Conflict> {
        self.states.iter().filter_map(L::conflict).min()
    }

    // States are kept and not joined, so only one that is in conflict already brings a conflict.
    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        other.conflict()
    }
}

impl<L: Lattice + Clone> Bottom for Antichain<L> {
    fn bottom() -> Self {
        Self::default()
    }

    fn is_bottom(&self) -> bool {
        self.states.is_empty()
    }
}

impl<L: Top + Clone> Top for Antichain<L> {
    fn top() -> Self {
        Self::from(L::top())
    }

    fn is_top(&self) -> bool {
        self.states.iter().any(L::is_top)
    }
}

/// The maximal ones of the meets, of each state of the one with each of the other.
impl<L: Meet + Clone> Meet for Antichain<L> {
    fn meet(&mut self, other: Self) -> bool {
        if self.leq(&other) {
            return false;
        }
        let both = self.states.iter().flat_map(|left| {
            other.states.iter().map(|right| {
                let mut met = left.clone();
                met.meet_ref(right);
                met
            })
        });
        *self = both.collect();
        true
    }
}

/// Each state is a part.
impl<L: Lattice + Clone> Delta for Antichain<L> {
    fn absorb(&mut self, mut delta: Self) -> Option<Self> {
        delta.states.retain(|state| self.insert(state.clone()));
        (!delta.is_empty()).then_some(delta)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        let states: Vec<L> = self.states.iter().filter(|state| !seen.covers(state)).cloned().collect();
        (!states.is_empty()).then_some(Self { states })
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        self.states.iter().cloned().map(Self::from)
    }
}

/// The number of states, then the states in the order of their bytes.
impl<L: Codec + Lattice> Codec for Antichain<L> {
    fn encode(&self, out: &mut Vec<u8>) {
        let mut sorted: Vec<Vec<u8>> = self.states.iter().map(Codec::to_bytes).collect();
        sorted.sort_unstable();
        encode_unsigned(sorted.len() as u64, out);
        out.extend(sorted.into_iter().flatten());
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.nested(|input| {
            let mut antichain = Self::default();
            let mut last = None;
            for _ in 0..input.unsigned()? {
                input.element::<L>()?;
                let n_left = input.n_left();
                let state = L::decode(input)?;
                // Written again, into a vector that grows.
                input.memory((n_left - input.n_left()).saturating_mul(4).saturating_add(8))?;
                let bytes = Some(state.to_bytes());
                if last >= bytes {
                    return Err(input.error("the states of an antichain are not in the order of their bytes"));
                }
                last = bytes;
                let n_before = antichain.len();
                if !antichain.insert(state) || antichain.len() <= n_before {
                    return Err(input.error("one state of an antichain is below another"));
                }
            }
            Ok(antichain)
        })
    }

    fn describe(out: &mut Description) {
        out.is("Antichain").part("element", L::describe);
    }
}

/// A state of `L`.
impl<L: Lattice + Clone + Send + Sync + 'static> Points for Antichain<L> {
    type Point = L;

    fn is_at_least(&self, point: &L) -> bool {
        self.covers(point)
    }
}

impl<L, A, B> Pair<A, B> for Antichain<L>
where
    L: Lattice + Clone + Send + Sync + 'static,
{
    const VERDICT: Verdict = Verdict::Compatible { join: "both, side by side" };
}

#[cfg(test)]
use crate::{Flat, Max};

crate::laws!(Antichain<Flat<u8>>, {
    let values = [1, 2, 3].map(Flat::Value);
    [&[][..], &[Flat::Bottom], &values[..1], &values[1..2], &values[..2], &values, &[Flat::Conflict]]
        .map(|states| states.iter().copied().collect())
});
crate::laws!(pareto: Antichain<(Max<u8>, Max<u8>)>, {
    [&[][..], &[(0, 0)], &[(0, 2)], &[(2, 0), (0, 2)], &[(1, 1), (0, 2)], &[(2, 0), (1, 1), (0, 2)], &[(2, 2)]]
        .map(|states| states.iter().map(|&(a, b)| (Max(a), Max(b))).collect())
});
