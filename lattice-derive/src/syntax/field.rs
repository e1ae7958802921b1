//! The words of `#[lattice(..)]` on a field: the strategies `max`, `min`, `any`, `all`, `union`.

use proc_macro2::Ident;
use syn::Field;

use super::{
    container,
    words::{Word, read_words},
};
use crate::diagnostics::{Diagnostics, advice, list};

/// The words that belong on a field.
pub(super) const WORDS: [&str; 5] = ["max", "min", "any", "all", "union"];

/// What was said about a field.
#[derive(Debug, Default)]
pub(crate) struct FieldWords {
    pub(crate) strategy: Option<(Ident, StrategyWord)>,
}

/// How a field joins, if not as its own type says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

impl FieldWords {
    pub(super) fn read(field: &Field, diagnostics: &mut Diagnostics) -> Self {
        let mut words = Self::default();
        for word in read_words(&field.attrs, "lattice", diagnostics) {
            words.take(&word, diagnostics);
        }
        words
    }

    pub(super) fn take(&mut self, word: &Word, diagnostics: &mut Diagnostics) {
        let key = word.key.to_string();
        let strategy = match key.as_str() {
            "max" => StrategyWord::Max,
            "min" => StrategyWord::Min,
            "any" => StrategyWord::Any,
            "all" => StrategyWord::All,
            "union" => StrategyWord::Union,
            "flat" => return refuse_flat(word, diagnostics),
            found if container::WORDS.contains(&found) => {
                diagnostics
                    .error(&word.key, format!("`{found}` belongs on the type, not on a field"))
                    .help(format!("move it to `#[lattice({found} ..)]` before the type"));
                return;
            }
            _ => return refuse_unknown(word, diagnostics),
        };
        if !word.stands_alone(diagnostics) {
            return;
        }
        match &self.strategy {
            Some((first, known)) if *known != strategy => {
                diagnostics
                    .error(&word.key, format!("this field already joins by `{first}`"))
                    .note("a field has one join; two strategies would give it two")
                    .help(format!("keep one of {}", list([first.to_string().as_str(), &key])));
            }
            _ => word.fill(&mut self.strategy, Some((word.key.clone(), strategy)), diagnostics),
        }
    }
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
