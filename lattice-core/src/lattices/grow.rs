//! A sequence of lattices that is joined position by position and gets longer.

use alloc::vec::Vec;
use core::{cmp::Ordering, iter};

use crate::{
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    conflict::Conflict,
    delta::Delta,
    lattice::{Bottom, Lattice, Meet},
    lattices::product::product_cmp,
    schema::Description,
    threshold::{
        AtKey, HasKey, Points,
        verdict::{Pair, Verdict},
    },
};

/// A vector joined position by position; the shorter one is extended by what the other has beyond its end.
///
/// ```text
///   [a, b] ⊔ [c] = [a ⊔ c, b]      v ⊑ w  iff  v is no longer, and v[i] ⊑ w[i] for all i in v
/// ```
///
/// The bottom is the empty vector; a missing position is strictly below a bottom that is there. There is no top. It is in conflict as
/// soon as one position is. A threshold `field >= n` is reached once there are `n` positions; of a plain value or a replica one may
/// also ask for a position, `field[2] >= value`. A join costs the joins of what the other has.
///
/// ```
/// use lvars::{Any, Grow, Lattice};
///
/// let mut chunks = Grow(vec![Any(true), Any(false)]);
/// assert!(chunks.join(Grow(vec![Any(false), Any(true), Any(true)])));
/// assert_eq!(chunks, Grow(vec![Any(true); 3]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Grow<L>(pub Vec<L>);

impl<L: Bottom> Grow<L> {
    /// The least state with `value` at the position `at`: bottoms up to there.
    pub fn at(at: usize, value: L) -> Self {
        Self(iter::repeat_with(L::bottom).take(at).chain([value]).collect())
    }
}

impl<L> Default for Grow<L> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// A conflict's path names the position.
impl<L: Lattice + Clone> Lattice for Grow<L> {
    fn join(&mut self, other: Self) -> bool {
        let mut grew = self.0.len() < other.0.len();
        let mut others = other.0.into_iter();
        for (state, other) in self.0.iter_mut().zip(others.by_ref()) {
            grew |= state.join(other);
        }
        self.0.extend(others);
        grew
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        let mut grew = self.0.len() < other.0.len();
        for (state, other) in self.0.iter_mut().zip(&other.0) {
            grew |= state.join_ref(other);
        }
        if let Some(beyond) = other.0.get(self.0.len()..) {
            // All at once: a clone that panics midway would leave a length that nobody wrote.
            self.0.extend(beyond.to_vec());
        }
        grew
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        let mut order = Some(self.0.len().cmp(&other.0.len()));
        for (left, right) in self.0.iter().zip(&other.0) {
            order = product_cmp(order, || left.lattice_cmp(right));
            order?;
        }
        order
    }

    fn leq(&self, other: &Self) -> bool {
        self.0.len() <= other.0.len() && self.0.iter().zip(&other.0).all(|(left, right)| left.leq(right))
    }

    fn conflict(&self) -> Option<Conflict> {
        self.0.iter().enumerate().find_map(|(at, state)| Some(state.conflict()?.at_key(&at)))
    }

    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        other.0.iter().enumerate().find_map(|(at, other)| {
            let conflict = match self.0.get(at) {
                Some(state) => state.incompatible(other),
                None => other.conflict(),
            };
            Some(conflict?.at_key(&at))
        })
    }
}

impl<L: Lattice + Clone> Bottom for Grow<L> {
    fn bottom() -> Self {
        Self::default()
    }

    fn is_bottom(&self) -> bool {
        self.0.is_empty()
    }
}

/// Position by position, as far as both go.
impl<L: Meet + Clone> Meet for Grow<L> {
    fn meet(&mut self, other: Self) -> bool {
        let mut shrank = self.0.len() > other.0.len();
        self.0.truncate(other.0.len());
        for (state, other) in self.0.iter_mut().zip(other.0) {
            shrank |= state.meet(other);
        }
        shrank
    }
}

/// The least vector that holds these pieces of news: bottoms between them, nothing after the last.
fn bottom_between<L: Bottom>(news: impl Iterator<Item = Option<L>>) -> Option<Grow<L>> {
    let (mut states, mut len) = (Vec::new(), 0);
    for (at, state) in news.enumerate() {
        if state.is_some() {
            len = at + 1;
        }
        states.push(state.unwrap_or_else(L::bottom));
    }
    states.truncate(len);
    (len > 0).then_some(Grow(states))
}

/// Absorbs each at its position, and then takes over what is beyond the end, all at once, also if a clone panics. Answers the news of each.
pub(super) fn absorb_by_position<L: Delta>(
    states: &mut Vec<L>,
    deltas: Vec<L>,
) -> impl Iterator<Item = Option<L>> {
    let mut deltas = deltas.into_iter();
    let both = states.iter_mut().zip(deltas.by_ref());
    let news: Vec<Option<L>> = both.map(|(state, delta)| state.absorb(delta)).collect();
    let beyond: Vec<L> = deltas.collect();
    states.extend(beyond.clone());
    news.into_iter().chain(beyond.into_iter().map(Some))
}

impl<L: Delta> Delta for Grow<L> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        bottom_between(absorb_by_position(&mut self.0, delta.0))
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        bottom_between(self.0.iter().enumerate().map(|(at, state)| match seen.0.get(at) {
            Some(seen) => state.diff(seen),
            None => Some(state.clone()),
        }))
    }

    /// Those of each position, after as many bottoms; a bottom counts at the end, where it makes the length.
    fn parts(&self) -> impl Iterator<Item = Self> {
        self.0.iter().enumerate().flat_map(|(at, state)| {
            let is_last = at + 1 == self.0.len();
            let bare = (is_last && state.is_bottom()).then(L::bottom);
            bare.into_iter().chain(state.parts()).map(move |part| Self::at(at, part))
        })
    }
}

/// The number of positions, then the states. Each takes at least one byte, or the number could not be checked: positions that all have the
/// one state of a lattice without choice, as `()` is, do not decode.
impl<L: Codec> Codec for Grow<L> {
    fn encode(&self, out: &mut Vec<u8>) {
        encode_unsigned(self.0.len() as u64, out);
        for state in &self.0 {
            state.encode(out);
        }
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        input.nested(|input| {
            // Not collected at once: that would make room for as many states as there are bytes.
            let mut states = Vec::new();
            for _ in 0..input.len()? {
                input.element::<L>()?;
                states.push(L::decode(input)?);
            }
            Ok(Self(states))
        })
    }

    fn describe(out: &mut Description) {
        out.is("Grow").part("element", L::describe);
    }
}

/// The number of positions.
impl<L: Lattice + Clone> Points for Grow<L> {
    type Point = usize;

    fn is_at_least(&self, len: &usize) -> bool {
        self.0.len() >= *len
    }
}

impl<L: Lattice + Clone, A, B> Pair<A, B> for Grow<L> {
    const VERDICT: Verdict = Verdict::Compatible { join: "the greater length" };
}

impl<L: Lattice + Clone> HasKey for Grow<L> {
    type Key = usize;
    type Value = L;
}

impl<L, W: ?Sized> AtKey<usize, W> for Grow<L> {
    type Value = L;

    fn at_key<R>(&self, at: &usize, watch: &mut W, then: impl FnOnce(&L, &mut W) -> Option<R>) -> Option<R> {
        then(self.0.get(*at)?, watch)
    }
}

#[cfg(test)]
use crate::Flat;

crate::laws!(Grow<Flat<u8>>, {
    let (bottom, one, two) = (Flat::Bottom, Flat::Value(1), Flat::Value(2));
    [
        &[][..],
        &[bottom],
        &[one],
        &[two],
        &[bottom, bottom],
        &[bottom, one],
        &[one, bottom, two],
        &[Flat::Conflict, one],
    ]
    .map(|states| Grow(states.to_vec()))
});
