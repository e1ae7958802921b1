//! Lattices over plain fields: what `#[lattice(max)]`, `min`, `any`, `all` and `union` mean.
//!
//! A strategy makes a lattice of a plain type without wrapping the field, so that the user's struct stays plain data. The derive
//! names the strategy type and calls it through [`Strategy`]; the wrappers ([`Max`](crate::Max) …) call the same code, through
//! the `wrapper!` macro at the end of this file. Each of these lattices is a chain, which is why one body serves all of them.
//!
//! A strategy of the user's own, `#[lattice(by = S)]`, is any type that implements [`Strategy`]; its lattice is [`By`]. `#[lattice(with =
//! module)]` makes one of the functions in a module.
//!
//! `union` is not one of them: a set or a map is a lattice as it stands, and the word only says so ([`Union`]).

mod by;
mod by_hand;
mod intersect;

use alloc::boxed::Box;
use core::cmp::Ordering;

pub use self::by::By;
#[doc(hidden)]
pub use self::by_hand::{ByHand, ByHandBottom, ByHandDelta, With, assert_by_hand};
use crate::{conflict::Conflict, lattice::Lattice};

/// A lattice over values of the plain type `T`.
///
/// The laws are those of a [`Lattice`]: the join is associative, commutative, idempotent and the least upper bound in the order
/// of [`cmp`](Self::cmp). `laws!` checks them of the struct with such a field, or of [`By<Self, T>`](By).
///
/// ```
/// use core::cmp::Ordering;
/// use lvars::{
///     Lattice,
///     strategies::{By, Strategy, StrategyBottom},
/// };
///
/// /// Permissions as bits: what any write granted.
/// #[derive(Debug)]
/// struct ByBits;
///
/// impl Strategy<u32> for ByBits {
///     type Lattice = By<Self, u32>;
///
///     fn join(value: &mut u32, other: u32) -> bool {
///         let before = *value;
///         *value |= other;
///         *value != before
///     }
///
///     fn cmp(left: &u32, right: &u32) -> Option<Ordering> {
///         match (left | right == *right, left | right == *left) {
///             (true, true) => Some(Ordering::Equal),
///             (true, false) => Some(Ordering::Less),
///             (false, true) => Some(Ordering::Greater),
///             (false, false) => None,
///         }
///     }
/// }
///
/// impl StrategyBottom<u32> for ByBits {
///     fn bottom() -> u32 {
///         0
///     }
/// }
///
/// lvars::laws!(By<ByBits, u32>, (0..8).map(By::new));
/// assert_eq!(By::<ByBits, u32>::new(0b01).joined(By::new(0b10)).value, 0b11);
/// ```
#[diagnostic::on_unimplemented(
    message = "this strategy cannot join values of type `{T}`",
    label = "not for `{T}`",
    note = "`max` and `min` need a total order (`Ord`; a float has one as `Total<f64>`); `any` and `all` need `bool`; `union` needs a set or a map"
)]
pub trait Strategy<T> {
    /// The lattice of the wrapped value: what an LVar of the field holds and a threshold names points of. [`By<Self, T>`](By) always fits.
    type Lattice: Lattice + Wraps<T>;

    /// The name of this way to join, for the [`Schema`](crate::schema::Schema) of states with such fields: two peers whose strategies have different
    /// names do not take each other's states. Strategies that keep this default are not told apart.
    const NAME: &'static str = "by a strategy";

    /// `value := value ⊔ other`; whether `value` grew.
    fn join(value: &mut T, other: T) -> bool;

    /// Where `left` stands in the lattice order, relative to `right`; `None` if neither is below the other.
    fn cmp(left: &T, right: &T) -> Option<Ordering>;

    /// [`join`](Self::join) by reference. Clones only what is news.
    #[inline]
    fn join_ref(value: &mut T, other: &T) -> bool
    where
        T: Clone,
    {
        !Self::leq(other, value) && Self::join(value, other.clone())
    }

    /// `left ⊑ right`.
    #[inline]
    fn leq(left: &T, right: &T) -> bool {
        matches!(Self::cmp(left, right), Some(Ordering::Less | Ordering::Equal))
    }

    /// [`Lattice::conflict`]: whether the value says that two writes cannot both be true. By default none does.
    #[inline]
    fn conflict(value: &T) -> Option<Conflict> {
        let _ = value;
        None
    }

    /// [`Lattice::incompatible`]: whether the join of the two is in conflict. By default none is.
    #[inline]
    fn incompatible(left: &T, right: &T) -> Option<Conflict> {
        let _ = (left, right);
        None
    }
}

/// A lattice that is a plain `T` under a strategy, wrapped.
pub trait Wraps<T> {
    /// The plain value as a state.
    fn wrap(value: T) -> Self;
    /// The state as a plain value.
    fn unwrap(self) -> T;
}

/// A strategy whose lattice has a bottom.
#[diagnostic::on_unimplemented(
    message = "`{T}` has no value to start from under this strategy",
    note = "`max` needs a least value, `min` a greatest; a strategy of your own says it by `StrategyBottom`"
)]
pub trait StrategyBottom<T>: Strategy<T> {
    /// The least value in the lattice order.
    fn bottom() -> T;

    /// Whether `value` is the bottom.
    #[inline]
    fn is_bottom(value: &T) -> bool {
        Self::cmp(value, &Self::bottom()) == Some(Ordering::Equal)
    }
}

/// A strategy of which any two values are comparable: `cmp` never answers `None`.
pub trait StrategyChain<T>: Strategy<T> {}

/// A strategy whose lattice has deltas, with the laws of [`Delta`](crate::Delta).
///
/// The provided methods take a value for irreducible, so that news is sent as a whole. That is right of every [`StrategyChain`], for which
/// `impl StrategyDelta<T> for S {}` is enough; of others it is safe, but not least, and `laws!` says so.
#[diagnostic::on_unimplemented(
    message = "this strategy has no deltas for `{T}`",
    note = "if its order is total, `impl StrategyDelta<{T}> for {Self} {{}}` is enough; otherwise implement its methods"
)]
pub trait StrategyDelta<T: Clone>: StrategyBottom<T> {
    /// Joins `delta` in and answers the part of it that was news: [`Delta::absorb`](crate::Delta::absorb).
    fn absorb(value: &mut T, delta: T) -> Option<T> {
        if Self::leq(&delta, value) {
            return None;
        }
        Self::join(value, delta.clone());
        Some(delta)
    }

    /// The least delta that brings `seen` up to `value`: [`Delta::diff`](crate::Delta::diff).
    fn diff(value: &T, seen: &T) -> Option<T> {
        (!Self::leq(value, seen)).then(|| value.clone())
    }

    /// The irreducible pieces of `value`: [`Delta::parts`](crate::Delta::parts).
    fn parts(value: &T) -> Box<dyn Iterator<Item = T> + '_> {
        let part = if Self::is_bottom(value) { None } else { Some(value.clone()) };
        Box::new(part.into_iter())
    }
}

/// [`Strategy::join`] of a chain: the greater of the two.
#[inline]
pub fn join_chain<S: Strategy<T>, T>(value: &mut T, other: T) -> bool {
    let grows = S::cmp(value, &other) == Some(Ordering::Less);
    if grows {
        *value = other;
    }
    grows
}

/// [`Strategy::join_ref`] of a chain.
#[inline]
pub fn join_chain_ref<S: Strategy<T>, T: Clone>(value: &mut T, other: &T) -> bool {
    let grows = S::cmp(value, other) == Some(Ordering::Less);
    if grows {
        value.clone_from(other);
    }
    grows
}

/// `#[lattice(max)]`: the greatest value in std's order. The lattice is [`Max`](crate::Max).
#[derive(Clone, Copy, Debug)]
pub struct ByMax;

/// `#[lattice(min)]`: the least value in std's order, so the lattice order is std's reversed. The lattice is [`Min`](crate::Min).
#[derive(Clone, Copy, Debug)]
pub struct ByMin;

/// `#[lattice(any)]`: true once one write said true. The lattice is [`Any`](crate::Any).
#[derive(Clone, Copy, Debug)]
pub struct ByAny;

/// `#[lattice(all)]`: false once one write said false. The lattice is [`All`](crate::All).
#[derive(Clone, Copy, Debug)]
pub struct ByAll;

/// `#[lattice(intersect)]`: what all writes have in common. The lattice is [`Common`](crate::Common), or an `Option` of it.
#[derive(Clone, Copy, Debug)]
pub struct ByIntersect;

/// `#[lattice(union)]`: std's sets and maps, whose own join is the union. The word documents the field; the lattice is the field's type.
#[diagnostic::on_unimplemented(
    message = "`union` cannot join values of type `{Self}`",
    label = "not a set or a map",
    note = "`union` needs a set or a map: `BTreeSet`, `HashSet`, `BTreeMap`, `HashMap`"
)]
pub trait Union: Lattice {}

/// The lattice of the wrapper `$lattice` around `$plain`, by the chain of `$strategy`: everything that does not differ between
/// `Max`, `Min`, `Any` and `All`. `$t` is the type parameter, with what it needs to be ordered and to have a bottom.
macro_rules! wrapper {
    ([$($t:ident: $order:path, $bottom:path)?] $lattice:ty, $name:literal, $plain:ty, $strategy:ty, join = $join:literal) => {
        const _: () = {
            use $crate::{
                codec::{Codec, DecodeError, Decoder},
                delta::Delta,
                lattice::{Bottom, Lattice},
                strategies,
                threshold::{AtLeast, Points, verdict::{Pair, Verdict}},
            };

            impl<$($t)?> From<$plain> for $lattice {
                fn from(value: $plain) -> Self {
                    Self(value)
                }
            }

            impl<$($t)?> strategies::Wraps<$plain> for $lattice {
                fn wrap(value: $plain) -> Self {
                    Self(value)
                }

                fn unwrap(self) -> $plain {
                    self.0
                }
            }

            impl<$($t: $order)?> strategies::StrategyChain<$plain> for $strategy {}
            impl<$($t: $bottom + Clone)?> strategies::StrategyDelta<$plain> for $strategy {}

            impl<$($t)?> Lattice for $lattice $(where $t: $order)? {
                fn join(&mut self, other: Self) -> bool {
                    <$strategy as strategies::Strategy<$plain>>::join(&mut self.0, other.0)
                }

                fn join_ref(&mut self, other: &Self) -> bool
                where
                    Self: Clone,
                {
                    let grows = self.lattice_cmp(other) == Some(core::cmp::Ordering::Less);
                    if grows {
                        self.clone_from(other);
                    }
                    grows
                }

                fn lattice_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
                    <$strategy as strategies::Strategy<$plain>>::cmp(&self.0, &other.0)
                }
            }

            impl<$($t)?> Bottom for $lattice $(where $t: $bottom)? {
                fn bottom() -> Self {
                    Self(<$strategy as strategies::StrategyBottom<$plain>>::bottom())
                }

                fn is_bottom(&self) -> bool {
                    <$strategy as strategies::StrategyBottom<$plain>>::is_bottom(&self.0)
                }
            }

            /// The bottom, not the default of the wrapped type: joining a default changes nothing.
            impl<$($t)?> Default for $lattice $(where $t: $bottom)? {
                fn default() -> Self {
                    Self::bottom()
                }
            }

            impl<$($t)?> Delta for $lattice $(where $t: $bottom + Clone)? {
                fn absorb(&mut self, delta: Self) -> Option<Self> {
                    <$strategy as strategies::StrategyDelta<$plain>>::absorb(&mut self.0, delta.0).map(Self)
                }

                fn diff(&self, seen: &Self) -> Option<Self> {
                    <$strategy as strategies::StrategyDelta<$plain>>::diff(&self.0, &seen.0).map(Self)
                }

                fn parts(&self) -> impl Iterator<Item = Self> {
                    <$strategy as strategies::StrategyDelta<$plain>>::parts(&self.0).map(Self)
                }
            }

            impl<$($t)?> Codec for $lattice $(where $t: Codec)? {
                fn encode(&self, out: &mut alloc::vec::Vec<u8>) {
                    self.0.encode(out);
                }

                fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                    Codec::decode(input).map(Self)
                }

                fn describe(out: &mut $crate::schema::Description) {
                    out.is($name).part("of", <$plain as Codec>::describe);
                }
            }

            impl<$($t)?> Points for $lattice $(where $t: $order + Clone + Send + Sync + 'static)? {
                type Point = $plain;

                fn is_at_least(&self, point: &$plain) -> bool {
                    <$strategy as strategies::Strategy<$plain>>::leq(point, &self.0)
                }
            }

            impl<$($t,)? W: ?Sized> AtLeast<$lattice, W> for $plain
            $(where $t: $order + Clone + Send + Sync + 'static)?
            {
                fn at_least(&self, point: &$plain, _: &mut W) -> bool {
                    <$strategy as strategies::Strategy<$plain>>::leq(point, self)
                }
            }

            impl<$($t,)? A, B> Pair<A, B> for $lattice
            $(where $t: $order + Clone + Send + Sync + 'static)?
            {
                const VERDICT: Verdict = Verdict::Compatible { join: $join };
            }
        };
    };
}
pub(crate) use wrapper;
