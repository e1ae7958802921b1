//! The words of `#[lattice(..)]` on a variant and on the fields of its payload: `flat` for plain data, and the strategies of fields.

use proc_macro2::Ident;
use syn::{Field, Variant};

use super::{
    field::{self, FieldWords},
    words::{Word, read_words},
};
use crate::diagnostics::Diagnostics;

/// What was said about a variant.
#[derive(Debug, Default)]
pub(crate) struct VariantWords {
    /// `flat`, on the variant or on its only field.
    pub(crate) flat: Option<Ident>,
    /// One entry a field of the payload, in order.
    pub(crate) fields: Vec<FieldWords>,
    /// Whether a word was no word of a variant or of its fields, so that what the payload was meant to be is not known.
    pub(crate) incomplete: bool,
}

impl VariantWords {
    pub(super) fn read(variant: &Variant, diagnostics: &mut Diagnostics) -> Self {
        let mut words = Self::default();
        let before = diagnostics.len();
        for word in read_words(&variant.attrs, "lattice", diagnostics) {
            if word.key == "flat" {
                words.take_flat(&word, diagnostics);
            } else {
                refuse_on_variant(&word, variant, diagnostics);
            }
        }
        let is_alone = variant.fields.len() == 1;
        words.fields =
            variant.fields.iter().map(|field| words.read_field(field, is_alone, diagnostics)).collect();
        words.refuse_strategies_of_plain_data(diagnostics);
        words.incomplete = diagnostics.len() > before;
        words
    }

    /// Plain data has no join of its own.
    fn refuse_strategies_of_plain_data(&self, diagnostics: &mut Diagnostics) {
        if self.flat.is_none() {
            return;
        }
        for (word, _) in self.fields.iter().filter_map(|field| field.strategy.as_ref()) {
            diagnostics
                .error(word, format!("this field cannot join by `{word}`, since its payload is `flat`"))
                .note("two payloads of a flat variant that differ in any field join to the variant above it")
                .help(format!("remove `flat`, or `{word}`"));
        }
    }

    fn read_field(&mut self, field: &Field, is_alone: bool, diagnostics: &mut Diagnostics) -> FieldWords {
        let mut words = FieldWords::default();
        for word in read_words(&field.attrs, "lattice", diagnostics) {
            match (word.key == "flat", is_alone) {
                (true, true) => self.take_flat(&word, diagnostics),
                (true, false) => refuse_on_one_of_several(&word, diagnostics),
                (false, _) => words.take(&word, diagnostics),
            }
        }
        words
    }

    fn take_flat(&mut self, word: &Word, diagnostics: &mut Diagnostics) {
        let flat = word.stands_alone(diagnostics).then(|| word.key.clone());
        word.fill(&mut self.flat, flat, diagnostics);
    }
}

/// A payload of several fields is plain data as a whole: two of them differ as soon as one field does.
fn refuse_on_one_of_several(word: &Word, diagnostics: &mut Diagnostics) {
    diagnostics
        .error(&word.key, "`flat` is about the whole payload, and this is one field of several")
        .note("two payloads that differ in this field join to another variant, which has no room for the other fields")
        .help("write `#[lattice(flat)]` before the variant, or make the type of this field `Flat<T>`");
}

/// The order is declared once, on the type.
fn refuse_on_variant(word: &Word, variant: &Variant, diagnostics: &mut Diagnostics) {
    let found = word.key.to_string();
    let mistake = diagnostics.error(&word.key, format!("`{found}` does not belong on a variant"));
    let name = &variant.ident;
    match found.as_str() {
        "conflict" | "bottom" => mistake
            .note("it names one variant for the enum as a whole")
            .help(format!("write `#[lattice({found} = {name})]` before the enum")),
        found if field::WORDS.contains(&found) && !variant.fields.is_empty() => mistake
            .note("it says how one field joins")
            .help(format!("write `#[lattice({})]` before the field", field::usage(found))),
        _ => mistake
            .note("on a variant only `flat` has a meaning: its payload is plain data")
            .help("the other words of `#[lattice(..)]` stand before the enum or before a field"),
    };
}
