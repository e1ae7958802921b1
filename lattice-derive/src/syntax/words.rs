//! The shape that all helper attributes share: `#[name(word, word = value, word(list))]`.
//!
//! Split at the commas before anything is understood, so that one malformed word hides no other.

use proc_macro2::{Group, Ident, Punct, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Meta, MetaList};

use crate::diagnostics::{Diagnostics, did_you_mean, list};

/// One word of an attribute and what it was given.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) key: Ident,
    pub(crate) value: Value,
}

/// What a word was given.
#[derive(Debug)]
pub(crate) enum Value {
    /// `word`.
    Nothing,
    /// `word = tokens`.
    Equals(Punct, TokenStream),
    /// `word(tokens)`.
    List(Group),
}

/// The words of every `#[name(..)]` among `attrs`.
pub(crate) fn read_words(attrs: &[Attribute], name: &str, diagnostics: &mut Diagnostics) -> Vec<Word> {
    let mut words = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(name)) {
        match &attr.meta {
            Meta::List(MetaList { tokens, .. }) => {
                for piece in split_at_commas(tokens.clone()) {
                    words.extend(read_word(piece, diagnostics));
                }
            }
            other => {
                diagnostics
                    .error(other, format!("`#[{name}]` says nothing"))
                    .help(format!("put its words in parentheses, as in `#[{name}(..)]`"));
            }
        }
    }
    words
}

/// The stretches of tokens between commas; an empty one between two commas is kept, one at the end is not.
pub(crate) fn split_at_commas(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut pieces = vec![Vec::new()];
    for token in tokens {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => {
                // Kept for its span, in case nothing stands before it.
                if pieces.last().is_some_and(Vec::is_empty) {
                    pieces.extend([vec![token]]);
                }
                pieces.push(Vec::new());
            }
            _ => {
                if let Some(piece) = pieces.last_mut() {
                    piece.push(token);
                }
            }
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn read_word(piece: Vec<TokenTree>, diagnostics: &mut Diagnostics) -> Option<Word> {
    let mut tokens = piece.into_iter();
    let key = match tokens.next()? {
        TokenTree::Ident(key) => key,
        other => {
            diagnostics.error(&other, format!("expected a word, found `{other}`"));
            return None;
        }
    };
    let value = match tokens.next() {
        None => Value::Nothing,
        Some(TokenTree::Punct(equals)) if equals.as_char() == '=' => {
            Value::Equals(equals, tokens.by_ref().collect())
        }
        Some(TokenTree::Group(group)) if group.delimiter() == proc_macro2::Delimiter::Parenthesis => {
            Value::List(group)
        }
        Some(other) => {
            diagnostics.error(&other, format!("expected `,`, `=` or `(` after `{key}`, found `{other}`"));
            return None;
        }
    };
    match tokens.next() {
        None => Some(Word { key, value }),
        Some(other) => {
            diagnostics.error(&other, format!("expected `,`, found `{other}`"));
            None
        }
    }
}

impl Word {
    /// Reports a word that nobody knows.
    pub(crate) fn unknown(
        &self,
        expected: impl IntoIterator<Item = &'static str> + Clone,
        diagnostics: &mut Diagnostics,
    ) {
        let found = self.key.to_string();
        let mistake = diagnostics.error(&self.key, format!("unknown word `{found}`"));
        mistake.note(format!("expected one of {}", list(expected.clone())));
        if let Some(near) = did_you_mean(&found, expected) {
            mistake.help(format!("did you mean `{near}`?"));
        }
    }

    /// What stands behind `=`; nothing, if there is none.
    pub(crate) fn equals(&self) -> TokenStream {
        match &self.value {
            Value::Equals(_, tokens) => tokens.clone(),
            _ => TokenStream::new(),
        }
    }

    /// Whether the word stands alone, as it must.
    pub(crate) fn stands_alone(&self, diagnostics: &mut Diagnostics) -> bool {
        let extra = match &self.value {
            Value::Nothing => return true,
            Value::Equals(equals, tokens) => {
                let equals = equals.to_token_stream();
                quote::quote!(#equals #tokens)
            }
            Value::List(list) => list.to_token_stream(),
        };
        diagnostics
            .error(&extra, format!("`{}` takes no value", self.key))
            .help(format!("write just `{}`", self.key));
        false
    }

    /// Keeps the first of two equal words and reports the second, at its key.
    pub(crate) fn fill<T>(&self, slot: &mut Option<T>, value: Option<T>, diagnostics: &mut Diagnostics) {
        if slot.is_some() {
            diagnostics
                .error(&self.key, format!("`{}` is said twice", self.key))
                .help("remove one of the two");
        } else {
            *slot = value;
        }
    }
}
