//! What is new, what is missing and what a state of an enum with data is made of; its place in the canonical form.
//!
//! Which states are irreducible: `(v, p)` with `p ≠ ⊥` is the join of the `(v, x)` for the parts `x` of `p`, since all that is below `v` is
//! below each of these. A flat value is irreducible. `(v, ⊥)` is the join of what is below it as soon as the variants below join to `v`,
//! or if `v` is the only one right above a flat variant. But of a flat variant no values are at hand: so only the variants below that have a
//! bottom are asked, and where those do not join to `v`, `(v, ⊥)` stands for itself.

use alloc::{boxed::Box, vec::Vec};

use super::{Order, Relation, Sum, join, leq, relate};
use crate::{
    codec::{DecodeError, Decoder, encode_unsigned},
    crdt::WriterId,
    forged::Forged,
    lattice::Bottom,
};

/// An enum with data whose payloads have deltas, as `#[derive(Replicate)]` shows it to this module. Flat payloads aside, each then
/// has a bottom.
pub trait SumDelta: Sum + Bottom + Clone {
    /// A variant with the bottom of its payload; none of a flat one.
    fn bottom_of(variant: u8) -> Option<Self>;

    /// Whether the payload is its bottom. Never asked of a flat variant.
    fn has_bottom_payload(&self) -> bool;

    /// [`Delta::absorb`](crate::Delta::absorb) for a delta of the same variant. Never asked of a flat one.
    fn absorb_payload(&mut self, delta: Self) -> Option<Self>;

    /// [`Delta::diff`](crate::Delta::diff) to a state of the same variant. Never asked of a flat one.
    fn diff_payload(&self, seen: &Self) -> Option<Self>;

    /// [`Delta::forged`](crate::Delta::forged) of a delta of the same variant, if any payload joins. Never asked of a flat one.
    fn forged_payload(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        let _ = (delta, writer);
        None
    }

    /// This variant with each part of its payload. Never asked of a flat one.
    fn payload_parts(&self) -> Box<dyn Iterator<Item = Self> + '_>;
}

/// [`Delta::absorb`](crate::Delta::absorb).
pub fn absorb<S: SumDelta>(state: &mut S, delta: S) -> Option<S> {
    match relate(state, &delta) {
        Relation::Same if !S::order().is_flat(state.index()) => state.absorb_payload(delta),
        _ => {
            let news = diff(&delta, state);
            join(state, delta);
            news
        }
    }
}

/// [`Delta::diff`](crate::Delta::diff). Where there is no least state that is enough, a minimal one among those below `state` that are at
/// hand.
pub fn diff<S: SumDelta>(state: &S, seen: &S) -> Option<S> {
    let (order, variant) = (S::order(), state.index());
    match relate(seen, state) {
        Relation::Same if !order.is_flat(variant) => state.diff_payload(seen),
        Relation::Same => (!leq(state, seen)).then(|| state.clone()),
        Relation::Above => None,
        Relation::Below if order.is_flat(variant) || !state.has_bottom_payload() => Some(state.clone()),
        // Of a payload that the join forgets nothing is needed.
        Relation::Below | Relation::Apart(_) => {
            least_enough(order, variant, seen.index()).and_then(S::bottom_of).or_else(|| Some(state.clone()))
        }
    }
}

/// A minimal variant with a bottom that, from `seen`, is as good as `variant`. One pass finds it: whatever is enough and below the last
/// candidate is below all earlier ones, so it was taken when its turn came.
fn least_enough(order: &Order, variant: u8, seen: u8) -> Option<u8> {
    let target = order.join(seen, variant);
    let enough = order.variants().filter(|&candidate| {
        !order.is_flat(candidate)
            && order.is_below(candidate, variant)
            && order.join(seen, candidate) == target
    });
    enough.fold(None, |least, candidate| match least {
        Some(least) if !order.is_below(candidate, least) => Some(least),
        _ => Some(candidate),
    })
}

/// [`Delta::forged`](crate::Delta::forged). In the payload of a greater variant nothing was written here, or the state would be of that variant too; no
/// other payload is taken in. Plain data names no writers.
pub fn forged<S: SumDelta>(state: &S, delta: &S, writer: WriterId) -> Option<Forged> {
    match relate(state, delta) {
        Relation::Same if S::order().is_flat(state.index()) => None,
        Relation::Same => state.forged_payload(delta, writer),
        Relation::Below => S::bottom_of(delta.index())?.forged_payload(delta, writer),
        Relation::Above | Relation::Apart(_) => None,
    }
}

/// [`Delta::parts`](crate::Delta::parts). Of several irredundant sets, always the same one.
pub fn parts<S: SumDelta>(state: &S) -> impl Iterator<Item = S> + '_ {
    let (order, variant) = (S::order(), state.index());
    let is_flat = order.is_flat(variant);
    let has_payload = !is_flat && !state.has_bottom_payload();
    let itself = is_flat.then(|| state.clone());
    let payload = has_payload.then(|| state.payload_parts());
    let variants = if is_flat || has_payload { Vec::new() } else { variant_parts(order, variant) };
    itself
        .into_iter()
        .chain(payload.into_iter().flatten())
        .chain(variants.into_iter().filter_map(S::bottom_of))
}

/// Variants that, with their bottoms, join to `variant`, none of them below the join of the others.
fn variant_parts(order: &Order, variant: u8) -> Vec<u8> {
    let mut parts: Vec<u8> = order
        .variants()
        .filter(|&part| order.is_below(part, variant) && stands_for_itself(order, part))
        .collect();
    let mut at = 0;
    while at < parts.len() {
        let others = parts.iter().enumerate().filter(|&(other, _)| other != at);
        if order.join_of_all(others.map(|(_, &part)| part)) == Some(variant) {
            parts.remove(at);
        } else {
            at += 1;
        }
    }
    parts
}

/// Whether a variant with a bottom is more than the join of all those strictly below it. The least variant is not.
fn stands_for_itself(order: &Order, variant: u8) -> bool {
    let below = order
        .variants()
        .filter(|&other| other != variant && order.is_below(other, variant) && !order.is_flat(other));
    !order.is_flat(variant) && order.join_of_all(below) != Some(variant)
}

/// The position of the variant, with which the canonical form begins; the payload follows, field by field.
pub fn encode_index(variant: u8, out: &mut Vec<u8>) {
    encode_unsigned(u64::from(variant), out);
}

/// Reads what [`encode_index`] wrote.
///
/// # Errors
///
/// If it is not the position of a variant.
pub fn decode_index(input: &mut Decoder<'_>) -> Result<u8, DecodeError> {
    u8::try_from(input.unsigned()?).map_err(|_| no_such_variant(input))
}

/// The error of a position past the last variant.
pub fn no_such_variant(input: &Decoder<'_>) -> DecodeError {
    input.error("there is no such variant")
}
