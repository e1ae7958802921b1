//! The rules of structs.

use proc_macro2::Ident;

use super::fields;
use crate::{diagnostics::Diagnostics, model::Struct, syntax::ContainerWords};

/// Checks every rule of a struct.
pub(super) fn check(model: &mut Struct<'_>, words: &ContainerWords, diagnostics: &mut Diagnostics) {
    check_no_order(words, diagnostics);
    check_at_most_120(model, diagnostics);
    check_lex_has_a_key(model, words, diagnostics);
    fields::check(&mut model.fields);
}

/// A struct is ordered field by field; only an enum declares an order.
fn check_no_order(words: &ContainerWords, diagnostics: &mut Diagnostics) {
    let order = words.order.as_ref().map(|order| &order.key);
    let bottom = words.bottom.as_ref().map(|word| &word.key);
    let conflict = words.conflict.as_ref().map(|word| &word.key);
    for key in [order, words.chain.as_ref(), bottom, conflict].into_iter().flatten() {
        refuse_order_word(key, diagnostics);
    }
}

fn refuse_order_word(key: &Ident, diagnostics: &mut Diagnostics) {
    diagnostics
        .error(key, format!("`{key}` belongs on an enum"))
        .note("a struct is ordered field by field; only the variants of an enum need a declared order")
        .help("remove it");
}

/// Under `lex` a field decides about those after it, so there are at least two.
fn check_lex_has_a_key(model: &Struct<'_>, words: &ContainerWords, diagnostics: &mut Diagnostics) {
    let Some(lex) = words.lex.as_ref() else { return };
    if model.fields.iter().any(|field| field.is_key) {
        return;
    }
    diagnostics
        .error(lex, "`lex` says nothing of a struct with fewer than two fields")
        .note("under `lex` a field that grows replaces those after it; a skipped field does not count")
        .help("remove it, or put a key before the field: a version, a round, a time");
}

/// The field at this position is one too many.
const EXCESS: usize = 120;

/// Fields are told apart by their positions, and those are counted out.
fn check_at_most_120(model: &Struct<'_>, diagnostics: &mut Diagnostics) {
    if let Some(excess) = model.fields.get(EXCESS) {
        diagnostics
            .error(
                &excess.original,
                format!("{} fields are more than the {EXCESS} that a lattice can have", model.fields.len()),
            )
            .note("each field is a factor of one product, and thresholds find it by its position")
            .help("put fields that belong together into a struct of their own, and let that be a field");
    }
}
