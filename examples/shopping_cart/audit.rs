//! Do the replicas agree, and is what they agree on right? Their bytes are compared with each other, and the state, field by field,
//! with the sequential fold of the log.

use std::{collections::BTreeMap, sync::Arc};

use lvars::{Codec as _, prelude::*};

use super::{
    cart::{self, Cart, Shop, Status},
    fold::{Books, Ended, FinalCart},
    keys::{Invoice, Sku},
    replay::Answers,
};

/// Compares all replicas with each other, byte by byte, and the state with the books. Answers how many bytes a state has.
///
/// # Errors
///
/// The first difference, as a sentence.
pub(super) fn audit(states: impl Iterator<Item = Arc<Shop>>, books: &Books) -> Result<usize, String> {
    let mut states = states.enumerate();
    let Some((_, first)) = states.next() else { return Err("there is no replica".to_owned()) };
    let (bytes, carts) = (first.to_bytes(), carts_as_bytes(&first));
    for (replica, state) in states {
        // Cart by cart first, so that a difference is named.
        for ((invoice, cart), (other_invoice, other_cart)) in carts_as_bytes(&state).iter().zip(&carts) {
            if (invoice, cart) != (other_invoice, other_cart) {
                return Err(format!("replicas 0 and {replica} differ in cart {invoice}"));
            }
        }
        if state.to_bytes() != bytes {
            return Err(format!("the states of replicas 0 and {replica} differ"));
        }
    }
    compare(&first, books).map(|()| bytes.len())
}

/// Each cart in its canonical form.
fn carts_as_bytes(shop: &Shop) -> Vec<(Invoice, Vec<u8>)> {
    shop.carts.iter().map(|(invoice, cart)| (*invoice, cart.to_bytes())).collect()
}

/// Compares what the replicas answered during the split and in the end: with each other, and with the books.
///
/// # Errors
///
/// The first difference, as a sentence.
pub(super) fn compare_answers(
    books: &Books,
    during: &[Answers],
    in_the_end: &[Answers],
) -> Result<(), String> {
    for (replica, (early, late)) in during.iter().zip(in_the_end).enumerate() {
        let taken_back = early.ended.iter().find(|(invoice, answer)| late.ended.get(invoice) != Some(answer));
        if let Some((invoice, answer)) = taken_back {
            return Err(format!("replica {replica} took its answer {answer:?} on order {invoice} back"));
        }
        if early.lines_known.is_some() && early.lines_known != late.lines_known {
            return Err(format!("replica {replica} took back that so many lines are known"));
        }
        let is_right = |(invoice, answer): (&Invoice, &cart::Ended)| {
            books.carts.get(invoice).is_some_and(|cart| {
                matches!(
                    (cart.ended, answer),
                    (Ended::Shipped, cart::Ended::Shipped) | (Ended::Cancelled, cart::Ended::Cancelled)
                )
            })
        };
        if late.ended.len() != books.carts.len() || !late.ended.iter().all(is_right) {
            return Err(format!("replica {replica} answers otherwise than the log how orders ended"));
        }
        if late.lines_known.is_some() != (books.n_lines() >= 250_000) {
            return Err(format!("replica {replica} answers otherwise than the log how many lines are known"));
        }
    }
    Ok(())
}

/// Compares the whole shop with the books.
///
/// # Errors
///
/// The first difference, as a sentence.
pub(super) fn compare(shop: &Shop, books: &Books) -> Result<(), String> {
    if shop.carts.len() != books.carts.len() {
        return Err(format!("{} carts where the log has {}", shop.carts.len(), books.carts.len()));
    }
    for (invoice, expected) in &books.carts {
        compare_cart(*invoice, shop.carts.get(invoice), expected)?;
    }
    compare_sold(&shop.sold, books)?;
    if shop.lines_known.value() != u128::from(books.n_lines()) {
        return Err(format!(
            "{} lines known where the log has {}",
            shop.lines_known.value(),
            books.n_lines()
        ));
    }
    Ok(())
}

fn compare_cart(invoice: Invoice, cart: Option<&Cart>, expected: &FinalCart) -> Result<(), String> {
    let Some(cart) = cart else { return Err(format!("cart {invoice} is missing")) };
    let status = match expected.ended {
        Ended::Shipped => Status::Shipped,
        Ended::Cancelled => Status::Cancelled,
    };
    if cart.status != status {
        return Err(format!("cart {invoice} is {:?} where the log says {status:?}", cart.status));
    }
    if cart.last_minute != expected.last_minute {
        return Err(format!(
            "cart {invoice} ends at minute {} where the log says {}",
            cart.last_minute, expected.last_minute
        ));
    }
    if cart.lines.len() != expected.lines.len() {
        return Err(format!(
            "cart {invoice} has {} lines where the log has {}",
            cart.lines.len(),
            expected.lines.len()
        ));
    }
    for (item, quantity) in &expected.lines {
        let found = cart.lines.get(item).and_then(Flat::value).copied().map(i64::from);
        if found != Some(*quantity) {
            return Err(format!("cart {invoice} has {found:?} of {item:?} where the log has {quantity}"));
        }
    }
    Ok(())
}

fn compare_sold(sold: &BTreeMap<Sku, PnCounter>, books: &Books) -> Result<(), String> {
    if sold.len() != books.sold.len() {
        return Err(format!("{} items were counted where the log has {}", sold.len(), books.sold.len()));
    }
    for (item, (n_sold, n_taken_back)) in &books.sold {
        let found = sold.get(item).map(|count| (count.increments().value(), count.decrements().value()));
        if found != Some((u128::from(*n_sold), u128::from(*n_taken_back))) {
            return Err(format!(
                "of {item:?}, (sold, taken back) is {found:?} where the log has ({n_sold}, {n_taken_back})"
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{
        super::{fold::fold, log::Event},
        Bottom, Cart, Flat, GCounter, PnCounter, Shop, Sku, Status, compare,
    };

    /// A log of one line, and the shop that it must lead to.
    fn one_line() -> (super::Books, Shop) {
        let invoice = "536365".parse().unwrap();
        let books = fold(&[Event { minute: 5, invoice, item: Sku(1), quantity: 6, country: 0 }]);
        let writer = lvars::WriterId(7);
        let cart = Cart { status: Status::Shipped, lines: [(Sku(1), Flat::Value(6))].into(), last_minute: 5 };
        let shop = Shop {
            carts: [(invoice, cart)].into(),
            sold: [(Sku(1), PnCounter::new().add(writer, 6))].into(),
            lines_known: GCounter::new().increment(writer, 1),
        };
        (books, shop)
    }

    #[test]
    fn the_right_shop_agrees() {
        let (books, shop) = one_line();
        assert_eq!(compare(&shop, &books), Ok(()));
    }

    #[test]
    fn every_difference_is_found() {
        let (books, right) = one_line();
        let refuse = |spoil: &dyn Fn(&mut Shop), complaint: &str| {
            let mut shop = right.clone();
            spoil(&mut shop);
            let error = compare(&shop, &books).unwrap_err();
            assert!(error.contains(complaint), "{error}");
        };
        let cart = |shop: &mut Shop, spoil: &dyn Fn(&mut Cart)| shop.carts.values_mut().for_each(spoil);
        refuse(&|shop| shop.carts.clear(), "0 carts");
        refuse(&|shop| cart(shop, &|cart| cart.status = Status::Paid), "Paid");
        refuse(&|shop| cart(shop, &|cart| cart.last_minute = 6), "minute 6");
        refuse(&|shop| cart(shop, &|cart| cart.lines.clear()), "0 lines");
        refuse(&|shop| cart(shop, &|cart| cart.lines.extend([(Sku(1), Flat::Value(5))])), "Some(5)");
        refuse(&|shop| cart(shop, &|cart| cart.lines.extend([(Sku(1), Flat::Conflict)])), "None");
        refuse(&|shop| shop.sold = [(Sku(1), PnCounter::bottom())].into(), "(0, 0)");
        refuse(&|shop| shop.lines_known = GCounter::bottom(), "0 lines known");
    }
}
