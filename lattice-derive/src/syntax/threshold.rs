//! What was written on an enum with `#[derive(Threshold)]`, with spans.
//!
//! Everything malformed is reported here and left out of the result, so that the later stages see well-formed pieces only. What is
//! well-formed but makes no sense (a variant without a `when`, a payload without a binding path) is for the check stage to say.

mod path;
mod when;
mod words;

use proc_macro2::{Ident, Span};
use syn::{Attribute, Data, DeriveInput, Fields, Generics, Type, Variant, spanned::Spanned};

pub(crate) use path::{PathSyntax, Step};
pub(crate) use when::{ConjunctSyntax, WhenSyntax};
#[cfg(test)]
pub(super) use words::WORDS;
pub(crate) use words::Words;

use crate::diagnostics::Diagnostics;

/// The annotated enum of outcomes.
pub(crate) struct ThresholdSyntax {
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) words: Words,
    /// `None` for what is not an enum, which is reported.
    pub(crate) variants: Option<Vec<VariantSyntax>>,
}

/// One outcome: `#[when(price)] Priced(u32)`.
pub(crate) struct VariantSyntax {
    pub(crate) ident: Ident,
    pub(crate) payload: Payload,
    pub(crate) whens: Vec<WhenSyntax>,
}

/// What a variant carries.
pub(crate) enum Payload {
    None,
    /// The one shape that can bind a value.
    One(Box<Type>),
    /// Named fields, or more than one, or none in brackets.
    Misshapen(Fields),
}

/// Reads the annotated item; reports what is malformed and keeps the rest.
pub(crate) fn read(input: DeriveInput, diagnostics: &mut Diagnostics) -> ThresholdSyntax {
    let mut words = words::read(&input.attrs, diagnostics);
    let misplaced =
        refuse_when(&input.attrs, "each variant is an outcome with its own conditions", diagnostics);
    let variants = match input.data {
        Data::Enum(data) => {
            let variants = data.variants.into_iter().map(|variant| {
                let mut variant = read_variant(variant, &mut words, diagnostics);
                if variant.whens.is_empty() {
                    variant.whens.extend(misplaced.map(WhenSyntax::malformed));
                }
                variant
            });
            Some(variants.collect())
        }
        Data::Struct(data) => {
            refuse_shape(&data.struct_token, "struct", diagnostics);
            None
        }
        Data::Union(data) => {
            refuse_shape(&data.union_token, "union", diagnostics);
            None
        }
    };
    ThresholdSyntax { ident: input.ident, generics: input.generics, words, variants }
}

fn refuse_shape(keyword: &impl quote::ToTokens, kind: &str, diagnostics: &mut Diagnostics) {
    diagnostics
        .error(keyword, format!("a threshold set is an enum, not a {kind}"))
        .note("each variant is an outcome that a `get` may answer, with `#[when(..)]` for its condition")
        .help("for the lattice itself use `#[derive(Lattice)]`; a threshold set names it with `#[threshold(on = ..)]`");
}

fn read_variant(variant: Variant, words: &mut Words, diagnostics: &mut Diagnostics) -> VariantSyntax {
    words::refuse(&variant.attrs, words, diagnostics);
    let mut misplaced = None;
    for field in &variant.fields {
        words::refuse(&field.attrs, words, diagnostics);
        misplaced = misplaced.or(refuse_when(
            &field.attrs,
            "the payload takes the decided value of the path that the variant binds",
            diagnostics,
        ));
    }
    let attributes = variant.attrs.iter().filter(|attribute| attribute.path().is_ident("when"));
    let mut whens: Vec<_> = attributes.map(|attribute| when::read(attribute, diagnostics)).collect();
    if whens.is_empty() {
        whens.extend(misplaced.map(WhenSyntax::malformed));
    }
    VariantSyntax { ident: variant.ident, payload: read_payload(variant.fields), whens }
}

fn read_payload(fields: Fields) -> Payload {
    match fields {
        Fields::Unit => Payload::None,
        Fields::Unnamed(mut unnamed) if unnamed.unnamed.len() == 1 => match unnamed.unnamed.pop() {
            Some(field) => Payload::One(Box::new(field.ty)),
            None => Payload::None,
        },
        misshapen => Payload::Misshapen(misshapen),
    }
}

/// Reports each `#[when(..)]` among the attributes of something that has no condition. Answers where one is: it stands for one that is missing
/// elsewhere, lest it be missed too.
fn refuse_when(attributes: &[Attribute], why: &str, diagnostics: &mut Diagnostics) -> Option<Span> {
    let misplaced: Vec<_> = attributes.iter().filter(|attribute| attribute.path().is_ident("when")).collect();
    for attribute in &misplaced {
        diagnostics
            .error(attribute.path(), "`#[when(..)]` is in the wrong place")
            .note(why)
            .help("move it before the variant");
    }
    misplaced.first().map(|attribute| attribute.path().span())
}
