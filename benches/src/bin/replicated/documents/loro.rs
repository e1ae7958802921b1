//! `loro`: a map, in which the last write wins, and a counter of floats. What is sent are the updates since a version.

use loro::{ExportMode, LoroDoc, LoroResult};

use super::document::Document;

/// Where the map stands, or the counter.
const NAME: &str = "n";

pub(crate) struct LoroMap(LoroDoc);

pub(crate) struct LoroCounter(LoroDoc);

impl Document for LoroMap {
    fn new() -> Self {
        Self(LoroDoc::new())
    }

    fn copy(&self) -> Self {
        Self(copy(&self.0))
    }

    fn write(&mut self, writer: u64, nth: u64) {
        write(&self.0, writer, |document| document.get_map(NAME).insert(&nth.to_string(), nth as i64));
    }

    fn write_and_tell(&mut self, writer: u64, nth: u64) -> Vec<u8> {
        let before = self.0.oplog_vv();
        self.write(writer, nth);
        export(&self.0, ExportMode::updates(&before))
    }

    fn take_in(&mut self, delta: &[u8]) {
        take_in(&self.0, delta);
    }

    fn join(&mut self, other: &mut Self) {
        join(&self.0, &other.0);
    }

    fn to_bytes(&self) -> Vec<u8> {
        export(&self.0, ExportMode::Snapshot)
    }

    fn n_bytes_of_state(&self) -> Option<usize> {
        Some(export(&self.0, ExportMode::state_only(None)).len())
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        let document = LoroDoc::new();
        take_in(&document, bytes);
        // Its values are decoded when the first of them is read.
        assert!(!document.get_map(NAME).is_empty(), "something was written");
        Self(document)
    }

    fn n_writes(&self) -> u64 {
        let mut n = 0;
        self.0.get_map(NAME).for_each(|key, value| {
            let value = value.into_value().ok().and_then(|value| value.into_i64().ok());
            if value.is_some_and(|value| value.to_string() == key) {
                n += 1;
            }
        });
        n
    }
}

impl Document for LoroCounter {
    fn new() -> Self {
        Self(LoroDoc::new())
    }

    fn copy(&self) -> Self {
        Self(copy(&self.0))
    }

    fn write(&mut self, writer: u64, _: u64) {
        write(&self.0, writer, |document| document.get_counter(NAME).increment(1.0));
    }

    fn write_and_tell(&mut self, writer: u64, nth: u64) -> Vec<u8> {
        let before = self.0.oplog_vv();
        self.write(writer, nth);
        export(&self.0, ExportMode::updates(&before))
    }

    fn take_in(&mut self, delta: &[u8]) {
        take_in(&self.0, delta);
    }

    fn join(&mut self, other: &mut Self) {
        join(&self.0, &other.0);
    }

    fn to_bytes(&self) -> Vec<u8> {
        export(&self.0, ExportMode::Snapshot)
    }

    fn n_bytes_of_state(&self) -> Option<usize> {
        Some(export(&self.0, ExportMode::state_only(None)).len())
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        let document = LoroDoc::new();
        take_in(&document, bytes);
        let document = Self(document);
        assert!(document.n_writes() > 0, "something was counted");
        document
    }

    fn n_writes(&self) -> u64 {
        // A float counts exactly up to two to the power of 53.
        self.0.get_counter(NAME).get() as u64
    }
}

/// By its updates: a fork would keep values and history as bytes until they are asked for.
fn copy(document: &LoroDoc) -> LoroDoc {
    let copy = LoroDoc::new();
    join(&copy, document);
    copy
}

/// Commits what `write` does as this writer.
fn write(document: &LoroDoc, writer: u64, write: impl FnOnce(&LoroDoc) -> LoroResult<()>) {
    document.set_peer_id(writer).expect("it is a name");
    write(document).expect("it can be written");
    document.commit();
}

fn take_in(document: &LoroDoc, bytes: &[u8]) {
    let status = document.import(bytes).expect("what was exported");
    assert!(status.pending.is_none(), "what it builds on is there");
}

fn join(document: &LoroDoc, other: &LoroDoc) {
    take_in(document, &export(other, ExportMode::updates(&document.oplog_vv())));
}

fn export(document: &LoroDoc, mode: ExportMode<'_>) -> Vec<u8> {
    document.export(mode).expect("a document has a form as bytes")
}
