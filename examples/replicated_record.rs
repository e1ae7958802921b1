//! A record that three machines edit while they cannot hear each other: `cargo run --example replicated_record`.
//!
//! Its type is annotated once. Each edit answers a delta; the deltas travel as bytes, late, out of order and twice; the records end
//! equal to the byte. A reader on one machine waits for an outcome, and a contradiction is the same conflict on all three.
//!
//! ```text
//! berlin took in 9 messages, lisbon 9, quito 9
//! all three hold: Complete, 3 parts of 4096 bytes, tags {"draft", "photo"}, revision 4, 3 downloads
//! as bytes they are equal
//! a reader in quito was answered: Readable
//! after an abort: conflict at state: Aborted and Complete cannot both be true
//! and on every replica the same: true
//! ```

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    io::{self, Write},
    thread,
};

use lvars::prelude::*;

/// What is known of an object in a store.
#[derive(Lattice, LVar, Replicate, Clone, Debug, PartialEq)]
struct Object {
    state: State,
    /// The length of each part. A part is uploaded once; two different lengths conflict.
    parts: BTreeMap<u32, Flat<u64>>,
    tags: BTreeSet<String>,
    #[lattice(max)]
    revision: u64,
    downloads: GCounter,
}

/// Where an upload stands.
#[derive(Lattice, LVar, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(Uploading < Complete < Broken, Uploading < Aborted < Broken), conflict = Broken)]
enum State {
    Uploading,
    Complete,
    Aborted,
    Broken,
}

/// How an upload ended.
#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Object)]
enum Ended {
    #[when(state >= State::Complete)]
    Readable,
    #[when(state >= State::Aborted)]
    Gone,
}

fn main() -> Result<(), Box<dyn Error>> {
    play(&mut io::stdout().lock())
}

/// Plays the story.
pub(crate) fn play(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let replicas: [Replica<Object>; 3] = [(); 3].map(|()| Replica::open());
    let [berlin, lisbon, quito] = &replicas;
    let mut sent = Vec::new();
    sent.extend(edit(berlin, |_, _| part(0, 4096))?);
    sent.extend(edit(berlin, |_, _| tag("photo"))?);
    sent.extend(edit(berlin, |object, writer| download(object, writer, 1))?);
    sent.extend(edit(lisbon, |_, _| part(1, 4096))?);
    sent.extend(edit(lisbon, |_, _| Object { revision: 4, ..tag("draft") })?);
    sent.extend(edit(lisbon, |object, writer| download(object, writer, 2))?);
    sent.extend(edit(quito, |_, _| part(2, 4096))?);
    sent.extend(edit(quito, |_, _| Object { revision: 3, ..Object::bottom() })?);
    // The reader is asked for before anybody in Quito knows the answer.
    let answer = thread::scope(|scope| {
        let reader = scope.spawn(|| quito.get::<Ended>().wait());
        sent.extend(edit(berlin, |_, _| Object { state: State::Complete, ..Object::bottom() })?);
        for (at, replica) in replicas.iter().enumerate() {
            exchange(replica, &sent, at)?;
        }
        Ok::<_, Box<dyn Error>>(reader.join().expect("the reader does not panic")?)
    })?;

    let n = sent.len();
    writeln!(out, "berlin took in {n} messages, lisbon {n}, quito {n}")?;
    tell(out, &quito.query(Outside::here()))?;
    let bytes = replicas.each_ref().map(|replica| replica.query(Outside::here()).to_bytes());
    let are_equal = bytes.iter().all(|other| *other == bytes[0]);
    writeln!(out, "as bytes they are {}", if are_equal { "equal" } else { "different" })?;
    writeln!(out, "a reader in quito was answered: {answer:?}")?;
    contradict(out, &replicas)
}

/// Edits a replica, and answers what must be sent to the others, if there is news.
fn edit(
    replica: &Replica<Object>,
    write: impl FnOnce(&Object, lvars::WriterId) -> Object,
) -> Result<Option<Vec<u8>>, lvars::Conflict> {
    Ok(replica.update(Outside::here(), write)?.map(|delta| delta.to_bytes()))
}

/// A network that knows no order: each replica takes in the messages from another one on, backwards, and the first of them twice.
fn exchange(replica: &Replica<Object>, sent: &[Vec<u8>], from: usize) -> Result<(), Box<dyn Error>> {
    for at in (0..=sent.len()).rev() {
        replica.merge_bytes(Outside::here(), &sent[(at + from) % sent.len()])?;
    }
    Ok(())
}

fn tell(out: &mut dyn Write, object: &Object) -> io::Result<()> {
    let lengths: BTreeSet<u64> = object.parts.values().filter_map(Flat::value).copied().collect();
    writeln!(
        out,
        "all three hold: {:?}, {} parts of {} bytes, tags {:?}, revision {}, {} downloads",
        object.state,
        object.parts.len(),
        lengths.first().expect("there are parts"),
        object.tags,
        object.revision,
        object.downloads.value()
    )
}

/// Quito aborts what is complete. The state in conflict is shipped like any other, or only Quito would know of it.
fn contradict(out: &mut dyn Write, replicas: &[Replica<Object>; 3]) -> Result<(), Box<dyn Error>> {
    let [berlin, lisbon, quito] = replicas;
    let refused = quito.update(Outside::here(), |_, _| Object { state: State::Aborted, ..Object::bottom() });
    let abort = refused.expect_err("it was complete").news.expect("nobody had aborted it");
    // Both answer the conflict as well; it is asked for below.
    let _ = (berlin.merge(Outside::here(), abort.clone()), lisbon.merge(Outside::here(), abort));
    let conflicts = replicas.each_ref().map(|replica| replica.conflict(Outside::here()));
    let there = conflicts[0].as_ref().ok_or("the abort was lost")?;
    writeln!(out, "after an abort: {there}")?;
    let is_the_same = conflicts.iter().all(|conflict| conflict.as_ref() == Some(there));
    writeln!(out, "and on every replica the same: {is_the_same}")?;
    Ok(())
}

fn part(number: u32, length: u64) -> Object {
    Object { parts: BTreeMap::from([(number, Flat::Value(length))]), ..Object::bottom() }
}

fn tag(name: &str) -> Object {
    Object { tags: BTreeSet::from([name.to_owned()]), ..Object::bottom() }
}

fn download(object: &Object, writer: lvars::WriterId, by: u64) -> Object {
    Object { downloads: object.downloads.increment(writer, by), ..Object::bottom() }
}
