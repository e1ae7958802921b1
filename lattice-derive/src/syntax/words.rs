//! The shape that all helper attributes share: `#[name(word, word = value, word(list))]`.
//!
//! Split at the commas before anything is understood, so that one malformed word hides no other.

use proc_macro2::{Group, Ident, Punct, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Meta, MetaList, Path, parse::Parser};

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
                for piece in split_words(tokens.clone()) {
                    words.extend(read_word(piece, diagnostics));
                }
            }
            other => {
                diagnostics
                    .error(other, format!("`#[{name}]` says nothing"))
                    .note("what an attribute says are the words in its parentheses")
                    .help(format!("write `#[{name}(..)]`, or remove it"));
            }
        }
    }
    words
}

/// The stretches of tokens between commas; an empty one between two commas is kept, one at the end is not.
pub(crate) fn split_at_commas(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    split(tokens, |token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','))
}

/// The same for words, whose values may be types: in `by = Scaled<u8, u16>` the comma separates no words.
fn split_words(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let (mut is_value, mut n_open, mut previous) = (false, 0_usize, ' ');
    split(tokens, |token| {
        let c = if let TokenTree::Punct(punct) = token { punct.as_char() } else { ' ' };
        match c {
            '=' => is_value = true,
            '<' if is_value => n_open += 1,
            // The arrow of a function's type closes nothing.
            '>' if previous != '-' => n_open = n_open.saturating_sub(1),
            _ => {}
        }
        previous = c;
        let separates = c == ',' && n_open == 0;
        is_value &= !separates;
        separates
    })
}

fn split(tokens: TokenStream, mut separates: impl FnMut(&TokenTree) -> bool) -> Vec<Vec<TokenTree>> {
    let mut pieces = vec![Vec::new()];
    for token in tokens {
        if separates(&token) {
            // Kept for its span, in case nothing stands before it.
            if pieces.last().is_some_and(Vec::is_empty) {
                pieces.extend([vec![token]]);
            }
            pieces.push(Vec::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(token);
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

const LIST_OF_WORDS: &str =
    "an attribute is a list of words between commas: `word`, `word = value` or `word(..)`";

fn read_word(piece: Vec<TokenTree>, diagnostics: &mut Diagnostics) -> Option<Word> {
    let mut tokens = piece.into_iter();
    let key = match tokens.next()? {
        TokenTree::Ident(key) => key,
        other => {
            let mistake = diagnostics.error(&other, format!("expected a word, found `{other}`"));
            mistake.note(LIST_OF_WORDS);
            match other {
                TokenTree::Literal(_) => mistake.help("write the word without quotes"),
                _ => mistake.help("remove it"),
            };
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
            diagnostics
                .error(&other, format!("expected `,`, `=` or `(` after `{key}`, found `{other}`"))
                .note(LIST_OF_WORDS)
                .help("put a comma between two words, and `=` between a word and its value");
            return None;
        }
    };
    match tokens.next() {
        None => Some(Word { key, value }),
        Some(other) => {
            diagnostics
                .error(&other, format!("expected `,`, found `{other}`"))
                .note(LIST_OF_WORDS)
                .help("put a comma before it, or remove it");
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
        match did_you_mean(&found, expected) {
            Some(near) => mistake.help(format!("did you mean `{near}`?")),
            None => mistake.help("write one of these, or remove it"),
        };
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
            .note("the word alone says all there is to say")
            .help(format!("write just `{}`", self.key));
        false
    }

    /// Keeps the first of two equal words and reports the second, at its key.
    pub(crate) fn fill<T>(&self, slot: &mut Option<T>, value: Option<T>, diagnostics: &mut Diagnostics) {
        if slot.is_some() {
            diagnostics
                .error(&self.key, format!("`{}` is said twice", self.key))
                .note("the second would repeat the first, or contradict it")
                .help("remove one of the two");
        } else {
            *slot = value;
        }
    }
}

/// `crate = path`, which each attribute knows.
pub(super) fn read_crate(word: &Word, diagnostics: &mut Diagnostics) -> Option<Path> {
    let tokens = word.equals();
    let at = if tokens.is_empty() { word.key.to_token_stream() } else { tokens.clone() };
    let path = Path::parse_mod_style.parse2(tokens).ok();
    if path.is_none() {
        diagnostics
            .error(&at, "`crate` takes the path under which `lvars` is found")
            .note("generated code names everything through that path")
            .help("write it without quotes, as in `crate = my_crate::lvars`");
    }
    path
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn a_comma_inside_of_a_type_ends_no_word() {
        let n_words = |tokens| split_words(tokens).len();
        assert_eq!(n_words(quote!(by = Scaled<u8, fn(u8) -> Pair<u8, u8>>, max)), 2);
        assert_eq!(n_words(quote!(a < b, chain)), 2, "no value, no type");
    }
}
