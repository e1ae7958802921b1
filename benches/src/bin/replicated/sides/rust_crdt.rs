//! `crdts`: operations are what it has for deltas, whole states what it joins; serde and postcard make bytes of them.

use crdts::{CmRDT, CvRDT, GCounter, MVReg, Map, Orswot, PNCounter, map, mvreg, orswot, pncounter};

use crate::side::{Collection, Counter};

impl Collection for Orswot<u64, u64> {
    type Delta = orswot::Op<u64, u64>;

    fn write(&mut self, writer: u64, key: u64) -> Self::Delta {
        let op = self.add(key, self.read_ctx().derive_add_ctx(writer));
        self.apply(op.clone());
        op
    }

    fn remove(&mut self, _: u64, key: u64) {
        let op = self.rm(key, Orswot::contains(self, &key).derive_rm_ctx());
        self.apply(op);
    }

    fn contains(&self, key: u64) -> bool {
        Orswot::contains(self, &key).val
    }

    fn len(&self) -> usize {
        self.iter().count()
    }

    fn take_in(&mut self, op: Self::Delta) {
        self.apply(op);
    }

    fn join(&mut self, other: &mut Self) {
        self.merge(std::mem::take(other));
    }

    fn to_bytes(&self) -> Option<Vec<u8>> {
        postcard::to_stdvec(self).ok()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

pub(super) type Registers = Map<u64, MVReg<u64, u64>, u64>;

impl Collection for Registers {
    type Delta = map::Op<u64, MVReg<u64, u64>, u64>;

    fn write(&mut self, writer: u64, key: u64) -> Self::Delta {
        let context = self.read_ctx().derive_add_ctx(writer);
        let op = self.update(key, context, |register, context| -> mvreg::Op<u64, u64> {
            register.write(key, context)
        });
        self.apply(op.clone());
        op
    }

    fn remove(&mut self, _: u64, key: u64) {
        let op = self.rm(key, self.get(&key).derive_rm_ctx());
        self.apply(op);
    }

    fn contains(&self, key: u64) -> bool {
        self.get(&key).val.is_some_and(|register| register.read().val.contains(&key))
    }

    fn len(&self) -> usize {
        Map::len(self).val
    }

    fn take_in(&mut self, op: Self::Delta) {
        self.apply(op);
    }

    fn join(&mut self, other: &mut Self) {
        self.merge(std::mem::take(other));
    }

    fn to_bytes(&self) -> Option<Vec<u8>> {
        postcard::to_stdvec(self).ok()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

impl Counter for GCounter<u64> {
    type Delta = crdts::Dot<u64>;

    fn add(&mut self, writer: u64) -> Self::Delta {
        let op = self.inc(writer);
        self.apply(op);
        op
    }

    fn is(&self, expected: u64) -> bool {
        self.read() == expected.into()
    }

    fn take_in(&mut self, op: Self::Delta) {
        self.apply(op);
    }

    fn join(&mut self, other: &mut Self) {
        self.merge(std::mem::take(other));
    }

    fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("a counter has a form as bytes")
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

impl Counter for PNCounter<u64> {
    type Delta = pncounter::Op<u64>;

    fn add(&mut self, writer: u64) -> Self::Delta {
        let op = self.inc(writer);
        self.apply(op.clone());
        op
    }

    fn is(&self, expected: u64) -> bool {
        self.read() == expected.into()
    }

    fn take_in(&mut self, op: Self::Delta) {
        self.apply(op);
    }

    fn join(&mut self, other: &mut Self) {
        self.merge(std::mem::take(other));
    }

    fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("a counter has a form as bytes")
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}
