//! Ours.

use lattice_core::{
    AddWinsSet, Causal, GCounter, Lattice, MvRegister, OrMap, PnCounter, WriterId, codec::Codec,
};

use crate::side::{Collection, Counter};

impl Collection for Causal<AddWinsSet<u64>> {
    type Delta = Self;

    fn write(&mut self, writer: u64, key: u64) -> Self {
        let delta = Causal::write(self, WriterId(writer), |set, dots| set.add(dots, key));
        self.join_ref(&delta);
        delta
    }

    fn remove(&mut self, writer: u64, key: u64) {
        self.join_ref(&Causal::write(self, WriterId(writer), |set, dots| set.remove(dots, &key)));
    }

    fn contains(&self, key: u64) -> bool {
        AddWinsSet::contains(self, &key)
    }

    fn len(&self) -> usize {
        AddWinsSet::len(self)
    }

    fn take_in(&mut self, delta: Self) {
        Lattice::join(self, delta);
    }

    fn join(&mut self, other: &mut Self) {
        self.join_ref(other);
    }

    fn to_bytes(&self) -> Option<Vec<u8>> {
        Some(Codec::to_bytes(self))
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Codec::from_bytes(bytes).ok()
    }
}

impl Collection for Causal<OrMap<u64, MvRegister<u64>>> {
    type Delta = Self;

    fn write(&mut self, writer: u64, key: u64) -> Self {
        let delta = Causal::write(self, WriterId(writer), |map, dots| {
            map.update(dots, key, |register, dots| register.set(dots, key))
        });
        self.join_ref(&delta);
        delta
    }

    fn remove(&mut self, writer: u64, key: u64) {
        self.join_ref(&Causal::write(self, WriterId(writer), |map, dots| map.remove(dots, &key)));
    }

    fn contains(&self, key: u64) -> bool {
        self.at(&key).is_some_and(|register| register.values().any(|value| *value == key))
    }

    fn len(&self) -> usize {
        OrMap::len(self)
    }

    fn take_in(&mut self, delta: Self) {
        Lattice::join(self, delta);
    }

    fn join(&mut self, other: &mut Self) {
        self.join_ref(other);
    }

    fn to_bytes(&self) -> Option<Vec<u8>> {
        Some(Codec::to_bytes(self))
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Codec::from_bytes(bytes).ok()
    }
}

impl Counter for GCounter {
    type Delta = Self;

    fn add(&mut self, writer: u64) -> Self {
        let delta = self.increment(WriterId(writer), 1);
        self.join_ref(&delta);
        delta
    }

    fn is(&self, expected: u64) -> bool {
        self.value() == u128::from(expected)
    }

    fn take_in(&mut self, delta: Self) {
        Lattice::join(self, delta);
    }

    fn join(&mut self, other: &mut Self) {
        self.join_ref(other);
    }

    fn to_bytes(&self) -> Vec<u8> {
        Codec::to_bytes(self)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Codec::from_bytes(bytes).ok()
    }
}

impl Counter for PnCounter {
    type Delta = Self;

    fn add(&mut self, writer: u64) -> Self {
        let delta = PnCounter::add(self, WriterId(writer), 1);
        self.join_ref(&delta);
        delta
    }

    fn is(&self, expected: u64) -> bool {
        self.value() == i128::from(expected)
    }

    fn take_in(&mut self, delta: Self) {
        Lattice::join(self, delta);
    }

    fn join(&mut self, other: &mut Self) {
        self.join_ref(other);
    }

    fn to_bytes(&self) -> Vec<u8> {
        Codec::to_bytes(self)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Codec::from_bytes(bytes).ok()
    }
}
