//! Every replicated type, nests of them, the lattices that they are made of and what a user derives from them, each with random writes: for tests that
//! hold of all.

#![allow(dead_code, reason = "each test takes the part that it needs")]

#[path = "../causal_oracle/chance.rs"]
mod chance;
mod derived;
pub(crate) mod writes;

use std::fmt::Debug;

use lattice_core::{Delta, WriterId, codec::Codec};

pub(crate) use self::{chance::Chance, writes::catalogue};

/// A type that can be written at random.
pub(crate) trait Written: Delta + Codec + PartialEq + Debug {
    /// The delta of one write.
    fn write(&self, writer: WriterId, chance: &mut Chance) -> Self;
}

/// What a few writers wrote, as seen by three.
pub(crate) struct Seen<T> {
    /// By one who missed nothing.
    pub(crate) all: T,
    /// By one who missed some, so that there are gaps.
    pub(crate) some: T,
    /// The latest delta by itself.
    pub(crate) latest: T,
}

impl<T: Written> Seen<T> {
    pub(crate) fn at_random(chance: &mut Chance, n_writes: usize) -> Self {
        let writers = [WriterId(1), WriterId(2), WriterId(chance.next()), WriterId(u64::MAX)];
        let mut seen = Self { all: T::bottom(), some: T::bottom(), latest: T::bottom() };
        for _ in 0..n_writes {
            let writer = *chance.one_of(&writers);
            seen.latest = seen.all.write(writer, chance);
            seen.all.join_ref(&seen.latest);
            if chance.below(8) > 0 {
                seen.some.join_ref(&seen.latest);
            }
        }
        seen
    }

    pub(crate) fn into_states(self) -> [T; 3] {
        [self.all, self.some, self.latest]
    }
}

/// Shows a test each type of the catalogue in turn.
pub(crate) trait Visitor {
    fn visit<T: Written>(&mut self, name: &'static str);
}

pub(crate) fn for_each_type(visitor: &mut impl Visitor) {
    macro_rules! visit {
        ($($name:ident: $type:ident;)+) => {$(visitor.visit::<writes::$type>(stringify!($name));)+};
    }
    catalogue!(visit);
}
