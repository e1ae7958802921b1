//! The grammar of `#[threshold(on = Order, crate = path)]`.

use proc_macro2::Ident;
use syn::{
    Attribute, Path, Token, Type,
    ext::IdentExt,
    parse::{ParseStream, Parser},
};

use crate::diagnostics::{Diagnostics, did_you_mean, list};

/// The words of `#[threshold(..)]` on the enum.
pub(crate) struct Words {
    /// The lattice whose states are observed.
    pub(crate) on: Option<Type>,
    /// Whether `on` was written at all; if so and `on` is `None`, the mistake is reported already.
    pub(crate) says_on: bool,
    /// Where the facade is, if not at `::lvars`.
    pub(crate) krate: Option<Path>,
}

/// The words that belong on a threshold set.
pub(in crate::syntax) const WORDS: &[&str] = &["on", "crate"];

/// Reads all `#[threshold(..)]` of the enum.
pub(super) fn read(attributes: &[Attribute], diagnostics: &mut Diagnostics) -> Words {
    let mut words = Words { on: None, says_on: false, krate: None };
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("threshold")) {
        let parsed = attribute.meta.require_list().and_then(|list| {
            (|input: ParseStream<'_>| read_words(input, &mut words, diagnostics)).parse2(list.tokens.clone())
        });
        if let Err(error) = parsed {
            // A mistake inside may have hidden an `on`; a second error about its absence would mislead.
            words.says_on = true;
            diagnostics.take(error).help("write `#[threshold(on = Order)]`");
        }
    }
    words
}

/// Reports `#[threshold(..)]` anywhere else.
pub(super) fn refuse(attributes: &[Attribute], diagnostics: &mut Diagnostics) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("threshold")) {
        diagnostics
            .error(attribute.path(), "`#[threshold(..)]` is in the wrong place")
            .note("it belongs on the enum; a variant says its condition with `#[when(..)]`");
    }
}

fn read_words(input: ParseStream<'_>, words: &mut Words, diagnostics: &mut Diagnostics) -> syn::Result<()> {
    while !input.is_empty() {
        read_word(input, words, diagnostics)?;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

fn read_word(input: ParseStream<'_>, words: &mut Words, diagnostics: &mut Diagnostics) -> syn::Result<()> {
    let word = input.call(Ident::parse_any)?;
    match word.to_string().as_str() {
        "on" => {
            let again = words.says_on;
            words.says_on = true;
            input.parse::<Token![=]>()?;
            let on = input.parse()?;
            if again {
                refuse_again(&word, diagnostics);
            } else {
                words.on = Some(on);
            }
        }
        "crate" => {
            input.parse::<Token![=]>()?;
            let krate = input.call(Path::parse_mod_style)?;
            if words.krate.replace(krate).is_some() {
                refuse_again(&word, diagnostics);
            }
        }
        _ => {
            refuse_unknown(&word, diagnostics);
            // It may have been meant for `on`.
            words.says_on = true;
            skip_to_comma(input)?;
        }
    }
    Ok(())
}

fn refuse_unknown(word: &Ident, diagnostics: &mut Diagnostics) {
    let error = diagnostics.error(word, format!("unknown word `{word}`"));
    error.note(format!("expected one of {}", list(WORDS.iter().copied())));
    if let Some(meant) = did_you_mean(&word.to_string(), WORDS.iter().copied()) {
        error.help(format!("did you mean `{meant}`?"));
    }
}

fn refuse_again(word: &Ident, diagnostics: &mut Diagnostics) {
    diagnostics.error(word, format!("`{word}` is said twice")).note("a threshold set is on one lattice");
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}
