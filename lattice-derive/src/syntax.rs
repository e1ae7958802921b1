//! What the user wrote in `#[lattice(..)]`, with spans: one grammar file an attribute, and no meaning yet.

mod container;
mod field;
mod order;
pub(crate) mod threshold;
mod variant;
pub(crate) mod words;

use syn::{Data, DataUnion, DeriveInput};

pub(crate) use self::{
    container::{ContainerWords, VariantWord},
    field::{FieldWords, StrategyWord},
    order::WrittenOrder,
    variant::VariantWords,
};
use crate::diagnostics::Diagnostics;

/// All that stands in `#[lattice(..)]` on a type and inside it.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) container: ContainerWords,
    /// One entry a field of a struct, in order; empty for anything else.
    pub(crate) fields: Vec<FieldWords>,
    /// One entry a variant of an enum, in order; empty for anything else.
    pub(crate) variants: Vec<VariantWords>,
}

/// Reads every attribute and reports the malformed, unknown, misplaced and duplicate words, and what has no place for them.
pub(crate) fn read(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Written {
    let container = ContainerWords::read(&input.attrs, diagnostics);
    let (mut fields, mut variants) = (Vec::new(), Vec::new());
    match &input.data {
        Data::Struct(data) => {
            fields = data.fields.iter().map(|field| FieldWords::read(field, diagnostics)).collect();
        }
        Data::Enum(data) => {
            variants = data.variants.iter().map(|variant| VariantWords::read(variant, diagnostics)).collect();
        }
        Data::Union(data) => refuse_union(data, diagnostics),
    }
    Written { container, fields, variants }
}

fn refuse_union(data: &DataUnion, diagnostics: &mut Diagnostics) {
    diagnostics
        .error(&data.union_token, "a union is not a lattice")
        .note("which of its fields is valid is not known, so there is nothing to join")
        .help("make it a struct");
}

/// Every word that an attribute of the derives knows, for the inputs that the tests make of them.
#[cfg(test)]
pub(crate) fn all_words() -> Vec<&'static str> {
    let variant = ["flat", "when", "threshold", "lattice"];
    [&container::WORDS[..], &field::WORDS, &threshold::WORDS, &variant].concat()
}
