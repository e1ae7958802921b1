//! `automerge`: a map, and a number in it that counts. Each write is a change, and what is sent are changes.

use automerge::{
    Automerge, AutomergeError, ROOT, ReadDoc, ScalarValue,
    transaction::{Transactable, Transaction},
};

use super::document::Document;

pub(crate) struct AutomergeMap(Automerge);

pub(crate) struct AutomergeCounter(Automerge);

impl Document for AutomergeMap {
    fn new() -> Self {
        Self(Automerge::new())
    }

    fn copy(&self) -> Self {
        Self(self.0.clone())
    }

    fn write(&mut self, writer: u64, nth: u64) {
        write(&mut self.0, writer, |map| map.put(ROOT, nth.to_string(), ScalarValue::Uint(nth)));
    }

    fn write_and_tell(&mut self, writer: u64, nth: u64) -> Vec<u8> {
        self.write(writer, nth);
        last_change(&self.0)
    }

    fn take_in(&mut self, delta: &[u8]) {
        take_in(&mut self.0, delta);
    }

    fn join(&mut self, other: &mut Self) {
        join(&mut self.0, &mut other.0);
    }

    fn to_bytes(&self) -> Vec<u8> {
        self.0.save()
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        let document = Automerge::load(bytes).expect("what was saved");
        assert!(document.length(ROOT) > 0, "something was written");
        Self(document)
    }

    fn n_writes(&self) -> u64 {
        let entries = self.0.map_range(ROOT, ..);
        let as_written = entries.filter(|entry| {
            let value = entry.value.clone().into_value().as_u64();
            !entry.conflict && value.is_some_and(|value| value.to_string() == entry.key)
        });
        as_written.count() as u64
    }
}

/// Where the counter stands.
const COUNTER: &str = "n";

impl Document for AutomergeCounter {
    /// All replicas must know one creation of the counter, so each says that it is that of writer zero.
    fn new() -> Self {
        let mut document = Automerge::new();
        write(&mut document, 0, |map| map.put(ROOT, COUNTER, ScalarValue::counter(0)));
        Self(document)
    }

    fn copy(&self) -> Self {
        Self(self.0.clone())
    }

    fn write(&mut self, writer: u64, _: u64) {
        write(&mut self.0, writer, |map| map.increment(ROOT, COUNTER, 1));
    }

    fn write_and_tell(&mut self, writer: u64, nth: u64) -> Vec<u8> {
        self.write(writer, nth);
        last_change(&self.0)
    }

    fn take_in(&mut self, delta: &[u8]) {
        take_in(&mut self.0, delta);
    }

    fn join(&mut self, other: &mut Self) {
        join(&mut self.0, &mut other.0);
    }

    fn to_bytes(&self) -> Vec<u8> {
        self.0.save()
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        let document = Self(Automerge::load(bytes).expect("what was saved"));
        assert!(document.n_writes() > 0, "something was counted");
        document
    }

    fn n_writes(&self) -> u64 {
        let value = self.0.get(ROOT, COUNTER).expect("the root is a map");
        let count = value.and_then(|(value, _)| value.as_i64()).expect("the counter is there");
        u64::try_from(count).expect("nothing was taken off")
    }
}

/// Commits what `write` does as this writer.
fn write(
    document: &mut Automerge,
    writer: u64,
    write: impl FnOnce(&mut Transaction<'_>) -> Result<(), AutomergeError>,
) {
    document.set_actor(writer.to_be_bytes().into());
    let mut transaction = document.transaction();
    write(&mut transaction).expect("the root is a map");
    transaction.commit();
}

fn last_change(document: &Automerge) -> Vec<u8> {
    document.get_last_local_change().expect("something was written").raw_bytes().to_vec()
}

fn take_in(document: &mut Automerge, change: &[u8]) {
    document.load_incremental(change).expect("the changes before it are there");
}

fn join(document: &mut Automerge, other: &mut Automerge) {
    document.merge(other).expect("nobody writes as another");
}
