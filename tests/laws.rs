//! `laws!` as a user of the facade meets it: strategies, and violations that lead to the field.

use std::{cmp::Ordering, collections::BTreeMap};

use lvars::{laws, prelude::*};
use proptest::{
    collection::btree_map,
    prelude::{Strategy, any},
    sample::select,
};

/// The later price, they say; but of two prices of the same time, each side keeps its own.
#[derive(Clone, Debug, PartialEq)]
struct Price {
    at: u8,
    pence: u8,
}

impl Lattice for Price {
    fn join(&mut self, other: Self) -> bool {
        let is_later = self.at < other.at;
        if is_later {
            *self = other;
        }
        is_later
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.at.cmp(&other.at))
    }
}

/// `P` is the price: unlawful, or not.
#[derive(Lattice, Clone, Debug, PartialEq)]
struct Order<P> {
    #[lattice(max)]
    priority: u8,
    lines: BTreeMap<&'static str, Line<P>>,
}

#[derive(Lattice, Clone, Debug, PartialEq)]
struct Line<P> {
    #[lattice(any)]
    is_wrapped: bool,
    price: P,
}

fn orders<P: Clone + std::fmt::Debug + 'static>(
    prices: impl Strategy<Value = P> + 'static,
) -> impl Strategy<Value = Order<P>> {
    let line = (any::<bool>(), prices).prop_map(|(is_wrapped, price)| Line { is_wrapped, price });
    (0_u8..9, btree_map(select(vec!["book", "pen"]), line, 0..3))
        .prop_map(|(priority, lines)| Order { priority, lines })
}

fn prices() -> impl Strategy<Value = Price> {
    (0_u8..3, 0_u8..9).prop_map(|(at, pence)| Price { at, pence })
}

/// A strategy that has the name of a law, which is the name of a test.
fn order() -> impl Strategy<Value = Order<Flat<u8>>> {
    orders(any::<u8>().prop_map(Flat::Value))
}

laws!(random_states: Order<Flat<u8>>, order());

fn samples() -> Vec<Order<Flat<u8>>> {
    let line = |price| BTreeMap::from([("book", Line { is_wrapped: false, price })]);
    let lines = [BTreeMap::new(), line(Flat::Value(1)), line(Flat::Value(2)), line(Flat::Conflict)];
    lines.map(|lines| Order { priority: 0, lines }).into()
}

laws!(listed_states: Order<Flat<u8>>, samples());

#[test]
fn listed_samples_lead_to_the_unlawful_field() {
    let priced = |pence| Line { is_wrapped: true, price: Price { at: 1, pence } };
    let samples = [1, 2].map(|pence| Order { priority: 0, lines: BTreeMap::from([("book", priced(pence))]) });
    let violation = laws::lattice(&samples).unwrap_err();
    assert_eq!((violation.law, &*violation.path), ("commutative", r#"lines["book"].price.pence"#));
    let first_line = r#"not commutative at lines["book"].price.pence: a ⊔ b = b ⊔ a"#;
    assert_eq!(violation.to_string().lines().next(), Some(first_line));
}

#[test]
fn random_samples_shrink_to_the_unlawful_field() {
    let violation = laws::random(&orders(prices()), laws::commutative).unwrap_err();
    let paths = [r#"lines["book"].price.pence"#, r#"lines["pen"].price.pence"#];
    assert!(paths.contains(&&*violation.path), "{violation}");
    for sample in [Some(violation.a), violation.b].into_iter().flatten() {
        assert!(sample.contains("priority: 0"), "not shrunk: {sample}");
        assert_eq!(sample.matches("price").count(), 1, "one line is enough: {sample}");
    }
}
