//! A sequence that only gets longer: two that fork are a conflict.

use alloc::vec::Vec;
use core::{cmp::Ordering, fmt::Debug};

use crate::{
    codec::{Codec, DecodeError, Decoder, encode_unsigned},
    conflict::Conflict,
    delta::Delta,
    lattice::{Bottom, Lattice, Meet, Top},
    schema::Description,
    threshold::{
        Points,
        verdict::{Literal, Pair, Verdict},
    },
};

/// A log that is appended to: of two sequences one must begin with the other.
///
/// ```text
///           Conflict
///         /    |    \
///     [a, b] [a, c]  …
///         \   /      |
///          [a]      [b]  …
///            \     /
///              []           bottom
/// ```
///
/// `Conflict`, the top, is in conflict, nothing else. A threshold `field >= &[a, b]` is reached once the sequence begins so; two that
/// fork exclude each other. A join compares what both have. **Deltas are whole sequences**: the end of one is no state by itself, so this
/// is for short ones, or for one machine.
///
/// ```
/// use lvars::{Lattice, Prefix};
///
/// let mut moves = Prefix::from(vec!["e4", "e5"]);
/// assert!(moves.join(Prefix::from(vec!["e4", "e5", "Nf3"])));
/// let conflict = moves.incompatible(&Prefix::from(vec!["e4", "c5"])).unwrap();
/// assert_eq!(conflict.to_string(), r#"conflict at [1]: "c5" and "e5" cannot both be true"#);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Prefix<T> {
    /// What is written so far.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "crate::formats::sequence"))]
    #[cfg_attr(feature = "serde", serde(bound(deserialize = "T: serde::Deserialize<'de>")))]
    Values(Vec<T>),
    /// Two sequences were written of which neither begins with the other.
    Conflict,
}

/// Where two sequences fork, if they do.
fn fork<T: Eq>(left: &[T], right: &[T]) -> Option<usize> {
    left.iter().zip(right).position(|(left, right)| left != right)
}

impl<T> Prefix<T> {
    /// What is written so far, unless it forked.
    pub fn values(&self) -> Option<&[T]> {
        match self {
            Self::Values(values) => Some(values),
            Self::Conflict => None,
        }
    }
}

impl<T> From<Vec<T>> for Prefix<T> {
    fn from(values: Vec<T>) -> Self {
        Self::Values(values)
    }
}

impl<T> Default for Prefix<T> {
    fn default() -> Self {
        Self::Values(Vec::new())
    }
}

impl<T: Eq + Debug> Lattice for Prefix<T> {
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
        match (self.values(), other.values()) {
            (Some(left), Some(right)) => fork(left, right).is_none().then(|| left.len().cmp(&right.len())),
            (left, right) => Some(left.is_none().cmp(&right.is_none())),
        }
    }

    fn conflict(&self) -> Option<Conflict> {
        self.is_top().then(|| Conflict::in_state(self))
    }

    fn incompatible(&self, other: &Self) -> Option<Conflict> {
        match (self.values(), other.values()) {
            (Some(left), Some(right)) => {
                let at = fork(left, right)?;
                Some(Conflict::between(&left[at], &right[at]).at_key(&at))
            }
            _ => Some(Conflict::in_state(&Self::Conflict)),
        }
    }
}

impl<T: Eq + Debug> Bottom for Prefix<T> {
    fn bottom() -> Self {
        Self::default()
    }

    fn is_bottom(&self) -> bool {
        self.values().is_some_and(<[T]>::is_empty)
    }
}

impl<T: Eq + Debug> Top for Prefix<T> {
    fn top() -> Self {
        Self::Conflict
    }

    fn is_top(&self) -> bool {
        matches!(self, Self::Conflict)
    }
}

/// What both begin with.
impl<T: Eq + Debug> Meet for Prefix<T> {
    fn meet(&mut self, other: Self) -> bool {
        match (&mut *self, other) {
            (_, Self::Conflict) => false,
            (Self::Conflict, other) => {
                *self = other;
                true
            }
            (Self::Values(values), Self::Values(other)) => {
                let n_before = values.len();
                values.truncate(fork(values, &other).unwrap_or(other.len()));
                values.len() < n_before
            }
        }
    }
}

impl<T: Eq + Debug + Clone> Delta for Prefix<T> {
    fn absorb(&mut self, delta: Self) -> Option<Self> {
        let news = delta.diff(self)?;
        self.join(delta);
        Some(news)
    }

    /// All of it, or as much as shows that it forks.
    fn diff(&self, seen: &Self) -> Option<Self> {
        match (self.values(), seen.values()) {
            (_, None) => None,
            (None, Some(_)) => Some(Self::Conflict),
            (Some(values), Some(seen)) => match fork(values, seen) {
                Some(at) => Some(Self::Values(values[..=at].to_vec())),
                None => (values.len() > seen.len()).then(|| self.clone()),
            },
        }
    }

    /// Itself: what is below it is a chain. A conflict is the join of any two that fork, but none of them is at hand.
    fn parts(&self) -> impl Iterator<Item = Self> {
        (!self.is_bottom()).then(|| self.clone()).into_iter()
    }
}

/// Whether it is one, then the number of values and the values. Each value takes at least one byte, or their number could
/// not be checked: a sequence of units does not decode.
impl<T: Codec> Codec for Prefix<T> {
    fn encode(&self, out: &mut Vec<u8>) {
        let Self::Values(values) = self else { return out.push(0) };
        out.push(1);
        encode_unsigned(values.len() as u64, out);
        for value in values {
            value.encode(out);
        }
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        match input.byte()? {
            0 => Ok(Self::Conflict),
            1 => input.nested(|input| {
                // Not collected at once: that would make room for as many values as there are bytes.
                let mut values = Vec::new();
                for _ in 0..input.len()? {
                    input.element::<T>()?;
                    values.push(T::decode(input)?);
                }
                Ok(Self::Values(values))
            }),
            _ => Err(input.error("a sequence is neither in conflict nor in none")),
        }
    }

    fn describe(out: &mut Description) {
        out.is("Prefix").part("element", T::describe);
    }
}

/// What it begins with.
impl<T: Eq + Debug + Sync + 'static> Points for Prefix<T> {
    type Point = &'static [T];

    fn is_at_least(&self, point: &&'static [T]) -> bool {
        self.values().is_none_or(|values| values.starts_with(point))
    }
}

macro_rules! pairs {
    ($($type:ty)+) => {$(
        impl<A: Literal<Self>, B: Literal<Self>> Pair<A, B> for Prefix<$type> {
            const VERDICT: Verdict = {
                let (left, right) = (A::VALUE, B::VALUE);
                let mut at = 0;
                while at < left.len() && at < right.len() && left[at] == right[at] {
                    at += 1;
                }
                if at < left.len() && at < right.len() {
                    Verdict::Incompatible
                } else {
                    Verdict::Compatible { join: "the longer one" }
                }
            };
        }
    )+};
}

pairs!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize char bool);

crate::laws!(
    Prefix<u8>,
    [&[][..], &[1], &[2], &[1, 2], &[1, 3], &[1, 2, 3]]
        .map(|values| Prefix::from(values.to_vec()))
        .into_iter()
        .chain([Prefix::Conflict])
);
