//! What is a cart? Three answers, each a lattice.

use std::collections::BTreeMap;

use lvars::{Causal, CausalCounter, Lattice, Max, OrMap, PnCounter, WriterId};

type Sku = &'static str;

/// What all three can do. A write changes this cart, and answers the message for the others.
pub(crate) trait Cart: Default + PartialEq {
    fn add(&mut self, writer: WriterId, sku: Sku, by: u32) -> Self;
    fn take_out(&mut self, writer: WriterId, sku: Sku) -> Self;
    fn merge(&mut self, message: &Self);
    /// How many, if there is such a line.
    fn quantity(&self, sku: Sku) -> Option<i128>;
}

/// Dynamo's: whoever writes sends its cart, and carts are joined by union; of two quantities the greater counts.
///
/// A line that is taken out is missing from a cart, and nothing in the cart says that it was there. So every cart that still has it brings it
/// back, and of two additions one is lost.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Union(BTreeMap<Sku, Max<u32>>);

impl Cart for Union {
    fn add(&mut self, _: WriterId, sku: Sku, by: u32) -> Self {
        self.0.entry(sku).or_insert(Max(0)).0 += by;
        self.clone()
    }

    fn take_out(&mut self, _: WriterId, sku: Sku) -> Self {
        self.0.remove(sku);
        self.clone()
    }

    fn merge(&mut self, message: &Self) {
        self.0.join_ref(&message.0);
    }

    fn quantity(&self, sku: Sku) -> Option<i128> {
        self.0.get(sku).map(|quantity| quantity.0.into())
    }
}

/// A map that only grows, of counters: to take a line out is to take away what is seen of it.
///
/// Nothing comes back, but what two take out at once is taken away twice, and an empty line stays.
#[derive(Default, PartialEq)]
pub(crate) struct Counters(BTreeMap<Sku, PnCounter>);

impl Counters {
    fn count(&mut self, writer: WriterId, sku: Sku, by: i64) -> Self {
        let delta = BTreeMap::from([(sku, self.0.entry(sku).or_default().add(writer, by))]);
        self.0.join_ref(&delta);
        Self(delta)
    }
}

impl Cart for Counters {
    fn add(&mut self, writer: WriterId, sku: Sku, by: u32) -> Self {
        self.count(writer, sku, by.into())
    }

    fn take_out(&mut self, writer: WriterId, sku: Sku) -> Self {
        let seen = self.quantity(sku).unwrap_or(0);
        self.count(writer, sku, i64::try_from(-seen).expect("a cart has room for fewer"))
    }

    fn merge(&mut self, message: &Self) {
        self.0.join_ref(&message.0);
    }

    fn quantity(&self, sku: Sku) -> Option<i128> {
        self.0.get(sku).map(PnCounter::value)
    }
}

/// An observed-remove map of causal counters: to take a line out takes back the amounts that are seen, by the names of their writes.
///
/// Each amount is taken back at most once, whoever does, and one that nobody has seen survives.
#[derive(Default, PartialEq)]
pub(crate) struct Observed(Causal<OrMap<Sku, CausalCounter>>);

impl Cart for Observed {
    fn add(&mut self, writer: WriterId, sku: Sku, by: u32) -> Self {
        let delta =
            self.0.write(writer, |cart, dots| cart.update(dots, sku, |line, dots| line.add(dots, by.into())));
        self.0.join_ref(&delta);
        Self(delta)
    }

    fn take_out(&mut self, writer: WriterId, sku: Sku) -> Self {
        let delta = self.0.write(writer, |cart, dots| cart.remove(dots, sku));
        self.0.join_ref(&delta);
        Self(delta)
    }

    fn merge(&mut self, message: &Self) {
        self.0.join_ref(&message.0);
    }

    fn quantity(&self, sku: Sku) -> Option<i128> {
        self.0.at(sku).map(CausalCounter::value)
    }
}
