//! Lattices over plain fields: what `#[lattice(max)]`, `min`, `any` and `all` mean.
//!
//! A strategy makes a lattice of a plain type without wrapping the field, so that the user's struct stays plain data. The derive
//! names the strategy type and calls it through [`Strategy`]; the wrappers ([`Max`](crate::Max) …) call the same code.

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
