//! Pictures of lattices: the Hasse diagram of a type whose states can be listed, as Mermaid, DOT or SVG.
//!
//! A Hasse diagram draws each state once, a greater one above a lesser one, and a line wherever nothing stands between the two: the
//! *covers*, which are the least set of lines that shows the whole order.
//!
//! ```text
//!   T::hasse()  ──▶  Diagram (states, covers)  ──▶  layout (layers, routes)  ──▶  svg
//!                         └──▶  mermaid, dot: they have a layout of their own
//! ```
//!
//! The same type gives the same bytes.

mod diagram;
mod dot;
mod label;
mod layout;
mod mermaid;
mod product;
mod states;
mod svg;

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::threshold::{Observe, Reached, Threshold};

use diagram::Picture;
pub use label::Label;
pub use states::States;
#[doc(hidden)]
pub use {
    product::{FactorStates, FactorsStates},
    states::StatesBy,
};

/// The Hasse diagram of a lattice, by [`States::hasse`].
///
/// ```
/// use lvars::{Any, hasse::States};
///
/// let diagram = <(Any, Any)>::hasse();
/// assert_eq!(diagram.states().len(), 4);
/// assert_eq!(diagram.covers().count(), 4, "a diamond");
/// assert!(diagram.mermaid().starts_with("flowchart BT\n"));
/// ```
///
/// The bottom is drawn with a thick border, a conflict with a dashed one.
#[derive(Clone, Debug)]
#[must_use = "a diagram draws nothing until it is written in some format"]
pub struct Diagram<L> {
    states: Vec<L>,
    picture: Picture,
}

impl<L: States> Diagram<L> {
    fn new() -> Self {
        let states: Vec<L> = L::states().collect();
        let picture = Picture::of(&states);
        Self { states, picture }
    }

    /// The states, each once, in the order in which [`States`] lists them.
    pub fn states(&self) -> &[L] {
        &self.states
    }

    /// Each pair of states that the diagram joins by a line, the lesser one first: nothing stands between the two.
    pub fn covers(&self) -> impl Iterator<Item = (&L, &L)> {
        self.picture.covers.iter().map(|&(below, above)| (&self.states[below], &self.states[above]))
    }

    /// Colours each state by the outcome of the threshold set `T` that a [`get`](Observe::get) answers there, with a legend. A
    /// second threshold set takes the place of the first.
    ///
    /// States in conflict are above all outcomes and stay uncoloured.
    pub fn with_threshold<T>(mut self) -> Self
    where
        T: Threshold<On = L> + Reached<L, ()> + fmt::Debug,
    {
        let answers = self.states.iter().map(|state| {
            let outcome = state.get::<T>().ok()??;
            Some(alloc::format!("{outcome:?}"))
        });
        self.picture.colour(T::NAME, answers);
        self
    }

    /// Draws two incompatible states in red, and their join, which is a conflict. A second pair takes the place of the first.
    ///
    /// # Errors
    ///
    /// If the two are not incompatible; the error says what their join is.
    ///
    /// # Panics
    ///
    /// If the join is none of the listed states, which is a bug of a hand-written [`States`].
    pub fn with_incompatible(mut self, left: &L, right: &L) -> Result<Self, NoConflict> {
        let join = left.clone().joined(right.clone());
        let Some(conflict) = join.conflict() else {
            let [left, right, join] = [left, right, &join].map(|state| state.label().in_one_line());
            return Err(NoConflict { left, right, join });
        };
        // The report of the pair is better than that of the join: it names both values.
        let conflict = left.incompatible(right).unwrap_or(conflict);
        let clash = [left, right, &join].map(|state| self.place_of(state));
        self.picture.clash(clash, conflict);
        Ok(self)
    }

    fn place_of(&self, state: &L) -> usize {
        let found = self.states.iter().position(|other| state.leq(other) && other.leq(state));
        found.expect("`States` lists every state")
    }

    /// The diagram as a [Mermaid](https://mermaid.js.org) flowchart, which Markdown on many sites shows as a picture.
    #[must_use]
    pub fn mermaid(&self) -> String {
        mermaid::write(&self.picture)
    }

    /// The diagram in the DOT language of Graphviz.
    #[must_use]
    pub fn dot(&self) -> String {
        dot::write(&self.picture)
    }

    /// The diagram as an SVG image that needs nothing else: no script, no style sheet, no font. The bottom is at the bottom.
    ///
    /// Cost: the layout is quadratic in the states of a layer; a product of 64 states takes milliseconds.
    #[must_use]
    pub fn svg(&self) -> String {
        svg::write(&self.picture)
    }
}

/// Two states that are not incompatible: their join is no conflict, so there is nothing to draw in red.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoConflict {
    /// One state.
    pub left: String,
    /// The other.
    pub right: String,
    /// Their join.
    pub join: String,
}

impl fmt::Display for NoConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { left, right, join } = self;
        write!(f, "the join of `{left}` and `{right}` is `{join}`, which is no conflict")
    }
}

impl core::error::Error for NoConflict {}
