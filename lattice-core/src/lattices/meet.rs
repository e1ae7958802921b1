//! The tops, meets and total orders of the lattices that are chains or std's types; every other one says its own where it stands.
//!
//! ```text
//!   A ⊓ B = A ∩ B             of sets
//!   (f ⊓ g)(k) = f(k) ⊓ g(k)   of maps, for the keys that both have
//!   None ⊓ x = None            of options
//!   the lesser of the two      of chains
//! ```
//!
//! `Box` has neither top nor meet here: whether a `Box` of a type of yours is [`Finite`](crate::Finite) is for your crate to say, and
//! what is finite has both by its tables.

use alloc::{
    boxed::Box,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::Arc,
};
use core::{cmp::Ordering, fmt::Debug};

use crate::{
    lattice::{Chain, Lattice, Meet, Top},
    lattices::{All, Any, Flat, GreatestValue, LeastValue, Max, Min},
};

/// The meet of a chain.
pub(super) fn lesser<C: Chain>(state: &mut C, other: C) -> bool {
    let shrinks = other.lattice_cmp(state) == Some(Ordering::Less);
    if shrinks {
        *state = other;
    }
    shrinks
}

macro_rules! chain {
    ($([$($t:ident: $order:path, $bounded:path)?] $lattice:ty, top = $top:expr;)+) => {$(
        impl<$($t: $order)?> Chain for $lattice {}

        /// The lesser of the two.
        impl<$($t: $order)?> Meet for $lattice {
            fn meet(&mut self, other: Self) -> bool {
                lesser(self, other)
            }
        }

        impl<$($t: $bounded)?> Top for $lattice {
            fn top() -> Self {
                Self($top)
            }

            fn is_top(&self) -> bool {
                self.0 == $top
            }
        }
    )+};
}

chain! {
    [T: Ord, GreatestValue] Max<T>, top = T::greatest();
    [T: Ord, LeastValue] Min<T>, top = T::least();
    [] Any, top = true;
    [] All, top = false;
}

/// Two different values have only `Bottom` below both.
impl<T: Eq + Debug> Meet for Flat<T> {
    fn meet(&mut self, other: Self) -> bool {
        match other.lattice_cmp(self) {
            Some(Ordering::Less) => *self = other,
            None => *self = Self::Bottom,
            Some(Ordering::Equal | Ordering::Greater) => return false,
        }
        true
    }
}

/// The conflict, which is above everything.
impl<T: Eq + Debug> Top for Flat<T> {
    fn top() -> Self {
        Self::Conflict
    }

    fn is_top(&self) -> bool {
        matches!(self, Self::Conflict)
    }
}

impl<C: Chain + Clone> Chain for Option<C> {}

/// `None` if either is.
impl<L: Meet + Clone> Meet for Option<L> {
    fn meet(&mut self, other: Self) -> bool {
        match (self.as_mut(), other) {
            (None, _) => false,
            (Some(inner), Some(other)) => inner.meet(other),
            (Some(_), None) => {
                *self = None;
                true
            }
        }
    }
}

impl<L: Top + Clone> Top for Option<L> {
    fn top() -> Self {
        Some(L::top())
    }

    fn is_top(&self) -> bool {
        self.as_ref().is_some_and(L::is_top)
    }
}

impl<C: Chain + Clone> Chain for Box<C> {}

macro_rules! shared {
    ($($pointer:ident)+) => {$(
        impl<C: Chain + Clone> Chain for $pointer<C> {}

        /// As its content; a meet that loses nothing does not unshare it.
        impl<L: Meet + Clone> Meet for $pointer<L> {
            fn meet(&mut self, other: Self) -> bool {
                !Self::ptr_eq(self, &other)
                    && !self.leq(&other)
                    && Self::make_mut(self).meet(Self::unwrap_or_clone(other))
            }
        }

        impl<L: Top + Clone> Top for $pointer<L> {
            fn top() -> Self {
                Self::new(L::top())
            }

            fn is_top(&self) -> bool {
                (**self).is_top()
            }
        }
    )+};
}

shared!(Rc Arc);

impl Chain for () {}

impl Meet for () {
    fn meet(&mut self, (): Self) -> bool {
        false
    }
}

impl Top for () {
    fn top() -> Self {}

    fn is_top(&self) -> bool {
        true
    }
}

macro_rules! product {
    ($($factor:ident $at:tt),+) => {
        /// Position by position.
        impl<$($factor: Meet + Clone),+> Meet for ($($factor,)+) {
            fn meet(&mut self, other: Self) -> bool {
                let mut shrank = false;
                $(shrank |= self.$at.meet(other.$at);)+
                shrank
            }
        }

        impl<$($factor: Top + Clone),+> Top for ($($factor,)+) {
            fn top() -> Self {
                ($($factor::top(),)+)
            }

            fn is_top(&self) -> bool {
                true $(&& self.$at.is_top())+
            }
        }
    };
}

product!(A 0);
product!(A 0, B 1);
product!(A 0, B 1, C 2);
product!(A 0, B 1, C 2, D 3);
product!(A 0, B 1, C 2, D 3, E 4);
product!(A 0, B 1, C 2, D 3, E 4, F 5);
product!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
product!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
product!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
product!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
product!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
product!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);

macro_rules! set {
    ($set:ident<T $(, $state:ident: $hasher:path)?>, T: [$($key:tt)+]) => {
        /// The meet is the intersection. There is no top: no set contains everything.
        impl<T: $($key)+ + Clone $(, $state: $hasher)?> Meet for $set<T $(, $state)?> {
            fn meet(&mut self, other: Self) -> bool {
                let n_before = self.len();
                self.retain(|element| other.contains(element));
                self.len() < n_before
            }

            fn meet_ref(&mut self, other: &Self) -> bool {
                let n_before = self.len();
                self.retain(|element| other.contains(element));
                self.len() < n_before
            }
        }
    };
}

macro_rules! map {
    ($map:ident<K, V $(, $state:ident: $hasher:path)?>, K: [$($key:tt)+]) => {
        /// Key by key, for the keys that both have.
        impl<K: $($key)+ + Clone + Debug, V: Meet + Clone $(, $state: $hasher)?> Meet for $map<K, V $(, $state)?> {
            fn meet(&mut self, mut other: Self) -> bool {
                let n_before = self.len();
                let mut shrank = false;
                self.retain(|key, value| {
                    let Some(other) = other.remove(key) else { return false };
                    shrank |= value.meet(other);
                    true
                });
                shrank || self.len() < n_before
            }

            fn meet_ref(&mut self, other: &Self) -> bool {
                let n_before = self.len();
                let mut shrank = false;
                self.retain(|key, value| {
                    let Some(other) = other.get(key) else { return false };
                    shrank |= value.meet_ref(other);
                    true
                });
                shrank || self.len() < n_before
            }
        }
    };
}

set!(BTreeSet<T>, T: [Ord]);
map!(BTreeMap<K, V>, K: [Ord]);

#[cfg(feature = "std")]
mod hashed {
    use core::hash::{BuildHasher, Hash};
    use std::collections::{HashMap, HashSet};

    use super::{Debug, Meet};

    set!(HashSet<T, S: BuildHasher>, T: [Eq + Hash]);
    map!(HashMap<K, V, S: BuildHasher>, K: [Eq + Hash]);
}
