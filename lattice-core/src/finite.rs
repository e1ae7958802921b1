//! Finite lattices by their tables: the bodies of what the derives emit for enums, one call each.
//!
//! Everything follows from the table of joins: `a ⊑ b` iff `a ⊔ b = b`. Nothing here assumes that the lattice is distributive, so
//! the decompositions hold for M3 and N5 as well.

use alloc::vec::Vec;
use core::{cmp::Ordering, fmt};

use crate::{
    codec::{DecodeError, Decoder, encode_unsigned},
    conflict::Conflict,
    lattice::{Bottom, Finite, Meet, Top},
    schema::{Description, Variants},
};

/// The indices of all states.
fn indices<F: Finite>() -> impl DoubleEndedIterator<Item = u8> + Clone {
    // At most 256 states, since an index is a byte.
    (0..F::NAMES.len()).map(|index| index as u8)
}

fn join_of<F: Finite>(left: u8, right: u8) -> u8 {
    F::JOIN[usize::from(left) * F::NAMES.len() + usize::from(right)]
}

/// The join of nothing is the bottom.
fn join_of_all<F: Finite + Bottom>(states: impl Iterator<Item = u8>) -> u8 {
    states.fold(F::bottom().index(), join_of::<F>)
}

fn below<F: Finite>(left: u8, right: u8) -> bool {
    join_of::<F>(left, right) == right
}

/// All states of a finite lattice, in the order of their declaration.
pub fn states<F: Finite>() -> impl Iterator<Item = F> {
    indices::<F>().filter_map(F::from_index)
}

/// [`Bottom::bottom`].
///
/// # Panics
///
/// If the tables name no bottom, or one that is no state, which no derive writes.
pub fn bottom<F: Finite>() -> F {
    F::BOTTOM.and_then(F::from_index).expect("the bottom is a state")
}

/// [`Lattice::join`](crate::Lattice::join).
pub fn join<F: Finite>(state: &mut F, other: F) -> bool {
    let before = state.index();
    let after = join_of::<F>(before, other.index());
    if after == before {
        return false;
    }
    // A table whose joins are not states is a bug of whoever wrote it; nothing grows then.
    let Some(joined) = F::from_index(after) else { return false };
    *state = joined;
    true
}

/// [`Lattice::lattice_cmp`](crate::Lattice::lattice_cmp).
pub fn cmp<F: Finite>(left: F, right: F) -> Option<Ordering> {
    let (left, right) = (left.index(), right.index());
    let joined = join_of::<F>(left, right);
    match (joined == left, joined == right) {
        (true, true) => Some(Ordering::Equal),
        (true, false) => Some(Ordering::Greater),
        (false, true) => Some(Ordering::Less),
        (false, false) => None,
    }
}

/// [`Lattice::leq`](crate::Lattice::leq).
pub fn leq<F: Finite>(left: F, right: F) -> bool {
    below::<F>(left.index(), right.index())
}

/// [`Top::top`]: finitely many states have a join, and nothing is above it.
pub fn top<F: Finite>() -> Option<F> {
    F::from_index(indices::<F>().reduce(join_of::<F>)?)
}

/// [`Meet::meet`]: the join of all that is below both, the bottom at least. One pass over the states.
pub fn meet<F: Finite + Bottom>(state: &mut F, other: F) -> bool {
    let (before, other) = (state.index(), other.index());
    let below_both = indices::<F>().filter(|&low| below::<F>(low, before) && below::<F>(low, other));
    let after = join_of_all::<F>(below_both);
    if after == before {
        return false;
    }
    // As in `join`: a table whose joins are not states is a bug of whoever wrote it.
    let Some(met) = F::from_index(after) else { return false };
    *state = met;
    true
}

// For all of them at once, so that a derive need not say it.
impl<F: Finite> Top for F {
    fn top() -> Self {
        top().expect("a lattice has a state")
    }

    fn is_top(&self) -> bool {
        *self == Self::top()
    }
}

impl<F: Finite + Bottom> Meet for F {
    fn meet(&mut self, other: Self) -> bool {
        meet(self, other)
    }
}

/// The name of a state, as `Debug` shows it.
struct Name(&'static str);

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

fn name<F: Finite>(index: u8) -> Name {
    Name(F::NAMES[usize::from(index)])
}

/// [`Lattice::conflict`](crate::Lattice::conflict).
pub fn conflict<F: Finite>(state: F) -> Option<Conflict> {
    let index = state.index();
    F::CONFLICT[usize::from(index)].then(|| Conflict::in_state(&name::<F>(index)))
}

/// [`Lattice::incompatible`](crate::Lattice::incompatible).
pub fn incompatible<F: Finite>(left: F, right: F) -> Option<Conflict> {
    let joined = join_of::<F>(left.index(), right.index());
    if !F::CONFLICT[usize::from(joined)] {
        return None;
    }
    let already = conflict(left).is_some() || conflict(right).is_some();
    // Of the join and not of either side, so that the report is the same from both.
    Some(if already {
        Conflict::in_state(&name::<F>(joined))
    } else {
        Conflict::between(&name::<F>(left.index()), &name::<F>(right.index()))
    })
}

/// [`Delta::absorb`](crate::Delta::absorb).
pub fn absorb<F: Finite>(state: &mut F, delta: F) -> Option<F> {
    let news = diff(delta, *state);
    join(state, delta);
    news
}

/// [`Delta::diff`](crate::Delta::diff). Where the lattice is not distributive there may be no least state that is enough (in M3,
/// both other atoms bring the first one up to the top); the answer is then a minimal one among those below `state`.
pub fn diff<F: Finite>(state: F, seen: F) -> Option<F> {
    let (state, seen) = (state.index(), seen.index());
    let target = join_of::<F>(seen, state);
    if target == seen {
        return None;
    }
    // One pass finds a minimal one: whatever is enough and below the last candidate is below all earlier ones, so it was taken
    // when its turn came.
    let least = indices::<F>().fold(state, |least, candidate| {
        let enough = join_of::<F>(seen, candidate) == target;
        if enough && below::<F>(candidate, least) { candidate } else { least }
    });
    F::from_index(least)
}

/// [`Delta::parts`](crate::Delta::parts): join-irreducible states below `state`, none of them below the join of the others. Where
/// the lattice is not distributive there may be several such sets; this is one of them, always the same.
pub fn parts<F: Finite + Bottom>(state: F) -> impl Iterator<Item = F> {
    let state = state.index();
    let mut parts: Vec<u8> =
        indices::<F>().filter(|&part| below::<F>(part, state) && is_irreducible::<F>(part)).collect();
    let mut at = 0;
    while at < parts.len() {
        let others = parts.iter().enumerate().filter(|&(other, _)| other != at);
        let without = join_of_all::<F>(others.map(|(_, &part)| part));
        if without == state {
            parts.remove(at);
        } else {
            at += 1;
        }
    }
    parts.into_iter().filter_map(F::from_index)
}

/// Whether a state is more than the join of all that is strictly below it. The bottom, the join of nothing, is not.
fn is_irreducible<F: Finite + Bottom>(state: u8) -> bool {
    let strictly_below = indices::<F>().filter(|&other| other != state && below::<F>(other, state));
    join_of_all::<F>(strictly_below) != state
}

/// [`Codec::encode`](crate::codec::Codec::encode): the position of the variant.
pub fn encode<F: Finite>(state: F, out: &mut Vec<u8>) {
    encode_unsigned(u64::from(state.index()), out);
}

/// [`Codec::decode`](crate::codec::Codec::decode).
///
/// # Errors
///
/// If no variant has the position that was read.
pub fn decode<F: Finite>(input: &mut Decoder<'_>) -> Result<F, DecodeError> {
    let index = u8::try_from(input.unsigned()?).ok().and_then(F::from_index);
    index.ok_or_else(|| input.error("there is no such variant"))
}

/// [`Codec::describe`](crate::codec::Codec::describe): the variants and their order.
pub fn describe<F: Finite>(out: &mut Description) {
    let mark = |variant: usize| F::CONFLICT[variant].then_some("the conflict");
    let variants = Variants { names: F::NAMES, joins: F::JOIN, mark: &mark };
    variants.describe(out, |_, _| {});
}
