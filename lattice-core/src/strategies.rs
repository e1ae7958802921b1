//! Lattices over plain fields: what `#[lattice(max)]`, `min`, `any`, `all` and `union` mean.
//!
//! A strategy makes a lattice of a plain type without wrapping the field, so that the user's struct stays plain data. The derive
//! names the strategy type and calls it through [`Strategy`]; the wrappers ([`Max`](crate::Max) …) call the same code, through
//! the `wrapper!` macro at the end of this file. Each of these lattices is a chain, which is why one body serves all of them.
//!
//! `union` is not one of them: a set or a map is a lattice as it stands, and the word only says so ([`Union`]).

use core::cmp::Ordering;

use crate::lattice::Lattice;

/// A lattice over values of the plain type `T`. The strategies are all total orders, so a join keeps one of the two values.
#[diagnostic::on_unimplemented(
    message = "this strategy cannot join values of type `{T}`",
    label = "not for `{T}`",
    note = "`max` and `min` need a total order (`Ord`; a float has none); `any` and `all` need `bool`; `union` needs a set or a map"
)]
pub trait Strategy<T> {
    /// The lattice of the wrapped value: what an LVar of the field holds and a threshold names points of.
    type Lattice: Lattice;

    /// The plain value as a state of that lattice.
    fn wrap(value: T) -> Self::Lattice;
    /// The state as a plain value.
    fn unwrap(state: Self::Lattice) -> T;
    /// Where `left` stands in the lattice order, relative to `right`.
    fn cmp(left: &T, right: &T) -> Ordering;
}

/// A strategy whose lattice has a bottom.
#[diagnostic::on_unimplemented(
    message = "`{T}` has no value to start from under this strategy",
    note = "`max` needs a least value, `min` a greatest"
)]
pub trait StrategyBottom<T>: Strategy<T> {
    /// The least value in the lattice order.
    fn bottom() -> T;
}

/// `value := value ⊔ other` under the strategy `S`; whether `value` grew.
pub fn join<S: Strategy<T>, T>(value: &mut T, other: T) -> bool {
    let grows = S::cmp(value, &other) == Ordering::Less;
    if grows {
        *value = other;
    }
    grows
}

/// [`join`] by reference.
pub fn join_ref<S: Strategy<T>, T: Clone>(value: &mut T, other: &T) -> bool {
    let grows = S::cmp(value, other) == Ordering::Less;
    if grows {
        value.clone_from(other);
    }
    grows
}

/// [`Delta::absorb`](crate::Delta::absorb) under the strategy `S`: in a chain the news is the whole delta, or nothing.
pub fn absorb_by<S: Strategy<T>, T: Clone>(value: &mut T, delta: T) -> Option<T> {
    join_ref::<S, T>(value, &delta).then_some(delta)
}

/// [`Delta::diff`](crate::Delta::diff) under the strategy `S`.
pub fn diff_by<S: Strategy<T>, T: Clone>(value: &T, seen: &T) -> Option<T> {
    (S::cmp(seen, value) == Ordering::Less).then(|| value.clone())
}

/// [`Delta::parts`](crate::Delta::parts) under the strategy `S`: in a chain every state but the bottom is irreducible.
pub fn parts_by<S: StrategyBottom<T>, T: Clone>(value: &T) -> core::option::IntoIter<T> {
    let part = if is_bottom::<S, T>(value) { None } else { Some(value.clone()) };
    part.into_iter()
}

/// Whether `value` is the bottom under the strategy `S`.
pub fn is_bottom<S: StrategyBottom<T>, T>(value: &T) -> bool {
    S::cmp(value, &S::bottom()) == Ordering::Equal
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
    ([$($t:ident: $order:path, $bottom:path)?] $lattice:ty, $plain:ty, $strategy:ty, join = $join:literal) => {
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

            impl<$($t)?> Lattice for $lattice $(where $t: $order)? {
                fn join(&mut self, other: Self) -> bool {
                    strategies::join::<$strategy, $plain>(&mut self.0, other.0)
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
                    Some(<$strategy as strategies::Strategy<$plain>>::cmp(&self.0, &other.0))
                }
            }

            impl<$($t)?> Bottom for $lattice $(where $t: $bottom)? {
                fn bottom() -> Self {
                    Self(<$strategy as strategies::StrategyBottom<$plain>>::bottom())
                }

                fn is_bottom(&self) -> bool {
                    strategies::is_bottom::<$strategy, $plain>(&self.0)
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
                    strategies::absorb_by::<$strategy, $plain>(&mut self.0, delta.0).map(Self)
                }

                fn diff(&self, seen: &Self) -> Option<Self> {
                    strategies::diff_by::<$strategy, $plain>(&self.0, &seen.0).map(Self)
                }

                fn parts(&self) -> impl Iterator<Item = Self> {
                    strategies::parts_by::<$strategy, $plain>(&self.0).map(Self)
                }
            }

            impl<$($t)?> Codec for $lattice $(where $t: Codec)? {
                fn encode(&self, out: &mut alloc::vec::Vec<u8>) {
                    self.0.encode(out);
                }

                fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                    Codec::decode(input).map(Self)
                }
            }

            impl<$($t)?> Points for $lattice $(where $t: $order + Clone + Send + Sync + 'static)? {
                type Point = $plain;

                fn is_at_least(&self, point: &$plain) -> bool {
                    <$strategy as strategies::Strategy<$plain>>::cmp(&self.0, point).is_ge()
                }
            }

            impl<$($t,)? W: ?Sized> AtLeast<$lattice, W> for $plain
            $(where $t: $order + Clone + Send + Sync + 'static)?
            {
                fn at_least(&self, point: &$plain, _: &mut W) -> bool {
                    <$strategy as strategies::Strategy<$plain>>::cmp(self, point).is_ge()
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
