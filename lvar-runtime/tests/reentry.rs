//! Code of the user's that an LVar calls may use that LVar, or panic: the next operation, and whoever waits, are none the worse for it.
//!
//! Each test that might hang runs on a thread of its own, against a deadline that only a failure reaches.

use std::{
    cell::RefCell,
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashSet},
    fmt::Debug,
    future::Future,
    hash::{Hash, Hasher},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering::Relaxed},
        mpsc,
    },
    task::{Context, Poll, Wake, Waker},
    thread,
    time::Duration,
};

use lattice_core::{Bottom, DenseMap, DenseSet, Flat, GCounter, Lattice, Max};
use lvar_runtime::{Bump, HasLVar, LVar, LVarType, LockedLVar, Outside, Put, Replica, par};

/// Runs `test` on another thread, and panics as it does, or if it hangs.
fn in_time(test: impl FnOnce() + Send + 'static) {
    let (done, is_done) = mpsc::channel();
    let tested = thread::spawn(move || {
        test();
        _ = done.send(());
    });
    if let Err(mpsc::RecvTimeoutError::Timeout) = is_done.recv_timeout(Duration::from_secs(60)) {
        panic!("it hangs");
    }
    tested.join().expect("it did not panic");
}

fn poll<F: Future + Unpin>(read: &mut F, waker: &Waker) -> Poll<F::Output> {
    Pin::new(read).poll(&mut Context::from_waker(waker))
}

#[derive(Default)]
struct Calls(AtomicUsize);

impl Wake for Calls {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Relaxed);
    }
}

/// A waker that calls a closure.
struct Calling<F>(F);

impl<F: Fn() + Send + Sync> Wake for Calling<F> {
    fn wake(self: Arc<Self>) {
        (self.0)();
    }
}

fn calling(call: impl Fn() + Send + Sync + 'static) -> Waker {
    Waker::from(Arc::new(Calling(call)))
}

thread_local! {
    static BESIDE: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

/// Has the next code of a [`Busy`] value on this thread do something else first.
fn beside(act: impl FnOnce() + 'static) {
    BESIDE.set(Some(Box::new(act)));
}

fn do_what_is_beside() {
    if let Some(act) = BESIDE.take() {
        act();
    }
}

/// A value whose comparison, hash, copy and destructor are code of the user's.
#[derive(Debug)]
struct Busy(u32);

impl PartialEq for Busy {
    fn eq(&self, other: &Self) -> bool {
        do_what_is_beside();
        self.0 == other.0
    }
}

impl Eq for Busy {}

impl PartialOrd for Busy {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Busy {
    fn cmp(&self, other: &Self) -> Ordering {
        do_what_is_beside();
        self.0.cmp(&other.0)
    }
}

impl Hash for Busy {
    fn hash<H: Hasher>(&self, state: &mut H) {
        do_what_is_beside();
        // All alike, so that each is compared with the others.
        state.write_u8(0);
    }
}

impl Clone for Busy {
    fn clone(&self) -> Self {
        do_what_is_beside();
        Self(self.0)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        do_what_is_beside();
    }
}

/// Every kind of code of the user's inserts another element, or the same one.
#[test]
fn elements_may_use_the_set_that_they_go_into() {
    for inner in [1, 2, 3] {
        in_time(move || {
            let set = Arc::new(LVar::<HashSet<Busy>>::new());
            let insert = |n: u32| {
                let set = Arc::clone(&set);
                move || set.insert(Busy(n)).unwrap()
            };
            set.insert(Busy(1)).unwrap();
            // By the hash of what is put; by the comparison with what is there; by the drop of what was there already.
            for outer in [1, 2] {
                beside(insert(inner));
                set.insert(Busy(outer)).unwrap();
            }
            // By the copies that a freeze and a snapshot make, and by those that wait.
            beside(insert(inner));
            assert!(set.snapshot(Outside::here()).len() >= 2);
            let mut read = set.at_least([Busy(9)]);
            beside(insert(9));
            _ = poll(&mut read, Waker::noop());
            assert!(poll(&mut read, Waker::noop()).is_ready());
            beside(|| ());
            let frozen = set.freeze(Outside::here()).unwrap();
            assert!(frozen.contains(&Busy(1)) && frozen.contains(&Busy(9)), "{frozen:?}");
        });
    }
}

#[test]
fn keys_and_values_may_use_the_map_that_they_go_into() {
    in_time(|| {
        let map = Arc::new(LVar::<BTreeMap<Busy, Flat<Busy>>>::new());
        let put = |key: u32| {
            let map = Arc::clone(&map);
            move || map.key(&Busy(key)).put(Busy(7)).unwrap()
        };
        for key in [1, 1, 2, 3] {
            beside(put(key));
            map.key(&Busy(key)).put(Busy(7)).unwrap();
            beside(put(key + 1));
            map.key(&Busy(key)).decided().wait().unwrap();
        }
        beside(put(2));
        assert!(map.key(&Busy(1)).put(Busy(8)).is_err());
        assert!(map.freeze(Outside::here()).is_err(), "one value is in conflict");
    });
}

/// The handler's mark is made under a lock, and to find the key is to compare.
#[test]
fn a_handler_of_a_maps_values_may_find_keys_that_use_the_map() {
    in_time(|| {
        let map = &LVar::<BTreeMap<u32, Max<u32>>>::new();
        let seen = par::run_then_freeze(LVar::<Max<u32>>::new(), async |p, seen| {
            map.on_change(&p.pool(), move |_, key, Max(value)| {
                if *key < 10 { map.key(&(key + 1)).put(value + 1) } else { seen.put(value) }
            });
            map.key(&0).put(1)
        });
        assert_eq!(seen, Ok(Max(11)));
    });
}

thread_local! {
    static NEIGHBOUR: RefCell<Option<Arc<Neighbours>>> = const { RefCell::new(None) };
}

type Neighbours = LVar<DenseMap<u32, FromNeighbour>>;

/// A lattice whose bottom is made of what stands beside it.
#[derive(Clone, Debug, PartialEq)]
struct FromNeighbour(u32);

impl Lattice for FromNeighbour {
    fn join(&mut self, other: Self) -> bool {
        let grew = self.0 < other.0;
        self.0 = self.0.max(other.0);
        grew
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.0.cmp(&other.0))
    }
}

impl Bottom for FromNeighbour {
    fn bottom() -> Self {
        if let Some(map) = NEIGHBOUR.take() {
            map.key(0).put(Self(1)).unwrap();
        }
        Self(0)
    }

    fn is_bottom(&self) -> bool {
        self.0 == 0
    }
}

impl HasLVar for FromNeighbour {
    type LVar = LockedLVar<Self>;
}

#[test]
fn a_bottom_may_use_the_dense_map_that_it_is_made_for() {
    for key in [0, 3, 100] {
        in_time(move || {
            let map = Arc::new(Neighbours::new());
            NEIGHBOUR.set(Some(Arc::clone(&map)));
            map.key(key).put(FromNeighbour(2)).unwrap();
            NEIGHBOUR.set(Some(Arc::clone(&map)));
            let frozen = map.freeze(Outside::here()).unwrap();
            assert_eq!(frozen.get(0), Some(&FromNeighbour(if key == 0 { 2 } else { 1 })));
            assert!(map.key(5_000).put(FromNeighbour(1)).is_err(), "made after the freeze, and frozen");
        });
    }
}

/// A value whose comparison parks, which takes the token that was meant for the read.
#[derive(Clone, Debug, PartialEq)]
struct Parks(u32);

impl Lattice for Parks {
    fn join(&mut self, other: Self) -> bool {
        let grew = self.0 < other.0;
        self.0 = self.0.max(other.0);
        grew
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        do_what_is_beside();
        thread::park_timeout(Duration::ZERO);
        Some(self.0.cmp(&other.0))
    }
}

impl Bottom for Parks {
    fn bottom() -> Self {
        Self(0)
    }

    fn is_bottom(&self) -> bool {
        self.0 == 0
    }
}

/// ```text
///   reader                              putter
///   ──────                              ──────
///   look: below; register
///   look again, at the old value
///     its comparison runs ───────────▶  put, wake: the reader's token is there
///     it parks, and takes the token
///   pending: park, though it was woken
/// ```
#[test]
fn a_blocked_read_is_woken_although_a_comparison_took_its_token() {
    in_time(|| {
        let lvar = Arc::new(LockedLVar::<Parks>::new());
        let putter = Arc::clone(&lvar);
        let put = move || thread::spawn(move || putter.put(Parks(5)).unwrap()).join().unwrap();
        // The first comparison is that of the first look, the second comes before the read registers, and the third after that.
        beside(|| beside(|| beside(put)));
        lvar.at_least(Parks(5)).wait().unwrap();
    });
}

/// Three reads, of which the second has a waker that panics when `act` wakes them: the others are woken, and the panic is the caller's.
fn assert_all_are_woken<F: Future + Unpin>(reads: [F; 3], act: impl FnOnce()) {
    let calls = Arc::new(Calls::default());
    let wakers =
        [Waker::from(Arc::clone(&calls)), calling(|| panic!("a waker")), Waker::from(Arc::clone(&calls))];
    let mut reads = reads;
    for (read, waker) in reads.iter_mut().zip(&wakers) {
        assert!(poll(read, waker).is_pending());
    }
    catch_unwind(AssertUnwindSafe(act)).expect_err("the panic of a waker is not swallowed");
    assert_eq!(calls.0.load(Relaxed), 2, "the others");
    assert!(reads.iter_mut().all(|read| poll(read, Waker::noop()).is_ready()));
}

#[test]
fn a_waker_that_panics_keeps_no_wake_from_the_others() {
    let word = LVar::<Max<u32>>::new();
    assert_all_are_woken([1, 1, 2].map(|least| word.at_least(least)), || word.put(2).unwrap());
    let once = LVar::<Flat<u8>>::new();
    assert_all_are_woken([(); 3].map(|()| once.decided()), || once.put(1).unwrap());
    let locked = LVar::<Max<String>>::new();
    assert_all_are_woken([(); 3].map(|()| locked.at_least("a".to_owned())), || {
        locked.put("b".to_owned()).unwrap()
    });
    let counter = LVar::<GCounter>::new();
    assert_all_are_woken([1, 2, 2].map(|least| counter.at_least(least)), || counter.bump(2).unwrap());
    let set = LVar::<BTreeSet<u32>>::new();
    assert_all_are_woken([(); 3].map(|()| set.at_least([1])), || set.insert(1).unwrap());
    let dense = LVar::<DenseSet<u32>>::new();
    assert_all_are_woken([(); 3].map(|()| dense.at_least([1])), || dense.insert(1).unwrap());
    let replica = Replica::<BTreeSet<u32>>::open();
    assert_all_are_woken([(); 3].map(|()| replica.at_least([1])), || {
        drop(replica.merge(Outside::here(), [1].into()))
    });
}

/// In several shards, and several blocks.
#[test]
fn a_waker_that_panics_does_not_end_a_freeze_halfway() {
    let set = LVar::<BTreeSet<u32>>::new();
    (0..2_000).for_each(|n| set.insert(n).unwrap());
    assert_all_are_woken([5_000, 5_001, 5_002].map(|n| set.at_least([n])), || {
        drop(set.freeze(Outside::here()))
    });
    let dense = LVar::<DenseSet<u32>>::new();
    assert_all_are_woken([5_000, 9_001, 20_002].map(|n| dense.at_least([n])), || {
        drop(dense.freeze(Outside::here()))
    });
}

/// The waker's panic is the putter's; the handler is told first.
#[test]
fn a_waker_that_panics_keeps_no_growth_from_handlers() {
    let (set, word) = (LVar::<BTreeSet<u32>>::new(), LVar::<Max<u32>>::new());
    let wakers = Mutex::new(Vec::new());
    let seen = par::run_then_freeze(LVar::<BTreeSet<u32>>::new(), async |p, seen| {
        use lvar_runtime::{lvar::OnChange, par::ForEach};
        let pool = p.pool();
        set.for_each(&pool, move |_, n| seen.insert(*n));
        word.on_change(&pool, move |_, Max(n)| seen.insert(n));
        pool.quiesce().await;
        let (set, word, wakers) = (&set, &word, &wakers);
        p.fork(move |_| {
            let (mut entry, mut value) = (set.at_least([7]), word.at_least(9));
            let waker = calling(|| panic!("a waker"));
            assert!(poll(&mut entry, &waker).is_pending() && poll(&mut value, &waker).is_pending());
            wakers.lock().unwrap().push(waker);
            catch_unwind(AssertUnwindSafe(|| set.insert(7))).expect_err("a waker");
            catch_unwind(AssertUnwindSafe(|| word.put(9))).expect_err("a waker");
        });
    });
    assert_eq!(seen, Ok(BTreeSet::from([7, 9])));
}

#[test]
fn a_waker_may_use_its_lvar() {
    in_time(|| {
        let word = Arc::new(LVar::<Max<u32>>::new());
        let set = Arc::new(LVar::<BTreeSet<u32>>::new());
        let (word_too, set_too) = (Arc::clone(&word), Arc::clone(&set));
        let waker = calling(move || {
            word_too.put(9).unwrap();
            set_too.insert(2).unwrap();
            word_too.at_least(9).wait().unwrap();
            set_too.freeze(Outside::here()).unwrap();
        });
        let (mut read, mut other) = (word.at_least(1), set.at_least([1]));
        assert!(poll(&mut read, &waker).is_pending() && poll(&mut other, &waker).is_pending());
        word.put(1).unwrap();
        assert_eq!(word.snapshot(Outside::here()), Max(9));
        assert!(set.insert(1).is_err(), "frozen");
        assert!(poll(&mut read, Waker::noop()).is_ready());
        assert!(matches!(poll(&mut other, Waker::noop()), Poll::Ready(Err(_))), "frozen without it");
    });
}

/// A read that is dropped by the waker that it wakes.
#[test]
fn a_waker_may_drop_its_read() {
    fn held<R: Send + 'static>(read: R) -> (Arc<Mutex<Option<R>>>, Waker) {
        let held = Arc::new(Mutex::new(Some(read)));
        let too = Arc::clone(&held);
        (held, calling(move || drop(too.lock().unwrap().take())))
    }
    in_time(|| {
        static WORD: LazyLock<LVar<Max<u32>>> = LazyLock::new(LVarType::new);
        static FLAT: LazyLock<LVar<Flat<u32>>> = LazyLock::new(LVarType::new);
        let (word, flat) = (&*WORD, &*FLAT);
        let (read, waker) = held(word.at_least(1));
        assert!(poll(read.lock().unwrap().as_mut().unwrap(), &waker).is_pending());
        word.put(1).unwrap();
        assert!(read.lock().unwrap().is_none());
        let (read, waker) = held(flat.decided());
        assert!(poll(read.lock().unwrap().as_mut().unwrap(), &waker).is_pending());
        flat.put(1).unwrap();
        assert!(read.lock().unwrap().is_none());
    });
}

/// A panic of the user's hash or comparison leaves set and map as they were.
#[test]
fn an_element_that_panics_is_not_in_and_blocks_nobody() {
    in_time(|| {
        let set = LVar::<HashSet<Busy>>::new();
        set.insert(Busy(1)).unwrap();
        for _ in 0..2 {
            // First the hash, which comes before everything else; then the comparison behind it.
            beside(|| panic!("hash"));
            catch_unwind(AssertUnwindSafe(|| set.insert(Busy(2)))).expect_err("the hash panics");
            beside(|| beside(|| panic!("comparison")));
            catch_unwind(AssertUnwindSafe(|| set.insert(Busy(2)))).expect_err("the comparison panics");
        }
        assert_eq!(set.snapshot(Outside::here()).len(), 1);
        set.insert(Busy(2)).unwrap();
        assert_eq!(set.freeze(Outside::here()).unwrap().len(), 2);
    });
}
