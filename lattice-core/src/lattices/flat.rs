//! The value that is written once: any two different values conflict.

use alloc::{boxed::Box, string::String, sync::Arc, vec::Vec};
use core::{cmp::Ordering, fmt::Debug};

use crate::{
    codec::{Codec, DecodeError, Decoder},
    conflict::Conflict,
    delta::Delta,
    lattice::{Bottom, Lattice},
    schema::Description,
    threshold::{
        Decided, Points,
        verdict::{Distinct, Literal, Pair, Verdict},
    },
};

/// The flat lattice over `T`: undecided, decided, or decided twice and differently.
///
/// ```text
///          Conflict
///         /   |   \
///       t₁    t₂    t₃ …      Value(t)
///         \   |   /
///          Bottom
/// ```
///
/// `Conflict` is in conflict, nothing else. A threshold `field >= v` is reached once `v` was written; two thresholds with different
/// values exclude each other, and an outcome may bind the value that was decided. A join is one comparison.
///
/// ```text
///   a ⊔ ⊥ = a      t ⊔ t = t      t ⊔ u = Conflict  for t ≠ u
/// ```
///
/// Cost: a byte, or nothing where the value has room to spare.
///
/// Traps: a conflict stays, and is one of all that holds the value; which values met is told by whoever joins them, and forgotten then. What is written again is no
/// value written once: [`MvRegister`](crate::MvRegister), [`LwwRegister`](crate::LwwRegister). It is not in INRIA RR-7506.
///
/// ```
/// use lvars::{Flat, Lattice};
///
/// let mut price = Flat::Bottom;
/// assert!(price.join(Flat::Value(30)));
/// assert!(!price.join(Flat::Value(30)), "writing it again is no news");
/// assert!(price.incompatible(&Flat::Value(31)).is_some());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Flat<T> {
    /// Nothing was written.
    #[default]
    Bottom,
    /// This was written, and nothing else.
    Value(T),
    /// Two different values were written.
    Conflict,
}

impl<T> Flat<T> {
    /// The decided value, if there is exactly one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Bottom | Self::Conflict => None,
        }
    }
}

impl<T> From<T> for Flat<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Eq + Debug> Lattice for Flat<T> {
    fn join(&mut self, other: Self) -> bool {
        match self.lattice_cmp(&other) {
            Some(Ordering::Less) => *self = other,
            None => *self = Self::Conflict,
            Some(Ordering::Equal | Ordering::Greater) => return false,
        }
        true
    }

    fn join_ref(&mut self, other: &Self) -> bool
    where
        Self: Clone,
    {
        match self.lattice_cmp(other) {
            Some(Ordering::Less) => self.clone_from(other),
            None => *self = Self::Conflict,
            Some(Ordering::Equal | Ordering::Greater) => return false,
        }
        true
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Bottom, Self::Bottom) | (Self::Conflict, Self::Conflict) => Some(Ordering::Equal),
            (Self::Bottom, _) | (_, Self::Conflict) => Some(Ordering::Less),
            (_, Self::Bottom) | (Self::Conflict, _) => Some(Ordering::Greater),
            (Self::Value(left), Self::Value(right)) => (left == right).then_some(Ordering::Equal),
        }
    }

    fn conflict(&self) -> Option<Conflict> {
        matches!(self, Self::Conflict).then(|| Conflict::in_state(self))
    }

    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        match (self, other) {
            (Self::Value(left), Self::Value(right)) => {
                (left != right).then(|| Conflict::between(left, right))
            }
            _ => self.conflict().or_else(|| other.conflict()),
        }
    }
}

impl<T: Eq + Debug> Bottom for Flat<T> {
    fn bottom() -> Self {
        Self::Bottom
    }

    fn is_bottom(&self) -> bool {
        matches!(self, Self::Bottom)
    }
}

impl<T: Eq + Debug + Clone> Delta for Flat<T> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        self.join_ref(&delta).then_some(delta)
    }

    fn diff(&self, seen: &Self) -> Option<Self> {
        (!self.leq(seen)).then(|| self.clone())
    }

    /// `Conflict` is the join of any two different values, but none of them is at hand: it stands for itself.
    fn parts(&self) -> impl Iterator<Item = Self> {
        let part = if self.is_bottom() { None } else { Some(self.clone()) };
        part.into_iter()
    }
}

impl<T: Codec> Codec for Flat<T> {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Bottom => out.push(0),
            Self::Value(value) => {
                out.push(1);
                value.encode(out);
            }
            Self::Conflict => out.push(2),
        }
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        match input.byte()? {
            0 => Ok(Self::Bottom),
            1 => T::decode(input).map(Self::Value),
            2 => Ok(Self::Conflict),
            _ => Err(input.error("a flat value is neither undecided, decided nor in conflict")),
        }
    }

    fn describe(out: &mut Description) {
        out.is("Flat").part("of", T::describe);
    }
}

impl<T: Eq + Debug + Clone + Send + Sync + 'static> Points for Flat<T> {
    type Point = T;

    fn is_at_least(&self, point: &T) -> bool {
        match self {
            Self::Bottom => false,
            Self::Value(value) => value == point,
            Self::Conflict => true,
        }
    }
}

impl<T: Clone, W: ?Sized> Decided<T, W> for Flat<T> {
    fn decided(&self, _: &mut W) -> Option<T> {
        self.value().cloned()
    }
}

impl<T, A, B> Pair<A, B> for Flat<T>
where
    T: Eq + Debug + Clone + Send + Sync + 'static + Distinct<A, B>,
{
    const VERDICT: Verdict =
        if T::DISTINCT { Verdict::Incompatible } else { Verdict::Compatible { join: "that very value" } };
}

macro_rules! distinct {
    ($($type:ty)+) => {$(
        impl<A: Literal<Flat<Self>>, B: Literal<Flat<Self>>> Distinct<A, B> for $type {
            const DISTINCT: bool = A::VALUE != B::VALUE;
        }
    )+};
}

distinct!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize char bool);

/// Two strings are different values iff the constants that they are written as are.
macro_rules! distinct_strings {
    ($($type:ty)+) => {$(
        impl<A, B> Distinct<A, B> for $type
        where
            A: Literal<Flat<Self>, &'static str>,
            B: Literal<Flat<Self>, &'static str>,
        {
            const DISTINCT: bool = differ(A::VALUE.as_bytes(), B::VALUE.as_bytes());
        }
    )+};
}

distinct_strings!(&'static str String Box<str> Arc<str>);

/// `left != right`, which constants cannot yet say of slices.
const fn differ(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return true;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return true;
        }
        at += 1;
    }
    false
}

crate::laws!(Flat<u8>, [Flat::Bottom, Flat::Value(1), Flat::Value(2), Flat::Value(3), Flat::Conflict]);
