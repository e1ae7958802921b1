//! What the user wrote in `#[lattice(..)]`, with spans: one grammar file an attribute, and no meaning yet.

mod container;
mod field;
mod order;
pub(crate) mod threshold;
pub(crate) mod words;

use syn::{Data, DeriveInput};

pub(crate) use self::{
    container::{ContainerWords, VariantWord},
    field::{FieldWords, StrategyWord},
    order::WrittenOrder,
};
use crate::diagnostics::Diagnostics;

/// All that stands in `#[lattice(..)]` on a type and inside it.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) container: ContainerWords,
    /// One entry a field of a struct, in order; empty for anything else.
    pub(crate) fields: Vec<FieldWords>,
}

/// Reads every attribute and reports the malformed, unknown, misplaced and duplicate words.
pub(crate) fn read(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Written {
    let container = ContainerWords::read(&input.attrs, diagnostics);
    let fields = match &input.data {
        Data::Struct(data) => data.fields.iter().map(|field| FieldWords::read(field, diagnostics)).collect(),
        Data::Enum(data) => {
            for variant in &data.variants {
                field::refuse_on_variant(variant, diagnostics);
            }
            Vec::new()
        }
        Data::Union(_) => Vec::new(),
    };
    Written { container, fields }
}
