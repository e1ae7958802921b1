//! The words of `#[lattice(..)]` on a field: the strategies `max`, `min`, `any`, `all`, `union`, `intersect`, `by = S`, `with = module`;
//! and `skip(reason = "..")`, which takes the field out of the lattice.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Field, LitStr, Path, Type, parse::Parser};

use super::{
    container,
    words::{Value, Word, read_words},
};
use crate::diagnostics::{Diagnostics, advice, list};

/// The words that belong on a field.
pub(super) const WORDS: [&str; 9] = ["max", "min", "any", "all", "union", "intersect", "by", "with", "skip"];

/// What was said about a field.
#[derive(Debug, Default)]
pub(crate) struct FieldWords {
    pub(crate) strategy: Option<(Ident, StrategyWord)>,
    /// Whether a word was no word of a field, so that what the field was meant to be is not known.
    pub(crate) incomplete: bool,
}

/// How a field joins, if not as its own type says.
#[derive(Debug)]
pub(crate) enum StrategyWord {
    /// `max`: the greatest value wins.
    Max,
    /// `min`: the least value wins.
    Min,
    /// `any`: true once one write said true.
    Any,
    /// `all`: false once one write said false.
    All,
    /// `union`: what the sets and maps of std do anyway, said aloud.
    Union,
    /// `intersect`: what all writes have in common.
    Intersect,
    /// `by = S`: as the user's type `S` says.
    By(Box<Type>),
    /// `with = module`: as the functions in a module say.
    With(Path),
    /// `skip(reason = "..")`: not at all.
    Skip,
}

/// The word with what it is given, as the user would write it.
pub(super) fn usage(word: &str) -> String {
    match word {
        "by" => "by = Strategy".to_owned(),
        "with" => "with = module".to_owned(),
        "skip" => r#"skip(reason = "..")"#.to_owned(),
        _ => word.to_owned(),
    }
}

impl FieldWords {
    pub(super) fn read(field: &Field, diagnostics: &mut Diagnostics) -> Self {
        let mut words = Self::default();
        let before = diagnostics.len();
        for word in read_words(&field.attrs, "lattice", diagnostics) {
            words.take(&word, diagnostics);
        }
        words.incomplete = diagnostics.len() > before;
        words
    }

    pub(super) fn take(&mut self, word: &Word, diagnostics: &mut Diagnostics) {
        let key = word.key.to_string();
        let strategy = match key.as_str() {
            "max" => alone(word, StrategyWord::Max, diagnostics),
            "min" => alone(word, StrategyWord::Min, diagnostics),
            "any" => alone(word, StrategyWord::Any, diagnostics),
            "all" => alone(word, StrategyWord::All, diagnostics),
            "union" => alone(word, StrategyWord::Union, diagnostics),
            "intersect" => alone(word, StrategyWord::Intersect, diagnostics),
            "by" => read_by(word, diagnostics),
            "with" => read_with(word, diagnostics),
            "skip" => read_skip(word, diagnostics),
            "flat" => return refuse_flat(word, diagnostics),
            found if container::WORDS.contains(&found) => {
                diagnostics
                    .error(&word.key, format!("`{found}` belongs on the type, not on a field"))
                    .note("it is about the type as a whole")
                    .help(format!("move it to `#[lattice({found} ..)]` before the type"));
                return;
            }
            _ => return refuse_unknown(word, diagnostics),
        };
        let Some(strategy) = strategy else { return };
        match &self.strategy {
            Some((first, _)) if *first != key => refuse_second(first, word, diagnostics),
            _ => word.fill(&mut self.strategy, Some((word.key.clone(), strategy)), diagnostics),
        }
    }
}

fn alone(word: &Word, strategy: StrategyWord, diagnostics: &mut Diagnostics) -> Option<StrategyWord> {
    word.stands_alone(diagnostics).then_some(strategy)
}

/// `by = S`.
fn read_by(word: &Word, diagnostics: &mut Diagnostics) -> Option<StrategyWord> {
    let tokens = word.equals();
    let at = if tokens.is_empty() { word.key.to_token_stream() } else { tokens.clone() };
    let strategy = syn::parse2::<Type>(tokens).ok();
    if strategy.is_none() {
        diagnostics
            .error(&at, "`by` takes a type that implements `Strategy`")
            .note("the field joins as that type says of plain values")
            .help("write it without quotes, as in `by = ByLength`");
    }
    strategy.map(|strategy| StrategyWord::By(Box::new(strategy)))
}

/// `with = module`.
fn read_with(word: &Word, diagnostics: &mut Diagnostics) -> Option<StrategyWord> {
    let tokens = word.equals();
    let at = if tokens.is_empty() { word.key.to_token_stream() } else { tokens.clone() };
    let module = Path::parse_mod_style.parse2(tokens).ok();
    if module.is_none() {
        diagnostics
            .error(&at, "`with` takes the path of a module")
            .note("the field joins by the functions `join` and `cmp` in that module, starts at its `bottom`, and is tested on its `samples`")
            .help("write it without quotes, as in `with = longest`");
    }
    module.map(StrategyWord::With)
}

/// `skip(reason = "..")`. A reason, since a field that is lost on the way is a mistake unless someone meant it.
fn read_skip(word: &Word, diagnostics: &mut Diagnostics) -> Option<StrategyWord> {
    let list = match &word.value {
        Value::List(list) => list.stream(),
        _ => proc_macro2::TokenStream::new(),
    };
    let said = syn::parse2::<syn::MetaNameValue>(list).ok().filter(|said| said.path.is_ident("reason"));
    let reason = said.and_then(|said| syn::parse2::<LitStr>(said.value.to_token_stream()).ok());
    if reason.is_none_or(|reason| reason.value().trim().is_empty()) {
        diagnostics
            .error(&word.key, "`skip` takes a reason")
            .note("a skipped field is neither joined nor compared, nor sent to other replicas: the next reader asks why")
            .help(r#"write it as in `skip(reason = "a cache of the others")`"#);
        return None;
    }
    Some(StrategyWord::Skip)
}

fn refuse_second(first: &Ident, word: &Word, diagnostics: &mut Diagnostics) {
    let key = word.key.to_string();
    let mistake = if first == "skip" {
        diagnostics
            .error(&word.key, format!("this field is skipped, and does not join by `{key}`"))
            .note("a skipped field is outside of the lattice")
    } else if key == "skip" {
        diagnostics
            .error(&word.key, format!("this field joins by `{first}`, and is not skipped"))
            .note("a skipped field is outside of the lattice")
    } else {
        diagnostics
            .error(&word.key, format!("this field already joins by `{first}`"))
            .note("a field has one join; two strategies would give it two")
    };
    mistake.help(format!("keep one of {}", list([first.to_string().as_str(), &key])));
}

fn refuse_unknown(word: &Word, diagnostics: &mut Diagnostics) {
    let found = word.key.to_string();
    match advice(&found) {
        Some(advice) => {
            diagnostics
                .error(&word.key, format!("unknown word `{found}`"))
                .note(format!("expected one of {}", list(WORDS)))
                .help(advice);
        }
        None => word.unknown(WORDS, diagnostics),
    }
}

fn refuse_flat(word: &Word, diagnostics: &mut Diagnostics) {
    diagnostics
        .error(&word.key, "`flat` is not a strategy of a field")
        .note("two different values conflict, and a plain value has no room for the state of conflict")
        .help("make the type of the field `Flat<T>`");
}
