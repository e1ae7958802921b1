//! What starts somewhere has a least state.

use std::num::NonZeroU8;

use lvars::prelude::*;

fn start<L: Bottom>() -> L {
    L::bottom()
}

fn main() {
    let _ = start::<Max<NonZeroU8>>();
}
