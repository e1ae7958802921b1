//! Code of a user's that panics: keys and values whose comparison, hash, clone, join and form all count down to a panic.

#![allow(dead_code, reason = "each test takes the part that it needs")]

use std::{
    cell::Cell,
    cmp::Ordering,
    hash::{Hash, Hasher},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use lattice_core::{
    Bottom, Delta, Lattice, LeastValue,
    codec::{Codec, DecodeError, Decoder},
    schema::Description,
};

thread_local! {
    static CALLS_LEFT: Cell<Option<u32>> = const { Cell::new(None) };
    static IS_BROKEN_DOWN: Cell<bool> = const { Cell::new(false) };
}

/// One call of the user's code.
fn call() {
    match CALLS_LEFT.get() {
        Some(0) => {
            if !IS_BROKEN_DOWN.get() {
                CALLS_LEFT.set(None);
            }
            // Without the message that a panic prints: there are thousands.
            resume_unwind(Box::new("the user's code panics"));
        }
        left => CALLS_LEFT.set(left.map(|left| left - 1)),
    }
}

/// Whether `act` ends before the user's code is called for the time after `n_calls`, which panics.
pub(crate) fn survives<R>(n_calls: u32, act: impl FnOnce() -> R) -> Option<R> {
    CALLS_LEFT.set(Some(n_calls));
    let answer = catch_unwind(AssertUnwindSafe(act));
    CALLS_LEFT.set(None);
    answer.ok()
}

/// The same, where each call after that one panics as well.
pub(crate) fn survives_breakdown<R>(n_calls: u32, act: impl FnOnce() -> R) -> Option<R> {
    IS_BROKEN_DOWN.set(true);
    let answer = survives(n_calls, act);
    IS_BROKEN_DOWN.set(false);
    answer
}

/// A key or a plain value.
#[derive(Debug, Eq)]
pub(crate) struct Fragile(pub(crate) u8);

impl Clone for Fragile {
    fn clone(&self) -> Self {
        call();
        Self(self.0)
    }
}

impl PartialEq for Fragile {
    fn eq(&self, other: &Self) -> bool {
        call();
        self.0 == other.0
    }
}

impl Ord for Fragile {
    fn cmp(&self, other: &Self) -> Ordering {
        call();
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Fragile {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Fragile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        call();
        self.0.hash(state);
    }
}

impl LeastValue for Fragile {
    fn least() -> Self {
        Self(0)
    }
}

impl Codec for Fragile {
    fn encode(&self, out: &mut Vec<u8>) {
        call();
        self.0.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        call();
        u8::decode(input).map(Self)
    }

    fn describe(out: &mut Description) {
        out.is("Fragile");
    }
}

/// A lattice of the user's: the greater number. It panics before it changes anything, as a join owes to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Frail(pub(crate) Fragile);

impl Lattice for Frail {
    fn join(&mut self, other: Self) -> bool {
        let grew = self.0 < other.0;
        if grew {
            *self = other;
        }
        grew
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        self.join(other.clone())
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.0.cmp(&other.0))
    }
}

impl Bottom for Frail {
    fn bottom() -> Self {
        Self(Fragile(0))
    }

    fn is_bottom(&self) -> bool {
        call();
        self.0.0 == 0
    }
}

impl Delta for Frail {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        self.join_ref(&delta).then_some(delta)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        (seen.0 < self.0).then(|| self.clone())
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        (!self.is_bottom()).then(|| self.clone()).into_iter()
    }
}

impl Codec for Frail {
    fn encode(&self, out: &mut Vec<u8>) {
        self.0.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Fragile::decode(input).map(Self)
    }

    fn describe(out: &mut Description) {
        Fragile::describe(out);
    }
}
