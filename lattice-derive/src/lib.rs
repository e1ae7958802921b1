//! The derives of lvars. Each is a small compiler, told in `pipeline`: syntax, model, check, expand.
//!
//! The grammar, and every error with its reason, is in `docs/derive.md` of the repository and in the documentation of `lvars`.

mod check;
mod diagnostics;
mod expand;
mod fallback;
mod model;
mod pipeline;
mod syntax;

use proc_macro::TokenStream;

/// Makes a lattice of a struct whose fields are lattices, or of an enum whose variants' order is declared and whose payloads are lattices or plain data.
#[proc_macro_derive(Lattice, attributes(lattice))]
pub fn derive_lattice(input: TokenStream) -> TokenStream {
    pipeline::derive_lattice(input.into()).into()
}

/// Makes the LVar of a lattice: a struct of LVars for a struct, one atomic for a finite enum, one lock for an enum with data.
#[proc_macro_derive(LVar, attributes(lattice))]
pub fn derive_lvar(input: TokenStream) -> TokenStream {
    pipeline::derive_lvar(input.into()).into()
}

/// Makes a lattice fit for replicas: its deltas and its canonical form as bytes.
#[proc_macro_derive(Replicate, attributes(lattice))]
pub fn derive_replicate(input: TokenStream) -> TokenStream {
    pipeline::derive_replicate(input.into()).into()
}

/// Makes a store of a struct of stores, which all stand under the one causal context of their document.
#[proc_macro_derive(DotStore, attributes(lattice))]
pub fn derive_dot_store(input: TokenStream) -> TokenStream {
    pipeline::derive_dot_store(input.into()).into()
}

/// Makes a threshold set of an enum of outcomes, and proves that no two of them can both be reached.
#[proc_macro_derive(Threshold, attributes(threshold, when))]
pub fn derive_threshold(input: TokenStream) -> TokenStream {
    pipeline::derive_threshold(input.into()).into()
}
