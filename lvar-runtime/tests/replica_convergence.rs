//! Whatever the network does, replicas end in one state. For random programs of writes, over random faults and partitions:
//!
//! 1. once settled, all replicas have the same bytes: those of the join of everything that was written;
//! 2. a conflict, once written, is the state of every replica, reported with its path and both values;
//! 3. nothing but the seed decides: not the number of threads, not the machine.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
    sync::Mutex,
};

use lattice_core::{Bottom, Delta, Flat, GCounter, Max, WriterId, codec::Codec};
use lvar_runtime::{
    Outside,
    replica::sim::{Cluster, Counters, Faults},
};

/// How many random programs each property is tried on.
const N_PROGRAMS: u64 = 60;

/// Random numbers for programs, apart from the network's own.
#[derive(Clone)]
struct Dice(u64);

impl Dice {
    /// The dice of one member in one tick: members run in parallel, so they cannot share one sequence.
    fn of(seed: u64, tick: u64, member: usize) -> Self {
        let mut dice = Self(seed ^ tick << 20 ^ (member as u64) << 40);
        dice.below(2);
        dice
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn faults(&mut self) -> Faults {
        Faults {
            drop: self.below(50) as f64 / 100.0,
            duplicate: self.below(50) as f64 / 100.0,
            damage: self.below(10) as f64 / 100.0,
            delay: 1..=1 + self.below(8),
        }
    }

    /// Splits members in two, now and then, and heals.
    fn weather<T: Delta + Codec + Send + Sync>(&mut self, cluster: &mut Cluster<T>) {
        match self.below(10) {
            0 | 1 => {
                let cut = self.below(1 << cluster.members().len());
                let (here, there): (Vec<_>, Vec<_>) =
                    (0..cluster.members().len()).partition(|member| cut >> member & 1 == 1);
                cluster.partition(&[&here, &there]);
            }
            2 => cluster.heal(),
            _ => {}
        }
    }
}

/// Runs a random program and answers the settled cluster beside the join of all that was written.
fn run<T, W>(seed: u64, n_threads: usize, write: W) -> (Cluster<T>, T)
where
    T: Delta + Codec + Send + Sync,
    W: Fn(&mut Dice, &T, WriterId) -> T + Sync,
{
    let mut dice = Dice(seed);
    let n_members = 2 + dice.below(5) as usize;
    let mut cluster = Cluster::<T>::new(n_members, seed, dice.faults()).with_threads(n_threads);
    let written = Mutex::new(T::bottom());
    for tick in 0..10 + dice.below(60) {
        dice.weather(&mut cluster);
        let outcome = cluster.step(|number, member| {
            let mut dice = Dice::of(seed, tick, number);
            for _ in 0..dice.below(4) {
                member.update(|state, writer| {
                    let delta = write(&mut dice, state, writer);
                    written.lock().unwrap().join(delta.clone());
                    delta
                })?;
            }
            Ok(())
        });
        // Conflicts are judged by the callers, on the settled states.
        let _ = outcome;
    }
    cluster.heal();
    if let Err(unsettled) = cluster.run_until_settled(20_000) {
        panic!("seed {seed}: {unsettled}; {:?}", cluster.counters());
    }
    (cluster, written.into_inner().unwrap())
}

#[track_caller]
fn assert_converges<T, W>(write: W)
where
    T: Delta + Codec + Send + Sync + PartialEq + Debug,
    W: Fn(&mut Dice, &T, WriterId) -> T + Sync,
{
    for seed in 0..N_PROGRAMS {
        let (cluster, written) = run(seed, 2, &write);
        for (number, replica) in cluster.replicas().enumerate() {
            assert_eq!(*replica.query(Outside::here()), written, "seed {seed}, replica {number}");
            assert_eq!(
                replica.query(Outside::here()).to_bytes(),
                written.to_bytes(),
                "seed {seed}, replica {number}"
            );
            assert_eq!(replica.conflict(Outside::here()), None, "seed {seed}, replica {number}");
        }
    }
}

#[test]
fn counters_converge() {
    assert_converges(|dice, state: &GCounter, writer| state.increment(writer, dice.below(5)));
}

#[test]
fn counters_lose_no_increment() {
    for seed in 0..N_PROGRAMS {
        let total = Mutex::new(0_u128);
        let (cluster, _) = run(seed, 2, |dice, state: &GCounter, writer| {
            let by = dice.below(5);
            *total.lock().unwrap() += u128::from(by);
            state.increment(writer, by)
        });
        let total = total.into_inner().unwrap();
        for replica in cluster.replicas() {
            assert_eq!(replica.query(Outside::here()).value(), total, "seed {seed}");
        }
    }
}

#[test]
fn maps_of_values_written_once_converge() {
    assert_converges(|dice, _: &BTreeMap<u8, Flat<u8>>, _| {
        let key = dice.below(256) as u8;
        BTreeMap::from([(key, Flat::Value(key.wrapping_mul(7)))])
    });
}

#[test]
fn sets_converge() {
    assert_converges(|dice, _: &BTreeSet<u16>, _| {
        (0..dice.below(4)).map(|_| dice.below(500) as u16).collect()
    });
}

#[test]
fn products_converge() {
    type Product = (GCounter, BTreeMap<u8, BTreeSet<u8>>, Max<u64>);
    assert_converges(|dice, state: &Product, writer| {
        let mut delta = Product::bottom();
        match dice.below(3) {
            0 => delta.0 = state.0.increment(writer, 1),
            1 => drop(delta.1.insert(dice.below(8) as u8, BTreeSet::from([dice.below(64) as u8]))),
            // Read from a state that others write too: still inflationary.
            _ => delta.2 = Max(state.2.0 + 1),
        }
        delta
    });
}

#[test]
fn a_conflict_is_reported_by_every_replica_alike() {
    for seed in 0..N_PROGRAMS {
        // Only item 7 ever gets two values, so there is only one conflict to report.
        let (cluster, written) = run(seed, 2, |dice, _: &BTreeMap<u8, Flat<u8>>, _| {
            let item = dice.below(8) as u8;
            let price = if item == 7 { dice.below(2) as u8 } else { item };
            BTreeMap::from([(item, Flat::Value(price))])
        });
        let report = match written.get(&7) {
            Some(Flat::Conflict) => Some("conflict at [7]: 0 and 1 cannot both be true".to_owned()),
            _ => None,
        };
        for (number, replica) in cluster.replicas().enumerate() {
            let conflict = replica.conflict(Outside::here()).map(|conflict| conflict.to_string());
            assert_eq!(conflict, report, "seed {seed}, replica {number}");
            assert_eq!(
                replica.query(Outside::here()).to_bytes(),
                written.to_bytes(),
                "seed {seed}, replica {number}"
            );
        }
    }
}

fn one_run(seed: u64, n_threads: usize) -> (Vec<Vec<u8>>, Counters, u64) {
    let (cluster, _) =
        run(seed, n_threads, |dice, state: &GCounter, writer| state.increment(writer, dice.below(5)));
    (
        cluster.replicas().map(|replica| replica.query(Outside::here()).to_bytes()).collect(),
        cluster.counters(),
        cluster.now(),
    )
}

#[test]
fn a_seed_repeats_a_run_on_any_number_of_threads() {
    for seed in 0..10 {
        let first = one_run(seed, 1);
        assert_eq!(first, one_run(seed, 1), "seed {seed}");
        for n_threads in [2, 3, 8] {
            assert_eq!(first, one_run(seed, n_threads), "seed {seed}, {n_threads} threads");
        }
    }
    assert_ne!(one_run(1, 1), one_run(2, 1));
}

#[test]
fn every_fault_happens_and_is_counted() {
    let faults = Faults { drop: 0.2, duplicate: 0.1, damage: 0.05, delay: 1..=4 };
    let mut cluster = Cluster::<GCounter>::new(4, 11, faults);
    cluster.partition(&[&[0, 1]]);
    for tick in 0..100 {
        if tick == 50 {
            cluster.heal();
        }
        cluster.step(|_, member| member.update(|state, writer| state.increment(writer, 1))).unwrap();
    }
    cluster.run_until_settled(10_000).unwrap();

    let n = cluster.counters();
    assert_eq!(
        n.delivered,
        n.sent - n.dropped - n.cut + n.duplicated,
        "every message is accounted for: {n:?}"
    );
    assert_eq!(n.damaged, cluster.members().iter().map(|member| member.n_refused()).sum(), "{n:?}");
    let shares = [(n.dropped, n.sent - n.cut, 0.2), (n.duplicated, n.sent - n.cut - n.dropped, 0.1)];
    for (hits, of, probability) in shares {
        let share = hits as f64 / of as f64;
        assert!((share - probability).abs() < 0.03, "{share} for {probability}: {n:?}");
    }
    assert!(n.cut > 0 && n.retransmitted > 0 && n.reordered > 0 && n.bytes > n.delivered, "{n:?}");
}

#[test]
fn a_partition_keeps_sides_apart_until_it_heals() {
    let mut cluster = Cluster::<BTreeSet<u8>>::new(4, 3, Faults::default());
    cluster.partition(&[&[0, 1]]);
    cluster.step(|number, member| member.update(|_, _| BTreeSet::from([number as u8]))).unwrap();
    assert!(cluster.run_until_settled(200).is_err(), "nothing crosses");
    let states: Vec<_> =
        cluster.replicas().map(|replica| BTreeSet::clone(&replica.query(Outside::here()))).collect();
    let (left, right) = (BTreeSet::from([0, 1]), BTreeSet::from([2, 3]));
    assert_eq!(states, [left.clone(), left, right.clone(), right]);

    cluster.heal();
    cluster.run_until_settled(200).unwrap();
    assert!(cluster.replicas().all(|replica| replica.query(Outside::here()).len() == 4));
}

#[test]
fn a_delay_beyond_all_ticks_is_no_arithmetic_error() {
    let faults = Faults { delay: u64::MAX..=u64::MAX, ..Faults::default() };
    let mut cluster = Cluster::<GCounter>::new(2, 1, faults);
    for _ in 0..3 {
        cluster.step(|_, member| member.update(|views, writer| views.increment(writer, 1))).unwrap();
    }
    assert_eq!(cluster.counters().delivered, 0);
}
