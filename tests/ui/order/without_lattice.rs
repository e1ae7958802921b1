//! The other derives of an enum need its lattice.

use lvars::prelude::*;

#[derive(LVar, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Phase {
    Begun,
    Ended,
}

#[derive(Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(chain)]
enum Light {
    Off,
    On,
}

fn main() {
    let _ = (Phase::Begun, Phase::Ended, Light::Off, Light::On);
}
