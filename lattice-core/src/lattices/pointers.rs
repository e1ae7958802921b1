//! `Box`, `Rc` and `Arc`: pointers are transparent, so `Box<L>` is the lattice `L`.
//!
//! The shared pointers copy on growth, and only then: a join that brings nothing new leaves them shared.

use alloc::{boxed::Box, rc::Rc, sync::Arc, vec::Vec};
use core::cmp::Ordering;

use crate::{
    codec::{Codec, DecodeError, Decoder},
    conflict::Conflict,
    crdt::WriterId,
    delta::Delta,
    derived::{BottomBy, ByContent, Derived, LatticeBy, PairBy, PointsBy},
    forged::Forged,
    lattice::{Bottom, Lattice},
    schema::Description,
    threshold::{
        Decided, Points,
        verdict::{Pair, Through, Verdict},
    },
};

/// As its content. `Box` is fundamental, so it is a lattice in the way of the derived types (see [`Derived`]).
impl<L: Lattice + Clone> Derived for Box<L> {
    type By = ByContent;
    const NAMES: &'static [&'static str] = &["Box"];
}

impl<L: Lattice + Clone> LatticeBy<Box<L>> for ByContent {
    fn join(state: &mut Box<L>, other: Box<L>) -> bool {
        (**state).join(*other)
    }

    fn join_ref(state: &mut Box<L>, other: &Box<L>) -> bool {
        (**state).join_ref(other)
    }

    fn cmp(left: &Box<L>, right: &Box<L>) -> Option<Ordering> {
        (**left).lattice_cmp(right)
    }

    fn leq(left: &Box<L>, right: &Box<L>) -> bool {
        (**left).leq(right)
    }

    fn conflict(state: &Box<L>) -> Option<Conflict> {
        (**state).conflict()
    }

    fn incompatible(left: &Box<L>, right: &Box<L>) -> Option<Conflict> {
        (**left).incompatible(right)
    }
}

impl<L: Bottom + Clone> BottomBy<Box<L>> for ByContent {
    fn bottom() -> Box<L> {
        Box::new(L::bottom())
    }

    fn is_bottom(state: &Box<L>) -> bool {
        (**state).is_bottom()
    }
}

impl<L: Points + Clone> PointsBy<Box<L>> for ByContent {
    type Point = L::Point;

    fn is_at_least(state: &Box<L>, point: &L::Point) -> bool {
        (**state).is_at_least(point)
    }
}

impl<L, A, B> PairBy<Box<L>, A, B> for ByContent
where
    L: Points + Clone + Pair<Through<Box<L>, A>, Through<Box<L>, B>>,
{
    const VERDICT: Verdict = L::VERDICT;
}

macro_rules! shared {
    ($($pointer:ident)+) => {$(
        /// As its content; a join that brings nothing new does not unshare it.
        impl<L: Lattice + Clone> Lattice for $pointer<L> {
            fn join(&mut self, other: Self) -> bool {
                if Self::ptr_eq(self, &other) || other.leq(self) {
                    return false;
                }
                Self::make_mut(self).join(Self::unwrap_or_clone(other))
            }

            fn join_ref(&mut self, other: &Self) -> bool {
                if Self::ptr_eq(self, other) || other.leq(self) {
                    return false;
                }
                Self::make_mut(self).join_ref(other)
            }

            fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
                (**self).lattice_cmp(other)
            }

            fn leq(&self, other: &Self) -> bool {
                (**self).leq(other)
            }

            fn conflict(&self) -> Option<Conflict> {
                (**self).conflict()
            }

            fn incompatible(&self, other: &Self) -> Option<Conflict> {
                (**self).incompatible(other)
            }
        }

        impl<L: Bottom + Clone> Bottom for $pointer<L> {
            fn bottom() -> Self {
                Self::new(L::bottom())
            }

            fn is_bottom(&self) -> bool {
                (**self).is_bottom()
            }
        }

        impl<L: Points + Clone> Points for $pointer<L> {
            type Point = L::Point;

            fn is_at_least(&self, point: &L::Point) -> bool {
                (**self).is_at_least(point)
            }
        }

        impl<L, A, B> Pair<A, B> for $pointer<L>
        where
            L: Points + Clone + Pair<Through<Self, A>, Through<Self, B>>,
        {
            const VERDICT: Verdict = L::VERDICT;
        }

        impl<L: Delta> Delta for $pointer<L> {
            fn absorb(&mut self, delta: Self) -> Option<Self> {
                if Self::ptr_eq(self, &delta) || delta.leq(self) {
                    return None;
                }
                Self::make_mut(self).absorb(Self::unwrap_or_clone(delta)).map(Self::new)
            }

            fn diff(&self, seen: &Self) -> Option<Self> {
                (**self).diff(seen).map(Self::new)
            }

            fn parts(&self) -> impl Iterator<Item = Self> {
                (**self).parts().map(Self::new)
            }

            fn forged(&self, delta: &Self, writer: WriterId) -> Option<Forged> {
                (**self).forged(delta, writer)
            }
        }

        impl<L: Codec> Codec for $pointer<L> {
            fn encode(&self, out: &mut Vec<u8>) {
                (**self).encode(out);
            }

            // Only through a pointer or a collection can a type contain itself, so these are where depth is counted.
            fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                // The content, and the two counts beside it.
                input.memory(size_of::<L>() + align_of::<L>() + 2 * size_of::<usize>())?;
                input.nested(L::decode).map(Self::new)
            }

            fn describe(out: &mut Description) {
                L::describe(out);
            }
        }
    )+};
}

shared!(Rc Arc);

macro_rules! transparent {
    ($($pointer:ident)+) => {$(
        impl<T, W: ?Sized, L: Decided<T, W>> Decided<T, W> for $pointer<L> {
            fn decided(&self, watch: &mut W) -> Option<T> {
                (**self).decided(watch)
            }
        }
    )+};
}

transparent!(Box Rc Arc);

#[cfg(test)]
use crate::Flat;

crate::laws!(boxed: Box<Flat<u8>>, [Flat::Bottom, Flat::Value(1), Flat::Value(2), Flat::Conflict].map(Box::new));
crate::laws!(counted: Rc<Flat<u8>>, [Flat::Bottom, Flat::Value(1), Flat::Value(2), Flat::Conflict].map(Rc::new));
crate::laws!(shared: Arc<Flat<u8>>, [Flat::Bottom, Flat::Value(1), Flat::Value(2), Flat::Conflict].map(Arc::new));
