//! The oracle: an LVar that is one value under one lock, so simple that it is right, and random programs on which the real LVars must
//! answer as it does.
//!
//! * One thread: each put and each freeze answers the same, in the same words of success, conflict or refusal.
//! * Several threads and a freeze: what was accepted is in the frozen value, what was refused is not, and nothing else is.
//! * Several threads and reads: a read is answered iff the join of all puts is at its element, and it was woken if it had waited; of a
//!   conflict every later read, put and freeze is told.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fmt::Debug,
    pin::Pin,
    sync::{
        Arc, Barrier, Mutex,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::{Context, Poll, Wake, Waker},
    thread,
};

use lattice_core::{
    All, Any, Bottom, Conflict, DenseMap, DenseSet, Finite, Flat, Grow, Lattice, Lex, Max, Min, Prefix, Total,
};

use crate::{
    GetError, HasLVar, LVarType, Outside, Put, PutError,
    kinds::{FiniteLVar, WordMapLVar},
};

/// How an operation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    Conflict,
    Frozen,
}

fn outcome(result: &Result<(), PutError>) -> Outcome {
    match result {
        Ok(()) => Outcome::Done,
        Err(PutError::Conflict(_)) => Outcome::Conflict,
        Err(_) => Outcome::Frozen,
    }
}

/// The obviously right LVar.
struct Oracle<L> {
    state: Mutex<(L, bool)>,
}

impl<L: Bottom + Clone> Oracle<L> {
    fn new() -> Self {
        Self { state: Mutex::new((L::bottom(), false)) }
    }

    fn put(&self, value: &L) -> Outcome {
        let mut state = self.state.lock().unwrap();
        let (old, is_frozen) = state.clone();
        if old.conflict().is_some() {
            return Outcome::Conflict;
        }
        let new = old.clone().joined(value.clone());
        if is_frozen {
            return if new.leq(&old) { Outcome::Done } else { Outcome::Frozen };
        }
        state.0 = new;
        if state.0.conflict().is_some() { Outcome::Conflict } else { Outcome::Done }
    }

    fn freeze(&self) -> Option<L> {
        let mut state = self.state.lock().unwrap();
        state.1 = true;
        if state.0.conflict().is_some() { None } else { Some(state.0.clone()) }
    }
}

/// Random numbers that a seed determines (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ bits >> 31) % n
    }
}

/// A lattice whose programs are drawn at random, from few values, so that they meet.
trait Drawn: HasLVar<LVar: Put> + Bottom + Clone + PartialEq + Debug + Send + Sync + 'static {
    fn draw(random: &mut Random) -> Self;
}

/// An LVar that is asked for the same as the oracle: that of a lattice, or another one of it.
trait Asked<L>: Put + LVarType<Lattice = L> {}

impl<V: Put<Lattice = L>, L> Asked<L> for V {}

fn one_thread<V: Asked<L>, L: Drawn>(seed: u64) {
    let mut random = Random(seed);
    let (lvar, oracle) = (V::new(), Oracle::<L>::new());
    for _ in 0..1 + random.below(8) {
        if random.below(6) == 0 {
            assert_eq!(lvar.freeze(Outside::here()).ok(), oracle.freeze(), "seed {seed}");
        } else {
            let value = L::draw(&mut random);
            assert_eq!(
                outcome(&lvar.put(value.clone())),
                oracle.put(&value),
                "seed {seed}, put of {value:?}"
            );
        }
    }
    assert_eq!(lvar.into_value().ok(), oracle.freeze(), "seed {seed}");
}

/// Where several fields or entries are written one after the other, a put that is refused may have written some of them; the oracle,
/// which refuses all or nothing, differs from then on. So the programs of these end with the first freeze.
fn one_thread_until_the_freeze<V: Asked<L>, L: Drawn>(seed: u64) {
    let mut random = Random(seed);
    let (lvar, oracle) = (V::new(), Oracle::<L>::new());
    for _ in 0..1 + random.below(6) {
        let value = L::draw(&mut random);
        let expected = oracle.put(&value);
        let put = outcome(&lvar.put(value.clone()));
        // A conflict under another key is no business of this put.
        assert!(put == expected || expected == Outcome::Conflict, "seed {seed}, put of {value:?}");
    }
    let frozen = oracle.freeze();
    assert_eq!(lvar.freeze(Outside::here()).ok(), frozen, "seed {seed}");
    assert_eq!(lvar.into_value().ok(), frozen, "seed {seed}");
}

fn racing_freeze<V: Asked<L>, L: Drawn>(seed: u64) {
    let mut random = Random(seed);
    let programs: [Vec<L>; 2] =
        std::array::from_fn(|_| (0..1 + random.below(4)).map(|_| L::draw(&mut random)).collect());
    let lvar = V::new();
    let start = Barrier::new(3);
    let run = |program: &[L]| {
        start.wait();
        program.iter().map(|value| outcome(&lvar.put(value.clone()))).collect::<Vec<_>>()
    };
    let (frozen, outcomes) = thread::scope(|scope| {
        let writers = programs.each_ref().map(|program| scope.spawn(move || run(program)));
        start.wait();
        let frozen = lvar.freeze(Outside::here());
        (frozen, writers.map(|writer| writer.join().unwrap()))
    });
    let Ok(frozen) = frozen else {
        assert!(outcomes.iter().flatten().any(|outcome| *outcome == Outcome::Conflict), "seed {seed}");
        return;
    };
    let mut accepted = L::bottom();
    let mut all = L::bottom();
    for (value, outcome) in programs.iter().flatten().zip(outcomes.iter().flatten()) {
        all.join(value.clone());
        assert_eq!(*outcome == Outcome::Done, value.leq(&frozen), "seed {seed}, {value:?} and {frozen:?}");
        if *outcome == Outcome::Done {
            accepted.join(value.clone());
        }
    }
    assert!(accepted.leq(&frozen) && frozen.leq(&all), "seed {seed}, {accepted:?} ⊑ {frozen:?} ⊑ {all:?}");
    assert_eq!(lvar.freeze(Outside::here()), Ok(frozen.clone()), "seed {seed}");
    assert_eq!(lvar.into_value(), Ok(frozen), "seed {seed}");
}

struct Called(AtomicBool);

impl Wake for Called {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Relaxed);
    }
}

fn racing_reads<V: Asked<L>, L: Drawn>(seed: u64) {
    let (lvar, all) =
        race_reads::<V, L>(seed, |element, all| Some(element.leq(all) || all.conflict().is_some()));
    if all.conflict().is_none() {
        return;
    }
    // For ever, and also for who asks for what was reached before, or for nothing.
    for element in [L::bottom(), L::draw(&mut Random(seed))] {
        let read = poll(&mut lvar.at_least(element.clone()), &Arc::new(Called(AtomicBool::new(false))));
        assert!(
            matches!(read, Poll::Ready(Err(GetError::Conflict(_)))),
            "seed {seed}, {element:?} of {all:?}"
        );
        assert_eq!(outcome(&lvar.put(element)), Outcome::Conflict, "seed {seed}, {all:?}");
    }
    assert!(lvar.freeze(Outside::here()).is_err(), "seed {seed}, {all:?}");
}

/// Of several parts a read hears of a conflict in those that it looks at, and may be none the wiser of one in another.
fn racing_reads_of_parts<V: Asked<L>, L: Drawn>(seed: u64) {
    _ = race_reads::<V, L>(seed, |element, all| {
        let is_reached = element.leq(all);
        (is_reached || all.conflict().is_none()).then_some(is_reached)
    });
}

/// `is_due` says whether a read of an element ends, given the join of all puts, if that says it. Answers the LVar and that join.
fn race_reads<V: Asked<L>, L: Drawn>(seed: u64, is_due: impl Fn(&L, &L) -> Option<bool>) -> (V, L) {
    let mut random = Random(seed);
    let programs: [Vec<L>; 2] =
        std::array::from_fn(|_| (0..1 + random.below(3)).map(|_| L::draw(&mut random)).collect());
    let elements: Vec<L> = (0..4).map(|_| L::draw(&mut random)).collect();
    let whole = V::new();
    let start = Barrier::new(3);
    let (lvar, start) = (&whole, &start);
    let mut all = L::bottom();
    thread::scope(|scope| {
        let writers = programs.each_ref().map(|program| {
            scope.spawn(move || {
                start.wait();
                for value in program {
                    let _ = lvar.put(value.clone());
                }
            })
        });
        start.wait();
        let mut reads: Vec<_> = Vec::new();
        for element in &elements {
            let called = Arc::new(Called(AtomicBool::new(false)));
            let mut read = LVarType::at_least(lvar, element.clone());
            let first = poll(&mut read, &called);
            reads.push((element, read, called, first.is_ready()));
        }
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        for value in programs.iter().flatten() {
            all.join(value.clone());
        }
        for (element, read, called, was_ready) in &mut reads {
            let is_ready = *was_ready || poll(read, &Arc::new(Called(AtomicBool::new(false)))).is_ready();
            let Some(due) = is_due(element, &all) else { continue };
            assert_eq!(is_ready, due, "seed {seed}, {element:?} of {all:?}");
            // One of several parts is woken when the first part that it lacked is there, though others may not be.
            assert!(*was_ready || !due || called.0.load(Relaxed), "seed {seed}, {element:?} of {all:?}");
        }
    });
    (whole, all)
}

fn poll<F: Future + Unpin>(read: &mut F, called: &Arc<Called>) -> Poll<F::Output> {
    Pin::new(read).poll(&mut Context::from_waker(&Waker::from(Arc::clone(called))))
}

macro_rules! drawn {
    ($($lattice:ty: $random:ident => $value:expr;)+) => {$(
        impl Drawn for $lattice {
            fn draw($random: &mut Random) -> Self {
                $value
            }
        }
    )+};
}

drawn! {
    Max<i8>: random => Max(random.below(6) as i8 - 3);
    Min<u32>: random => Min(random.below(6) as u32);
    Max<u128>: random => Max(u128::from(random.below(6)));
    Any: random => Self(random.below(2) == 0);
    All: random => Self(random.below(2) == 0);
    Flat<u8>: random => match random.below(12) {
        0 => Self::Bottom,
        1 => Self::Conflict,
        n => Self::Value(if n < 10 { 1 } else { 2 }),
    };
    Option<Flat<u8>>: random => match random.below(5) {
        0 => None,
        _ => Some(Flat::draw(random)),
    };
    Diamond: random => [Self::Bottom, Self::Left, Self::Right, Self::Broken][(random.below(7) / 2) as usize];
    BTreeSet<u8>: random => (0..random.below(3)).map(|_| random.below(6) as u8).collect();
    HashSet<u8>: random => (0..random.below(3)).map(|_| random.below(6) as u8).collect();
    BTreeMap<u8, Flat<u8>>: random => (0..random.below(3)).map(|_| (random.below(4) as u8, Flat::draw(random))).collect();
    BTreeMap<u8, BTreeMap<u8, Max<u8>>>: random => (0..random.below(3))
        .map(|_| {
            let key = random.below(3) as u8;
            let inner = (0..random.below(3)).map(|_| (random.below(3) as u8, Max(random.below(4) as u8)));
            (key, inner.collect())
        })
        .collect();
    BTreeMap<u8, BTreeSet<u8>>: random => (0..random.below(3)).map(|_| (random.below(3) as u8, BTreeSet::draw(random))).collect();
    HashMap<u8, (Max<u8>, Flat<u8>)>: random => (0..random.below(3))
        .map(|_| (random.below(3) as u8, (Max(random.below(3) as u8), Flat::draw(random))))
        .collect();
    DenseMap<u8, DenseSet<u8>>: random => (0..random.below(3)).map(|_| (random.below(4) as u8 * 20, DenseSet::draw(random))).collect();
    (Max<u8>, BTreeSet<u8>): random => (Max(random.below(3) as u8), BTreeSet::draw(random));
    DenseSet<u8>: random => (0..random.below(3)).map(|_| random.below(6) as u8 * 40).collect();
    DenseMap<u8, Max<u8>>: random => (0..random.below(3)).map(|_| (random.below(4) as u8 * 30, Max(random.below(4) as u8))).collect();
    DenseMap<u8, Min<u32>>: random => (0..random.below(3)).map(|_| (random.below(4) as u8 * 30, Min(random.below(4) as u32))).collect();
    DenseMap<usize, Flat<u8>>: random => (0..random.below(3)).map(|_| (random.below(4) as usize, Flat::draw(random))).collect();
    [Flat<u8>; 3]: random => std::array::from_fn(|_| Flat::draw(random));
    Max<Total<f64>>: random => Max(Total([-f64::INFINITY, -1.5, -0.0, 0.0, 2.5, f64::NAN][random.below(6) as usize]));
    Min<Total<f32>>: random => Min(Total([f32::NAN, f32::INFINITY, 1.5, 0.0, -0.0, -2.5][random.below(6) as usize]));
    Prefix<u8>: random => (0..random.below(3)).map(|_| random.below(2) as u8).collect::<Vec<u8>>().into();
    Grow<Flat<u8>>: random => Grow((0..random.below(3)).map(|_| Flat::draw(random)).collect());
    Lex<Max<u8>, Flat<u8>>: random => Lex { key: Max(random.below(3) as u8), value: Flat::draw(random) };
}

macro_rules! programs {
    ($check:ident, $n:literal: $($lattice:ty),+ $(,)?) => {$(
        for seed in 0..$n {
            $check::<crate::LVar<$lattice>, $lattice>(seed);
        }
    )+};
}

#[test]
fn one_thread_sees_what_the_oracle_says() {
    programs! {
        one_thread, 2_000:
        Max<i8>, Min<u32>, Max<u128>, Any, All, Flat<u8>, Option<Flat<u8>>, Diamond, BTreeSet<u8>, HashSet<u8>,
        DenseSet<u8>, Max<Total<f64>>, Min<Total<f32>>, Lex<Max<u8>, Flat<u8>>, Prefix<u8>, Grow<Flat<u8>>,
    }
}

#[test]
fn composite_lvars_see_what_the_oracle_says_until_the_freeze() {
    programs! {
        one_thread_until_the_freeze, 2_000:
        BTreeMap<u8, Flat<u8>>, BTreeMap<u8, BTreeMap<u8, Max<u8>>>, (Max<u8>, BTreeSet<u8>), [Flat<u8>; 3],
        DenseMap<u8, Max<u8>>, DenseMap<usize, Flat<u8>>, BTreeMap<u8, BTreeSet<u8>>, HashMap<u8, (Max<u8>, Flat<u8>)>,
        DenseMap<u8, DenseSet<u8>>,
    }
}

#[test]
fn a_freeze_takes_what_was_accepted_and_no_more() {
    programs! {
        racing_freeze, 300:
        Max<i8>, Min<u32>, Max<u128>, Any, Flat<u8>, Option<Flat<u8>>, Diamond, BTreeSet<u8>, BTreeMap<u8, Flat<u8>>,
        BTreeMap<u8, BTreeMap<u8, Max<u8>>>, (Max<u8>, BTreeSet<u8>), [Flat<u8>; 3], Max<Total<f64>>, Lex<Max<u8>, Flat<u8>>,
        DenseSet<u8>, DenseMap<u8, Max<u8>>, DenseMap<usize, Flat<u8>>, All, Min<Total<f32>>, HashSet<u8>, Prefix<u8>, Grow<Flat<u8>>,
        BTreeMap<u8, BTreeSet<u8>>, DenseMap<u8, DenseSet<u8>>,
    }
}

#[test]
fn a_read_is_answered_iff_the_join_is_at_its_element() {
    programs! {
        racing_reads, 300:
        Max<i8>, Min<u32>, Max<u128>, Any, All, Max<Total<f64>>, Prefix<u8>, Grow<Flat<u8>>,
        Lex<Max<u8>, Flat<u8>>, Flat<u8>, Option<Flat<u8>>, Diamond, BTreeSet<u8>,
        BTreeMap<u8, BTreeMap<u8, Max<u8>>>, (Max<u8>, BTreeSet<u8>), DenseSet<u8>, DenseMap<u8, Max<u8>>,
        BTreeMap<u8, BTreeSet<u8>>, DenseMap<u8, DenseSet<u8>>,
    }
    programs! {
        racing_reads_of_parts, 300:
        BTreeMap<u8, Flat<u8>>, [Flat<u8>; 3], DenseMap<usize, Flat<u8>>, HashMap<u8, (Max<u8>, Flat<u8>)>,
    }
}

/// The LVar that a map of words is asked to be, instead of its lattice's own.
#[test]
fn a_map_of_words_answers_as_the_oracle_does() {
    type Words<V> = WordMapLVar<u8, V>;
    for seed in 0..2_000 {
        one_thread_until_the_freeze::<Words<Max<u8>>, _>(seed);
        one_thread_until_the_freeze::<Words<Min<u32>>, _>(seed);
    }
    for seed in 0..300 {
        racing_freeze::<Words<Max<u8>>, _>(seed);
        racing_freeze::<Words<Min<u32>>, _>(seed);
        racing_reads::<Words<Max<u8>>, _>(seed);
        racing_reads::<Words<Min<u32>>, _>(seed);
    }
}

/// Two incomparable states below a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Diamond {
    Bottom,
    Left,
    Right,
    Broken,
}

impl Lattice for Diamond {
    fn join(&mut self, other: Self) -> bool {
        lattice_core::finite::join(self, other)
    }

    fn lattice_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        lattice_core::finite::cmp(*self, *other)
    }

    fn conflict(&self) -> Option<Conflict> {
        lattice_core::finite::conflict(*self)
    }
}

impl Bottom for Diamond {
    fn bottom() -> Self {
        Self::Bottom
    }

    fn is_bottom(&self) -> bool {
        *self == Self::Bottom
    }
}

impl Finite for Diamond {
    const STATES: &'static [Self] = &[Self::Bottom, Self::Left, Self::Right, Self::Broken];
    const NAMES: &'static [&'static str] = &["Bottom", "Left", "Right", "Broken"];
    const BOTTOM: Option<u8> = Some(0);
    const JOIN: &'static [u8] = &[0, 1, 2, 3, 1, 1, 3, 3, 2, 3, 2, 3, 3, 3, 3, 3];
    const CONFLICT: &'static [bool] = &[false, false, false, true];

    fn index(self) -> u8 {
        self as u8
    }
}

impl HasLVar for Diamond {
    type LVar = FiniteLVar<Self>;
}

mod counters;
mod features;
