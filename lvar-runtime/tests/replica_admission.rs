//! What a replica lets in: deltas from clocks within the bound, and each command of a client once.

use lattice_core::{Bottom, GCounter, Handled, HybridClock, LwwRegister, codec::Codec};
use lvar_runtime::{
    Outside,
    replica::{
        MergeError, Replica,
        link::{Link, LinkError, RESEND_AFTER, Received},
    },
};

type Name = LwwRegister<String>;

#[test]
fn a_delta_from_a_clock_beyond_the_bound_is_refused_and_comes_again_until_it_is_in_time() {
    let outside = Outside::here();
    let replicas = [Replica::<Name>::open(), Replica::open()];
    let mut links = [Link::new(2, 0), Link::new(2, 1)];
    let (mut clock, mut fast) = (HybridClock::new(1_000), HybridClock::new(1_000));

    let news = replicas[0].update(outside, |name, writer| name.set(fast.stamp(9_000, writer), "eve".into()));
    links[0].wrote(news.unwrap());
    let mut receive_at = |tick, now| {
        let frame = links[0].tick(tick).remove(0).frame;
        let received = links[1].receive_if(&replicas[1], 0, &frame, |delta| clock.admit(delta, now));
        (received, links[1].tick(tick).len())
    };
    let (refused, n_acknowledged) = receive_at(0, 7_000);
    let Err(LinkError::TooFarAhead(stamp)) = refused else { panic!("{refused:?}") };
    assert_eq!((stamp.stamp.wall, stamp.now, stamp.most_ahead), (9_000, 7_000, 1_000));
    assert_eq!(n_acknowledged, 0);
    assert!(replicas[1].query(outside).is_bottom());

    assert_eq!(receive_at(RESEND_AFTER, 8_000), (Ok(Received::Merged), 1));
    assert_eq!(replicas[1].query(outside).value().map(String::as_str), Some("eve"));
}

#[test]
fn bytes_of_a_clock_beyond_the_bound_change_nothing() {
    let outside = Outside::here();
    let (here, there) = (Replica::<Name>::open(), Replica::<Name>::open());
    let (mut clock, mut fast) = (HybridClock::new(10), HybridClock::new(10));
    let news = there.update(outside, |name, writer| name.set(fast.stamp(100, writer), "eve".into()));
    let bytes = news.unwrap().unwrap().to_bytes();
    let refused = here.merge_bytes_if(outside, &bytes, |delta| clock.admit(delta, 89)).unwrap_err();
    assert!(matches!(refused, MergeError::TooFarAhead(_)), "{refused}");
    assert!(here.query(outside).is_bottom());
    assert!(here.merge_bytes_if(outside, &bytes, |delta| clock.admit(delta, 90)).unwrap().is_some());
}

/// A count of commands, and which have been counted: one state, so that both travel in one delta.
type Sales = (GCounter, Handled<u8>);

fn sell(replica: &Replica<Sales>, client: u8, number: u64, n: u64) -> Option<Sales> {
    let write = |sales: &Sales, writer| match sales.1.accept(client, number) {
        Some(handled) => (sales.0.increment(writer, n), handled),
        None => Sales::bottom(),
    };
    replica.update(Outside::here(), write).unwrap()
}

#[test]
fn a_command_that_is_sent_again_counts_once_wherever_its_delta_has_come() {
    let outside = Outside::here();
    let (here, there) = (Replica::<Sales>::open(), Replica::<Sales>::open());
    let first = sell(&here, 1, 1, 2).expect("it is new");
    assert_eq!(sell(&here, 1, 1, 2), None, "sent again to the same replica");
    there.merge(outside, first.clone()).unwrap();
    assert_eq!(sell(&there, 1, 1, 2), None, "sent again to another one, after its delta");
    let second = sell(&there, 1, 2, 3).expect("the next command of the client");
    let other = sell(&there, 2, 1, 5).expect("another client numbers by itself");
    for delta in [other, second.clone(), first, second] {
        here.merge(outside, delta).unwrap();
    }
    for replica in [&here, &there] {
        assert_eq!(replica.query(outside).0.value(), 2 + 3 + 5);
    }
}
