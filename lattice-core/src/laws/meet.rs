//! The laws of [`Top`], [`Meet`] and [`Chain`].

use crate::{
    lattice::{Chain, Meet, Top},
    laws::{Answers, Law, Sample, Violation, path},
};

fn joined<T: Sample>(a: &T, b: &T) -> T {
    a.clone().joined(b.clone())
}

fn met<T: Sample + Meet>(a: &T, b: &T) -> T {
    let mut state = a.clone();
    state.meet(b.clone());
    state
}

/// `⊤ ⊔ a = ⊤`, and `is_top` knows `⊤`.
///
/// # Errors
///
/// If it does not hold.
pub fn top<T: Sample + Top>(samples: &[T]) -> Result<(), Violation> {
    Law("top", "⊤ ⊔ a = ⊤").of_one(samples, |a| (joined(&T::top(), a), T::top()))?;
    Law("top", "a.is_top() iff a = ⊤").of_one(samples, |a| (a.is_top(), *a == T::top()))
}

/// The meet is associative, commutative and idempotent, absorbs and is absorbed by the join, and answers whether it shrank.
///
/// # Errors
///
/// The first violation of the first of these that does not hold.
pub fn meet<T: Sample + Meet>(samples: &[T]) -> Result<(), Violation> {
    Law("meet", "a ⊓ a = a").of_one(samples, |a| (met(a, a), a.clone()))?;
    Law("meet", "a ⊓ b = b ⊓ a").of_two(samples, |a, b| (met(a, b), met(b, a)))?;
    Law("meet", "a ⊔ (a ⊓ b) = a").of_two(samples, |a, b| (joined(a, &met(a, b)), a.clone()))?;
    Law("meet", "a ⊓ (a ⊔ b) = a").of_two(samples, |a, b| (met(a, &joined(a, b)), a.clone()))?;
    Law("meet", "a.meet_ref(&b) makes of a: a ⊓ b").of_two(samples, |a, b| {
        let mut state = a.clone();
        state.meet_ref(b);
        (state, met(a, b))
    })?;
    Law("meet", "a.meet(b) and a.meet_ref(&b) answer whether a ⊓ b ≠ a").of_two(samples, |a, b| {
        let (mut by_value, mut by_reference) = (a.clone(), a.clone());
        let shrank = (by_value.meet(b.clone()), by_reference.meet_ref(b));
        let shrinks = by_value != *a;
        Answers(shrank, (shrinks, shrinks), move || path::difference(a, &by_value))
    })?;
    Law("meet", "(a ⊓ b) ⊓ c = a ⊓ (b ⊓ c)")
        .of_three(samples, |a, b, c| (met(&met(a, b), c), met(a, &met(b, c))))
}

/// Of any two states one is below the other.
///
/// # Errors
///
/// If it does not hold.
pub fn chain<T: Sample + Chain>(samples: &[T]) -> Result<(), Violation> {
    Law("chain", "a ⊑ b or b ⊑ a").of_two(samples, |a, b| (a.lattice_cmp(b).is_some(), true))
}
