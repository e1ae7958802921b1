//! The rules of structs.

use std::collections::BTreeMap;

use proc_macro2::Ident;

use crate::{diagnostics::Diagnostics, model::Struct, syntax::ContainerWords};

/// Checks every rule of a struct.
pub(super) fn check(model: &Struct<'_>, words: &ContainerWords, diagnostics: &mut Diagnostics) {
    check_no_order(words, diagnostics);
    check_names_differ(model, diagnostics);
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

/// Thresholds know a field by a 64-bit hash of its name; two fields with one hash would get overlapping impls.
fn check_names_differ(model: &Struct<'_>, diagnostics: &mut Diagnostics) {
    let mut known: BTreeMap<u64, &str> = BTreeMap::new();
    for field in &model.fields {
        if let Some(first) = known.insert(field_name(&field.name), &field.name) {
            diagnostics
                .error(&field.member, format!("`{}` and `{first}` have the same hash", field.name))
                .note("thresholds know a field by a 64-bit hash of its name")
                .help("rename one of the two");
        }
    }
}

/// 64-bit FNV-1a, as `lattice_core::threshold::field_name` computes it.
fn field_name(identifier: &str) -> u64 {
    identifier
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!(field_name(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(field_name("a"), 0xaf63_dc4c_8601_ec8c);
    }
}
