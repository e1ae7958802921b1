//! `automerge`: a map of strings, in which each write is a change, and what is sent are changes.

use automerge::{AutoCommit, Change, ROOT, ReadDoc, ScalarValue, transaction::Transactable};

use crate::side::{Collection, Counter};

fn write_as(document: &mut AutoCommit, writer: u64) {
    let name = writer.to_be_bytes();
    if document.get_actor().to_bytes() != name {
        document.set_actor(name.into());
    }
}

fn committed(document: &mut AutoCommit) -> Change {
    document.commit();
    document.get_last_local_change().expect("something was written")
}

fn take_in(document: &mut AutoCommit, change: Change) {
    document.apply_changes([change]).expect("the changes before it are there");
}

pub(crate) struct AutomergeMap(AutoCommit);

impl Collection for AutomergeMap {
    type Delta = Change;

    fn new() -> Self {
        Self(AutoCommit::new())
    }

    fn copy(&self) -> Self {
        Self(self.0.clone())
    }

    fn write(&mut self, writer: u64, key: u64) -> Change {
        write_as(&mut self.0, writer);
        self.0.put(ROOT, key.to_string(), ScalarValue::Uint(key)).expect("the root is a map");
        committed(&mut self.0)
    }

    fn remove(&mut self, writer: u64, key: u64) {
        write_as(&mut self.0, writer);
        self.0.delete(ROOT, key.to_string()).expect("the key is there");
        self.0.commit();
    }

    fn contains(&self, key: u64) -> bool {
        self.0.get(ROOT, key.to_string()).is_ok_and(|value| value.is_some())
    }

    fn len(&self) -> usize {
        self.0.length(ROOT)
    }

    fn take_in(&mut self, change: Change) {
        take_in(&mut self.0, change);
    }

    fn join(&mut self, other: &mut Self) {
        self.0.merge(&mut other.0).expect("nobody writes as another");
    }

    fn to_bytes(&mut self) -> Option<Vec<u8>> {
        Some(self.0.save())
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        AutoCommit::load(bytes).ok().map(Self)
    }
}

pub(crate) struct AutomergeCounter(AutoCommit);

impl Counter for AutomergeCounter {
    type Delta = Change;

    fn new() -> Self {
        let mut document = AutoCommit::new();
        document.put(ROOT, "n", ScalarValue::counter(0)).expect("the root is a map");
        document.commit();
        Self(document)
    }

    fn copy(&self) -> Self {
        Self(self.0.clone())
    }

    fn add(&mut self, writer: u64) -> Change {
        write_as(&mut self.0, writer);
        self.0.increment(ROOT, "n", 1).expect("the counter is there");
        committed(&mut self.0)
    }

    fn is(&self, expected: u64) -> bool {
        let value = self.0.get(ROOT, "n").ok().flatten();
        value.and_then(|(value, _)| value.to_i64()) == i64::try_from(expected).ok()
    }

    fn take_in(&mut self, change: Change) {
        take_in(&mut self.0, change);
    }

    fn join(&mut self, other: &mut Self) {
        self.0.merge(&mut other.0).expect("nobody writes as another");
    }

    fn to_bytes(&mut self) -> Vec<u8> {
        self.0.save()
    }
}
