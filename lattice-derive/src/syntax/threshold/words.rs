//! The words of `#[threshold(on = Order, crate = path)]`.

use quote::ToTokens;
use syn::{Attribute, Path, Type};

use crate::{
    diagnostics::Diagnostics,
    syntax::words::{Word, read_crate, read_words},
};

/// What was said about a threshold set.
#[derive(Default)]
pub(crate) struct Words {
    /// The lattice whose states are observed.
    pub(crate) on: Option<Type>,
    /// Whether `on` was written at all; if so and `on` is `None`, the mistake is reported already.
    pub(crate) says_on: bool,
    /// Where the facade is, if not at `::lvars`.
    pub(crate) krate: Option<Path>,
}

/// The words that belong on a threshold set.
pub(in crate::syntax) const WORDS: [&str; 2] = ["on", "crate"];

/// Reads all `#[threshold(..)]` of the enum.
pub(super) fn read(attributes: &[Attribute], diagnostics: &mut Diagnostics) -> Words {
    let before = diagnostics.len();
    let mut words = Words::default();
    for word in read_words(attributes, "threshold", diagnostics) {
        match word.key.to_string().as_str() {
            "on" => {
                let on = read_on(&word, diagnostics);
                word.fill(&mut words.on, on, diagnostics);
            }
            "crate" => {
                let krate = read_crate(&word, diagnostics);
                word.fill(&mut words.krate, krate, diagnostics);
            }
            _ => word.unknown(WORDS, diagnostics),
        }
    }
    // A mistake inside may have hidden an `on`; a second error about its absence would mislead.
    words.says_on = words.on.is_some() || diagnostics.len() > before;
    words
}

/// `on = Order`.
fn read_on(word: &Word, diagnostics: &mut Diagnostics) -> Option<Type> {
    let tokens = word.equals();
    let at = if tokens.is_empty() { word.key.to_token_stream() } else { tokens.clone() };
    let on = syn::parse2(tokens).ok();
    if on.is_none() {
        diagnostics
            .error(&at, "`on` takes the type that the outcomes are about")
            .note("a threshold set is on one lattice, and its paths begin there")
            .help("write it without quotes, as in `on = Order`");
    }
    on
}

/// Reports `#[threshold(..)]` anywhere else, where it may hold the `on` of the enum.
pub(super) fn refuse(attributes: &[Attribute], words: &mut Words, diagnostics: &mut Diagnostics) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("threshold")) {
        words.says_on = true;
        diagnostics
            .error(attribute.path(), "`#[threshold(..)]` is in the wrong place")
            .note("it says for the enum as a whole which lattice its outcomes are about")
            .help("move it before the enum; a variant says its condition with `#[when(..)]`");
    }
}
