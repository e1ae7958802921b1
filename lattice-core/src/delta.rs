//! Deltas: small states that carry news, for gossip, logs and wake-ups.

use crate::{crdt::WriterId, forged::Forged, lattice::Bottom};

/// A lattice whose states come apart: what is new, what is missing, and the irreducible parts.
///
/// By `#[derive(Replicate)]` for a type of your own. The laws, which [`laws!`](crate::laws!) checks:
///
/// | law | equation |
/// | --- | --- |
/// | absorb joins | after `a.absorb(d)`, `a` is `a₀ ⊔ d` |
/// | absorb answers the news | `a₀ ⊔ news = a₀ ⊔ d`, `news ⊑ d`, and `None` iff `d ⊑ a₀` |
/// | diff is enough and least | `seen ⊔ a.diff(seen) = seen ⊔ a`; `None` iff `a ⊑ seen`; nothing less would do |
/// | parts join back | `⊔ a.parts() = a`, and none of them is below the join of the others |
///
/// Two exceptions. Where the lattice is not distributive there may be no least `diff`, only minimal ones: it answers one of them,
/// below `self`. A conflict may have forgotten which values met: then it stands for itself in `diff` and in `parts`, also within a
/// state that is in no conflict for it, as in [`Lex`](crate::Lex). So does the state in which the values of a `flat` payload join.
///
/// After Almeida, Shoker, Baquero, *Delta state replicated data types* (2018) and Enes et al., *Efficient Synchronization of
/// State-based CRDTs* (ICDE 2019).
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no deltas, so it cannot be replicated",
    label = "no `Delta` here",
    note = "for a type of your own add `#[derive(Replicate)]`"
)]
pub trait Delta: Bottom + Clone {
    /// Joins `delta` in and answers the part of it that was new, or `None` if nothing was.
    fn absorb(&mut self, delta: Self) -> Option<Self>;

    /// The least state that brings `seen` up to `self`, or `None` if nothing is missing.
    fn diff(&self, seen: &Self) -> Option<Self>;

    /// The irredundant join-irreducible parts of this state, made as they are asked for; none for the bottom.
    fn parts(&self) -> impl Iterator<Item = Self>;

    /// What `delta` says that `writer` wrote and this state, which is the writer's own, does not know.
    ///
    /// Nobody but a writer makes its writes, and its own replica knows all of them. So there are none; if there are, `delta` is forged, or this replica
    /// is a copy whose original goes on. Do not join it in: what is written here next would be taken for known, here and elsewhere, and get lost.
    ///
    /// It speaks of what names its writers and would be taken in, and never of an honest delta. A state may have lost what its own writer wrote, as a
    /// [`Lex`](crate::Lex) does under a greater key and an enum in a greater variant; what comes back of that is not taken in. The default finds nothing.
    fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
        let _ = (delta, writer);
        None
    }
}
