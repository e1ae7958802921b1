//! What a lattice is: the traits that every other notion of this crate rests on.
//!
//! # Why not `PartialOrd`
//!
//! The order of a lattice is its own trait method, [`Lattice::lattice_cmp`], and never std's `PartialOrd`. Std's
//! order is lexicographic on tuples, `Vec`, `BTreeSet` and `BTreeMap`: there `(1, 9) < (2, 0)`, while the join of the two is
//! `(2, 9)` and neither is below the other. A join that is an upper bound of a lexicographic order would lose data.

use core::cmp::Ordering;

use crate::conflict::Conflict;

/// A join-semilattice: a set of states in which any two have a least upper bound, their *join*.
///
/// Write `a ⊔ b` for [`joined`](Self::joined) and `a ⊑ b` for [`leq`](Self::leq). The laws, which [`laws!`](crate::laws!) checks:
///
/// | law | equation |
/// | --- | --- |
/// | associative | `(a ⊔ b) ⊔ c = a ⊔ (b ⊔ c)` |
/// | commutative | `a ⊔ b = b ⊔ a` |
/// | idempotent | `a ⊔ a = a` |
/// | grew | `join` answers true iff the receiver changed |
/// | order | `a ⊑ b` iff `a ⊔ b = b`; `lattice_cmp` answers `Equal` iff `a = b` |
/// | by reference | `join_ref` does what `join` does |
/// | conflict | once in conflict, every greater state is in conflict; if `a` is in none, `a.incompatible(b)` iff `a ⊔ b` is |
///
/// # Examples
///
/// ```
/// use lvars::{Lattice, Max};
///
/// let mut seen = Max(3);
/// assert!(seen.join(Max(5)), "5 is news");
/// assert!(!seen.join(Max(4)), "4 is not");
/// assert_eq!(seen, Max(5));
/// ```
///
/// Bare integers, `bool`, `String`, `f64` and `Vec` are not lattices, because they have more than one meaning: say which
/// by a type ([`Max`](crate::Max), [`Min`](crate::Min), [`Flat`](crate::Flat), [`GCounter`](crate::GCounter)) or by a field attribute such as `#[lattice(max)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a lattice",
    label = "this type has no join (least upper bound)",
    note = "a plain value has several meanings; say which: `Max<T>` / `Min<T>` (the larger / smaller wins), `Any` / `All` (flags), `Flat<T>` (written once, two different values conflict), `GCounter` (a sum that replicas can share)",
    note = "or choose it on the field: `#[lattice(max)]`, `#[lattice(min)]`, `#[lattice(any)]`, `#[lattice(all)]`; for a type of your own use `#[derive(Lattice)]`",
    note = "what holds other values, such as a type with parameters, is a lattice where they are: `Pair<Max<u64>>`, and not `Pair<u64>`"
)]
pub trait Lattice: Sized {
    /// Replaces `self` by `self ⊔ other` and answers whether `self` grew.
    ///
    /// If code of the user's panics in it, a comparison, a hash or a clone, nothing is lost: the state is the old one joined with none or some of the parts of
    /// `other` ([`Delta::parts`](crate::Delta::parts)), and to join again brings the rest. So of one part it is as it was. A replica of `lvar-runtime` sees to
    /// it that all of `other` is in or none. An impl of one's own owes the same.
    fn join(&mut self, other: Self) -> bool;

    /// [`join`](Self::join) without giving `other` away; the common case, nothing new, clones nothing.
    fn join_ref(&mut self, other: &Self) -> bool
    where
        Self: Clone,
    {
        !other.leq(self) && self.join(other.clone())
    }

    /// The order of the lattice: `None` if neither state is below the other.
    fn lattice_cmp(&self, other: &Self) -> Option<Ordering>;

    /// Whether `self ⊑ other`.
    fn leq(&self, other: &Self) -> bool {
        matches!(self.lattice_cmp(other), Some(Ordering::Less | Ordering::Equal))
    }

    /// `self ⊔ other` as a value.
    #[must_use]
    fn joined(mut self, other: Self) -> Self {
        self.join(other);
        self
    }

    /// What is in conflict in this state, or `None`. A conflict means that two writes cannot both be true.
    fn conflict(&self) -> Option<Conflict> {
        None
    }

    /// Whether joining `other` into a state that is in no conflict would put it in one, and where, without building the join.
    ///
    /// The receiver's own conflicts need not be reported: ask [`conflict`](Self::conflict) for those. So this costs no more than
    /// the join of `other` does, however large the receiver is.
    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        let _ = other;
        None
    }
}

/// A lattice with a least state, where every LVar and every replica starts.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no bottom",
    label = "no least state to start from",
    note = "wrap it in `Option<_>`, whose `None` is a new bottom"
)]
pub trait Bottom: Lattice {
    /// The least state: `bottom ⊔ a = a`.
    fn bottom() -> Self;

    /// Whether this is the least state.
    fn is_bottom(&self) -> bool;
}

/// A lattice with a greatest state. That is a notion of order theory and no error: the top of [`Any`](crate::Any) is `true`, and
/// that of [`Flat`](crate::Flat) happens to be its conflict. Law: `⊤ ⊔ a = ⊤`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no top",
    label = "no greatest state",
    note = "wrap it in `WithTop<_>`, whose `Top` is a new one"
)]
pub trait Top: Lattice {
    /// The greatest state.
    fn top() -> Self;

    /// Whether this is the greatest state.
    fn is_top(&self) -> bool;
}

/// A lattice in which any two states have a greatest lower bound too, their *meet*: what both know.
///
/// Write `a ⊓ b` for it. The laws, which [`laws!`](crate::laws!) checks:
///
/// | law | equation |
/// | --- | --- |
/// | associative, commutative, idempotent | as those of the join |
/// | absorption | `a ⊔ (a ⊓ b) = a` and `a ⊓ (a ⊔ b) = a` |
/// | shrank | `meet` answers true iff the receiver changed |
/// | by reference | `meet_ref` does what `meet` does |
///
/// No LVar and no replica ever meets states, since a meet forgets. It makes a lattice of what only shrinks: [`Dual`](crate::Dual),
/// [`Common`](crate::Common). Every [`Finite`] lattice has it, by its tables.
///
/// ```
/// use std::collections::BTreeSet;
/// use lvars::Meet;
///
/// let mut here = BTreeSet::from([1, 2]);
/// assert!(here.meet(BTreeSet::from([2, 3])), "1 is not in both");
/// assert_eq!(here, BTreeSet::from([2]));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no meet",
    label = "no greatest lower bounds known here",
    note = "sets, flags, `Max`, `Min` and tuples of such have one; for a lattice of your own implement `Meet`"
)]
pub trait Meet: Lattice {
    /// Replaces `self` by `self ⊓ other` and answers whether `self` shrank.
    ///
    /// If code of the user's panics in it, the state is the old one, the meet, or between the two; to meet again brings the meet.
    fn meet(&mut self, other: Self) -> bool;

    /// [`meet`](Self::meet) without giving `other` away; clones nothing if nothing is lost.
    fn meet_ref(&mut self, other: &Self) -> bool
    where
        Self: Clone,
    {
        !self.leq(other) && self.meet(other.clone())
    }
}

/// A lattice whose order is total: of any two states one is below the other. Law: `lattice_cmp` never answers `None`.
#[diagnostic::on_unimplemented(
    message = "the order of `{Self}` is not known to be total",
    label = "not a chain",
    note = "`Lex` needs a key of which any two states are comparable; with any other use `LexPartial`",
    note = "for a lattice of your own whose order is total: `impl Chain for {Self} {{}}`"
)]
pub trait Chain: Lattice {}

/// A lattice with finitely many states, by `#[derive(Lattice)]` on an enum of unit variants.
///
/// The tables are indexed by [`index`](Self::index), the position of the variant in its declaration.
pub trait Finite: Lattice + Copy + Eq + 'static {
    /// The states.
    const STATES: &'static [Self];
    /// The names of the states.
    const NAMES: &'static [&'static str];
    /// The index of the bottom, if there is one.
    const BOTTOM: Option<u8>;
    /// The index of `a ⊔ b` at `a * NAMES.len() + b`.
    const JOIN: &'static [u8];
    /// Which states are in conflict.
    const CONFLICT: &'static [bool];

    /// The position of this state in the tables.
    fn index(self) -> u8;

    /// The state at a position of the tables, or `None` past their end.
    fn from_index(index: u8) -> Option<Self> {
        Self::STATES.get(usize::from(index)).copied()
    }
}
