//! The grammar of `order(A < B < C, A < D)`: chains of variants, least first, between commas.

use proc_macro2::{Ident, TokenTree};
use quote::ToTokens;

use super::words::{Value, Word, split_at_commas};
use crate::diagnostics::Diagnostics;

const CHAINS: &str = "an order is chains between commas: variants with `<` between them, least first";

/// `order(..)` as it was written.
#[derive(Debug)]
pub(crate) struct WrittenOrder {
    /// The word itself, for mistakes about the order as a whole.
    pub(crate) key: Ident,
    /// Each chain's variants from least to greatest.
    pub(crate) chains: Vec<Vec<Ident>>,
}

impl WrittenOrder {
    pub(super) fn read(word: &Word, diagnostics: &mut Diagnostics) -> Option<Self> {
        let before = diagnostics.len();
        let Value::List(group) = &word.value else {
            diagnostics
                .error(&word.key, "`order` takes a list of chains")
                .note(CHAINS)
                .help("write it as in `order(New < Paid < Shipped, New < Cancelled)`");
            return None;
        };
        let chains: Vec<_> =
            split_at_commas(group.stream()).into_iter().map(|piece| read_chain(piece, diagnostics)).collect();
        if chains.is_empty() {
            diagnostics
                .error(group, "the order is empty")
                .note("every variant is a state, and needs a place in the order")
                .help(
                    "name every variant, least first, as in `order(New < Paid < Shipped, New < Cancelled)`",
                );
        }
        (diagnostics.len() == before).then(|| Self { key: word.key.clone(), chains })
    }
}

/// `A < B < C`. Stops at the first token that does not fit, since what follows would only repeat the mistake.
fn read_chain(piece: Vec<TokenTree>, diagnostics: &mut Diagnostics) -> Vec<Ident> {
    let mut chain = Vec::new();
    let mut last = None;
    let mut wants_variant = true;
    for token in piece {
        match &token {
            TokenTree::Ident(variant) if wants_variant => chain.push(variant.clone()),
            TokenTree::Punct(less) if !wants_variant && less.as_char() == '<' => {}
            _ => {
                refuse(&token, wants_variant, diagnostics);
                return chain;
            }
        }
        wants_variant = !wants_variant;
        last = Some(token);
    }
    if let (true, Some(last)) = (wants_variant, last) {
        diagnostics
            .error(&last, "a variant is missing after `<`")
            .note(CHAINS)
            .help("name the greater variant, or remove the `<`");
    }
    chain
}

fn refuse(token: &TokenTree, wants_variant: bool, diagnostics: &mut Diagnostics) {
    let expected = if wants_variant { "a variant" } else { "`<` or `,`" };
    let found = match token {
        TokenTree::Group(_) => "a group".to_owned(),
        other => format!("`{other}`"),
    };
    let mistake = diagnostics
        .error(&token.to_token_stream(), format!("expected {expected} in the order, found {found}"));
    mistake.note(CHAINS);
    match token {
        TokenTree::Punct(punct) if punct.as_char() == '>' => {
            mistake.help("write the lesser variant first: `A < B` instead of `B > A`")
        }
        _ => mistake.help("write it as in `order(New < Paid < Shipped, New < Cancelled)`"),
    };
}
