#![doc = include_str!("../README.md")]
//!
//! # Where to read on
//!
//! | question | page |
//! | --- | --- |
//! | what may be declared? | [`guide::derive`] |
//! | what does this compile error mean, and what do I write instead? | [`guide::mistakes`] |
//! | what may a `get` wait for? | [`guide::thresholds`] |
//! | what does my order look like? | [`guide::pictures`] |
//! | what is the same on every schedule, and what do I owe for it? | [`guide::determinism`], [`par`] |
//! | which promise is held by which test? | [`guide::promises`] |
//! | what does a replica promise, and how do deltas travel? | [`guide::replication`], [`replica`] |
//! | which replicated type do I want? | [`guide::catalogue`] |
//! | which LVar belongs to which lattice, and what does it cost? | [`kinds`] |
//! | how is a write never missed? | [`guide::memory_model`] |
//! | what does a word mean? | [`guide::glossary`] |
//!
//! The ready lattices: [`Max`], [`Min`], [`Any`], [`All`], [`Flat`], [`Lex`], [`LexPartial`], [`Grow`], [`Prefix`],
//! [`Antichain`], [`Common`], [`Dual`], [`WithTop`], [`Bounded`], [`GCounter`], [`PnCounter`], std's sets and maps, tuples,
//! arrays, `Option`, `Box`, `Rc` and `Arc`; [`Total`] makes `Max`, `Min` and `Flat` fit for floats. [`laws!`] checks a lattice of your own in one line: `laws!(Status);`, and for more than one in
//! a module `laws!(status: Status);`. The replicated types, counters, registers, sets, maps, graphs and lists: [`guide::catalogue`]; what can be
//! taken back lives in a [`Causal`] document.
//!
//! # Features
//!
//! All are off by default.
//!
//! | feature | what becomes a lattice, with deltas, thresholds and an LVar |
//! | --- | --- |
//! | `hashbrown` | hashbrown's `HashSet` and `HashMap` |
//! | `indexmap` | `IndexSet` and `IndexMap`; the order in which they iterate is no part of the state |
//! | `fixedbitset` | `FixedBitSet`; its length is a part of the state. Its LVar copies the set at each put that grows it |
//! | `roaring` | `RoaringBitmap` and `RoaringTreemap`. Their LVar is that of any set: it has the memory of a hash table until it is frozen |
//! | `smallvec` | nothing: but `Flat` and `Max` can hold a `SmallVec` and be replicated |
//! | `serde` | nothing: but the ready lattices have serde's traits, in the forms that the module `formats` lists |
//!
//! For `[dev-dependencies]`: with `proptest`, [`laws!`] takes strategies ([`guide::derive`]); with `explore` there is `par::explore`, which tries a program on
//! many schedules ([`guide::determinism`]).

#[cfg(feature = "serde")]
#[doc(inline)]
pub use lattice_core::formats;
#[doc(inline)]
pub use lattice_core::{
    AddWinsSet, All, Antichain, Any, Bottom, Bounded, BoundedCounter, Causal, CausalContext, CausalCounter,
    CausalLengthSet, Chain, Common, Conflict, Dag, Delta, DenseKey, DenseMap, DenseSet, DisableWinsFlag, Dot,
    DotStore, Dots, Dual, ElementId, EnableWinsFlag, Finite, Flat, Forged, GCounter, GreatestValue, Grow,
    Handled, HybridClock, HyperLogLog, Lattice, LeastValue, Lex, LexPartial, LwwRegister, LwwSet, Max, Meet,
    Min, Misplaced, MvRegister, NotEnough, OrMap, PartialOrder, PnCounter, Prefix, RemoveWinsSet, Sequence,
    Size, Stamp, Stamped, TooFarAhead, Top, Total, TwoPhaseGraph, TwoPhaseSet, Version, WithTop, WriterId,
    causal,
    codec::{self, Codec},
    finite, hasse, laws,
    schema::{self, Schema},
    strategies,
    threshold::{self, Compatible, Observe, Threshold, ThresholdSet},
};
#[doc(inline)]
pub use lattice_derive::{DotStore, LVar, Lattice, Replicate, Threshold};
#[doc(inline)]
pub use lvar_runtime::{
    Bump, Get, GetError, HasLVar, LVar, LVarType, MayFreeze, Outside, Put, PutError, Replica, TimedOut,
    error, kinds, level, lvar, par, replica,
};

/// The derives, the traits and the types of everyday use: `use lvars::prelude::*`.
pub mod prelude {
    pub use crate::{
        All, Any, Bottom, Bump, Codec, Delta, Flat, GCounter, LVar, LVarType, Lattice, Max, Min, Observe,
        Outside, PnCounter, Put, Replica, Replicate, Threshold, ThresholdSet, hasse::States, lvar::OnChange,
        par, par::ForEach,
    };
}

/// The long explanations, one page a question.
pub mod guide {
    #[doc = include_str!("../docs/derive.md")]
    pub mod derive {}
    #[doc = include_str!("../docs/mistakes.md")]
    #[doc = include_str!("../docs/mistakes/attributes.md")]
    #[doc = include_str!("../docs/mistakes/orders.md")]
    #[doc = include_str!("../docs/mistakes/payloads.md")]
    #[doc = include_str!("../docs/mistakes/fields.md")]
    #[doc = include_str!("../docs/mistakes/strategies.md")]
    #[doc = include_str!("../docs/mistakes/stores.md")]
    #[doc = include_str!("../docs/mistakes/bounds.md")]
    #[doc = include_str!("../docs/mistakes/thresholds.md")]
    #[doc = include_str!("../docs/mistakes/conditions.md")]
    #[doc = include_str!("../docs/mistakes/levels.md")]
    #[doc = include_str!("../docs/mistakes/use.md")]
    pub mod mistakes {}
    #[doc = include_str!("../docs/thresholds.md")]
    pub mod thresholds {}
    #[doc = include_str!("../docs/pictures.md")]
    pub mod pictures {}
    #[doc = include_str!("../docs/determinism.md")]
    pub mod determinism {}
    #[doc = include_str!("../docs/promises.md")]
    pub mod promises {}
    #[doc = include_str!("../docs/replication.md")]
    pub mod replication {}
    #[doc = include_str!("../docs/catalogue.md")]
    pub mod catalogue {}
    #[doc = include_str!("../docs/memory-model.md")]
    pub mod memory_model {}
    #[doc = include_str!("../docs/glossary.md")]
    pub mod glossary {}
}

/// The only names that generated code may use. Not covered by semantic versioning.
#[doc(hidden)]
pub mod __private {
    pub use lattice_core::__private::*;
    pub use lvar_runtime::__private::*;
}
