//! The rules of words that structs and enums share: which of them contradict each other, and what they cannot be said of.

use proc_macro2::Ident;

use crate::{
    diagnostics::Diagnostics,
    model::{Declared, Model},
    syntax::StrategyWord,
};

/// Checks every rule of such a word.
pub(super) fn check(model: &Model<'_, Declared<'_>>, diagnostics: &mut Diagnostics) {
    check_no_bottom_is_not_asked_for_one(model, diagnostics);
    check_hand_written_joins_are_tested(model, diagnostics);
}

/// `no_bottom` says that there is none, so no other word is about it.
fn check_no_bottom_is_not_asked_for_one(model: &Model<'_, Declared<'_>>, diagnostics: &mut Diagnostics) {
    if model.words.no_bottom.is_none() {
        return;
    }
    let bottom = model.words.bottom.as_ref().map(|word| &word.key);
    for word in [bottom, model.words.default.as_ref()].into_iter().flatten() {
        diagnostics
            .error(word, format!("`{word}` is about the bottom, and `no_bottom` says that there is none"))
            .note("the bottom is the least state, where everything starts")
            .help(format!("keep one of `{word}` and `no_bottom`"));
    }
}

/// `with` forces a test of the laws, and the test is of one type.
fn check_hand_written_joins_are_tested(model: &Model<'_, Declared<'_>>, diagnostics: &mut Diagnostics) {
    if model.input.generics.params.is_empty() {
        return;
    }
    let fields = model.fields().filter(|field| matches!(field.strategy, Some(StrategyWord::With(_))));
    for word in fields.filter_map(|field| field.word) {
        diagnostics
            .error(word, format!("a field of `{}` cannot join by `with`, since the type has parameters", model.input.ident))
            .note("the functions of `with` come with a test of their laws, which needs a type without parameters")
            .help("write a type that implements `Strategy`, check its laws by `laws!`, and say `by = ..`");
    }
}

/// What stands in a state from the first moment on starts at the bottom.
pub(crate) fn check_starts_at_the_bottom(
    derive: &str,
    no_bottom: Option<&Ident>,
    diagnostics: &mut Diagnostics,
) {
    if let Some(word) = no_bottom {
        diagnostics
            .error(word, format!("`{derive}` needs a bottom, and `no_bottom` says that there is none"))
            .note("an LVar and a replica start at the least state")
            .help(format!(
                "remove the derive of `{derive}`, and let others hold it in an `Option`; or add a least state"
            ));
    }
}
