//! A derived type on replicas: it converges on a bad network, its conflicts name their path everywhere, and its threshold reads answer
//! the same at every replica that answers.

use std::{collections::BTreeMap, thread};

use lvars::{
    codec::Codec,
    prelude::*,
    replica::sim::{Cluster, Faults},
};

#[derive(Lattice, Replicate, Clone, Copy, Debug, PartialEq, Eq)]
#[lattice(order(New < Paid < Shipped < Broken, New < Cancelled < Broken), conflict = Broken)]
enum Status {
    New,
    Paid,
    Shipped,
    Cancelled,
    Broken,
}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct Order {
    status: Status,
    lines: BTreeMap<u16, Flat<u32>>,
    views: GCounter,
    #[lattice(max)]
    priority: u64,
}

#[derive(Threshold, Clone, Copy, Debug, PartialEq)]
#[threshold(on = Order)]
enum Outcome {
    #[when(status >= Status::Shipped)]
    Delivered,
    #[when(status >= Status::Cancelled)]
    Failed,
}

fn order(status: Status) -> Order {
    Order { status, ..Order::bottom() }
}

fn faults() -> Faults {
    Faults { drop: 0.3, duplicate: 0.2, damage: 0.02, delay: 1..=5 }
}

/// Every member writes to every field, in 40 ticks of which the middle 20 are split; then all evens out.
fn replay(seed: u64, status_of: impl Fn(usize) -> Status + Sync) -> Cluster<Order> {
    let mut cluster = Cluster::<Order>::new(5, seed, faults());
    for tick in 0..40_u16 {
        match tick {
            10 => cluster.partition(&[&[0, 1], &[2, 3, 4]]),
            30 => cluster.heal(),
            _ => {}
        }
        let outcome = cluster.step(|number, member| {
            member.update(|order, writer| Order {
                status: if tick == 20 { status_of(number) } else { Status::New },
                lines: BTreeMap::from([(tick, Flat::Value(u32::from(tick) * 3))]),
                views: order.views.increment(writer, 1),
                priority: u64::from(tick) * 10 + number as u64,
            })
        });
        // Whether a member has met a conflict by now is the seed's business; the callers judge the settled states.
        let _ = outcome;
    }
    if let Err(unsettled) = cluster.run_until_settled(5_000) {
        panic!("seed {seed}: {unsettled}");
    }
    cluster
}

#[test]
fn a_derived_type_converges_to_what_was_written() {
    for seed in 0..20 {
        let cluster = replay(seed, |number| if number == 3 { Status::Shipped } else { Status::Paid });
        let states: Vec<_> = cluster.replicas().map(|replica| replica.query(Outside::here())).collect();
        for state in &states {
            assert_eq!(state.to_bytes(), states[0].to_bytes(), "seed {seed}");
        }
        let expected = (0..40).map(|tick| (tick, Flat::Value(u32::from(tick) * 3))).collect();
        assert_eq!(states[0].lines, expected, "seed {seed}");
        assert_eq!(states[0].views.value(), 200, "seed {seed}");
        assert_eq!((states[0].status, states[0].priority), (Status::Shipped, 394), "seed {seed}");
    }
}

#[test]
fn every_replica_answers_a_threshold_alike_once_all_is_settled() {
    for seed in 0..10 {
        let cluster = replay(seed, |number| if number == 0 { Status::Cancelled } else { Status::New });
        for replica in cluster.replicas() {
            assert_eq!(
                replica.get::<Outcome>().now(Outside::here()),
                Ok(Some(Outcome::Failed)),
                "seed {seed}"
            );
        }
    }
}

#[test]
fn contradictory_writes_in_a_partition_end_in_one_conflict_everywhere() {
    for seed in 0..10 {
        let cluster = replay(seed, |number| match number {
            0 => Status::Shipped,
            4 => Status::Cancelled,
            _ => Status::New,
        });
        for replica in cluster.replicas() {
            let conflict = replica.get::<Outcome>().now(Outside::here()).unwrap_err();
            assert_eq!(
                conflict.to_string(),
                "conflict at status: Cancelled and Shipped cannot both be true",
                "seed {seed}"
            );
            assert_eq!(Some(conflict), replica.conflict(Outside::here()), "seed {seed}");
        }
    }
}

#[test]
fn a_blocking_get_answers_when_the_delta_arrives() {
    let replica = Replica::<Order>::open();
    thread::scope(|scope| {
        let reader = scope.spawn(|| replica.get::<Outcome>().wait());
        replica.merge(Outside::here(), order(Status::Paid)).unwrap();
        replica.merge(Outside::here(), order(Status::Shipped)).unwrap();
        assert_eq!(reader.join().unwrap(), Ok(Outcome::Delivered));
    });
}

#[test]
fn bytes_of_another_type_or_damaged_ones_change_nothing() {
    let replica = Replica::<Order>::open();
    replica.merge(Outside::here(), order(Status::Paid)).unwrap();
    let before = replica.query(Outside::here()).to_bytes();
    let bytes = order(Status::Shipped).to_bytes();
    for cut in 0..bytes.len() {
        assert!(replica.merge_bytes(Outside::here(), &bytes[..cut]).is_err(), "cut at {cut}");
    }
    let mut unknown = bytes.clone();
    unknown[0] = 9;
    assert!(replica.merge_bytes(Outside::here(), &unknown).is_err(), "there is no tenth status");
    assert_eq!(replica.query(Outside::here()).to_bytes(), before);
}
