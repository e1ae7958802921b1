//! The rules of structs.

use proc_macro2::Ident;

use crate::{diagnostics::Diagnostics, model::Struct, syntax::ContainerWords};

/// Checks every rule of a struct.
pub(super) fn check(model: &Struct<'_>, words: &ContainerWords, diagnostics: &mut Diagnostics) {
    check_no_order(words, diagnostics);
    check_at_most_120(model, diagnostics);
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
