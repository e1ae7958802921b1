//! What LVars promise whatever the schedule, each promise by its name.
//!
//! The products here are tuples, and the threshold sets are written by hand: what the derives make is tested with the facade.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::{self, Debug},
    future::Future,
    hint,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{
        Arc, Barrier,
        atomic::{AtomicUsize, Ordering::Relaxed},
        mpsc,
    },
    task::{Context, Poll, Wake, Waker},
    thread,
    time::Duration,
};

use both::{Both, Flags};
use lattice_core::{Any, Bottom, DenseMap, DenseSet, Flat, GCounter, Lattice, Max, Min, PnCounter};
use lvar_runtime::{Bump, GetError, LVar, LVarType, LockedLVar, Outside, Put, PutError};

#[derive(Default)]
struct Calls(AtomicUsize);

impl Calls {
    fn count(&self) -> usize {
        self.0.load(Relaxed)
    }
}

impl Wake for Calls {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Relaxed);
    }
}

fn poll<F: Future + Unpin>(read: &mut F, calls: &Arc<Calls>) -> Poll<F::Output> {
    Pin::new(read).poll(&mut Context::from_waker(&Waker::from(Arc::clone(calls))))
}

mod both {
    //! A threshold set. In a module of its own, because `AtLeast` has a method of the same name as `LVarType`.

    use lattice_core::{
        Any,
        threshold::{AtLeast, Field, Project, Reached, Threshold},
    };

    /// Two flags, of which a read waits for both: `#[when(0 >= true, 1 >= true)]`.
    #[derive(Debug, PartialEq)]
    pub(crate) struct Both;

    pub(crate) type Flags = (Any, Any);

    impl Threshold for Both {
        type On = Flags;
        const NAME: &'static str = "Both";
    }

    impl<O, A, B, W> Reached<O, W> for Both
    where
        O: Project<Field<0>, Target = A> + Project<Field<1>, Target = B>,
        A: AtLeast<Any, W>,
        B: AtLeast<Any, W>,
    {
        fn reached(observer: &O, watch: &mut W) -> Option<Self> {
            let first = Project::<Field<0>>::project(observer);
            let second = Project::<Field<1>>::project(observer);
            (first.at_least(&true, watch) && second.at_least(&true, watch)).then_some(Self)
        }
    }
}

#[test]
fn thresholds_are_judged_on_the_joined_state() {
    let lvar = LVar::<Flags>::new();
    let calls = Arc::new(Calls::default());
    let mut read = lvar.get::<Both>();
    assert!(poll(&mut read, &calls).is_pending());
    lvar.put((Any(false), Any(true))).unwrap();
    assert!(poll(&mut read, &calls).is_pending());
    lvar.put((Any(true), Any(false))).unwrap();
    assert_eq!(poll(&mut read, &calls), Poll::Ready(Ok(Both)));
    assert_eq!(calls.count(), 1, "no delta was true, but their join is");
}

#[test]
fn a_waiting_read_says_why() {
    let lvar = LVar::<Flags>::new();
    assert_eq!(lvar.get::<Both>().why(Outside::here()), ["0: false, waiting for true"]);
    lvar.0.put(true).unwrap();
    assert_eq!(lvar.get::<Both>().why(Outside::here()), ["1: false, waiting for true"]);
    lvar.1.put(true).unwrap();
    assert_eq!(lvar.get::<Both>().why(Outside::here()), [""; 0]);

    let lines = LVar::<(BTreeMap<&str, Flat<u8>>, Max<i32>)>::new();
    assert_eq!(
        lines.0.key(&"book").at_least(2).why(Outside::here()),
        [r#"0["book"]: absent, waiting for the key"#]
    );
    lines.0.key(&"book").put(3).unwrap();
    assert_eq!(lines.0.key(&"book").at_least(2).why(Outside::here()), [r#"0["book"]: 3, waiting for 2"#]);
    assert_eq!(
        lines.1.at_least(5).why(Outside::here()),
        ["1: -2147483648, waiting for at least 5 (2147483653 more)"]
    );
}

#[test]
fn a_conflict_is_sticky_and_names_path_and_values() {
    let lvar = LVar::<HashMap<String, Flat<u32>>>::new();
    lvar.key("book").put(2).unwrap();
    let refused = lvar.key("book").put(3).unwrap_err();
    let expected = r#"conflict at ["book"]: 2 and 3 cannot both be true"#;
    assert!(refused.to_string().starts_with(expected), "{refused}");

    for put in [2, 3, 4] {
        assert_eq!(lvar.key("book").put(put), Err(refused.clone()), "whatever is put later");
    }
    let Err(GetError::Conflict(conflict)) = lvar.key("book").at_least(2).wait() else {
        panic!("a read of a conflict has no answer")
    };
    assert_eq!(conflict.to_string(), expected);
    assert_eq!(lvar.freeze(Outside::here()), Err(conflict.clone()));
    assert_eq!(lvar.into_value(), Err(conflict));
}

#[test]
fn a_conflict_ends_the_reads_that_wait() {
    let lvar = LVar::<Flat<u8>>::new();
    lvar.put(1).unwrap();
    let calls = Arc::new(Calls::default());
    let mut read = lvar.at_least(2);
    assert!(poll(&mut read, &calls).is_pending());
    lvar.put(2).unwrap_err();
    assert_eq!(calls.count(), 1);
    assert!(matches!(poll(&mut read, &calls), Poll::Ready(Err(GetError::Conflict(_)))));
}

fn frozen_at<L>(value: L, no_news: L, news: L)
where
    L: lvar_runtime::HasLVar<LVar: Put> + Clone + Debug + PartialEq,
{
    let lvar = LVar::<L>::new();
    lvar.put(value.clone()).unwrap();
    assert_eq!(lvar.freeze(Outside::here()).as_ref(), Ok(&value));
    assert_eq!(lvar.put(no_news), Ok(()), "a put that changes nothing is legal");
    let refused = lvar.put(news).unwrap_err();
    assert!(matches!(refused, PutError::Frozen { .. }), "{refused}");
    assert_eq!(lvar.freeze(Outside::here()).as_ref(), Ok(&value), "frozen twice, with the same value");
    assert_eq!(lvar.into_value(), Ok(value));
}

#[test]
fn a_put_after_a_freeze_is_refused_iff_it_would_change_the_value() {
    frozen_at(Max(5_u64), Max(4), Max(6));
    frozen_at(Max(-5_i8), Max(-6), Max(-4));
    frozen_at(Max('m'), Max('a'), Max('z'));
    frozen_at(Min(5_u16), Min(6), Min(4));
    frozen_at(Max("m".to_owned()), Max("a".to_owned()), Max("z".to_owned()));
    frozen_at(Any(false), Any(false), Any(true));
    frozen_at(Flat::Value(5), Flat::Value(5), Flat::Value(6));
    frozen_at(Flat::Bottom, Flat::Bottom, Flat::Value(6));
    frozen_at(Some(Max(1)), None, Some(Max(2)));
    frozen_at(BTreeSet::from([1, 2]), BTreeSet::from([2]), BTreeSet::from([2, 3]));
    frozen_at(DenseSet::from([1_u8, 200]), DenseSet::from([200]), DenseSet::from([2]));
    frozen_at(
        DenseMap::from([(3_u8, Max(5))]),
        DenseMap::from([(3, Max(4)), (9, Max(0_u8))]),
        DenseMap::from([(9, Max(1))]),
    );
    let map = |entries: &[(u8, u8)]| -> BTreeMap<u8, Max<u8>> {
        entries.iter().map(|(key, value)| (*key, Max(*value))).collect()
    };
    frozen_at(map(&[(1, 5)]), map(&[(1, 4)]), map(&[(1, 6)]));
    frozen_at(map(&[(1, 5)]), map(&[]), map(&[(2, 0)]));
    frozen_at((Max(1_u8), Any(true)), (Max(0), Any(true)), (Max(2), Any(false)));
}

#[test]
fn a_freeze_ends_the_reads_that_it_makes_hopeless() {
    let lvar = LVar::<(Max<u8>, BTreeMap<u8, Any>)>::new();
    lvar.0.put(3).unwrap();
    let calls = Arc::new(Calls::default());
    let mut low = lvar.0.at_least(4);
    let mut absent = lvar.1.key(&7).at_least(true);
    assert!(poll(&mut low, &calls).is_pending());
    assert!(poll(&mut absent, &calls).is_pending());
    lvar.freeze(Outside::here()).unwrap();
    assert_eq!(calls.count(), 2);
    let frozen = |line: &str| Poll::Ready(Err(GetError::Frozen { lacks: vec![line.to_owned()] }));
    assert_eq!(poll(&mut low, &calls), frozen("0: 3 (frozen), waiting for at least 4 (1 more)"));
    assert_eq!(poll(&mut absent, &calls), frozen("1[7]: absent (frozen), waiting for the key"));
    lvar.0.at_least(3).wait().unwrap();
}

/// ```text
///   writer      writer      freezer
///   ──────      ──────      ───────
///   meet ────── meet ────── meet
///   insert(1)   insert(2)   freeze      and on to the next LVar
/// ```
#[test]
fn a_freeze_against_two_racing_inserts_is_the_whole_set_or_an_error() {
    // Most of a debug build's time would be its checks.
    let n_rounds = if cfg!(debug_assertions) { 2_000 } else { 100_000 };
    let lvars: Vec<_> = (0..n_rounds).map(|_| LVar::<BTreeSet<u8>>::new()).collect();
    let n_there = AtomicUsize::new(0);
    let meet = |round: usize| {
        n_there.fetch_add(1, Relaxed);
        let mut n_looks = 0;
        while n_there.load(Relaxed) < 3 * (round + 1) {
            n_looks += 1;
            if n_looks % 64 == 0 { thread::yield_now() } else { hint::spin_loop() }
        }
    };
    let (lvars, meet) = (&lvars, &meet);
    let each = |(round, lvar)| {
        meet(round);
        lvar
    };
    let (frozen, put) = thread::scope(|scope| {
        let writers = [1, 2].map(|element| {
            let insert = move |lvar: &LVar<BTreeSet<u8>>| lvar.insert(element);
            scope.spawn(move || lvars.iter().enumerate().map(each).map(insert).collect::<Vec<_>>())
        });
        let frozen = lvars.iter().enumerate().map(each).map(|lvar| lvar.freeze(Outside::here()).unwrap());
        (frozen.collect::<Vec<_>>(), writers.map(|writer| writer.join().unwrap()))
    });
    let mut n_refused = 0;
    for (round, (lvar, frozen)) in lvars.iter().zip(frozen).enumerate() {
        for (element, put) in [1, 2].into_iter().zip(&put) {
            let put = &put[round];
            assert_eq!(frozen.contains(&element), put.is_ok(), "round {round}: {frozen:?}, {put:?}");
            if put.is_err() {
                n_refused += 1;
            }
        }
        assert_eq!(lvar.freeze(Outside::here()), Ok(frozen), "round {round}: what was refused shows later");
    }
    assert!((1..2 * n_rounds).contains(&n_refused), "{n_refused} of {n_rounds} rounds: nothing has raced");
}

#[test]
fn a_snapshot_holds_what_its_thread_has_put() {
    for round in 0..200 {
        let set = LVar::<BTreeSet<usize>>::new();
        thread::scope(|scope| {
            for writer in 0..4 {
                let set = &set;
                scope.spawn(move || {
                    for element in (0..50).map(|own| own * 4 + writer) {
                        set.insert(element).unwrap();
                        assert!(
                            set.snapshot(Outside::here()).contains(&element),
                            "{element} in round {round}"
                        );
                    }
                });
            }
        });
    }
}

/// Several elements at once, some of them known and some given twice, by three threads; then to a frozen set.
macro_rules! puts_several_at_once {
    ($set:ty) => {
        let (set, calls) = (LVar::<$set>::new(), Arc::new(Calls::default()));
        let mut read = set.at_least([599]);
        assert!(poll(&mut read, &calls).is_pending());
        thread::scope(|scope| {
            for first in [0, 100, 200] {
                let set = &set;
                scope.spawn(move || set.insert_all((first..first + 400).chain([599, 599])).unwrap());
            }
        });
        assert!(calls.count() > 0 && poll(&mut read, &calls).is_ready());
        drop(read);
        let all: $set = (0..600).collect();
        assert_eq!(set.freeze(Outside::here()), Ok(all));
        assert_eq!(set.insert_all([3, 599, 3]), Ok(()));
        let refused = set.insert_all([3, 700, 701]).unwrap_err();
        assert!(refused.to_string().contains("700"), "{refused}");
    };
}

#[test]
fn elements_put_at_once_are_each_put_once() {
    puts_several_at_once!(BTreeSet<u32>);
    puts_several_at_once!(DenseSet<u32>);
}

#[test]
fn a_value_created_twice_at_once_is_one_lvar() {
    for round in 0..200 {
        let lvar = LVar::<HashMap<String, HashMap<u8, GCounter>>>::new();
        let start = Barrier::new(4);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    start.wait();
                    lvar.key("a").or_bottom().unwrap().key(&1).bump(1).unwrap();
                });
            }
        });
        assert_eq!(lvar.freeze(Outside::here()).unwrap()["a"][&1].value(), 4, "round {round}");
    }
}

#[test]
fn a_put_wakes_only_those_whose_key_it_writes() {
    let lvar = LVar::<BTreeMap<u32, Max<u32>>>::new();
    let waiting: Vec<_> = (0..1_000).map(|key| (key, Arc::new(Calls::default()))).collect();
    let mut reads: Vec<_> = waiting.iter().map(|(key, _)| lvar.key(key).at_least(2)).collect();
    for (read, (_, calls)) in reads.iter_mut().zip(&waiting) {
        assert!(poll(read, calls).is_pending());
    }
    for (at, (key, calls)) in waiting.iter().enumerate() {
        lvar.key(key).put(1).unwrap();
        assert_eq!(calls.count(), 1, "woken by its key");
        assert!(poll(&mut reads[at], calls).is_pending(), "which is too low");
        lvar.key(key).put(2).unwrap();
        assert_eq!(calls.count(), 2);
        assert!(poll(&mut reads[at], calls).is_ready());
        assert!(waiting[at + 1..].iter().all(|(_, calls)| calls.count() == 0), "others sleep on");
    }
}

#[test]
fn a_put_wakes_only_those_whose_point_it_reaches() {
    let lvar = LVar::<Max<u32>>::new();
    let calls: Vec<_> = (0..10).map(|_| Arc::new(Calls::default())).collect();
    let mut reads: Vec<_> = (0..10).map(|point| lvar.at_least(point + 1)).collect();
    for (read, calls) in reads.iter_mut().zip(&calls) {
        assert!(poll(read, calls).is_pending());
    }
    lvar.put(4).unwrap();
    let woken: Vec<usize> = calls.iter().map(|calls| calls.count()).collect();
    assert_eq!(woken, [1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
}

#[test]
fn reads_of_absent_keys_create_nothing() {
    let lvar = LVar::<BTreeMap<u8, Flat<u8>>>::new();
    let handle = lvar.key(&1);
    assert!(poll(&mut handle.decided(), &Arc::default()).is_pending());
    assert!(handle.at_least(1).wait_timeout(Duration::ZERO, Outside::here()).is_err());
    assert_eq!(lvar.snapshot_keys(Outside::here()), []);
    assert_eq!(lvar.freeze(Outside::here()), Ok(BTreeMap::new()));
}

#[test]
fn a_read_that_blocks_is_woken_by_another_thread() {
    let lvar = LVar::<(BTreeMap<u8, Flat<String>>, PnCounter)>::new();
    thread::scope(|scope| {
        let price = scope.spawn(|| lvar.0.key(&1).decided().wait().unwrap());
        let sold = scope.spawn(|| lvar.1.decrements.at_least(3).wait());
        lvar.1.bump(-2).unwrap();
        lvar.1.bump(1).unwrap();
        lvar.1.bump(-1).unwrap();
        lvar.0.key(&1).put("30".to_owned()).unwrap();
        assert_eq!(price.join().unwrap(), "30");
        assert_eq!(sold.join().unwrap(), Ok(()));
    });
    assert_eq!(lvar.freeze(Outside::here()).unwrap().1.value(), -2);
}

#[test]
fn a_read_that_times_out_says_so_in_its_type() {
    let lvar = LVar::<Max<u8>>::new();
    let timed_out = lvar.at_least(1).wait_timeout(Duration::ZERO, Outside::here()).unwrap_err();
    assert_eq!(timed_out.lacks, ["0, waiting for at least 1 (1 more)"]);
    lvar.put(1).unwrap();
    assert_eq!(lvar.at_least(1).wait_timeout(Duration::ZERO, Outside::here()), Ok(Ok(())));
    assert_eq!(lvar.at_least(1).wait_timeout(Duration::MAX, Outside::here()), Ok(Ok(())), "an endless time");
}

#[test]
fn a_count_that_does_not_fit_is_an_error_and_is_not_counted() {
    let lvar = LVar::<GCounter>::new();
    lvar.bump((1 << 63) - 2).unwrap();
    assert!(matches!(lvar.bump(2), Err(PutError::Overflow { .. })));
    assert!(matches!(lvar.bump(u64::MAX), Err(PutError::Overflow { .. })));
    lvar.bump(1).unwrap();
    assert_eq!(lvar.freeze(Outside::here()).unwrap().value(), (1 << 63) - 1);
    assert!(matches!(lvar.bump(1), Err(PutError::Frozen { .. })));
    assert_eq!(lvar.bump(0), Ok(()));
}

#[test]
fn a_bump_of_nothing_is_legal_on_a_frozen_counter() {
    let lvar = LVar::<GCounter>::new();
    lvar.bump(3).unwrap();
    assert_eq!(lvar.freeze(Outside::here()).unwrap().value(), 3);
    assert_eq!(lvar.bump(0), Ok(()));
    assert!(matches!(lvar.bump(1), Err(PutError::Frozen { .. })));
    assert_eq!(lvar.into_value().unwrap().value(), 3);
}

#[test]
fn two_counters_add_up_when_their_values_are_joined() {
    let count = || {
        let lvar = LVar::<GCounter>::new();
        lvar.bump(2).unwrap();
        assert_eq!(lvar.freeze(Outside::here()), lvar.freeze(Outside::here()), "one writer for each LVar");
        lvar.into_value().unwrap()
    };
    assert_eq!(count().joined(count()).value(), 4);
}

/// A lattice of the user's whose join may panic.
#[derive(Clone, Debug, PartialEq)]
struct Touchy(u8);

impl Lattice for Touchy {
    fn join(&mut self, other: Self) -> bool {
        let grew = self.0 < other.0;
        self.0 = self.0.max(other.0);
        assert_ne!(self.0, 13, "unlucky");
        grew
    }

    fn lattice_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.0.cmp(&other.0))
    }
}

impl Bottom for Touchy {
    fn bottom() -> Self {
        Self(0)
    }

    fn is_bottom(&self) -> bool {
        self.0 == 0
    }
}

#[test]
fn a_join_that_panics_leaves_the_old_state() {
    let lvar = LockedLVar::<Touchy>::new();
    lvar.put(Touchy(5)).unwrap();
    catch_unwind(AssertUnwindSafe(|| lvar.put(Touchy(13)))).unwrap_err();
    assert_eq!(lvar.snapshot(Outside::here()), Touchy(5));
    lvar.put(Touchy(14)).unwrap();
    assert_eq!(lvar.freeze(Outside::here()), Ok(Touchy(14)));
}

thread_local! {
    static BESIDE: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

/// A key whose `Debug` does something else first.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Busy;

impl Debug for Busy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(beside) = BESIDE.take() {
            beside();
        }
        f.write_str("busy")
    }
}

/// An interner's `Debug` takes a lock, for one; and who holds that lock may put as well.
#[test]
fn a_report_is_written_under_no_lock() {
    let map = Arc::new(LVar::<BTreeMap<Busy, Flat<u8>>>::new());
    map.key(&Busy).put(1).unwrap();
    let (done, is_done) = mpsc::channel();
    BESIDE.set(Some(Box::new({
        let map = Arc::clone(&map);
        move || {
            thread::spawn(move || done.send(map.key(&Busy).put(2).is_err()));
            assert_eq!(
                is_done.recv_timeout(Duration::from_secs(60)),
                Ok(true),
                "the other put must not wait"
            );
        }
    })));
    let refused = map.key(&Busy).put(3).unwrap_err();
    assert!(refused.to_string().starts_with("conflict at [busy]: 1 and 2"), "{refused}");
}

#[test]
fn puts_into_different_keys_are_independent_of_a_conflict() {
    let lvar = LVar::<BTreeMap<u8, Flat<u8>>>::new();
    lvar.key(&1).put(1).unwrap();
    let both = BTreeMap::from([(1, Flat::Value(2)), (2, Flat::Value(2))]);
    assert!(lvar.put(both).is_err());
    assert_eq!(lvar.key(&2).decided().wait(), Ok(2), "the entries after the one that failed are put too");
}

#[test]
fn debug_shows_the_kind_and_the_place_but_no_state() {
    let lvar = LVar::<(Max<u8>, BTreeMap<u8, Flat<u8>>)>::new();
    let before = format!("{lvar:?}");
    lvar.put((Max(3), BTreeMap::from([(1, Flat::Value(2))]))).unwrap();
    assert_eq!(format!("{lvar:?}"), before);
    let value = lvar.1.key(&1).or_bottom().unwrap();
    assert_eq!(format!("{value:?}"), r#"OnceLVar { path: "1[1]", .. }"#);
}

#[test]
fn lvars_and_reads_of_them_may_move_between_threads() {
    fn anywhere<T: Send + Sync>(value: T) -> T {
        value
    }
    let lvar = anywhere(LVar::<(BTreeMap<u8, Flat<u8>>, Max<u8>, BTreeSet<u8>)>::new());
    drop(anywhere(lvar.0.key(&1).decided()));
    drop(anywhere(lvar.1.at_least(1)));
    drop(anywhere(lvar.2.at_least([1])));
}

/// A value whose comparison panics on demand.
#[derive(Clone, PartialEq)]
struct Named(&'static str);

impl Eq for Named {}

impl Debug for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[test]
fn a_value_needs_no_order_and_no_hash_to_be_written_once() {
    let lvar = LVar::<Flat<Named>>::new();
    lvar.put(Named("a")).unwrap();
    let refused = lvar.put(Named("b")).unwrap_err().to_string();
    assert!(refused.starts_with("conflict: a and b cannot both be true"), "{refused}");
}

#[test]
fn a_put_of_several_parts_answers_a_conflict_before_a_freeze() {
    let pair = LVar::<(Flat<u8>, Flat<u8>)>::new();
    pair.0.freeze(Outside::here()).unwrap();
    pair.1.put(1).unwrap();
    let refused = pair.put((Flat::Value(5), Flat::Value(2)));
    assert!(matches!(refused, Err(PutError::Conflict(_))), "{refused:?}");
    assert!(pair.freeze(Outside::here()).is_err(), "the conflict that the put met is the pair's");
}
