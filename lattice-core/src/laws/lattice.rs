//! The laws of [`Lattice`](crate::Lattice).

use alloc::string::String;
use core::cmp::Ordering;

use crate::{
    conflict::Conflict,
    laws::{Answers, Law, Sample, Violation, path},
};

fn joined<T: Sample>(a: &T, b: &T) -> T {
    a.clone().joined(b.clone())
}

/// All laws of a lattice.
///
/// # Errors
///
/// The first violation of the first law that does not hold.
pub fn lattice<T: Sample>(samples: &[T]) -> Result<(), Violation> {
    // The linear law, the quadratic ones, the cubic one: the cheapest check that fails answers.
    idempotent(samples)?;
    commutative(samples)?;
    grew(samples)?;
    order(samples)?;
    by_reference(samples)?;
    conflict(samples)?;
    incompatible(samples)?;
    associative(samples)
}

/// `(a ⊔ b) ⊔ c = a ⊔ (b ⊔ c)`.
///
/// # Errors
///
/// If it does not hold.
pub fn associative<T: Sample>(samples: &[T]) -> Result<(), Violation> {
    Law("associative", "(a ⊔ b) ⊔ c = a ⊔ (b ⊔ c)")
        .of_three(samples, |a, b, c| (joined(&joined(a, b), c), joined(a, &joined(b, c))))
}

/// `a ⊔ b = b ⊔ a`.
///
/// # Errors
///
/// If it does not hold.
pub fn commutative<T: Sample>(samples: &[T]) -> Result<(), Violation> {
    Law("commutative", "a ⊔ b = b ⊔ a").of_two(samples, |a, b| (joined(a, b), joined(b, a)))
}

/// `a ⊔ a = a`.
///
/// # Errors
///
/// If it does not hold.
pub fn idempotent<T: Sample>(samples: &[T]) -> Result<(), Violation> {
    Law("idempotent", "a ⊔ a = a").of_one(samples, |a| (joined(a, a), a.clone()))
}

/// `join` answers true iff the receiver changed.
///
/// # Errors
///
/// If it does not hold.
pub fn grew<T: Sample>(samples: &[T]) -> Result<(), Violation> {
    Law("grew", "a.join(b) answers whether a ⊔ b ≠ a").of_two(samples, |a, b| {
        let mut state = a.clone();
        let grew = state.join(b.clone());
        Answers(grew, state != *a, move || path::difference(a, &state))
    })
}

/// `leq` and `lattice_cmp` are the order of the join.
///
/// # Errors
///
/// If it does not hold.
pub fn order<T: Sample>(samples: &[T]) -> Result<(), Violation> {
    Law("order", "a ⊑ b iff a ⊔ b = b").of_two(samples, |a, b| {
        let join = joined(a, b);
        Answers(a.leq(b), join == *b, move || path::difference(b, &join))
    })?;
    Law("order", "a.lattice_cmp(b) = how a ⊔ b compares with a and with b").of_two(samples, |a, b| {
        let join = joined(a, b);
        let by_join = match (join == *b, join == *a) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        };
        Answers(a.lattice_cmp(b), by_join, move || path::difference(a, b))
    })
}

/// `join_ref` does what `join` does, and answers the same.
///
/// # Errors
///
/// If it does not hold.
pub fn by_reference<T: Sample>(samples: &[T]) -> Result<(), Violation> {
    Law("by_reference", "a.join_ref(&b) makes of a: a ⊔ b").of_two(samples, |a, b| {
        let mut state = a.clone();
        state.join_ref(b);
        (state, joined(a, b))
    })?;
    Law("by_reference", "a.join_ref(&b) answers what a.join(b) answers").of_two(samples, |a, b| {
        let (mut by_reference, mut by_value) = (a.clone(), a.clone());
        let answers = (by_reference.join_ref(b), by_value.join(b.clone()));
        Answers(answers.0, answers.1, move || path::difference(a, &by_value))
    })
}

/// The path of the conflict that one side knows of.
fn path_of(conflict: Option<&Conflict>) -> String {
    conflict.map(Conflict::path).unwrap_or_default()
}

/// Once in conflict, every greater state is in conflict.
///
/// # Errors
///
/// If it does not hold.
pub fn conflict<T: Sample>(samples: &[T]) -> Result<(), Violation> {
    Law("conflict", "if a is in conflict, so is a ⊔ b").of_two(samples, |a, b| {
        let (before, after) = (a.conflict(), joined(a, b).conflict());
        let lasts = before.is_none() || after.is_some();
        Answers(lasts, true, move || path_of(before.as_ref()))
    })
}

/// For an `a` that is in no conflict, `a.incompatible(b)` answers a conflict iff the join is in conflict.
///
/// # Errors
///
/// If it does not hold.
pub fn incompatible<T: Sample>(samples: &[T]) -> Result<(), Violation> {
    Law("incompatible", "a is in conflict or a.incompatible(b), iff a ⊔ b is in conflict").of_two(
        samples,
        |a, b| {
            let known = a.conflict().or_else(|| a.incompatible(b));
            let met = joined(a, b).conflict();
            Answers(known.is_some(), met.is_some(), move || path_of(known.as_ref().or(met.as_ref())))
        },
    )
}
