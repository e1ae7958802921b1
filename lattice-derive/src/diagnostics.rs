//! Collects every mistake of one derive, so that the user sees all of them at once, each at the token to change.
//!
//! Invariant: whoever makes a [`Diagnostics`] finishes it. Dropping one unfinished would swallow mistakes, and panics in tests.
//!
//! A message has three parts: what is wrong in the user's words; `note`, why that is a rule; `help`, what to write instead.
//! Stable Rust lets a derive give only the message, so the other two become lines of it.

mod suggest;
mod text;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

pub(crate) use suggest::{advice, did_you_mean, list};
pub(crate) use text::text_of;

/// The mistakes found so far.
#[derive(Debug)]
pub(crate) struct Diagnostics {
    mistakes: Vec<Mistake>,
    finished: bool,
}

/// One mistake; [`note`](Self::note) and [`help`](Self::help) add to it.
#[derive(Debug)]
pub(crate) struct Mistake {
    at: TokenStream,
    text: String,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self { mistakes: Vec::new(), finished: false }
    }

    /// Reports a mistake that spans all of `at`.
    pub(crate) fn error(&mut self, at: &impl ToTokens, message: impl Into<String>) -> &mut Mistake {
        self.mistakes.push(Mistake::new(at, message));
        let last = self.mistakes.len() - 1;
        &mut self.mistakes[last]
    }

    /// Reports a mistake at a span that no token of the model stands for.
    pub(crate) fn error_at(&mut self, span: Span, message: impl Into<String>) -> &mut Mistake {
        // Only the span of this token is ever used.
        self.error(&proc_macro2::Ident::new("_at", span), message)
    }

    /// How many mistakes there are, to see whether a stage added any.
    pub(crate) fn len(&self) -> usize {
        self.mistakes.len()
    }

    /// All mistakes as `compile_error!` items, or nothing to say.
    pub(crate) fn finish(mut self) -> Result<(), TokenStream> {
        self.finished = true;
        if self.mistakes.is_empty() {
            return Ok(());
        }
        Err(self.mistakes.iter().map(Mistake::to_compile_error).collect())
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        if cfg!(test) && !self.finished && !std::thread::panicking() {
            panic!("diagnostics were dropped unfinished: {:?}", self.mistakes);
        }
    }
}

impl Mistake {
    /// A mistake that goes into the generated code, beside the impls, and is not collected.
    pub(crate) fn new(at: &impl ToTokens, message: impl Into<String>) -> Self {
        Self { at: at.to_token_stream(), text: message.into() }
    }

    /// Adds why this is a rule.
    pub(crate) fn note(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.line("note", text.as_ref())
    }

    /// Adds what to write instead.
    pub(crate) fn help(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.line("help", text.as_ref())
    }

    fn line(&mut self, label: &str, text: &str) -> &mut Self {
        self.text.extend(["\n", label, ": ", text]);
        self
    }

    /// The mistake as the compiler takes it: an item, or an expression of any type.
    pub(crate) fn to_compile_error(&self) -> TokenStream {
        syn::Error::new_spanned(&self.at, &self.text).to_compile_error()
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    #[should_panic(expected = "dropped unfinished")]
    fn an_unfinished_report_does_not_get_lost() {
        drop(Diagnostics::new());
    }

    #[test]
    fn every_mistake_is_reported_with_its_note_and_help() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.error(&quote!(a), "first").note("why").help("how");
        diagnostics.error(&quote!(b), "second");
        assert_eq!(diagnostics.len(), 2);
        let text = diagnostics.finish().unwrap_err().to_string();
        assert!(text.contains(r"first\nnote: why\nhelp: how") && text.contains("second"), "{text}");
    }
}
