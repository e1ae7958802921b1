//! What one replica promises, whatever carries its deltas.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::{
        Arc, Barrier,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    thread,
    time::Duration,
};

use lattice_core::{
    Flat, GCounter, Lattice, PnCounter,
    codec::{Codec, DecodeError, Decoder},
    schema::Description,
    threshold::{Reached, Threshold},
};
use lvar_runtime::{
    Bump, GetError, LVar, LVarType, Outside, PutError,
    par::{self, RunError},
    replica::{Conflicted, MergeError, Replica},
};

type Prices = BTreeMap<u8, Flat<u8>>;

fn price(item: u8, price: u8) -> Prices {
    BTreeMap::from([(item, Flat::Value(price))])
}

/// The outcome that item 7 has a price.
#[derive(Debug, PartialEq)]
struct Priced(u8);

impl Threshold for Priced {
    type On = Prices;
    const NAME: &'static str = "Priced";
}

impl<W: ?Sized> Reached<Prices, W> for Priced {
    fn reached(observer: &Prices, _: &mut W) -> Option<Self> {
        observer.get(&7)?.value().map(|price| Self(*price))
    }
}

#[derive(Default)]
struct CountWakes(AtomicUsize);

impl Wake for CountWakes {
    fn wake(self: Arc<Self>) {
        // Relaxed: read by the same thread, or after a join.
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn an_update_answers_what_was_new() {
    let replica = Replica::<Prices>::open();
    let mut both = price(1, 10);
    both.join(price(2, 20));
    assert_eq!(replica.update(Outside::here(), |_, _| price(1, 10)).unwrap(), Some(price(1, 10)));
    assert_eq!(replica.update(Outside::here(), |_, _| both.clone()).unwrap(), Some(price(2, 20)));
    assert_eq!(replica.update(Outside::here(), |_, _| both.clone()).unwrap(), None);
    assert_eq!(*replica.query(Outside::here()), both);
}

#[test]
fn concurrent_updates_all_count() {
    let replica = Replica::<GCounter>::open();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..500 {
                    replica.update(Outside::here(), |views, writer| views.increment(writer, 1)).unwrap();
                }
            });
        }
    });
    assert_eq!(replica.query(Outside::here()).value(), 2_000);
}

#[test]
fn an_update_may_read_and_merge_the_same_replica() {
    let replica = Replica::<Prices>::open();
    replica
        .update(Outside::here(), |_, _| {
            replica.merge(Outside::here(), price(1, 10)).unwrap();
            assert_eq!(*replica.query(Outside::here()), price(1, 10));
            price(2, 20)
        })
        .unwrap();
    assert_eq!(replica.query(Outside::here()).len(), 2);
}

#[test]
#[should_panic(expected = "from within an update")]
fn an_update_within_an_update_panics_instead_of_hanging() {
    let replica = Replica::<GCounter>::open();
    let _ = replica.update(Outside::here(), |_, _| {
        let _ = replica.update(Outside::here(), |views, writer| views.increment(writer, 1));
        GCounter::new()
    });
}

#[test]
fn a_panicking_update_writes_nothing_and_blocks_nobody() {
    let replica = Replica::<Prices>::open();
    let panicked = thread::scope(|scope| {
        scope
            .spawn(|| replica.update(Outside::here(), |_, _| panic!("the caller's own")).is_ok())
            .join()
            .is_err()
    });
    assert!(panicked);
    assert!(replica.query(Outside::here()).is_empty());
    replica.update(Outside::here(), |_, _| price(1, 10)).unwrap();
}

#[test]
fn each_opened_replica_has_a_writer_of_its_own() {
    let writers: std::collections::BTreeSet<_> = (0..100)
        .map(|_| {
            let replica = Replica::<GCounter>::open();
            assert_eq!(replica.writer(Outside::here()), None, "minted at the first write, not before");
            replica.update(Outside::here(), |views, writer| views.increment(writer, 1)).unwrap();
            replica.writer(Outside::here()).unwrap()
        })
        .collect();
    assert_eq!(writers.len(), 100);
}

#[test]
fn the_writer_stays_while_the_replica_is_open() {
    let replica = Replica::<GCounter>::open();
    for _ in 0..3 {
        replica.update(Outside::here(), |views, writer| views.increment(writer, 1)).unwrap();
    }
    assert_eq!(replica.query(Outside::here()).counts().len(), 1);
}

#[test]
fn a_merge_twice_out_of_order_or_after_the_full_state_changes_nothing() {
    let source = Replica::<GCounter>::open();
    let first = source.update(Outside::here(), |views, writer| views.increment(writer, 2)).unwrap().unwrap();
    let second = source.update(Outside::here(), |views, writer| views.increment(writer, 3)).unwrap().unwrap();

    let target = Replica::<GCounter>::open();
    assert_eq!(target.merge(Outside::here(), second.clone()).unwrap(), Some(second.clone()));
    assert_eq!(
        target.merge(Outside::here(), first.clone()).unwrap(),
        None,
        "the later delta holds the earlier"
    );
    assert_eq!(target.merge(Outside::here(), second.clone()).unwrap(), None);
    assert_eq!(target.query(Outside::here()).to_bytes(), source.query(Outside::here()).to_bytes());

    let late = Replica::<GCounter>::open();
    late.merge_bytes(Outside::here(), &source.query(Outside::here()).to_bytes()).unwrap();
    assert_eq!(late.merge(Outside::here(), first).unwrap(), None);
    assert_eq!(late.merge(Outside::here(), second).unwrap(), None);
    assert_eq!(*late.query(Outside::here()), *source.query(Outside::here()));
}

fn met(merged: Result<Option<Prices>, MergeError<Prices>>) -> Conflicted<Prices> {
    match merged {
        Err(MergeError::Conflicted(conflicted)) => conflicted,
        other => panic!("no conflict, but {other:?}"),
    }
}

#[test]
fn a_conflict_names_path_and_both_values_and_stays_the_first() {
    let replica = Replica::<Prices>::open();
    replica.update(Outside::here(), |_, _| price(7, 30)).unwrap();
    let conflicted = met(replica.merge(Outside::here(), price(7, 31)));
    assert_eq!(conflicted.to_string(), "conflict at [7]: 30 and 31 cannot both be true");
    assert_eq!(conflicted.news, Some(price(7, 31)), "the news must travel on");

    let later = replica.update(Outside::here(), |_, _| price(8, 1)).unwrap_err();
    assert_eq!(later.conflict, conflicted.conflict);
    assert_eq!(later.news, Some(price(8, 1)), "other items go on");
    assert_eq!(met(replica.merge(Outside::here(), price(8, 2))).conflict, conflicted.conflict);
    assert_eq!(replica.conflict(Outside::here()), Some(conflicted.conflict.clone()));
    assert_eq!(replica.get::<Priced>().now(Outside::here()), Err(conflicted.conflict.clone()));
    assert_eq!(replica.get::<Priced>().wait(), Err(GetError::Conflict(conflicted.conflict)));
}

#[test]
fn an_update_that_conflicts_is_taken_and_replicates() {
    let (here, there) = (Replica::<Prices>::open(), Replica::<Prices>::open());
    there
        .merge(Outside::here(), here.update(Outside::here(), |_, _| price(7, 30)).unwrap().unwrap())
        .unwrap();
    let conflicted = here.update(Outside::here(), |_, _| price(7, 31)).unwrap_err();
    let there_too = met(there.merge(Outside::here(), conflicted.news.unwrap()));
    assert_eq!(there_too.conflict, conflicted.conflict);
    assert_eq!(*here.query(Outside::here()), *there.query(Outside::here()));
}

/// Two outcomes in a partition: one replica has answered when the other one meets the conflict. Both are told in the end.
#[test]
fn a_conflict_on_one_replica_after_another_has_answered_reaches_that_one_too() {
    let (here, there) = (Replica::<Prices>::open(), Replica::<Prices>::open());
    let outside = Outside::here();
    let cheap = here.update(outside, |_, _| price(7, 30)).unwrap().unwrap();
    assert_eq!(here.get::<Priced>().now(outside), Ok(Some(Priced(30))));
    let dear = there.update(outside, |_, _| price(7, 31)).unwrap().unwrap();
    let first = met(there.merge(outside, cheap)).conflict;
    assert_eq!(there.get::<Priced>().now(outside), Err(first.clone()));
    assert_eq!(here.conflict(outside), None, "it has not heard yet, and its answer stands");
    assert_eq!(met(here.merge(outside, dear)).conflict, first);
    assert_eq!(here.get::<Priced>().now(outside), Err(first));
}

#[test]
fn a_state_in_conflict_is_known_to_be_wherever_it_arrives() {
    let replica = Replica::<Prices>::open();
    replica.merge(Outside::here(), BTreeMap::from([(7, Flat::Conflict)])).unwrap_err();
    assert_eq!(replica.conflict(Outside::here()), replica.query(Outside::here()).conflict());
    assert!(replica.conflict(Outside::here()).is_some());
}

#[test]
fn refused_bytes_change_nothing() {
    let replica = Replica::<Prices>::open();
    replica.merge(Outside::here(), price(1, 10)).unwrap();
    let bytes = BTreeMap::from([(2_u8, Flat::Value(20_u8)), (3, Flat::Value(30))]).to_bytes();
    for cut in 0..bytes.len() {
        let refused = replica.merge_bytes(Outside::here(), &bytes[..cut]);
        assert!(matches!(refused, Err(MergeError::Refused(_))), "cut at {cut}: {refused:?}");
    }
    assert_eq!(*replica.query(Outside::here()), price(1, 10));
    let endless = [0xff; 10];
    assert!(matches!(replica.merge_bytes(Outside::here(), &endless), Err(MergeError::Refused(_))));
}

#[test]
fn a_snapshot_stays_as_it_was() {
    let replica = Replica::<Prices>::open();
    let before = replica.query(Outside::here());
    replica.merge(Outside::here(), price(1, 10)).unwrap();
    assert!(before.is_empty());
    assert_eq!(*replica.query(Outside::here()), price(1, 10));
}

#[test]
fn nothing_new_copies_nothing_while_a_snapshot_is_held() {
    let replica = Replica::<Prices>::open();
    replica.merge(Outside::here(), price(1, 10)).unwrap();
    let snapshot = replica.query(Outside::here());
    replica.merge(Outside::here(), price(1, 10)).unwrap();
    assert!(Arc::ptr_eq(&snapshot, &replica.query(Outside::here())));
}

#[test]
fn a_threshold_is_judged_on_the_joined_state() {
    let replica = Replica::<Prices>::open();
    assert_eq!(replica.get::<Priced>().now(Outside::here()), Ok(None));
    replica.merge(Outside::here(), price(7, 30)).unwrap();
    replica.merge(Outside::here(), price(8, 31)).unwrap();
    assert_eq!(
        replica.get::<Priced>().now(Outside::here()),
        Ok(Some(Priced(30))),
        "the last delta says nothing of item 7"
    );
}

#[test]
fn a_waiting_get_wakes_on_the_merge_that_reaches_it() {
    let replica = Replica::<Prices>::open();
    let wakes = Arc::new(CountWakes::default());
    let waker = Waker::from(Arc::clone(&wakes));
    let mut context = Context::from_waker(&waker);
    let mut get = pin!(replica.get::<Priced>());

    assert!(get.as_mut().poll(&mut context).is_pending());
    assert!(get.as_mut().poll(&mut context).is_pending(), "polled twice, registered once");
    replica.merge(Outside::here(), BTreeMap::new()).unwrap();
    assert_eq!(wakes.0.load(Ordering::Relaxed), 0, "nothing grew");
    replica.merge(Outside::here(), price(7, 30)).unwrap();
    assert_eq!(wakes.0.load(Ordering::Relaxed), 1);
    assert_eq!(get.as_mut().poll(&mut context), Poll::Ready(Ok(Priced(30))));
}

#[test]
fn a_waiting_get_wakes_on_a_conflict() {
    let replica = Replica::<Prices>::open();
    let waker = Waker::from(Arc::new(CountWakes::default()));
    let mut context = Context::from_waker(&waker);
    let mut get = pin!(replica.get::<Priced>());
    assert!(get.as_mut().poll(&mut context).is_pending());
    replica.merge(Outside::here(), price(1, 10)).unwrap();
    let conflict = met(replica.merge(Outside::here(), price(1, 11))).conflict;
    assert_eq!(get.as_mut().poll(&mut context), Poll::Ready(Err(conflict)));
}

#[test]
fn a_dropped_get_leaves_no_waiter() {
    let replica = Replica::<Prices>::open();
    let wakes = Arc::new(CountWakes::default());
    let waker = Waker::from(Arc::clone(&wakes));
    {
        let mut get = pin!(replica.get::<Priced>());
        assert!(get.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        assert_eq!(Arc::strong_count(&wakes), 3, "one held here, one in the waker, one registered");
    }
    assert_eq!(Arc::strong_count(&wakes), 2);
    replica.merge(Outside::here(), price(7, 30)).unwrap();
    assert_eq!(wakes.0.load(Ordering::Relaxed), 0);
}

thread_local! {
    static MERGED_MEANWHILE: RefCell<Option<Arc<Replica<Prices>>>> = const { RefCell::new(None) };
}

/// [`Priced`], but the merge that decides comes just after the snapshot was found wanting.
#[derive(Debug, PartialEq)]
struct PricedJustAfter(u8);

impl Threshold for PricedJustAfter {
    type On = Prices;
    const NAME: &'static str = "PricedJustAfter";
}

impl<W: ?Sized> Reached<Prices, W> for PricedJustAfter {
    fn reached(observer: &Prices, watch: &mut W) -> Option<Self> {
        let reached = Priced::reached(observer, watch).map(|Priced(price)| Self(price));
        if let Some(replica) = MERGED_MEANWHILE.take() {
            replica.merge(Outside::here(), price(7, 30)).unwrap();
        }
        reached
    }
}

#[test]
fn a_merge_between_the_look_and_the_registration_is_not_missed() {
    let replica = Arc::new(Replica::<Prices>::open());
    MERGED_MEANWHILE.set(Some(Arc::clone(&replica)));
    let mut get = pin!(replica.get::<PricedJustAfter>());
    let polled = get.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert_eq!(polled, Poll::Ready(Ok(PricedJustAfter(30))));
}

/// ```text
///   reader                merger
///   ──────                ──────
///   barrier               barrier
///   get().wait()          merge
///         ◀──── woken, or the state is seen at registration: never neither
/// ```
#[test]
fn a_blocking_get_never_misses_a_merge() {
    for _ in 0..500 {
        let replica = Replica::<Prices>::open();
        let barrier = Barrier::new(2);
        thread::scope(|scope| {
            let reader = scope.spawn(|| {
                barrier.wait();
                replica.get::<Priced>().wait()
            });
            barrier.wait();
            replica.merge(Outside::here(), price(1, 1)).unwrap();
            replica.merge(Outside::here(), price(7, 30)).unwrap();
            assert_eq!(reader.join().unwrap(), Ok(Priced(30)));
        });
    }
}

/// A waker that uses the very replica that wakes it.
struct Reenter(Arc<Replica<Prices>>);

impl Wake for Reenter {
    fn wake(self: Arc<Self>) {
        self.0.merge(Outside::here(), price(9, 9)).unwrap();
        self.0.update(Outside::here(), |_, _| price(8, 8)).unwrap();
    }
}

#[test]
fn a_waker_may_use_the_replica() {
    let writes: [fn(&Replica<Prices>); 2] = [
        |replica| drop(replica.merge(Outside::here(), price(7, 30)).unwrap()),
        |replica| drop(replica.update(Outside::here(), |_, _| price(7, 30)).unwrap()),
    ];
    for write in writes {
        let replica = Arc::new(Replica::<Prices>::open());
        let waker = Waker::from(Arc::new(Reenter(Arc::clone(&replica))));
        let mut get = pin!(replica.get::<Priced>());
        assert!(get.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        write(&replica);
        assert_eq!(replica.query(Outside::here()).len(), 3);
    }
}

/// A value whose comparison may panic, and with it the join of two.
#[derive(Clone, Debug, Eq)]
struct Fragile(u8);

impl PartialEq for Fragile {
    fn eq(&self, other: &Self) -> bool {
        assert_ne!(other.0, 13, "the user's own");
        self.0 == other.0
    }
}

impl Codec for Fragile {
    fn encode(&self, out: &mut Vec<u8>) {
        self.0.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        u8::decode(input).map(Self)
    }

    fn describe(out: &mut Description) {
        out.is("Fragile");
    }
}

/// An outcome that is never reached.
#[derive(Debug)]
struct Never;

impl Threshold for Never {
    type On = Flat<Fragile>;
    const NAME: &'static str = "Never";
}

impl<W: ?Sized> Reached<Flat<Fragile>, W> for Never {
    fn reached(_: &Flat<Fragile>, _: &mut W) -> Option<Self> {
        None
    }
}

#[test]
fn a_join_that_panics_leaves_the_old_state_and_wakes_who_waits_to_look_again() {
    let replica = Replica::<Flat<Fragile>>::open();
    replica.merge(Outside::here(), Flat::Value(Fragile(1))).unwrap();
    let wakes = Arc::new(CountWakes::default());
    let waker = Waker::from(Arc::clone(&wakes));
    let mut get = pin!(replica.get::<Never>());
    assert!(get.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());

    let panicked = |code: &mut dyn FnMut()| catch_unwind(AssertUnwindSafe(code)).is_err();
    assert!(panicked(&mut || drop(replica.merge(Outside::here(), Flat::Value(Fragile(13))))));
    assert_eq!(wakes.0.load(Ordering::Relaxed), 1, "some of it may have been joined");
    assert!(get.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
    replica.merge(Outside::here(), Flat::Value(Fragile(1))).unwrap();
}

#[test]
fn a_replica_is_shared_between_threads() {
    fn assert_shareable<T: Send + Sync>() {}
    assert_shareable::<Replica<Prices>>();
}

#[test]
fn a_run_that_waits_for_a_merge_from_outside_names_the_read() {
    let replica = Replica::<Prices>::open();
    let line = line!() + 1;
    let error = par::run(async |_| replica.get::<Priced>().await).unwrap_err();
    let RunError::Blocked(blocked) = &error else { panic!("{error}") };
    let [waiting] = blocked.waiters() else { panic!("{error}") };
    assert_eq!((waiting.threshold.as_str(), waiting.at.line()), ("Priced", line));
    let lack = "the replica has not reached Priced; what is merged from outside of the run does not count";
    assert_eq!(waiting.lacks, [lack]);
}

#[test]
fn a_task_is_woken_by_what_another_task_writes_into_the_replica() {
    for round in 0..100 {
        let replica = Replica::<Prices>::open();
        let priced = par::run_quasi(async |p, quasi| {
            let waits = p.spawn(async { replica.get::<Priced>().await });
            let replica = &replica;
            p.fork(move |_| drop(replica.update(quasi, |_, _| price(7, 30))));
            waits.await
        });
        assert_eq!(priced, Ok(Ok(Priced(30))), "round {round}");
    }
}

#[test]
fn a_conflict_of_a_replica_is_the_error_of_the_run_that_met_it() {
    let replica = &Replica::<Prices>::open();
    // Whoever reads it first may be answered, or hear of the conflict.
    let swallowed = par::run_quasi(async |p, quasi| {
        p.fork(move |_| drop(replica.merge(quasi, price(7, 30))));
        p.fork(move |_| drop(replica.merge(quasi, price(7, 31))));
        drop(replica.get::<Priced>().await);
    });
    let Err(RunError::Put(PutError::Conflict(met))) = swallowed else { panic!("{swallowed:?}") };
    assert_eq!(Some(met.clone()), replica.conflict(Outside::here()));
    let read = par::run(async |_| drop(replica.get::<Priced>().await));
    assert_eq!(read, Err(RunError::Put(PutError::Conflict(met))));
}

#[test]
fn a_task_of_a_run_never_blocks_on_a_replica() {
    let replica = Replica::<Prices>::open();
    replica.update(Outside::here(), |_, _| price(7, 30)).unwrap();
    let answer = par::run(async |_| replica.get::<Priced>().wait());
    assert_eq!(answer, Ok(Err(GetError::OnWorker)), "though it need not block");
}

#[test]
fn a_wait_that_is_given_up_says_what_was_lacking() {
    let replica = Replica::<Prices>::open();
    let timed_out = replica.get::<Priced>().wait_timeout(Duration::ZERO, Outside::here()).unwrap_err();
    assert_eq!(timed_out.lacks, ["the replica has not reached Priced"]);
    replica.update(Outside::here(), |_, _| price(7, 30)).unwrap();
    assert_eq!(replica.get::<Priced>().wait_timeout(Duration::MAX, Outside::here()), Ok(Ok(Priced(30))));
}

/// What is counted by bumps, on an LVar and on a replica alike.
fn count_to_ten<C: Bump<By = u64>>(counter: &C, also: impl Fn(C::News)) {
    (0..=4).for_each(|by| also(counter.bump(by).unwrap()));
}

#[test]
fn lvars_and_replicas_of_counters_are_bumped_by_one_trait() {
    let (shared, berlin, lisbon) =
        (LVar::<GCounter>::new(), Replica::<GCounter>::open(), Replica::<GCounter>::open());
    count_to_ten(&shared, |()| ());
    let outside = Outside::here();
    // Twice, as a network may do it: what is shipped is the count, and not the bump.
    count_to_ten(&berlin, |news| {
        let delta = news.into_delta(outside);
        delta.iter().chain(&delta).for_each(|delta| drop(lisbon.merge(outside, delta.clone()).unwrap()));
    });
    count_to_ten(&lisbon, drop);
    assert_eq!(shared.into_value().unwrap().value(), 10);
    assert_eq!((berlin.query(outside).value(), lisbon.query(outside).value()), (10, 20));
}

#[test]
fn a_bump_that_a_replica_cannot_count_changes_nothing_and_says_so() {
    let replica = Replica::<PnCounter>::open();
    let delta_of = |by| replica.bump(by).map(|news| news.into_delta(Outside::here()));
    assert_eq!(delta_of(0), Ok(None));
    assert!(delta_of(i64::MIN).unwrap().is_some() && delta_of(i64::MIN + 1).unwrap().is_some());
    let full = replica.query(Outside::here());
    assert_eq!(delta_of(-1), Err(PutError::Overflow { path: String::new() }));
    assert_eq!(*replica.query(Outside::here()), *full);
}
