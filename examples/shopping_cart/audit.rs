//! Do the replicas agree, and is what they agree on right? Their bytes are compared with each other, and the state, field by field,
//! with the sequential fold of the log.

use std::{collections::BTreeMap, sync::Arc};

use lvars::{Codec as _, prelude::*};

use super::{
    cart::{self, Cart, FirstCancellation, LinesKnown, Shop, Status},
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

/// Compares what each replica answered during the split with what it answers in the end, and that with the books.
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
        if let Some(answer) = taken_back(early, late) {
            return Err(format!("replica {replica} took an answer back: {answer}"));
        }
        if *late != expected_answers(books) {
            return Err(format!("replica {replica} answers a threshold read otherwise than the log"));
        }
    }
    Ok(())
}

/// An early answer that is not the late one.
fn taken_back(early: &Answers, late: &Answers) -> Option<String> {
    let orders = early.ended.iter().find(|(invoice, answer)| late.ended.get(invoice) != Some(answer));
    let orders = orders.map(|(invoice, answer)| format!("order {invoice} is {answer:?}"));
    let lines = early.lines_known.filter(|answer| late.lines_known != Some(*answer));
    let first = early.first_cancellation.filter(|answer| late.first_cancellation != Some(*answer));
    orders.or(lines.map(|answer| format!("{answer:?}"))).or(first.map(|answer| format!("{answer:?}")))
}

/// What every replica must answer in the end.
fn expected_answers(books: &Books) -> Answers {
    let ended = |cart: &FinalCart| match cart.ended {
        Ended::Shipped => cart::Ended::Shipped,
        Ended::Cancelled => cart::Ended::Cancelled,
    };
    let first = books.carts.get(&Invoice::FIRST_CANCELLATION).map(|cart| match cart.ended {
        Ended::Shipped => FirstCancellation::Shipped,
        Ended::Cancelled => FirstCancellation::Cancelled,
    });
    Answers {
        ended: books.carts.iter().map(|(invoice, cart)| (*invoice, ended(cart))).collect(),
        lines_known: (books.n_lines() >= 250_000).then_some(LinesKnown::QuarterOfAMillion),
        first_cancellation: first,
    }
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
        Answers, Arc, Bottom, Cart, Flat, GCounter, PnCounter, Shop, Sku, Status, audit, cart, compare,
        compare_answers, expected_answers,
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

    #[test]
    fn replicas_that_differ_are_found() {
        let (books, shop) = one_line();
        let states = |last: &Shop| [&shop, &shop, last].map(|state| Arc::new(state.clone())).into_iter();
        assert!(audit(states(&shop), &books).is_ok_and(|n_bytes| n_bytes > 0));
        let mut other = shop.clone();
        other.carts.values_mut().for_each(|cart| cart.status = Status::Paid);
        assert_eq!(audit(states(&other), &books).unwrap_err(), "replicas 0 and 2 differ in cart 536365");
        let other = Shop { lines_known: GCounter::bottom(), ..shop.clone() };
        assert_eq!(audit(states(&other), &books).unwrap_err(), "the states of replicas 0 and 2 differ");
    }

    #[test]
    fn an_answer_that_is_taken_back_or_wrong_is_found() {
        let (books, _) = one_line();
        let right = || expected_answers(&books);
        let none = || Answers { ended: [].into(), ..right() };
        assert_eq!(compare_answers(&books, &[none()], &[right()]), Ok(()));
        let wrong =
            || Answers { ended: [("536365".parse().unwrap(), cart::Ended::Cancelled)].into(), ..right() };
        let error = compare_answers(&books, &[wrong()], &[right()]).unwrap_err();
        assert!(error.contains("took an answer back: order 536365 is Cancelled"), "{error}");
        for late in [none(), wrong()] {
            assert!(
                compare_answers(&books, &[none()], &[late]).unwrap_err().contains("otherwise than the log")
            );
        }
    }
}
