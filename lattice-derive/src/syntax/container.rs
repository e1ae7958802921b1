//! The words of `#[lattice(..)]` on a type: `order(A < B)`, `chain`, `conflict = V`, `bottom = V`, `no_bottom`, `lex`, `default`, `partial_ord`,
//! `bound = "..."`, `crate = path`.

use proc_macro2::{Ident, Span, TokenTree};
use quote::ToTokens;
use syn::{Attribute, LitStr, Path, Token, WherePredicate, punctuated::Punctuated};

use super::{
    field,
    order::WrittenOrder,
    words::{Value, Word, read_crate, read_words},
};
use crate::diagnostics::Diagnostics;

/// The words that belong on a type.
pub(super) const WORDS: [&str; 10] =
    ["order", "chain", "conflict", "bottom", "no_bottom", "lex", "default", "partial_ord", "bound", "crate"];

/// What was said about a type.
#[derive(Debug, Default)]
pub(crate) struct ContainerWords {
    /// `order(A < B < C, A < D)`.
    pub(crate) order: Option<WrittenOrder>,
    /// `chain`.
    pub(crate) chain: Option<Ident>,
    /// `conflict = V`.
    pub(crate) conflict: Option<VariantWord>,
    /// `bottom = V`.
    pub(crate) bottom: Option<VariantWord>,
    /// `no_bottom`: there is no least state.
    pub(crate) no_bottom: Option<Ident>,
    /// `lex`: a field that grows replaces all that stand after it.
    pub(crate) lex: Option<Ident>,
    /// `default`: std's `Default`, the bottom.
    pub(crate) default: Option<Ident>,
    /// `partial_ord`: std's `PartialOrd`, the lattice order.
    pub(crate) partial_ord: Option<Ident>,
    /// `bound = "T: Lattice"`.
    pub(crate) bound: Option<Vec<WherePredicate>>,
    /// `crate = path`.
    pub(crate) krate: Option<Path>,
    /// Whether a word was malformed, so that its absence above means nothing.
    pub(crate) incomplete: bool,
}

/// `key = Variant`.
#[derive(Debug)]
pub(crate) struct VariantWord {
    pub(crate) key: Ident,
    pub(crate) variant: Ident,
}

impl ContainerWords {
    pub(super) fn read(attrs: &[Attribute], diagnostics: &mut Diagnostics) -> Self {
        let before = diagnostics.len();
        let mut container = Self::default();
        for word in read_words(attrs, "lattice", diagnostics) {
            container.take(&word, diagnostics);
        }
        container.incomplete = diagnostics.len() > before;
        container
    }

    fn take(&mut self, word: &Word, diagnostics: &mut Diagnostics) {
        match word.key.to_string().as_str() {
            "order" => {
                let order = WrittenOrder::read(word, diagnostics);
                word.fill(&mut self.order, order, diagnostics);
            }
            "chain" => take_alone(word, &mut self.chain, diagnostics),
            "no_bottom" => take_alone(word, &mut self.no_bottom, diagnostics),
            "lex" => take_alone(word, &mut self.lex, diagnostics),
            "default" => take_alone(word, &mut self.default, diagnostics),
            "partial_ord" => take_alone(word, &mut self.partial_ord, diagnostics),
            "conflict" => {
                let variant = read_variant(word, diagnostics);
                word.fill(&mut self.conflict, variant, diagnostics);
            }
            "bottom" => {
                let variant = read_variant(word, diagnostics);
                word.fill(&mut self.bottom, variant, diagnostics);
            }
            "bound" => {
                let bound = read_bound(word, diagnostics);
                word.fill(&mut self.bound, bound, diagnostics);
            }
            "crate" => {
                let krate = read_crate(word, diagnostics);
                word.fill(&mut self.krate, krate, diagnostics);
            }
            found if field::WORDS.contains(&found) => {
                diagnostics
                    .error(&word.key, format!("`{found}` belongs on a field, not on the type"))
                    .note("it says how one field joins")
                    .help(format!("write `#[lattice({})]` before the field", field::usage(found)));
            }
            _ => word.unknown(WORDS, diagnostics),
        }
    }
}

/// A word without a value.
fn take_alone(word: &Word, slot: &mut Option<Ident>, diagnostics: &mut Diagnostics) {
    let key = word.stands_alone(diagnostics).then(|| word.key.clone());
    word.fill(slot, key, diagnostics);
}

/// `conflict = V`.
fn read_variant(word: &Word, diagnostics: &mut Diagnostics) -> Option<VariantWord> {
    let key = &word.key;
    let tokens = word.equals();
    let mut tokens_left = tokens.clone().into_iter();
    if let (Some(TokenTree::Ident(variant)), None) = (tokens_left.next(), tokens_left.next()) {
        return Some(VariantWord { key: key.clone(), variant });
    }
    let at = if tokens.is_empty() { key.to_token_stream() } else { tokens };
    diagnostics
        .error(&at, format!("`{key}` names one variant"))
        .note("an enum has one bottom and one conflict, and each is a variant of it")
        .help(format!("write the name of the variant alone, as in `{key} = V`"));
    None
}

/// `bound = "T: Lattice, U: Clone"`.
fn read_bound(word: &Word, diagnostics: &mut Diagnostics) -> Option<Vec<WherePredicate>> {
    let predicates = match &word.value {
        Value::Equals(_, tokens) => syn::parse2::<LitStr>(tokens.clone()).ok(),
        _ => None,
    };
    let Some(predicates) = predicates else {
        let at = match &word.value {
            Value::Equals(_, tokens) if !tokens.is_empty() => tokens.clone(),
            _ => word.key.to_token_stream(),
        };
        diagnostics
            .error(&at, "`bound` takes a string of where-predicates")
            .note("they stand instead of the bounds that the derive infers")
            .help(r#"write it as in `bound = "T: Lattice"`; an empty string means no bounds"#);
        return None;
    };
    // Marked as generated: the compiler would otherwise suggest to write a further bound behind the string.
    let mut generated = predicates.clone();
    generated.set_span(predicates.span().resolved_at(Span::call_site()));
    match generated.parse_with(Punctuated::<WherePredicate, Token![,]>::parse_terminated) {
        Ok(parsed) => Some(parsed.into_iter().collect()),
        Err(error) => {
            diagnostics
                .error(&predicates, format!("`bound` is no list of where-predicates: {error}"))
                .note("the string is read as a where-clause of each impl")
                .help(r#"write what could follow `where`, as in `bound = "T: Lattice, U: Clone"`"#);
            None
        }
    }
}
