//! Act 2: the same two writers, and a reader, on an LVar of the annotated type.
//!
//! ```text
//!   left                     right                    reader
//!   ────                     ─────                    ──────
//!   lines[Book] ⊔= 2         lines[Shoes] ⊔= 1        waits until lines[Book] is decided, then answers it
//! ```
//!
//! No write replaces another's, so nothing is lost; the reader answers what was decided and nothing else, so when it is asked
//! does not matter. A second, different quantity of books is an error of the run on every schedule.

use std::{error::Error, fmt};

use lvars::prelude::*;

use super::{
    cart::{Books, Cart},
    keys::Sku,
};

/// What one run answers.
#[derive(Debug, PartialEq)]
pub(super) struct Answer {
    /// The exact value, when nothing can write any more.
    cart: Cart,
    /// What the reader was answered.
    books: Books,
}

impl Answer {
    /// Whether it is the one that the paper promises.
    pub(super) fn is_right(&self) -> bool {
        let lines = [(Sku::BOOK, Flat::Value(2)), (Sku::SHOES, Flat::Value(1))];
        self.books == Books::Ordered(2) && self.cart == Cart { lines: lines.into(), ..Cart::bottom() }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decided = |(item, quantity)| Some((item, Flat::value(quantity)?));
        f.debug_map().entries(self.cart.lines.iter().filter_map(decided)).finish()?;
        write!(f, ", and getKey Book answers {:?}", self.books)
    }
}

/// Runs the two writers and the reader on `n_workers` threads.
///
/// # Errors
///
/// If the run fails, which it does on no schedule.
pub(super) fn two_writers(n_workers: usize) -> Result<Answer, Box<dyn Error>> {
    let cart = LVar::<Cart>::new();
    let books = par::run_on(n_workers, async |p| {
        let asked = p.spawn(cart.get::<Books>());
        p.fork(|_| cart.lines.key(&Sku::SHOES).put(1));
        p.fork(|_| cart.lines.key(&Sku::BOOK).put(2));
        asked.await
    })?;
    Ok(Answer { cart: cart.into_value()?, books: books? })
}

/// The same with a third writer, who thinks that it is three books.
///
/// # Errors
///
/// The conflict, on every schedule.
pub(super) fn three_writers(n_workers: usize) -> Result<(), String> {
    let cart = LVar::<Cart>::new();
    par::run_on(n_workers, async |p| {
        p.fork(|_| cart.lines.key(&Sku::SHOES).put(1));
        p.fork(|_| cart.lines.key(&Sku::BOOK).put(2));
        p.fork(|_| cart.lines.key(&Sku::BOOK).put(3));
    })
    .map_err(|error| error.to_string())
}

/// Whether an error says where the contradiction is and what was said.
pub(super) fn names_the_conflict(error: &str) -> bool {
    error.contains("lines[Book]: 2 and 3")
}

#[cfg(test)]
mod tests {
    use super::{names_the_conflict, three_writers, two_writers};

    #[test]
    fn the_answer_is_the_same_on_any_number_of_threads() {
        for n_workers in [1, 2, 3, 4, 8] {
            let answer = two_writers(n_workers).unwrap();
            assert!(answer.is_right(), "{n_workers} threads: {answer}");
        }
    }

    #[test]
    fn a_contradiction_names_the_path_and_both_values_on_any_number_of_threads() {
        for n_workers in [1, 2, 3, 4, 8] {
            let error = three_writers(n_workers).unwrap_err();
            assert!(names_the_conflict(&error), "{n_workers} threads: {error}");
        }
    }
}
