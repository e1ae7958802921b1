//! Types of a user's: a struct, a struct of anything, enums with and without data, and types that hold themselves.

use std::collections::{BTreeMap, BTreeSet};

use lattice_core::{AddWinsSet, Any, Bottom, Causal, Flat, GCounter, WriterId};
use lattice_derive::{Lattice, Replicate};

use super::{Chance, Written};

#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(crate = lattice_core, order(New < Paid < Broken, New < Cancelled < Broken), conflict = Broken)]
pub(crate) enum Status {
    New,
    Paid,
    Cancelled,
    Broken,
}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
#[lattice(crate = lattice_core)]
pub(crate) struct Order<T> {
    status: Status,
    lines: BTreeMap<u8, Flat<u32>>,
    #[lattice(max)]
    priority: u64,
    #[lattice(any)]
    urgent: bool,
    tags: Causal<AddWinsSet<u8>>,
    rest: T,
}

/// What is in a column: two types in one are a mixture.
#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
#[lattice(crate = lattice_core, order(Never < Int < Mixed, Never < Text < Mixed, Never < Flag < Mixed))]
pub(crate) enum Column {
    Never,
    Int {
        #[lattice(max)]
        widest: u8,
        nullable: Any,
    },
    Text(GCounter, BTreeSet<char>),
    Flag,
    Mixed(Any),
}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
#[lattice(crate = lattice_core)]
pub(crate) struct Tree<T> {
    here: T,
    children: BTreeMap<u8, Tree<T>>,
}

impl Written for Status {
    fn write(&self, _: WriterId, chance: &mut Chance) -> Self {
        *chance.one_of(&[Self::New, Self::Paid, Self::Paid, Self::Cancelled])
    }
}

impl<T: Written> Written for Order<T> {
    fn write(&self, writer: WriterId, chance: &mut Chance) -> Self {
        let mut delta = Self::bottom();
        match chance.below(5) {
            0 => delta.status = self.status.write(writer, chance),
            1 => delta.lines = Written::write(&BTreeMap::<u8, Flat<u32>>::bottom(), writer, chance),
            2 => (delta.priority, delta.urgent) = (chance.next(), true),
            3 => delta.tags = Written::write(&self.tags, writer, chance),
            _ => delta.rest = self.rest.write(writer, chance),
        }
        delta
    }
}

impl Written for BTreeMap<u8, Flat<u32>> {
    fn write(&self, _: WriterId, chance: &mut Chance) -> Self {
        Self::from([(chance.below(12) as u8, Flat::Value(chance.below(3) as u32))])
    }
}

impl Written for Column {
    fn write(&self, writer: WriterId, chance: &mut Chance) -> Self {
        let letter = *chance.one_of(&['a', 'ä', 'z']);
        let counter = match self {
            Self::Text(counter, _) => counter.write(writer, chance),
            _ => GCounter::new().write(writer, chance),
        };
        match chance.below(12) {
            0 => Self::Int { widest: chance.next() as u8, nullable: Any(false) },
            1 => Self::Flag,
            2 => Self::Mixed(Any(true)),
            _ => Self::Text(counter, BTreeSet::from([letter])),
        }
    }
}

impl Written for Tree<GCounter> {
    fn write(&self, writer: WriterId, chance: &mut Chance) -> Self {
        let mut delta = Self::bottom();
        if chance.below(3) == 0 {
            delta.here = self.here.write(writer, chance);
        } else {
            let key = chance.below(3) as u8;
            let child = self.children.get(&key).cloned().unwrap_or_else(Self::bottom);
            delta.children.insert(key, child.write(writer, chance));
        }
        delta
    }
}
