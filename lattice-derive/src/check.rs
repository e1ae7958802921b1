//! The rules of the language, one function each; the lists of calls read as its specification.
//!
//! Malformed words are found in `syntax`, and names that no variant has in `model`, which both could not go on with them.

mod enums;
pub(crate) mod fields;
mod order;
pub(crate) mod stores;
mod structs;
mod sums;
pub(crate) mod threshold;
mod words;

use std::ops::Deref;

pub(crate) use self::words::check_starts_at_the_bottom;
use crate::{
    diagnostics::Diagnostics,
    model::{Declared, Model, Shape},
};

/// A model that obeys every rule. Only this stage can make one, so expansion meets no broken rule.
#[derive(Debug)]
pub(crate) struct Checked<M>(M);

impl<M> Deref for Checked<M> {
    type Target = M;

    fn deref(&self) -> &M {
        &self.0
    }
}

/// Checks every rule of `#[derive(Lattice)]`, and turns the declared order of an enum into its tables.
pub(crate) fn check<'a>(
    model: Model<'a, Declared<'a>>,
    diagnostics: &mut Diagnostics,
) -> Option<Checked<Model<'a>>> {
    words::check(&model, diagnostics);
    let Model { input, words, shape } = model;
    let shape = match shape {
        Shape::Struct(mut model) => {
            structs::check(&mut model, words, diagnostics);
            Shape::Struct(model)
        }
        Shape::Enum(variants) => Shape::Enum(enums::check(variants, input, words, diagnostics)?),
    };
    Some(Checked(Model { input, words, shape }))
}
