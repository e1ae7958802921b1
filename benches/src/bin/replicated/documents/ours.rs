//! Ours: a map of registers that keep concurrent values, and a counter that goes both ways.

use lattice_core::{Causal, Lattice, MvRegister, OrMap, PnCounter, WriterId, codec::Codec};

use super::document::Document;

pub(crate) type OurMap = Causal<OrMap<String, MvRegister<u64>>>;
pub(crate) type OurCounter = PnCounter;

impl Document for OurMap {
    fn new() -> Self {
        Self::new()
    }

    fn copy(&self) -> Self {
        self.clone()
    }

    fn write(&mut self, writer: u64, nth: u64) {
        set(self, writer, nth);
    }

    fn write_and_tell(&mut self, writer: u64, nth: u64) -> Vec<u8> {
        Codec::to_bytes(&set(self, writer, nth))
    }

    fn take_in(&mut self, delta: &[u8]) {
        Lattice::join(self, Codec::from_bytes(delta).expect("what was encoded"));
    }

    fn join(&mut self, other: &mut Self) {
        self.join_ref(other);
    }

    fn to_bytes(&self) -> Vec<u8> {
        Codec::to_bytes(self)
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        Codec::from_bytes(bytes).expect("what was encoded")
    }

    fn n_writes(&self) -> u64 {
        let is_as_written =
            |key: &str, register: &MvRegister<u64>| register.values().map(u64::to_string).eq([key]);
        self.iter().filter(|(key, register)| is_as_written(key, register)).count() as u64
    }
}

impl Document for OurCounter {
    fn new() -> Self {
        Self::new()
    }

    fn copy(&self) -> Self {
        self.clone()
    }

    fn write(&mut self, writer: u64, _: u64) {
        count(self, writer);
    }

    fn write_and_tell(&mut self, writer: u64, _: u64) -> Vec<u8> {
        Codec::to_bytes(&count(self, writer))
    }

    fn take_in(&mut self, delta: &[u8]) {
        Lattice::join(self, Codec::from_bytes(delta).expect("what was encoded"));
    }

    fn join(&mut self, other: &mut Self) {
        self.join_ref(other);
    }

    fn to_bytes(&self) -> Vec<u8> {
        Codec::to_bytes(self)
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        Codec::from_bytes(bytes).expect("what was encoded")
    }

    fn n_writes(&self) -> u64 {
        u64::try_from(self.value()).expect("nothing was taken off")
    }
}

fn set(map: &mut OurMap, writer: u64, nth: u64) -> OurMap {
    let delta = Causal::write(map, WriterId(writer), |map, dots| {
        map.update(dots, nth.to_string(), |register, dots| register.set(dots, nth))
    });
    map.join_ref(&delta);
    delta
}

fn count(counter: &mut OurCounter, writer: u64) -> OurCounter {
    let delta = counter.add(WriterId(writer), 1);
    counter.join_ref(&delta);
    delta
}
