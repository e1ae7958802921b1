//! Join-semilattices, conflicts, deltas and threshold sets as pure values: the part of `lvars` that knows no thread, clock, disk or
//! network.
//!
//! A *lattice* is a set of states in which any two have a least upper bound, their *join*. Because joins are associative,
//! commutative and idempotent, writes may arrive in any order, any number of times, and the state is the same.
//!
//! ```
//! use std::collections::BTreeMap;
//! use lvars::{Flat, Lattice};
//!
//! let mut here = BTreeMap::from([("book", Flat::Value(2))]);
//! let there = BTreeMap::from([("pen", Flat::Value(5))]);
//! assert!(here.join_ref(&there), "the pen is news");
//!
//! let conflict = here.incompatible(&BTreeMap::from([("book", Flat::Value(3))])).unwrap();
//! assert_eq!(conflict.to_string(), r#"conflict at ["book"]: 2 and 3 cannot both be true"#);
//! ```
//!
//! # Notions
//!
//! | notion | where |
//! | --- | --- |
//! | join, order, conflict | [`Lattice`] |
//! | the least state, the greatest | [`Bottom`], [`Top`] |
//! | what two states have in common | [`Meet`] |
//! | a total order | [`Chain`] |
//! | two writes that cannot both be true | [`Conflict`] |
//! | lattices by tables: enums | [`Finite`], [`finite`] |
//! | lattices by an order of variants: enums with data | [`sum`] |
//! | what is new, what is missing, what it is made of | [`Delta`] |
//! | what can be taken back | [`Causal`], [`causal`] |
//! | states as bytes | [`codec`] |
//! | what a type is, for peers to compare | [`schema`] |
//! | what a reader waits for | [`threshold`]; if it is known at run time only, [`ThresholdSet`](threshold::ThresholdSet) |
//! | lattices over plain fields | [`strategies`] |
//! | the order as a picture | [`hasse`] |
//! | the laws, checked | [`laws!`], [the module](mod@laws) |
//!
//! # Types
//!
//! | type | joins to | bottom | conflict |
//! | --- | --- | --- | --- |
//! | [`Max<T>`](Max), [`Min<T>`](Min) | the greater, the smaller | the least, the greatest value of `T` | none |
//! | [`Any`], [`All`] | `or`, `and` | `false`, `true` | none |
//! | [`Flat<T>`](Flat) | the one value that was written | `Bottom` | two different values |
//! | `BTreeSet<T>`, `HashSet<T>` | the union | the empty set | none |
//! | `BTreeMap<K, L>`, `HashMap<K, L>` | key by key | the empty map | that of a value |
//! | `HashSet` and `HashMap` of hashbrown, `IndexSet`, `IndexMap` | as std's | | |
//! | `RoaringBitmap`, `RoaringTreemap` | the union | the empty set | none |
//! | `FixedBitSet` | the union, and the greater length | the set of length zero | none |
//! | [`DenseSet<T>`](DenseSet) of small integers | the union | the empty set | none |
//! | [`DenseMap<K, L>`](DenseMap) from small integers | key by key | bottom under every key | that of a value |
//! | tuples of up to twelve, arrays | position by position | the bottoms | that of a position |
//! | `Option<L>` | `L`, lifted | `None` | that of `L` |
//! | `Box<L>`, `Rc<L>`, `Arc<L>` | `L` | that of `L` | that of `L` |
//! | [`Lex<K, V>`](Lex) | the one with the greater key; under equal keys the joined values | the bottoms | that of the key |
//! | [`LexPartial<K, V>`](LexPartial) | the same; under incomparable keys, nothing | the bottoms | that of the key |
//! | [`Grow<L>`](Grow) | position by position, as long as the longer | the empty vector | that of a position |
//! | [`Prefix<T>`](Prefix) | the longer sequence | the empty one | two of which neither begins with the other |
//! | [`Antichain<L>`](Antichain) | the maximal states of both | no states | that of a state |
//! | [`Common<S>`](Common) | the intersection of sets | none; `Option` gives one | none |
//! | [`Dual<L>`](Dual) | the meet of `L` | the top of `L` | none |
//! | [`WithTop<L>`](WithTop) | `L`, and a state above all | that of `L` | none |
//! | [`Bounded<L, N>`](Bounded) | `L` | that of `L` | that of `L`; more than `N` elements |
//! | [`GCounter`] | writer by writer, the greater count | no counts | none |
//! | [`PnCounter`] | both of its counters | no counts | none |
//! | [`BoundedCounter`] | entry by entry, the greater | no rights and no uses | none |
//! | [`HyperLogLog<P>`](HyperLogLog) | register by register, the greater | nothing seen | none |
//! | [`LwwRegister<T>`](LwwRegister) | the one with the later stamp | never written | none; two values under one stamp are a [clash](LwwRegister::clash) |
//! | [`LwwSet<E>`](LwwSet) | for each element the later write | the empty set | none |
//! | [`TwoPhaseSet<E>`](TwoPhaseSet), [`TwoPhaseGraph<V>`](TwoPhaseGraph) | what was added, what was removed | empty | none |
//! | [`CausalLengthSet<E>`](CausalLengthSet), [`Handled<C>`](Handled) | key by key, the greater number | empty | none |
//! | [`Dag<V>`](Dag), [`PartialOrder<V>`](PartialOrder) | the union of edges, and of what is removed | empty | none |
//! | [`Sequence<T>`](Sequence) | the union of elements, and of what is removed | the empty list | two values under one id |
//! | [`Version`], [`CausalContext`] | what either knows | nothing known | none |
//! | [`Causal<S>`](Causal) of a [`DotStore`] | what both hold, and what the other has not heard of | nothing heard of | none |
//!
//! What can be taken back lives in a [`Causal`] document: [`AddWinsSet`], [`RemoveWinsSet`], [`MvRegister`], [`EnableWinsFlag`],
//! [`DisableWinsFlag`], [`CausalCounter`], [`OrMap`] of these, and pairs of them.
//!
//! [`Total`] is no lattice but makes floats fit for `Max`, `Min` and `Flat`.
//!
//! A struct or an enum of your own becomes one by `#[derive(Lattice)]`, which `lvars` exports together with all of this.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `std` | yes | `HashSet` and `HashMap`; without it the crate needs `alloc` only |
//! | `hashbrown` | no | hashbrown's `HashSet` and `HashMap`, which need no std |
//! | `indexmap` | no | `IndexSet` and `IndexMap`. The order in which they iterate is no part of the state, and a join may change it |
//! | `fixedbitset` | no | `FixedBitSet`. Its length is a part of the state, because two sets of different lengths are not equal |
//! | `roaring` | no | `RoaringBitmap` and `RoaringTreemap` |
//! | `serde` | no | serde's traits for the types above, in the forms that the module `formats` lists |
//! | `smallvec` | no | [`Codec`](codec::Codec) and [`LeastValue`] for `SmallVec`, so that `Flat` and `Max` can hold one. By itself it is no lattice, as `Vec` is none |
//! | `proptest` | no | [`laws!`] takes strategies of `proptest`; for `[dev-dependencies]` |
//!
//! Sets and maps of other crates have what std's have: joins, [`Bottom`], [`Delta`], [thresholds](threshold), the word `union`, and the
//! same bytes where they hold the same, by whichever map (bit sets have forms of their own, which are shorter).
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod causal;
pub mod codec;
mod conflict;
mod crdt;
mod delta;
#[doc(hidden)]
pub mod derived;
pub mod finite;
mod forged;
#[cfg(feature = "serde")]
pub mod formats;
pub mod hasse;
mod lattice;
mod lattices;
pub mod laws;
pub mod schema;
pub mod strategies;
pub mod sum;
pub mod threshold;

pub use causal::{Causal, CausalContext, Dot, DotStore, Dots, Version};
pub use conflict::Conflict;
pub use crdt::{
    AddWinsSet, BoundedCounter, CausalCounter, CausalLengthSet, Dag, DisableWinsFlag, ElementId,
    EnableWinsFlag, GCounter, Handled, HybridClock, HyperLogLog, LwwRegister, LwwSet, Misplaced, MvRegister,
    NotEnough, OrMap, PartialOrder, PnCounter, RemoveWinsSet, Sequence, Stamp, Stamped, TooFarAhead,
    TwoPhaseGraph, TwoPhaseSet, WriterId,
};
pub use delta::Delta;
pub use forged::Forged;
pub use lattice::{Bottom, Chain, Finite, Lattice, Meet, Top};
pub use lattices::{
    All, Antichain, Any, Bounded, Common, DenseKey, DenseMap, DenseSet, Dual, Flat, GreatestValue, Grow,
    LeastValue, Lex, LexPartial, Max, Min, Prefix, Size, Total, WithTop,
};
