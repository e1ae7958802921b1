//! The lattices whose states can be listed; `product` does so for those that are made of fields.

use alloc::{boxed::Box, format, rc::Rc, sync::Arc};

use super::{Diagram, Label};
use crate::{
    derived::{ByContent, ByTables, Derived, LatticeBy, WithoutBottom},
    lattice::{Finite, Lattice},
    lattices::{All, Any, Flat},
    threshold::message::{Digits, Message},
};

/// A lattice whose states can be listed: an enum of unit variants with `#[derive(Lattice)]`, [`Any`], [`All`], `Flat<bool>`,
/// and what is made of such: `Option`s, tuples, pointers and structs with `#[derive(Lattice)]`.
///
/// ```
/// use lvars::{Any, hasse::States};
///
/// assert_eq!(Option::<Any>::states().collect::<Vec<_>>(), [None, Some(Any(false)), Some(Any(true))]);
/// ```
#[diagnostic::on_unimplemented(
    message = "the states of `{Self}` cannot be listed, so it has no Hasse diagram",
    label = "not a lattice with finitely many states, known to the compiler",
    note = "an enum of unit variants with `#[derive(Lattice)]`, `Any`, `All`, and `Option`s, tuples and structs of such can be listed"
)]
pub trait States: Lattice + Clone {
    /// How many states there are.
    const N_STATES: usize;

    /// How many states at most [`hasse`](Self::hasse) draws. An enum may have all its 256 variants, since somebody wrote each of
    /// them down; a product grows by itself, and past 64 states nobody reads its picture.
    const MOST_DRAWN: usize = 64;

    /// The state at a position of the list; `None` past its end.
    fn nth_state(at: usize) -> Option<Self>;

    /// What a picture writes into this state.
    fn label(&self) -> Label;

    /// All states, each once, always in the same order.
    fn states() -> impl Iterator<Item = Self> {
        (0..Self::N_STATES).map_while(Self::nth_state)
    }

    /// The Hasse diagram of this lattice.
    ///
    /// A lattice of more than [`MOST_DRAWN`](Self::MOST_DRAWN) states does not compile:
    ///
    /// ```compile_fail,E0080
    /// use lvars::{Any, hasse::States};
    ///
    /// type Flags = (Any, Any, Any, Any, Any, Any);
    /// let _ = <(Flags, Any)>::hasse(); // 128 states
    /// ```
    ///
    /// Cost: cubic in the number of states, at worst; an enum of 256 variants takes milliseconds.
    fn hasse() -> Diagram<Self> {
        const { assert_drawable(Self::N_STATES, Self::MOST_DRAWN) };
        Diagram::new()
    }
}

/// Panics, at compile time, if there are too many states for a picture.
#[track_caller]
const fn assert_drawable(n_states: usize, most: usize) {
    if n_states > most {
        let (n_states, most) = (Digits::of(n_states), Digits::of(most));
        let mut message =
            Message::new(&["this lattice has ", n_states.as_str(), " states, too many to draw"]);
        message
            .note(&["a picture of more than ", most.as_str(), " states cannot be read"])
            .help(&["draw a part of it: the type of one field, or a smaller tuple"]);
        panic!("{}", message.as_str());
    }
}

/// A way to list the states of `T`, where a derive made it a lattice: the methods of [`States`].
pub trait StatesBy<T>: LatticeBy<T> {
    /// [`States::N_STATES`].
    const N_STATES: usize;
    /// [`States::MOST_DRAWN`].
    const MOST_DRAWN: usize = 64;

    /// [`States::nth_state`].
    fn nth_state(at: usize) -> Option<T>;
    /// [`States::label`].
    fn label(state: &T) -> Label;
}

/// As its fields, its tables or its content say.
#[diagnostic::do_not_recommend]
impl<T: Derived<By: StatesBy<T>> + Clone> States for T {
    const N_STATES: usize = <T::By as StatesBy<T>>::N_STATES;
    const MOST_DRAWN: usize = <T::By as StatesBy<T>>::MOST_DRAWN;

    fn nth_state(at: usize) -> Option<Self> {
        T::By::nth_state(at)
    }

    fn label(&self) -> Label {
        T::By::label(self)
    }
}

impl<F: Finite> StatesBy<F> for ByTables {
    const N_STATES: usize = F::NAMES.len();
    const MOST_DRAWN: usize = 256;

    fn nth_state(at: usize) -> Option<F> {
        F::STATES.get(at).copied()
    }

    fn label(state: &F) -> Label {
        Label::from(F::NAMES[usize::from(state.index())])
    }
}

impl<T, B: StatesBy<T>> StatesBy<T> for WithoutBottom<B> {
    const N_STATES: usize = B::N_STATES;
    const MOST_DRAWN: usize = B::MOST_DRAWN;

    fn nth_state(at: usize) -> Option<T> {
        B::nth_state(at)
    }

    fn label(state: &T) -> Label {
        B::label(state)
    }
}

impl<S: States> StatesBy<Box<S>> for ByContent {
    const N_STATES: usize = S::N_STATES;
    const MOST_DRAWN: usize = S::MOST_DRAWN;

    fn nth_state(at: usize) -> Option<Box<S>> {
        S::nth_state(at).map(Box::new)
    }

    fn label(state: &Box<S>) -> Label {
        (**state).label()
    }
}

/// The two flags: the states of each, least first.
macro_rules! flag {
    ($($flag:ident [$bottom:literal, $raised:literal])+) => {$(
        impl States for $flag {
            const N_STATES: usize = 2;

            fn nth_state(at: usize) -> Option<Self> {
                [$bottom, $raised].get(at).copied().map($flag)
            }

            fn label(&self) -> Label {
                Label::from(if self.0 { "true" } else { "false" })
            }
        }
    )+};
}

flag!(Any [false, true] All [true, false]);

impl States for Flat<bool> {
    const N_STATES: usize = 4;

    fn nth_state(at: usize) -> Option<Self> {
        [Self::Bottom, Self::Value(false), Self::Value(true), Self::Conflict].get(at).copied()
    }

    fn label(&self) -> Label {
        Label::from(match self {
            Self::Bottom => "Bottom",
            Self::Value(false) => "false",
            Self::Value(true) => "true",
            Self::Conflict => "Conflict",
        })
    }
}

/// `None`, then the states of `S`.
impl<S: States> States for Option<S> {
    const N_STATES: usize = S::N_STATES.saturating_add(1);
    const MOST_DRAWN: usize = S::MOST_DRAWN.saturating_add(1);

    fn nth_state(at: usize) -> Option<Self> {
        match at.checked_sub(1) {
            None => Some(None),
            Some(at) => S::nth_state(at).map(Some),
        }
    }

    fn label(&self) -> Label {
        match self {
            None => Label::from("None"),
            Some(inner) => Label::from(&*format!("Some({})", inner.label().in_one_line())),
        }
    }
}

macro_rules! pointers {
    ($($pointer:ident)+) => {$(
        /// As its content.
        impl<S: States> States for $pointer<S> {
            const N_STATES: usize = S::N_STATES;
            const MOST_DRAWN: usize = S::MOST_DRAWN;

            fn nth_state(at: usize) -> Option<Self> {
                S::nth_state(at).map(Self::new)
            }

            fn label(&self) -> Label {
                (**self).label()
            }
        }
    )+};
}

pointers!(Rc Arc);
