//! How is a cart sold that others still write to? By the version that the customer has seen, and once.
//!
//! A plain read at the till may miss what the customer saw on another replica. So the customer brings the *version* of what was
//! shown; the till waits until its replica knows as much, and writes the lines into a field that is written once. What comes
//! later changes the cart, and not what was sold; two tills that sold it differently are a conflict on every replica.

use std::{collections::BTreeMap, error::Error, io::Write};

use lvars::{Causal, CausalCounter, OrMap, Version, prelude::*};

type Lines = BTreeMap<String, i64>;
type Cart = Causal<OrMap<String, CausalCounter>>;

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct Order {
    cart: Cart,
    sold: Flat<Lines>,
}

/// That it was sold, and what.
#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Order)]
enum Outcome {
    #[when(sold)]
    Sold(Lines),
}

/// Tells what becomes of an order that is shown in Berlin and sold in Lisbon.
pub(crate) fn play(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let (berlin, lisbon) = (Replica::<Order>::open(), Replica::<Order>::open());
    let messages = [add(&berlin, "pen", 2)?, add(&berlin, "book", 1)?, add(&berlin, "pen", 1)?];
    let shown = berlin.query(Outside::here()).cart.version().clone();

    let early = sell(&lisbon, &shown)?;
    assert_eq!(early, None, "lisbon has heard of nothing yet");
    writeln!(out, "lisbon is asked to check out what berlin has shown: not yet")?;

    for message in messages {
        lisbon.merge(Outside::here(), message)?;
    }
    let sold = sell(&lisbon, &shown)?.ok_or("lisbon has heard of all that was shown")?;
    let Outcome::Sold(lines) = lisbon.get::<Outcome>().wait()?;
    writeln!(out, "berlin's messages come: {lines:?}")?;

    lisbon.merge(Outside::here(), add(&berlin, "pencil", 1)?)?;
    let Outcome::Sold(lines) = lisbon.get::<Outcome>().wait()?;
    writeln!(out, "a pencil comes too late: {lines:?}")?;

    berlin.merge(Outside::here(), sold)?;
    assert_eq!(berlin.get::<Outcome>().wait()?, Outcome::Sold(lines));
    writeln!(out, "berlin says the same")?;
    Ok(())
}

/// Adds to the cart, and answers the message for the others.
fn add(replica: &Replica<Order>, sku: &str, by: i64) -> Result<Order, Box<dyn Error>> {
    let delta = replica.update(Outside::here(), |order, writer| {
        let cart = order
            .cart
            .write(writer, |cart, dots| cart.update(dots, sku.to_owned(), |line, dots| line.add(dots, by)));
        Order { cart, ..Order::bottom() }
    })?;
    Ok(delta.ok_or("an addition is always news")?)
}

/// Sells what a customer was shown, if this replica knows of all that; and answers the message for the others.
fn sell(replica: &Replica<Order>, shown: &Version) -> Result<Option<Order>, Box<dyn Error>> {
    let delta = replica.update(Outside::here(), |order, _| {
        let mut delta = Order::bottom();
        if shown.leq(order.cart.version()) {
            let lines = order
                .cart
                .iter()
                .map(|(sku, line)| (sku.clone(), i64::try_from(line.value()).unwrap_or(i64::MAX)));
            delta.sold = Flat::Value(lines.collect());
        }
        delta
    })?;
    Ok(delta)
}
