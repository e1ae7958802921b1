//! Three shopping carts on replicas that write concurrently, side by side: `cargo run --example carts`.
//!
//! Dynamo's paper tells of carts that are joined by union, and of deleted items that come back. The same five interleavings, played on that
//! cart, on a map of counters that only grow, and on an observed-remove map of causal counters; and a checkout that no late message changes.
//!
//! ```text
//! both have seen two pens, and then            union  counters  observed  meant
//! one more here, one more there                    3         4         4      4
//! taken out here, and there not yet heard of       2         0         -      -
//! taken out here, one more there                   3         1         1      1
//! taken out here, taken out there                  2        -2         -      -
//! taken out here, and one put in again             2         1         1      1
//! at last, the first message comes once more
//!
//! lisbon is asked to check out what berlin has shown: not yet
//! berlin's messages come: {"book": 1, "pen": 3}
//! a pencil comes too late: {"book": 1, "pen": 3}
//! berlin says the same
//! ```

mod cart;
mod checkout;

use std::{
    error::Error,
    io::{self, Write},
};

use cart::{Cart, Counters, Observed, Union};
use lvars::WriterId;

const HERE: WriterId = WriterId(1);
const THERE: WriterId = WriterId(2);

/// What a customer does to the pens in a cart.
#[derive(Clone, Copy)]
enum Action {
    Add(u32),
    TakeOut,
}

use Action::{Add, TakeOut};

/// What is done, here and there, before either hears of the other; and what was meant.
struct Interleaving {
    name: &'static str,
    here: &'static [Action],
    there: &'static [Action],
    meant: &'static str,
}

const INTERLEAVINGS: [Interleaving; 5] = [
    Interleaving { name: "one more here, one more there", here: &[Add(1)], there: &[Add(1)], meant: "4" },
    Interleaving {
        name: "taken out here, and there not yet heard of",
        here: &[TakeOut],
        there: &[],
        meant: "-",
    },
    Interleaving { name: "taken out here, one more there", here: &[TakeOut], there: &[Add(1)], meant: "1" },
    Interleaving { name: "taken out here, taken out there", here: &[TakeOut], there: &[TakeOut], meant: "-" },
    Interleaving {
        name: "taken out here, and one put in again",
        here: &[TakeOut, Add(1)],
        there: &[],
        meant: "1",
    },
];

fn main() -> Result<(), Box<dyn Error>> {
    play(&mut io::stdout().lock())
}

/// Plays the story.
pub(crate) fn play(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let head = "both have seen two pens, and then";
    writeln!(out, "{head:<43}{:>7}{:>10}{:>10}{:>7}", "union", "counters", "observed", "meant")?;
    for interleaving in &INTERLEAVINGS {
        let Interleaving { name, meant, .. } = interleaving;
        let answers = [
            end_of::<Union>(interleaving),
            end_of::<Counters>(interleaving),
            end_of::<Observed>(interleaving),
        ];
        let [union, counters, observed] =
            answers.map(|pens| pens.map_or("-".into(), |pens| pens.to_string()));
        writeln!(out, "{name:<43}{union:>7}{counters:>10}{observed:>10}{meant:>7}")?;
    }
    writeln!(out, "at last, the first message comes once more\n")?;
    checkout::play(out)
}

/// What two carts of a kind say of the pens, after all messages of both have come to both, and the first one twice.
fn end_of<C: Cart>(interleaving: &Interleaving) -> Option<i128> {
    let (mut here, mut there) = (C::default(), C::default());
    let first = here.add(HERE, "pen", 2);
    there.merge(&first);

    let mut messages: Vec<C> = interleaving.here.iter().map(|action| act(&mut here, HERE, *action)).collect();
    messages.extend(interleaving.there.iter().map(|action| act(&mut there, THERE, *action)));
    for message in messages.iter().chain([&first]) {
        here.merge(message);
        there.merge(message);
    }
    assert!(here == there, "carts that got the same messages are equal");
    here.quantity("pen")
}

fn act<C: Cart>(cart: &mut C, writer: WriterId, action: Action) -> C {
    match action {
        Add(by) => cart.add(writer, "pen", by),
        TakeOut => cart.take_out(writer, "pen"),
    }
}
