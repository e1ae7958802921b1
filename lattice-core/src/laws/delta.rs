//! The laws of [`Bottom`], [`Delta`] and [`Codec`].

use alloc::vec::Vec;

use crate::{
    codec::Codec,
    delta::Delta,
    lattice::Bottom,
    laws::{Answers, Law, Sample, Violation, path},
};

fn joined<T: Sample>(a: &T, b: Option<&T>) -> T {
    let mut state = a.clone();
    if let Some(b) = b {
        state.join(b.clone());
    }
    state
}

/// `⊥ ⊔ a = a`, and `is_bottom` knows `⊥`.
///
/// # Errors
///
/// If it does not hold.
pub fn bottom<T: Sample + Bottom>(samples: &[T]) -> Result<(), Violation> {
    Law("bottom", "⊥ ⊔ a = a").of_one(samples, |a| (joined(&T::bottom(), Some(a)), a.clone()))?;
    Law("bottom", "a.is_bottom() iff a = ⊥").of_one(samples, |a| {
        let bottom = T::bottom();
        Answers(a.is_bottom(), *a == bottom, move || path::difference(a, &bottom))
    })?;
    Law("bottom", "⊥.is_bottom()").of_one(&[T::bottom()], |bottom| (bottom.is_bottom(), true))
}

/// All laws of deltas: [`absorb`], [`diff`] and [`parts`].
///
/// # Errors
///
/// The first violation of the first law that does not hold.
pub fn delta<T: Sample + Delta>(samples: &[T]) -> Result<(), Violation> {
    absorb(samples)?;
    diff(samples)?;
    parts(samples)
}

/// `absorb` joins, and answers what was new.
///
/// # Errors
///
/// If it does not hold.
pub fn absorb<T: Sample + Delta>(samples: &[T]) -> Result<(), Violation> {
    Law("absorb", "a.absorb(b) makes of a: a ⊔ b").of_two(samples, |a, b| {
        let mut state = a.clone();
        state.absorb(b.clone());
        (state, joined(a, Some(b)))
    })?;
    Law("absorb", "a.absorb(b) answers some iff not b ⊑ a").of_two(samples, |a, b| {
        let news = a.clone().absorb(b.clone());
        Answers(news.is_some(), !b.leq(a), move || path::difference(a, &joined(a, Some(b))))
    })?;
    Law("absorb", "a ⊔ a.absorb(b) = a ⊔ b")
        .of_two(samples, |a, b| (joined(a, a.clone().absorb(b.clone()).as_ref()), joined(a, Some(b))))?;
    Law("absorb", "a.absorb(b) ⊑ b, as b ⊔ a.absorb(b) = b")
        .of_two(samples, |a, b| (joined(b, a.clone().absorb(b.clone()).as_ref()), b.clone()))
}

/// `diff` is enough, and no more than enough.
///
/// That nothing smaller would do is asked only where the join is not in conflict and the answer has forgotten nothing: of a conflict, and
/// of the state in which the values of a `flat` payload join, the values that would have been enough are not at hand.
///
/// # Errors
///
/// If it does not hold.
pub fn diff<T: Sample + Delta>(samples: &[T]) -> Result<(), Violation> {
    Law("diff", "a.diff(b) is some iff not a ⊑ b").of_two(samples, |a, b| {
        Answers(a.diff(b).is_some(), !a.leq(b), move || path::difference(b, &joined(b, Some(a))))
    })?;
    Law("diff", "b ⊔ a.diff(b) = b ⊔ a")
        .of_two(samples, |a, b| (joined(b, a.diff(b).as_ref()), joined(b, Some(a))))?;
    Law("diff", "a.diff(b) ⊑ a, as a ⊔ a.diff(b) = a")
        .of_two(samples, |a, b| (joined(a, a.diff(b).as_ref()), a.clone()))?;
    Law("diff", "nothing strictly below a.diff(b), such as c, brings b up to a ⊔ b").of_three(
        samples,
        |a, b, c| {
            let target = joined(b, Some(a));
            let smaller = target.conflict().is_none()
                && a.diff(b).is_some_and(|diff| c.leq(&diff) && *c != diff)
                && joined(b, Some(c)) == target;
            (smaller && !a.diff(b).is_some_and(|diff| has_forgotten(&diff, c, samples)), false)
        },
    )
}

/// Whether the parts of `state` do not tell all that is below it: `smaller`, which is, has a part that is below none of them, or one of
/// them is the join of two strictly smaller states among the samples and their parts. In a distributive lattice neither happens.
fn has_forgotten<T: Sample + Delta>(state: &T, smaller: &T, samples: &[T]) -> bool {
    let is_told = |piece: T| state.parts().any(|part| piece.leq(&part));
    if !smaller.parts().all(is_told) {
        return true;
    }
    let pieces: Vec<T> =
        samples.iter().flat_map(|sample| core::iter::once(sample.clone()).chain(sample.parts())).collect();
    state.parts().any(|part| {
        let below: Vec<&T> = pieces.iter().filter(|piece| piece.leq(&part) && **piece != part).collect();
        below.iter().any(|left| below.iter().any(|right| joined::<T>(left, Some(right)) == part))
    })
}

fn join_all<'a, T: Sample + Bottom + 'a>(parts: impl Iterator<Item = &'a T>) -> T {
    parts.fold(T::bottom(), |all, part| joined(&all, Some(part)))
}

/// The parts of a state join back to it, none is below the join of the others, and a part is its own only part.
///
/// # Errors
///
/// If it does not hold.
pub fn parts<T: Sample + Delta>(samples: &[T]) -> Result<(), Violation> {
    Law("parts", "⊔ a.parts() = a")
        .of_one(samples, |a| (join_all(a.parts().collect::<Vec<_>>().iter()), a.clone()))?;
    Law("parts", "no part of a is below the join of the others").of_one(samples, |a| {
        let parts: Vec<_> = a.parts().collect();
        let redundant = parts.iter().enumerate().find(|&(at, part)| {
            let others = parts.iter().enumerate().filter(|&(other, _)| other != at);
            part.leq(&join_all(others.map(|(_, other)| other)))
        });
        (redundant.map(|(_, part)| part.clone()), None)
    })?;
    Law("parts", "a part of a is its own only part").of_one(samples, |a| {
        let reducible = a.parts().find(|part| !part.parts().eq([part.clone()]));
        (reducible, None)
    })
}

/// What was encoded decodes to the same state, and equal states have equal bytes.
///
/// # Errors
///
/// If it does not hold.
pub fn codec<T: Sample + Codec>(samples: &[T]) -> Result<(), Violation> {
    Law("codec", "decode(encode(a)) = a")
        .of_one(samples, |a| (T::from_bytes(&a.to_bytes()), Ok(a.clone())))?;
    Law("codec", "encode(a) = encode(b) iff a = b")
        .of_two(samples, |a, b| (a.to_bytes() == b.to_bytes(), a == b))
}
