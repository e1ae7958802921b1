//! Members of a group whose states are of different types: none takes anything of the other, and both sides can say what differs.
//!
//! ```text
//!   A: map to Flat<u8>                 B: map to Max<u8>
//!   batch ─────────────────────────────▶ refused: two fingerprints
//!   refused: what differs ◀────────────── schema, in words
//!   schema, in words ──────────────────▶ refused: what differs
//! ```

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use lattice_core::{Flat, Max, schema::Schema};
use lvar_runtime::{
    Outside,
    replica::{
        Replica,
        link::{ForeignSchema, Link, LinkError, RESEND_AFTER, Received},
    },
};

type Here = BTreeMap<u8, Flat<u8>>;
type There = BTreeMap<u8, Max<u8>>;

fn foreign<T: std::fmt::Debug>(received: Result<T, LinkError>) -> ForeignSchema {
    match received {
        Err(LinkError::ForeignSchema(foreign)) => foreign,
        other => panic!("{other:?}"),
    }
}

struct Member<T> {
    replica: Replica<T>,
    link: Link<T>,
}

impl<T: lattice_core::Delta + lattice_core::codec::Codec> Member<T> {
    fn new(me: usize) -> Self {
        Self { replica: Replica::open(), link: Link::new(2, me) }
    }

    fn wrote(mut self, delta: T) -> Self {
        let news = self.replica.update(Outside::here(), |_, _| delta);
        self.link.wrote(news.unwrap_or_else(|conflicted| conflicted.news));
        self
    }

    fn frames(&mut self, now: u64) -> Vec<Arc<[u8]>> {
        self.link.tick(now).into_iter().map(|message| message.frame).collect()
    }

    fn receive(&mut self, from: usize, frame: &[u8]) -> Result<Received, LinkError> {
        self.link.receive(&self.replica, from, frame)
    }
}

#[test]
fn a_foreign_schema_is_refused_with_both_fingerprints_and_then_with_what_differs() {
    let mut here = Member::new(0).wrote(Here::from([(1, Flat::Value(2))]));
    let mut there = Member::<There>::new(1);
    let (ours, theirs) = (Schema::of::<Here>().fingerprint(), Schema::of::<There>().fingerprint());

    let batch = here.frames(0).remove(0);
    let refused = foreign(there.receive(0, &batch));
    assert_eq!(refused, ForeignSchema { ours: theirs, theirs: ours, difference: None });
    assert!(there.replica.query(Outside::here()).is_empty(), "nothing of it was taken");

    let words = there.frames(0).remove(0);
    let refused = foreign(here.receive(1, &words));
    assert_eq!((refused.ours, refused.theirs), (ours, theirs));
    let difference = refused.difference.unwrap();
    assert_eq!(difference.to_string(), "`state.value` is `Flat` here and `Max` there");

    let answer = here.frames(1).remove(0);
    let difference = foreign(there.receive(0, &answer)).difference.unwrap();
    assert_eq!(difference.to_string(), "`state.value` is `Max` here and `Flat` there");
}

#[test]
fn words_are_answered_by_words_once_and_frames_each_time() {
    let mut here = Member::new(0).wrote(Here::from([(1, Flat::Value(2))]));
    let mut there = Member::<There>::new(1);
    for round in 0..3 {
        let now = round * RESEND_AFTER;
        let frames = here.frames(now);
        assert_eq!(frames.len(), 1, "the batch again");
        foreign(there.receive(0, &frames[0]));
        let words = there.frames(now);
        assert_eq!(words.len(), 1);
        foreign(here.receive(1, &words[0]));
        let n_answers = here.frames(now + 1).len();
        assert_eq!(n_answers, if round == 0 { 1 } else { 0 });
    }
}

#[test]
fn maps_of_different_hashers_understand_each_other() {
    let mut here = Member::new(0).wrote(Here::from([(1, Flat::Value(2))]));
    let mut there = Member::<HashMap<u8, Flat<u8>>>::new(1);
    assert_eq!(there.receive(0, &here.frames(0)[0]), Ok(Received::Merged));
    assert_eq!(here.receive(1, &there.frames(0)[0]), Ok(Received::Acknowledged));
    assert!(here.link.is_settled());
}

#[test]
fn what_a_peer_says_of_itself_is_shown_short_and_without_control_characters() {
    use lvar_runtime::replica::link::Frame;

    let mut here = Member::<Here>::new(0);
    let text = format!("state: \u{1b}[31m{}\n", "x".repeat(10_000));
    let schema = Schema::from_text(&text).fingerprint();
    let refused = here.receive(1, &Frame::Schema { text: &text }.to_bytes(schema));
    let shown = foreign(refused).to_string();
    assert!(shown.len() < 500 && !shown.chars().any(char::is_control), "{shown}");
}
