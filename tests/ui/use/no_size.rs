//! A number has no elements to be counted.

use lvars::{Size, prelude::*};

fn count<L: Size>(_: &L) {}

fn main() {
    count(&Max(3));
}
