//! What the sans-I/O protocol promises, frame by frame.

use std::{collections::BTreeMap, sync::Arc};

use lattice_core::{
    Flat, Lattice,
    codec::Codec,
    schema::{Fingerprint, Schema},
};
use lvar_runtime::Outside;
use lvar_runtime::replica::{
    Replica,
    link::{Frame, Link, LinkError, Message, RESEND_AFTER, Received, WINDOW},
};

type Prices = BTreeMap<u8, Flat<u8>>;

fn price(item: u8, price: u8) -> Prices {
    BTreeMap::from([(item, Flat::Value(price))])
}

/// A member under test, and what it wrote.
struct Member {
    replica: Replica<Prices>,
    link: Link<Prices>,
}

impl Member {
    fn new(n_members: usize, me: usize) -> Self {
        Self { replica: Replica::open(), link: Link::new(n_members, me) }
    }

    fn write(&mut self, item: u8) {
        let news = self.replica.update(Outside::here(), |_, _| price(item, item)).unwrap();
        self.link.wrote(news);
    }

    fn receive(&mut self, from: usize, frame: &[u8]) -> Result<Received, LinkError> {
        self.link.receive(&self.replica, from, frame)
    }

    /// All that a refused frame must leave as it was.
    fn fingerprint(&self) -> (Vec<u8>, String) {
        (self.replica.query(Outside::here()).to_bytes(), format!("{:?}", self.link))
    }
}

fn schema() -> Fingerprint {
    Schema::of::<Prices>().fingerprint()
}

fn batch(index: u64, delta: &Prices) -> Vec<u8> {
    Frame::Batch { index, delta: &delta.to_bytes() }.to_bytes(schema())
}

fn only(messages: Vec<Message>) -> Message {
    let [message] = <[Message; 1]>::try_from(messages).unwrap();
    message
}

#[test]
fn frames_come_back_as_they_were() {
    let delta = price(1, 2).to_bytes();
    for frame in [
        Frame::Batch { index: 0, delta: &delta },
        Frame::Batch { index: u64::MAX, delta: &[] },
        Frame::Ack { upto: 0, beyond: 0 },
        Frame::Ack { upto: u64::MAX, beyond: u64::MAX - 1 },
        Frame::Schema { text: "state: set\n" },
    ] {
        assert_eq!(Frame::from_bytes(&frame.to_bytes(schema())), Ok((schema(), frame)));
    }
}

#[test]
fn damaged_frames_are_refused_and_change_nothing() {
    let mut member = Member::new(2, 1);
    member.write(3);
    member.link.tick(0);
    let before = member.fingerprint();
    let frames = [batch(0, &price(1, 2)), Frame::Ack { upto: 1, beyond: 0 }.to_bytes(schema())];
    for frame in &frames {
        for cut in 0..frame.len() {
            let refused = member.receive(0, &frame[..cut]);
            assert!(matches!(refused, Err(LinkError::Refused(_))), "cut at {cut}");
        }
        for bit in 0..frame.len() * 8 {
            let mut damaged = frame.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            let refused = member.receive(0, &damaged);
            assert!(matches!(refused, Err(LinkError::Refused(_))), "bit {bit} flipped");
        }
        let mut longer = frame.clone();
        longer.push(0);
        assert!(matches!(member.receive(0, &longer), Err(LinkError::Refused(_))));
    }
    assert_eq!(member.fingerprint(), before);
    assert_eq!(member.receive(0, &frames[0]), Ok(Received::Merged));
    assert_eq!(member.receive(0, &frames[1]), Ok(Received::Acknowledged));
}

#[test]
fn a_sound_frame_around_a_damaged_delta_is_neither_merged_nor_acknowledged() {
    let mut member = Member::new(2, 1);
    let delta = price(1, 2).to_bytes();
    for cut in 0..delta.len() {
        let frame = Frame::Batch { index: 0, delta: &delta[..cut] }.to_bytes(schema());
        assert!(matches!(member.receive(0, &frame), Err(LinkError::Refused(_))), "cut at {cut}");
    }
    assert!(member.replica.query(Outside::here()).is_empty());
    assert_eq!(member.link.tick(0), []);
}

#[test]
fn random_bytes_never_panic() {
    let seed = 0x5eed_u64;
    let mut state = seed;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let mut member = Member::new(2, 1);
    for _ in 0..20_000 {
        // Small bytes, so that some deltas are sound.
        let bytes: Vec<u8> = (0..next() % 12).map(|_| (next() % 6) as u8).collect();
        let frame = match next() % 4 {
            0 => bytes,
            1 => [bytes.as_slice(), &crc32fast::hash(&bytes).to_le_bytes()].concat(),
            2 => Frame::Ack { upto: next() as u64 % 3, beyond: next() as u64 % 8 }.to_bytes(schema()),
            _ => Frame::Batch { index: next() as u64 % (2 * WINDOW), delta: &bytes }.to_bytes(schema()),
        };
        let _ = member.receive(next() % 3, &frame);
    }
    let state = member.replica.query(Outside::here());
    assert!(!state.is_empty(), "some were sound: seed {seed}");
    assert_eq!(member.replica.conflict(Outside::here()).is_some(), state.conflict().is_some(), "seed {seed}");
}

#[test]
fn a_batch_is_merged_once_and_acknowledged_each_time() {
    let mut member = Member::new(2, 1);
    let frame = batch(0, &price(1, 2));
    assert_eq!(member.receive(0, &frame), Ok(Received::Merged));
    assert_eq!(*member.replica.query(Outside::here()), price(1, 2));
    let ack = only(member.link.tick(0));
    assert_eq!(Frame::from_bytes(&ack.frame), Ok((schema(), Frame::Ack { upto: 1, beyond: 0 })));
    assert_eq!(member.link.tick(1), [], "told once");

    assert_eq!(member.receive(0, &frame), Ok(Received::Duplicate));
    assert_eq!(only(member.link.tick(2)).frame, ack.frame, "the first acknowledgement may be lost");
}

#[test]
fn batches_merge_in_any_order() {
    let mut member = Member::new(2, 1);
    for item in [2, 0, 1] {
        assert_eq!(member.receive(0, &batch(u64::from(item), &price(item, item))), Ok(Received::Merged));
    }
    assert_eq!(member.replica.query(Outside::here()).len(), 3);
    let ack = only(member.link.tick(0));
    assert_eq!(Frame::from_bytes(&ack.frame), Ok((schema(), Frame::Ack { upto: 3, beyond: 0 })));
}

#[test]
fn what_no_honest_peer_sends_is_refused() {
    let mut member = Member::new(3, 1);
    let before = member.fingerprint();
    for index in [WINDOW, u64::MAX] {
        assert_eq!(member.receive(0, &batch(index, &price(1, 2))), Err(LinkError::BeyondWindow(index)));
    }
    let forged = Frame::Ack { upto: 1, beyond: 0 }.to_bytes(schema());
    assert_eq!(member.receive(0, &forged), Err(LinkError::NeverSent));
    for stranger in [1, 3] {
        let refused = member.receive(stranger, &batch(0, &price(1, 2)));
        assert_eq!(refused, Err(LinkError::UnknownPeer(stranger)));
    }
    assert_eq!(member.fingerprint(), before);
}

#[test]
fn the_writes_of_a_tick_are_one_batch_shared_by_all_peers() {
    let mut member = Member::new(4, 2);
    member.write(1);
    member.write(2);
    let messages = member.link.tick(0);
    assert_eq!(messages.iter().map(|message| message.to).collect::<Vec<_>>(), [0, 1, 3]);
    assert!(messages.iter().all(|message| Arc::ptr_eq(&message.frame, &messages[0].frame)));
    assert_eq!(messages[0].frame[..], batch(0, &member.replica.query(Outside::here()))[..]);
}

#[test]
fn an_entry_is_sent_again_until_it_is_acknowledged() {
    let mut member = Member::new(2, 0);
    member.write(1);
    let first = only(member.link.tick(0));
    assert!(!first.is_resent);
    for now in 1..RESEND_AFTER {
        assert_eq!(member.link.tick(now), []);
    }
    let again = only(member.link.tick(RESEND_AFTER));
    assert!(again.is_resent);
    assert!(Arc::ptr_eq(&first.frame, &again.frame));

    member.receive(1, &Frame::Ack { upto: 1, beyond: 0 }.to_bytes(schema())).unwrap();
    assert!(member.link.is_settled());
    assert_eq!(member.link.tick(3 * RESEND_AFTER), []);
}

#[test]
fn an_entry_stays_in_the_log_until_every_peer_has_it() {
    let mut member = Member::new(3, 0);
    member.write(1);
    member.link.tick(0);
    let ack = Frame::Ack { upto: 1, beyond: 0 }.to_bytes(schema());
    member.receive(1, &ack).unwrap();
    assert_eq!(member.link.n_unacknowledged(), 1);
    member.receive(2, &ack).unwrap();
    assert!(member.link.is_settled());
}

#[test]
fn a_member_without_peers_keeps_no_log() {
    let mut member = Member::new(1, 0);
    member.write(1);
    assert_eq!(member.link.tick(0), []);
    assert!(member.link.is_settled());
}

#[test]
fn the_window_bounds_what_is_under_way_to_a_peer_that_is_cut_off() {
    let (mut here, mut there) = (Member::new(2, 0), Member::new(2, 1));
    let n_writes = 200;
    let mut n_first_sent = 0;
    for now in 0..n_writes {
        here.write(now as u8);
        let messages = here.link.tick(now);
        assert!(messages.len() as u64 <= WINDOW, "tick {now}");
        n_first_sent += messages.iter().filter(|message| !message.is_resent).count();
    }
    assert_eq!(n_first_sent as u64, WINDOW);
    assert_eq!(here.link.n_unacknowledged() as u64, n_writes);

    let mut now = n_writes;
    while !here.link.is_settled() {
        for message in here.link.tick(now) {
            there.receive(0, &message.frame).unwrap();
        }
        for message in there.link.tick(now) {
            here.receive(1, &message.frame).unwrap();
        }
        now += 1;
        assert!(now < n_writes + 100, "not settled");
    }
    assert_eq!(*there.replica.query(Outside::here()), *here.replica.query(Outside::here()));
}

#[test]
fn a_conflict_within_a_tick_reaches_the_peers_with_both_values() {
    let (mut here, mut there) = (Member::new(2, 0), Member::new(2, 1));
    here.link.wrote(here.replica.update(Outside::here(), |_, _| price(7, 30)).unwrap());
    here.link.wrote(here.replica.update(Outside::here(), |_, _| price(7, 31)).unwrap_err().news);
    let messages = here.link.tick(0);
    assert_eq!(messages.len(), 2, "joined, they would be a bare conflict");
    for message in messages.iter().rev() {
        assert_eq!(there.receive(0, &message.frame), Ok(Received::Merged));
    }
    assert_eq!(there.replica.conflict(Outside::here()), here.replica.conflict(Outside::here()));
    assert_eq!(there.replica.conflict(Outside::here()).unwrap().values(), Some(("30", "31")));
}
