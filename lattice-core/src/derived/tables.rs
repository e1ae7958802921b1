//! A lattice by its tables: an enum of unit variants.

use core::cmp::Ordering;

use super::{BottomBy, Derived, LatticeBy, PairBy, PointsBy, WithoutBottom, parts_of};
use crate::{
    conflict::Conflict,
    finite,
    lattice::Finite,
    lattices::Flat,
    threshold::verdict::{Distinct, Indexed, Of, Verdict, finite_verdict},
};

/// An enum of unit variants: what a derive says of one besides [`Derived`], in as few items as it can. [`Finite`] follows.
pub trait Tabled: Derived<By: ReadsTables> + Copy + Eq + 'static {
    /// [`Finite::STATES`].
    const STATES: &'static [Self];
    /// [`Finite::JOIN`], and then the position of the conflict, if there is one.
    const TABLES: &'static [u8];

    /// [`Finite::index`].
    fn position(self) -> u8;
}

#[diagnostic::do_not_recommend]
impl<T: Tabled> Finite for T {
    const STATES: &'static [Self] = T::STATES;
    const NAMES: &'static [&'static str] = parts_of::<T>();
    const BOTTOM: Option<u8> = least(T::STATES.len(), T::TABLES);
    const JOIN: &'static [u8] = T::TABLES.split_at(T::STATES.len() * T::STATES.len()).0;
    const CONFLICT: &'static [bool] =
        conflicts(T::STATES.len(), T::TABLES.split_at(T::STATES.len() * T::STATES.len()).1);

    #[inline]
    fn index(self) -> u8 {
        self.position()
    }
}

/// [`Finite::BOTTOM`]: the state whose join with any other is the other.
const fn least(n_states: usize, joins: &[u8]) -> Option<u8> {
    let mut state = 0;
    while state < n_states {
        let mut other = 0;
        while other < n_states && joins[state * n_states + other] as usize == other {
            other += 1;
        }
        if other == n_states {
            // At most 256 states, since a position is a byte.
            return Some(state as u8);
        }
        state += 1;
    }
    None
}

/// [`Finite::CONFLICT`], given the position of the one state in conflict, or none: a part of one row of flags for all types.
const fn conflicts(n_states: usize, conflict: &[u8]) -> &'static [bool] {
    const LAST: usize = u8::MAX as usize;
    static NONE: [bool; LAST + 1] = [false; LAST + 1];
    static ONE: [bool; 2 * LAST + 1] = {
        let mut flags = [false; 2 * LAST + 1];
        flags[LAST] = true;
        flags
    };
    let flags: &'static [bool] = match conflict {
        [at, ..] => ONE.split_at(LAST - *at as usize).1,
        [] => &NONE,
    };
    flags.split_at(n_states).0
}

/// By the tables of a [`Finite`] type.
#[derive(Clone, Copy, Debug)]
pub struct ByTables;

impl<F: Finite> LatticeBy<F> for ByTables {
    #[inline]
    fn join(state: &mut F, other: F) -> bool {
        finite::join(state, other)
    }

    #[inline]
    fn join_ref(state: &mut F, other: &F) -> bool {
        finite::join(state, *other)
    }

    #[inline]
    fn cmp(left: &F, right: &F) -> Option<Ordering> {
        finite::cmp(*left, *right)
    }

    #[inline]
    fn leq(left: &F, right: &F) -> bool {
        finite::leq(*left, *right)
    }

    fn conflict(state: &F) -> Option<Conflict> {
        finite::conflict(*state)
    }

    fn incompatible(left: &F, right: &F) -> Option<Conflict> {
        finite::incompatible(*left, *right)
    }
}

impl<F: Finite> BottomBy<F> for ByTables {
    #[inline]
    fn bottom() -> F {
        finite::bottom()
    }

    #[inline]
    fn is_bottom(state: &F) -> bool {
        Some(state.index()) == F::BOTTOM
    }
}

/// A threshold names a state: `status >= Status::Paid`.
impl<F: Finite + Send + Sync> PointsBy<F> for ByTables {
    type Point = F;

    fn is_at_least(state: &F, point: &F) -> bool {
        finite::leq(*point, *state)
    }
}

impl<F, A, B> PairBy<F, A, B> for ByTables
where
    F: Finite + Send + Sync + Indexed<Of<F, A>> + Indexed<Of<F, B>>,
{
    const VERDICT: Verdict = finite_verdict(
        F::NAMES,
        F::JOIN,
        F::CONFLICT,
        (<F as Indexed<Of<F, A>>>::INDEX, <F as Indexed<Of<F, B>>>::INDEX),
    );
}

/// By tables, with a bottom or without one.
pub trait ReadsTables {}

impl ReadsTables for ByTables {}
impl ReadsTables for WithoutBottom<ByTables> {}

impl<F, A, B> Distinct<A, B> for F
where
    F: Finite + Derived<By: ReadsTables> + Indexed<Of<Flat<F>, A>> + Indexed<Of<Flat<F>, B>>,
{
    const DISTINCT: bool = <F as Indexed<Of<Flat<F>, A>>>::INDEX != <F as Indexed<Of<Flat<F>, B>>>::INDEX;
}

#[cfg(test)]
mod tests {
    use super::conflicts;

    #[test]
    fn the_one_state_in_conflict_is_flagged() {
        for n_states in 1..=256_usize {
            for at in 0..=u8::MAX {
                if usize::from(at) < n_states {
                    let flags = conflicts(n_states, &[at]);
                    let found: alloc::vec::Vec<usize> =
                        (0..flags.len()).filter(|&state| flags[state]).collect();
                    assert_eq!((flags.len(), found), (n_states, alloc::vec![usize::from(at)]));
                }
            }
        }
    }

    #[test]
    fn without_a_conflict_no_state_is_flagged() {
        assert_eq!(conflicts(256, &[]), [false; 256]);
        assert_eq!(conflicts(1, &[]), [false]);
    }
}
