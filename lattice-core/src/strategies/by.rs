//! A plain value under a strategy of the user's, as a lattice of its own.

use alloc::vec::Vec;
use core::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
};

use super::{Strategy, StrategyBottom, StrategyChain, StrategyDelta, Wraps};
use crate::{
    codec::{Codec, DecodeError, Decoder},
    conflict::Conflict,
    delta::Delta,
    lattice::{Bottom, Chain, Lattice},
    schema::Description,
    threshold::{
        AtLeast, Points,
        verdict::{Pair, Verdict},
    },
};

/// A `T` that joins by the strategy `S`: what the LVar of a field with `#[lattice(by = S)]` holds.
///
/// ```text
///   By(a) ⊔ By(b) = By(a ⊔ b under S)
/// ```
///
/// Order, bottom, conflicts and deltas are the strategy's. A threshold `field >= v` is reached once `v` is below the value; two such
/// points are never said to exclude each other. See [`Strategy`] for an example.
pub struct By<S, T> {
    /// The plain value.
    pub value: T,
    strategy: PhantomData<fn() -> S>,
}

impl<S, T> By<S, T> {
    /// The value as a state.
    pub const fn new(value: T) -> Self {
        Self { value, strategy: PhantomData }
    }
}

impl<S, T> From<T> for By<S, T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<S, T> Wraps<T> for By<S, T> {
    fn wrap(value: T) -> Self {
        Self::new(value)
    }

    fn unwrap(self) -> T {
        self.value
    }
}

// Not derived: a derive would ask the same of `S`, which is but a name.
impl<S, T: Clone> Clone for By<S, T> {
    fn clone(&self) -> Self {
        Self::new(self.value.clone())
    }
}

impl<S, T: Copy> Copy for By<S, T> {}

impl<S, T: fmt::Debug> fmt::Debug for By<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("By").field(&self.value).finish()
    }
}

impl<S, T: PartialEq> PartialEq for By<S, T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<S, T: Eq> Eq for By<S, T> {}

impl<S, T: Hash> Hash for By<S, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<S: Strategy<T>, T: Clone> Lattice for By<S, T> {
    fn join(&mut self, other: Self) -> bool {
        S::join(&mut self.value, other.value)
    }

    fn join_ref(&mut self, other: &Self) -> bool {
        S::join_ref(&mut self.value, &other.value)
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        S::cmp(&self.value, &other.value)
    }

    fn leq(&self, other: &Self) -> bool {
        S::leq(&self.value, &other.value)
    }

    fn conflict(&self) -> Option<Conflict> {
        S::conflict(&self.value)
    }

    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        S::incompatible(&self.value, &other.value)
    }
}

impl<S: StrategyChain<T>, T: Clone> Chain for By<S, T> {}

impl<S: StrategyBottom<T>, T: Clone> Bottom for By<S, T> {
    fn bottom() -> Self {
        Self::new(S::bottom())
    }

    fn is_bottom(&self) -> bool {
        S::is_bottom(&self.value)
    }
}

impl<S: StrategyDelta<T>, T: Clone> Delta for By<S, T> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        S::absorb(&mut self.value, delta.value).map(Self::new)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        S::diff(&self.value, &seen.value).map(Self::new)
    }

    fn parts(&self) -> impl Iterator<Item = Self> {
        S::parts(&self.value).map(Self::new)
    }
}

impl<S: Strategy<T>, T: Codec> Codec for By<S, T> {
    fn encode(&self, out: &mut Vec<u8>) {
        self.value.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        T::decode(input).map(Self::new)
    }

    fn describe(out: &mut Description) {
        out.is(S::NAME).part("of", T::describe);
    }
}

impl<S: Strategy<T>, T: Clone + Send + Sync + 'static> Points for By<S, T> {
    type Point = T;

    fn is_at_least(&self, point: &T) -> bool {
        S::leq(point, &self.value)
    }
}

impl<S: Strategy<T>, T: Clone + Send + Sync + 'static, W: ?Sized> AtLeast<By<S, T>, W> for T {
    fn at_least(&self, point: &T, _: &mut W) -> bool {
        S::leq(point, self)
    }
}

/// What a strategy joins two values to is not known to a constant; that it is no conflict is the answer that refuses rather than lets pass.
impl<S, T, A, B> Pair<A, B> for By<S, T>
where
    S: Strategy<T>,
    T: Clone + Send + Sync + 'static,
{
    const VERDICT: Verdict = Verdict::Compatible { join: "what the strategy joins them to" };
}
