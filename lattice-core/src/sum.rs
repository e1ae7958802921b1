//! Enums with data: the sum of the payloads' lattices along the declared order of the variants. The bodies of what the derives
//! emit, one call each.
//!
//! ```text
//!   (u, p) ⊑ (v, q)   iff  u < v, or u = v and p ⊑ q
//!
//!   (u, p) ⊔ (v, q) = (v, q)          if u < v
//!                     (u, p ⊔ q)      if u = v
//!                     (u ⊔ v, ⊥)      if neither is below the other
//! ```
//!
//! Where the payload is plain data (*flat*), two different values of one variant join to the only variant right above it, with the bottom
//! of its payload. `#[derive(Lattice)]` has checked that all these joins exist; nothing here asks again.
//!
//! A conflict inside a payload is one of the whole only where nothing but the conflict is above that variant: a conflict lasts, and any other
//! variant above would leave it.

mod deltas;
mod fields;
mod form;
mod verdict;

use core::{cmp::Ordering, fmt};

use crate::{conflict::Conflict, lattices::product_cmp};

pub use deltas::{SumDelta, absorb, decode_index, diff, encode_index, forged, no_such_variant, parts};
pub use fields::{
    By, IsPlainData, JoinedTo, Own, PayloadBottom, PayloadDelta, PayloadField, Plain, PlainData,
};
pub use form::{describe, describe_by};
pub use verdict::{forget, texts_differ, verdict};

/// The order of an enum's variants, as tables. A variant is its position in the declaration.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// The names of the variants.
    pub names: &'static [&'static str],
    /// The join of the variants `u` and `v` at `u * names.len() + v`.
    pub joins: &'static [u8],
    /// For a flat variant the only one right above it, where two different values join; for any other itself.
    pub covers: &'static [u8],
    /// The least variant, if there is one.
    pub bottom: Option<u8>,
    /// The greatest variant, if it stands for a conflict.
    pub conflict: Option<u8>,
}

impl Order {
    fn variants(&self) -> impl DoubleEndedIterator<Item = u8> + Clone {
        // At most 256 variants, since a position is a byte.
        (0..self.names.len()).map(|variant| variant as u8)
    }

    fn join(&self, left: u8, right: u8) -> u8 {
        self.joins[usize::from(left) * self.names.len() + usize::from(right)]
    }

    fn is_below(&self, left: u8, right: u8) -> bool {
        self.join(left, right) == right
    }

    /// The join of variants; of none, the least one.
    fn join_of_all(&self, variants: impl Iterator<Item = u8>) -> Option<u8> {
        variants.fold(self.bottom, |joined, variant| {
            Some(joined.map_or(variant, |joined| self.join(joined, variant)))
        })
    }

    fn is_flat(&self, variant: u8) -> bool {
        self.cover(variant) != variant
    }

    fn cover(&self, variant: u8) -> u8 {
        self.covers[usize::from(variant)]
    }

    fn name(&self, variant: u8) -> &'static str {
        self.names[usize::from(variant)]
    }

    /// Whether nothing but the conflict is above `variant`, so that a conflict in its payload lasts.
    fn keeps_conflicts(&self, variant: u8) -> bool {
        self.variants()
            .all(|above| above == variant || !self.is_below(variant, above) || self.conflict == Some(above))
    }
}

/// An enum with data, as `#[derive(Lattice)]` shows it to this module: its order, and its payloads one variant at a time.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a lattice",
    label = "this derive needs one",
    note = "derive `Lattice` too: it reads the declared order"
)]
pub trait Sum: Sized {
    /// Whether it is one, for the derives that stand beside `#[derive(Lattice)]`.
    const HOLDS: bool = true;

    /// The order of the variants.
    fn order() -> &'static Order;

    /// The position of this state's variant.
    fn index(&self) -> u8;

    /// A variant with the bottom of its payload, if states of other variants may join to it.
    fn least_of(variant: u8) -> Option<Self>;

    /// Joins the payload of a state of the same variant, and answers whether this one grew. Never asked of a flat variant.
    fn join_payload(&mut self, other: Self) -> bool;

    /// [`join_payload`](Self::join_payload) by reference.
    fn join_payload_ref(&mut self, other: &Self) -> bool;

    /// Shows the fields of two states of the same variant, pair by pair.
    fn visit(&self, other: &Self, visitor: &mut impl Visitor);
}

/// What is shown the payloads of two states of one variant.
pub trait Visitor {
    /// A field that joins as `J` says; the only field of a tuple variant has no name.
    fn field<J: PayloadField<T>, T>(&mut self, name: Option<&'static str>, left: &T, right: &T);
}

/// How two states relate, in the words of their variants.
enum Relation {
    /// They are of one variant.
    Same,
    /// The variant of the first is below that of the second.
    Below,
    /// The variant of the first is above that of the second.
    Above,
    /// Neither is below the other; this is the join of the two.
    Apart(u8),
}

fn relate<S: Sum>(left: &S, right: &S) -> Relation {
    let (left, right) = (left.index(), right.index());
    match S::order().join(left, right) {
        _ if left == right => Relation::Same,
        join if join == right => Relation::Below,
        join if join == left => Relation::Above,
        join => Relation::Apart(join),
    }
}

/// [`Lattice::join`](crate::Lattice::join).
pub fn join<S: Sum>(state: &mut S, other: S) -> bool {
    match relate(state, &other) {
        Relation::Same if !S::order().is_flat(state.index()) => state.join_payload(other),
        Relation::Same => join_flat(state, &other),
        Relation::Below => replace(state, Some(other)),
        Relation::Above => false,
        Relation::Apart(join) => replace(state, S::least_of(join)),
    }
}

/// [`Lattice::join_ref`](crate::Lattice::join_ref).
pub fn join_ref<S: Sum + Clone>(state: &mut S, other: &S) -> bool {
    match relate(state, other) {
        Relation::Same if !S::order().is_flat(state.index()) => state.join_payload_ref(other),
        Relation::Same => join_flat(state, other),
        Relation::Below => replace(state, Some(other.clone())),
        Relation::Above => false,
        Relation::Apart(join) => replace(state, S::least_of(join)),
    }
}

fn join_flat<S: Sum>(state: &mut S, other: &S) -> bool {
    let differs = cmp_payloads(state, other).is_none();
    differs && replace(state, S::least_of(S::order().cover(state.index())))
}

/// A table that leads to a variant without a least state is a bug of whoever wrote it; nothing grows then.
fn replace<S>(state: &mut S, joined: Option<S>) -> bool {
    let Some(joined) = joined else { return false };
    *state = joined;
    true
}

/// [`Lattice::lattice_cmp`](crate::Lattice::lattice_cmp).
pub fn cmp<S: Sum>(left: &S, right: &S) -> Option<Ordering> {
    match relate(left, right) {
        Relation::Same => cmp_payloads(left, right),
        Relation::Below => Some(Ordering::Less),
        Relation::Above => Some(Ordering::Greater),
        Relation::Apart(_) => None,
    }
}

fn cmp_payloads<S: Sum>(left: &S, right: &S) -> Option<Ordering> {
    struct Compare(Option<Ordering>);

    impl Visitor for Compare {
        fn field<J: PayloadField<T>, T>(&mut self, _: Option<&'static str>, left: &T, right: &T) {
            self.0 = product_cmp(self.0, || J::cmp(left, right));
        }
    }

    let mut visitor = Compare(Some(Ordering::Equal));
    left.visit(right, &mut visitor);
    visitor.0
}

/// [`Lattice::leq`](crate::Lattice::leq).
pub fn leq<S: Sum>(left: &S, right: &S) -> bool {
    struct AllBelow(bool);

    impl Visitor for AllBelow {
        fn field<J: PayloadField<T>, T>(&mut self, _: Option<&'static str>, left: &T, right: &T) {
            self.0 = self.0 && J::leq(left, right);
        }
    }

    match relate(left, right) {
        Relation::Same => {
            let mut visitor = AllBelow(true);
            left.visit(right, &mut visitor);
            visitor.0
        }
        Relation::Below => true,
        Relation::Above | Relation::Apart(_) => false,
    }
}

/// The name of a variant, as `Debug` shows it.
struct Name(&'static str);

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// [`Lattice::conflict`](crate::Lattice::conflict).
pub fn conflict<S: Sum>(state: &S) -> Option<Conflict> {
    struct Inside(Option<Conflict>);

    impl Visitor for Inside {
        fn field<J: PayloadField<T>, T>(&mut self, name: Option<&'static str>, state: &T, _: &T) {
            if self.0.is_none() {
                self.0 = J::conflict(state).map(|conflict| in_field(conflict, name));
            }
        }
    }

    let (order, variant) = (S::order(), state.index());
    if order.conflict == Some(variant) {
        return Some(Conflict::in_state(&Name(order.name(variant))));
    }
    let mut visitor = Inside(None);
    state.visit(state, &mut visitor);
    in_variant::<S>(visitor.0, variant)
}

/// [`Lattice::incompatible`](crate::Lattice::incompatible).
pub fn incompatible<S: Sum>(left: &S, right: &S) -> Option<Conflict> {
    let order = S::order();
    match relate(left, right) {
        Relation::Same if order.conflict == Some(left.index()) => conflict(left),
        Relation::Same => incompatible_payloads(left, right),
        Relation::Below => conflict(right),
        Relation::Above => conflict(left),
        Relation::Apart(join) => {
            let [left, right] = [left, right].map(|side| Name(order.name(side.index())));
            (order.conflict == Some(join)).then(|| Conflict::between(&left, &right))
        }
    }
}

fn incompatible_payloads<S: Sum>(left: &S, right: &S) -> Option<Conflict> {
    struct Between(Option<Conflict>);

    impl Visitor for Between {
        fn field<J: PayloadField<T>, T>(&mut self, name: Option<&'static str>, left: &T, right: &T) {
            if self.0.is_none() {
                self.0 = J::incompatible(left, right).map(|conflict| in_field(conflict, name));
            }
        }
    }

    let (order, variant) = (S::order(), left.index());
    let mut visitor = Between(None);
    left.visit(right, &mut visitor);
    // Two values of a flat variant join to its cover; whether that is the conflict is for the order to say.
    if order.is_flat(variant) && order.conflict != Some(order.cover(variant)) {
        return None;
    }
    in_variant::<S>(visitor.0, variant)
}

fn in_field(conflict: Conflict, name: Option<&'static str>) -> Conflict {
    match name {
        Some(name) => conflict.in_field(name),
        None => conflict,
    }
}

/// A conflict in the payload of `variant` as one of the whole, if it lasts.
fn in_variant<S: Sum>(conflict: Option<Conflict>, variant: u8) -> Option<Conflict> {
    let conflict = conflict?;
    let order = S::order();
    order.keeps_conflicts(variant).then(|| conflict.in_field(order.name(variant)))
}
