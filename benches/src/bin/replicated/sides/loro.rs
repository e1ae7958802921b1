//! `loro`: a map of strings, and a counter of floats; what is sent are updates since a version, as bytes.

use loro::{ExportMode, LoroDoc};

use crate::side::{Collection, Counter};

/// What `write` does as this writer, as bytes for the others.
fn update(document: &LoroDoc, writer: u64, write: impl FnOnce(&LoroDoc)) -> Vec<u8> {
    document.set_peer_id(writer).expect("nothing is being written");
    let before = document.oplog_vv();
    write(document);
    document.commit();
    document.export(ExportMode::updates(&before)).expect("updates have a form as bytes")
}

fn join(document: &LoroDoc, other: &LoroDoc) {
    let missing = other.export(ExportMode::updates(&document.oplog_vv()));
    document.import(&missing.expect("updates have a form as bytes")).expect("they are what was exported");
}

fn snapshot(document: &LoroDoc) -> Vec<u8> {
    document.export(ExportMode::snapshot()).expect("a document has a form as bytes")
}

pub(crate) struct LoroMap(LoroDoc);

impl Collection for LoroMap {
    type Delta = Vec<u8>;

    fn new() -> Self {
        Self(LoroDoc::new())
    }

    fn copy(&self) -> Self {
        Self(self.0.fork())
    }

    fn write(&mut self, writer: u64, key: u64) -> Vec<u8> {
        update(&self.0, writer, |document| {
            document.get_map("map").insert(&key.to_string(), key as i64).expect("the map is there");
        })
    }

    fn remove(&mut self, writer: u64, key: u64) {
        self.0.set_peer_id(writer).expect("nothing is being written");
        self.0.get_map("map").delete(&key.to_string()).expect("the key is there");
        self.0.commit();
    }

    fn contains(&self, key: u64) -> bool {
        self.0.get_map("map").get(&key.to_string()).is_some()
    }

    fn len(&self) -> usize {
        self.0.get_map("map").len()
    }

    fn take_in(&mut self, update: Vec<u8>) {
        self.0.import(&update).expect("an update that was exported");
    }

    fn join(&mut self, other: &mut Self) {
        join(&self.0, &other.0);
    }

    fn to_bytes(&mut self) -> Option<Vec<u8>> {
        Some(snapshot(&self.0))
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let document = LoroDoc::new();
        document.import(bytes).ok()?;
        Some(Self(document))
    }
}

pub(crate) struct LoroCounter(LoroDoc);

impl Counter for LoroCounter {
    type Delta = Vec<u8>;

    fn new() -> Self {
        Self(LoroDoc::new())
    }

    fn copy(&self) -> Self {
        Self(self.0.fork())
    }

    fn add(&mut self, writer: u64) -> Vec<u8> {
        update(&self.0, writer, |document| {
            document.get_counter("n").increment(1.0).expect("the counter is there");
        })
    }

    fn is(&self, expected: u64) -> bool {
        self.0.get_counter("n").get() == expected as f64
    }

    fn take_in(&mut self, update: Vec<u8>) {
        self.0.import(&update).expect("an update that was exported");
    }

    fn join(&mut self, other: &mut Self) {
        join(&self.0, &other.0);
    }

    fn to_bytes(&mut self) -> Vec<u8> {
        snapshot(&self.0)
    }
}
