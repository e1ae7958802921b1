//! The rules of `#[derive(DotStore)]`: it is for a struct, whose fields are stores and join as the dots say that they hold.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Data, DeriveInput};

use super::Checked;
use crate::{
    diagnostics::Diagnostics,
    model::{self, Model, Shape, Struct},
    syntax::{ContainerWords, Written},
};

/// Checks every rule of a struct of stores.
pub(crate) fn check<'a>(
    input: &'a DeriveInput,
    written: &'a Written,
    diagnostics: &mut Diagnostics,
) -> Option<Checked<Model<'a>>> {
    check_no_word_of_a_lattice(&written.container, diagnostics);
    check_is_a_struct(input, diagnostics)?;
    let Model { input, words, shape: Shape::Struct(model) } = model::lower(input, written, diagnostics)?
    else {
        return None;
    };
    check_at_most_60(&model, diagnostics);
    check_fields_join_as_stores(&model, diagnostics);
    check_does_not_hold_itself(&model, input, diagnostics);
    Some(Checked(Model { input, words, shape: Shape::Struct(model) }))
}

/// Of an enum also the variant would have to be taken back. A union was refused where it was read.
fn check_is_a_struct(input: &DeriveInput, diagnostics: &mut Diagnostics) -> Option<()> {
    if let Data::Enum(_) = input.data {
        let name = &input.ident;
        diagnostics
            .error(name, format!("`{name}` is an enum, and only a struct can be a dot store"))
            .note("each dot lies in one field; which variant there is would be said by no dot, and so could not be taken back")
            .help(format!("make it a struct of stores; a choice that can change is an `MvRegister<{name}>` in one"));
    }
    matches!(input.data, Data::Struct(_)).then_some(())
}

/// How a store joins follows from its dots.
fn check_no_word_of_a_lattice(words: &ContainerWords, diagnostics: &mut Diagnostics) {
    let order = words.order.as_ref().map(|order| &order.key);
    let bottom = words.bottom.as_ref().map(|word| &word.key);
    let conflict = words.conflict.as_ref().map(|word| &word.key);
    let alone = [&words.chain, &words.no_bottom, &words.lex, &words.default, &words.partial_ord];
    for word in [order, bottom, conflict].into_iter().chain(alone.map(Option::as_ref)).flatten() {
        diagnostics
            .error(word, format!("`{word}` says nothing of a dot store"))
            .note("a document joins dot by dot, starts empty, and has `Default` by this derive")
            .help("remove it");
    }
}

fn check_fields_join_as_stores(model: &Struct<'_>, diagnostics: &mut Diagnostics) {
    for word in model.fields.iter().filter_map(|field| field.word) {
        diagnostics
            .error(word, format!("`{word}` says nothing of a field of a dot store"))
            .note("the field is a store, and joins dot by dot")
            .help(
                "remove it; a plain value that is written again is an `MvRegister<T>`; what is never taken back stands beside \
                 the document, as in `struct Page { #[lattice(max)] edited: u64, body: Causal<Body> }`",
            );
    }
}

/// The place of a dot is a type, and would hold itself.
fn check_does_not_hold_itself(model: &Struct<'_>, input: &DeriveInput, diagnostics: &mut Diagnostics) {
    let name = &input.ident;
    for field in model.fields.iter().filter(|field| mentions(&field.ty().to_token_stream(), name)) {
        diagnostics
            .error(field.ty(), format!("the dot store `{name}` cannot hold itself"))
            .note("where a dot lies is told by the fields and keys that lead to it, and these would have no end")
            .help(format!(
                "keep all of them in one `OrMap<Id, {name}>`, and in each the parent, as an `MvRegister<Id>`"
            ));
    }
}

/// Whether the tokens name this type, and not one of its name in some module.
fn mentions(tokens: &TokenStream, name: &Ident) -> bool {
    let mut is_in_module = false;
    tokens.clone().into_iter().any(|token| {
        let was_in_module = std::mem::replace(
            &mut is_in_module,
            matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':'),
        );
        match token {
            TokenTree::Ident(ident) => (ident == *name && !was_in_module) || ident == "Self",
            TokenTree::Group(group) => mentions(&group.stream(), name),
            _ => false,
        }
    })
}

/// The field at this position is one too many.
const EXCESS: usize = 60;

/// The compiler goes through the fields one inside the other, and not deeper than 128.
fn check_at_most_60(model: &Struct<'_>, diagnostics: &mut Diagnostics) {
    if let Some(excess) = model.fields.get(EXCESS) {
        let n_fields = model.fields.len();
        diagnostics
            .error(
                &excess.original,
                format!("{n_fields} fields are more than the {EXCESS} that a dot store can have"),
            )
            .note("the compiler goes through them one inside the other, and not deeper than a limit")
            .help(
                "put fields that belong together into a struct of their own, and let that be a field: the context stays one",
            );
    }
}
