//! The rules of enums that do not ask how the variants are ordered; those that do are in `order`.

use syn::DeriveInput;

use super::{fields, order, sums};
use crate::{
    diagnostics::Diagnostics,
    model::{Declared, Enum, poset::Tables},
    syntax::ContainerWords,
};

/// Checks every rule of an enum.
pub(super) fn check<'a>(
    model: Enum<'a, Declared<'a>>,
    input: &DeriveInput,
    words: &ContainerWords,
    diagnostics: &mut Diagnostics,
) -> Option<Enum<'a, Tables>> {
    let before = diagnostics.len();
    check_has_variants(&model, input, diagnostics);
    check_at_most_256(&model, diagnostics);
    check_order_is_declared_once(&model, input, words, diagnostics);
    check_no_payload_is_skipped(&model, diagnostics);
    check_not_lex(words, diagnostics);
    if diagnostics.len() > before {
        return None;
    }
    let tables = order::check(&model, input, words, diagnostics)?;
    sums::check(&model, &tables, diagnostics);
    let Enum { variants, names, mut payloads, .. } = model;
    payloads.iter_mut().for_each(fields::check_payload);
    Some(Enum { variants, names, payloads, order: tables })
}

/// A lattice has a least state, so it has a state.
fn check_has_variants(model: &Enum<'_, Declared<'_>>, input: &DeriveInput, diagnostics: &mut Diagnostics) {
    if model.variants.is_empty() {
        diagnostics
            .error(&input.ident, format!("`{}` has no variants", input.ident))
            .note("a lattice has at least one state, where everything starts")
            .help("add a variant");
    }
}

/// A state is one byte in the tables and in the canonical form.
fn check_at_most_256(model: &Enum<'_, Declared<'_>>, diagnostics: &mut Diagnostics) {
    if let Some(excess) = model.variants.get(256) {
        diagnostics
            .error(
                excess,
                format!(
                    "{} variants are more than the 256 that an enum lattice can have",
                    model.variants.len()
                ),
            )
            .note("a state is one byte in the tables of joins")
            .help("split the enum into a struct of several, whose lattice is their product");
    }
}

/// A payload that comes out of nothing, where two variants meet, would lose the field unseen.
fn check_no_payload_is_skipped(model: &Enum<'_, Declared<'_>>, diagnostics: &mut Diagnostics) {
    let fields = model.payloads.iter().flat_map(|payload| &payload.fields);
    for word in fields.filter(|field| field.is_skipped()).filter_map(|field| field.word) {
        diagnostics
            .error(word, "a field of a variant cannot be skipped")
            .note("a join may replace the variant, and then nothing is left that could keep the field")
            .help("move the field into a struct around the enum");
    }
}

/// The states of an enum are ordered by its variants; `lex` orders by the fields of a struct.
fn check_not_lex(words: &ContainerWords, diagnostics: &mut Diagnostics) {
    if let Some(lex) = &words.lex {
        diagnostics
            .error(lex, "`lex` belongs on a struct")
            .note("under `lex` a field that grows replaces those after it; an enum declares the order of its variants")
            .help("remove it");
    }
}

/// The order is said once, by `order(..)` or by `chain`.
fn check_order_is_declared_once(
    model: &Enum<'_, Declared<'_>>,
    input: &DeriveInput,
    words: &ContainerWords,
    diagnostics: &mut Diagnostics,
) {
    match (&words.order, &words.chain) {
        (Some(_), Some(chain)) => {
            diagnostics
                .error(chain, "`chain` and `order` both declare the order")
                .note("`chain` orders the variants as they are declared")
                .help("keep one of the two");
        }
        // A malformed attribute was reported; the order may be in it.
        (None, None) if !words.incomplete && !model.variants.is_empty() => {
            let names: Vec<&str> = model.names.iter().take(3).map(String::as_str).collect();
            diagnostics
                .error(&input.ident, "the order of the variants is not declared")
                .note("the order says which of two states wins, and where two that exclude each other meet")
                .help(format!(
                    "write `#[lattice(chain)]` before the enum if each variant is greater than the one before it, otherwise \
                     `#[lattice(order({} ..))]`",
                    names.join(" < ")
                ));
        }
        _ => {}
    }
}
