//! The counter that can be reset, and so may live in an observed-remove map.

use crate::{
    Flat,
    causal::{DotFun, Dots, wraps},
};

/// A causal counter: the sum of the amounts that have not been taken back.
///
/// ```text
///   state: dot ↦ amount      (s, c) ⋈ (s′, c′) = what both hold, what s holds outside of c′, and what s′ holds outside of c
///
///   value = Σ of the amounts under the dots that are held
/// ```
///
/// A reset takes back the amounts that it has seen, and those alone: what is concurrently added survives it, with its own amount. For this every
/// addition keeps a dot of its own; a counter that kept one entry for each writer would bring back, with the next addition, what the writer
/// had added before the reset.
///
/// Cost: one dot for each addition since the last reset or [`fold`](Self::fold). The read is a sum over them.
///
/// Its value is not monotone, so there is no threshold on it: wait for the document's `version`, or keep a [`GCounter`](crate::GCounter) beside it.
///
/// Traps: an unfolded counter grows with its additions. A fold moves amounts to a new dot, so a reset that is concurrent to it does
/// not take them back: fold where nobody resets meanwhile, or where that is right. Two amounts under one dot count as nothing, and
/// [`Causal::clash`](crate::Causal::clash) tells it.
///
/// The counter of Baquero, Almeida, Lerche, *The problem with embedded CRDT counters and a solution* (2016); it is not in INRIA RR-7506.
///
/// ```
/// use lvars::{Causal, CausalCounter, Lattice, OrMap, WriterId};
///
/// let (alice, bob) = (WriterId(1), WriterId(2));
/// let mut cart = Causal::<OrMap<&str, CausalCounter>>::new();
/// let add = |cart: &Causal<OrMap<&'static str, CausalCounter>>, by| {
///     cart.write(alice, |cart, dots| cart.update(dots, "pen", |pens, dots| pens.add(dots, by)))
/// };
/// cart.join(add(&cart, 2));
///
/// let (one_more, removed) = (add(&cart, 1), cart.write(bob, |cart, dots| cart.remove(dots, "pen")));
/// cart.join(removed);
/// cart.join(one_more);
/// assert_eq!(cart["pen"].value(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CausalCounter(DotFun<Flat<i64>>);

wraps!([] CausalCounter, "CausalCounter", DotFun<Flat<i64>>);

impl CausalCounter {
    /// Adds an amount, which may be negative.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn add(&self, dots: &mut Dots, by: i64) -> Self {
        Self(DotFun::one(dots.fresh(), Flat::Value(by)))
    }

    /// Takes back the amounts that are seen here.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn reset(&self, dots: &mut Dots) -> Self {
        dots.name_all(&self.0);
        Self::default()
    }

    /// Puts the writer's own amounts under one dot. The value stays as it is; if their sum does not fit, so do the dots.
    #[must_use = "a delta changes nothing until it is joined"]
    pub fn fold(&self, dots: &mut Dots) -> Self {
        let writer = dots.writer();
        let own = || self.0.iter().filter(|(dot, _)| dot.writer() == writer);
        let sum = own().try_fold(0_i64, |sum, (_, by)| sum.checked_add(amount(by)));
        let Some(sum) = sum.filter(|_| own().nth(1).is_some()) else {
            return Self::default();
        };
        own().for_each(|(dot, _)| dots.name(dot));
        Self(DotFun::one(dots.fresh(), Flat::Value(sum)))
    }

    /// The sum of the amounts.
    pub fn value(&self) -> i128 {
        self.0.values().map(|by| i128::from(amount(by))).sum()
    }
}

fn amount(by: &Flat<i64>) -> i64 {
    match by {
        Flat::Value(by) => *by,
        Flat::Bottom | Flat::Conflict => 0,
    }
}
