//! What the user's words mean: fields with their lattices, variants as indices, names resolved.
//!
//! Knows names; judges nothing. The rules are in `check`, the mathematics of orders in [`poset`], which knows no `syn`.

pub(crate) mod generics;
mod lower;
pub(crate) mod poset;
pub(crate) mod threshold;

use proc_macro2::{Ident, Span};
use syn::{DeriveInput, Fields, Member, Type};

pub(crate) use self::lower::{legible_fields, lower};
use self::poset::Tables;
use crate::{
    diagnostics::Mistake,
    syntax::{ContainerWords, StrategyWord},
};

/// A type with `#[derive(Lattice)]`. `O` is what is known about the order of an enum: [`Declared`] before the rules are checked,
/// [`Tables`] after.
#[derive(Debug)]
pub(crate) struct Model<'a, O = Tables> {
    pub(crate) input: &'a DeriveInput,
    /// What was said about the type as a whole.
    pub(crate) words: &'a ContainerWords,
    pub(crate) shape: Shape<'a, O>,
}

/// A struct or an enum.
#[derive(Debug)]
pub(crate) enum Shape<'a, O> {
    /// The product of its fields.
    Struct(Struct<'a>),
    /// A finite lattice of unit variants, or the sum of the payloads of its variants.
    Enum(Enum<'a, O>),
}

/// A product lattice.
#[derive(Debug)]
pub(crate) struct Struct<'a> {
    /// The fields as they were declared, for the shape: named, numbered or none.
    pub(crate) style: &'a Fields,
    pub(crate) fields: Vec<Field<'a>>,
}

/// One factor of a product.
#[derive(Debug)]
pub(crate) struct Field<'a> {
    /// As in `self.status` or `self.0`.
    pub(crate) member: Member,
    /// As in reports and thresholds: without `r#`, tuple fields by their number.
    pub(crate) name: String,
    pub(crate) original: &'a syn::Field,
    /// The type that it is a field of.
    pub(crate) owner: &'a Ident,
    /// Its number among all fields of the type, those of all variants counted through.
    pub(crate) number: usize,
    /// Whether it is a key of the fields after it, under `lex`.
    pub(crate) is_key: bool,
    /// Where generated code about this field stands: at its type, but with the derive's own names in scope. Kept, because the compiler is asked
    /// for it.
    span: Span,
    /// How it joins, if not as its own type says.
    pub(crate) strategy: Option<&'a StrategyWord>,
    /// The word that says so.
    pub(crate) word: Option<&'a Ident>,
    /// Whether its type mentions a type parameter, so that impls hang on it.
    pub(crate) mentions_parameter: bool,
    /// Whether its type mentions the struct itself. A condition on such a type would send the compiler in a circle.
    pub(crate) mentions_self: bool,
    /// Whether its type mentions the type itself or any parameter, a lifetime or a constant too: no constant can be about it then.
    pub(crate) hangs: bool,
    /// The number of the constant that says whether its type is what a derive needs, where there can be one: a constant
    /// cannot be about a type parameter, nor about the type that is being defined.
    pub(crate) constant: Option<usize>,
    /// What is wrong with it, if the check found something that the impls can stand beside.
    pub(crate) refused: Option<Mistake>,
}

/// The variants of an enum and their order. Without data it is a finite lattice.
#[derive(Debug)]
pub(crate) struct Enum<'a, O> {
    pub(crate) variants: Vec<&'a Ident>,
    /// The variants' names without `r#`.
    pub(crate) names: Vec<String>,
    /// What each variant holds.
    pub(crate) payloads: Vec<Payload<'a>>,
    pub(crate) order: O,
}

/// What a variant holds: the product of its fields, or plain data.
#[derive(Debug)]
pub(crate) struct Payload<'a> {
    pub(crate) style: &'a Fields,
    /// The word that says that it is plain data.
    pub(crate) flat: Option<&'a Ident>,
    pub(crate) fields: Vec<Field<'a>>,
}

/// What was declared about an order, names resolved.
#[derive(Debug)]
pub(crate) struct Declared<'a> {
    /// Each `lesser < greater` that was written, in order.
    pub(crate) edges: Vec<Edge>,
    /// For each variant, the last place where the order mentions it; for `chain`, the variant itself.
    pub(crate) mentions: Vec<Option<&'a Ident>>,
    /// The variant that `bottom = V` names.
    pub(crate) bottom: Option<Named<'a>>,
    /// The variant that `conflict = V` names.
    pub(crate) conflict: Option<Named<'a>>,
}

/// `lesser < greater`.
#[derive(Clone, Debug)]
pub(crate) struct Edge {
    pub(crate) lesser: usize,
    pub(crate) greater: usize,
    /// The greater variant as it stands in the order.
    pub(crate) at: Ident,
}

/// A variant where an attribute names it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    pub(crate) index: usize,
    pub(crate) at: &'a Ident,
}

impl<O> Model<'_, O> {
    /// Every field, of a struct or of all payloads.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field<'_>> {
        let (fields, payloads) = match &self.shape {
            Shape::Struct(shape) => (&shape.fields[..], &[][..]),
            Shape::Enum(shape) => (&[][..], &shape.payloads[..]),
        };
        fields.iter().chain(payloads.iter().flat_map(|payload| &payload.fields))
    }
}

impl<O> Enum<'_, O> {
    /// Whether no variant holds anything, so that the states are the variants.
    pub(crate) fn is_finite(&self) -> bool {
        self.payloads.iter().all(|payload| matches!(payload.style, Fields::Unit))
    }
}

impl<'a> Field<'a> {
    /// Whether it is outside of the lattice.
    pub(crate) fn is_skipped(&self) -> bool {
        matches!(self.strategy, Some(StrategyWord::Skip))
    }

    /// Whether it is said to be a set or a map.
    pub(crate) fn is_union(&self) -> bool {
        matches!(self.strategy, Some(StrategyWord::Union))
    }

    pub(crate) fn ty(&self) -> &'a Type {
        &self.original.ty
    }

    pub(crate) fn span(&self) -> Span {
        self.span
    }
}
