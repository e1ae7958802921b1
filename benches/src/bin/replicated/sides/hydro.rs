//! Hydro's `lattices`: a set of which what was removed never comes back. It has no add-wins set, register or counter.

use std::collections::HashSet;

use lattices::{
    Merge,
    collections::{EmptySet, SingletonSet},
    set_union_with_tombstones::SetUnionWithTombstones,
};

use crate::side::Collection;

#[derive(Clone, Default)]
pub(crate) struct Tombstoned(SetUnionWithTombstones<HashSet<u64>, HashSet<u64>>);

impl Collection for Tombstoned {
    type Delta = SetUnionWithTombstones<SingletonSet<u64>, EmptySet<u64>>;

    fn write(&mut self, _: u64, key: u64) -> Self::Delta {
        let delta = SetUnionWithTombstones::new(SingletonSet(key), EmptySet::default());
        self.0.merge(delta.clone());
        delta
    }

    fn remove(&mut self, _: u64, key: u64) {
        self.0.merge(SetUnionWithTombstones::new(EmptySet::default(), SingletonSet(key)));
    }

    fn contains(&self, key: u64) -> bool {
        self.0.as_reveal_ref().0.contains(&key)
    }

    fn len(&self) -> usize {
        self.0.as_reveal_ref().0.len()
    }

    fn take_in(&mut self, delta: Self::Delta) {
        self.0.merge(delta);
    }

    fn join(&mut self, other: &mut Self) {
        self.0.merge(std::mem::take(other).0);
    }

    fn to_bytes(&self) -> Option<Vec<u8>> {
        None
    }

    fn from_bytes(_: &[u8]) -> Option<Self> {
        None
    }
}
