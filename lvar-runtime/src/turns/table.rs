//! The table at which the threads of an explored program sit, one of which has the turn.
//!
//! 1. A seat is reserved by the thread that starts another, so the guests are known in the order of the program, not of the system.
//! 2. Who has the turn may lose it at a [`yield_point`] (a *switch*; the seed decides whether, and to whom), and loses it when it is [`idle`], or
//!    leaves the table.
//! 3. A thread does nothing between losing its turn and getting it, nor before its first one.
//!
//! So all that happens is one sequence, and the seed determines it, as long as nobody waits but at the table. A program that makes its tasks
//! block each other, say by a mutex that is held over an LVar operation, would stop here: who has waited in vain for long takes the turn, and the
//! schedule cannot be had again then.

use std::{cell::RefCell, sync::Arc, time::Duration};

use crate::sync::{Condvar, Mutex, lock};

/// How long the thread that has the turn may go without a yield point while others wait.
const PATIENCE: Duration = Duration::from_secs(5);

/// How a program is scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    pub(crate) seed: u64,
    pub(crate) n_workers: usize,
    /// After so many switches none comes any more.
    pub(crate) n_switches: u64,
}

impl Schedule {
    /// The schedule of a seed. Small seeds have simple ones: few workers, few switches.
    pub(crate) fn of(seed: u64) -> Self {
        let n_workers = 1 + usize::try_from(seed % 8).unwrap_or(0);
        Self { seed, n_workers, n_switches: (4 * (1 + seed / 8)).min(256) }
    }
}

/// The table.
pub(crate) struct Table {
    turn: Mutex<Turn>,
    moved: Condvar,
    n_workers: usize,
}

struct Turn {
    /// The number of the seat that has the turn.
    seat: usize,
    /// What is known of each seat that was ever reserved.
    guests: Vec<Guest>,
    /// How often the turn was handed over.
    n_turns: u64,
    n_switches: u64,
    n_switches_left: u64,
    /// A switch comes at every so many-th yield point on average.
    period: u64,
    random: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Guest {
    Busy,
    /// Found nothing to do when it last looked.
    Idle,
    Left,
}

thread_local! {
    static SEAT: RefCell<Option<(Arc<Table>, usize)>> = const { RefCell::new(None) };
}

/// Where another thread may get its turn.
pub(crate) fn yield_point() {
    if let Some((table, seat)) = here() {
        table.yield_turn(seat);
    }
}

/// Lets another thread have its turn, because this one finds nothing to do; false if there are no turns, and the thread should sleep.
pub(crate) fn idle() -> bool {
    here().is_some_and(|(table, seat)| {
        table.hand_over(seat, Guest::Idle);
        true
    })
}

/// Whether there are turns.
pub(crate) fn are_taken() -> bool {
    here().is_some()
}

/// The number of this thread among those of the program, if there are turns.
pub(crate) fn seat() -> Option<usize> {
    here().map(|(_, seat)| seat)
}

/// How many workers a run has that asked for so many.
pub(crate) fn n_workers(asked: usize) -> usize {
    here().map_or(asked, |(table, _)| table.n_workers)
}

fn here() -> Option<(Arc<Table>, usize)> {
    SEAT.with_borrow(Option::clone)
}

/// Runs `program` under `schedule`, and answers also how many switches there were.
pub(crate) fn play<R>(schedule: Schedule, program: impl FnOnce() -> R) -> (R, u64) {
    assert!(here().is_none(), "`explore` inside of `explore`");
    let table = Table::new(schedule);
    let seated = Reserved { table: Some(Arc::clone(&table)), seat: 0 }.sit();
    let answer = program();
    drop(seated);
    let n_switches = lock(&table.turn).n_switches;
    (answer, n_switches)
}

impl Table {
    /// A table with one guest, who has the turn.
    fn new(schedule: Schedule) -> Arc<Self> {
        let Schedule { seed, n_workers, n_switches: n_switches_left } = schedule;
        let mut random = seed;
        let period = 1 << (next_random(&mut random) % 7);
        let (seat, n_turns, n_switches) = (0, 0, 0);
        let turn =
            Turn { seat, guests: vec![Guest::Busy], n_turns, n_switches, n_switches_left, period, random };
        Arc::new(Self { turn: Mutex::new(turn), moved: Condvar::new(), n_workers })
    }

    fn yield_turn(&self, seat: usize) {
        let is_to_switch = {
            let mut turn = lock(&self.turn);
            turn.guests[seat] = Guest::Busy;
            let is_to_switch = turn.n_switches_left > 0
                && turn.guests.iter().filter(|guest| **guest != Guest::Left).count() > 1
                && next_random(&mut turn.random).is_multiple_of(turn.period);
            if is_to_switch {
                turn.n_switches_left -= 1;
                turn.n_switches += 1;
            }
            is_to_switch
        };
        if is_to_switch {
            self.hand_over(seat, Guest::Busy);
        }
    }

    /// Lets another guest have the turn, and returns when it is this one's again.
    fn hand_over(&self, seat: usize, left_as: Guest) {
        self.give_away(seat, left_as);
        self.wait_for_turn(seat);
    }

    fn give_away(&self, seat: usize, left_as: Guest) {
        let mut turn = lock(&self.turn);
        turn.guests[seat] = left_as;
        if turn.seat == seat
            && let Some(next) = turn.choose(seat, left_as)
        {
            turn.seat = next;
            turn.n_turns += 1;
            drop(turn);
            self.moved.notify_all();
        }
    }

    fn wait_for_turn(&self, seat: usize) {
        let mut turn = lock(&self.turn);
        while turn.seat != seat {
            let n_turns = turn.n_turns;
            let waited = self.moved.wait_timeout(turn, PATIENCE);
            let (now, timeout) = waited.unwrap_or_else(std::sync::PoisonError::into_inner);
            turn = now;
            if timeout.timed_out() && turn.n_turns == n_turns {
                turn.seat = seat;
                turn.n_turns += 1;
            }
        }
    }
}

impl Turn {
    /// Who is next, other than `seat`. Who gives the turn away because it is idle gives it to one who is not, if there is one.
    fn choose(&mut self, seat: usize, left_as: Guest) -> Option<usize> {
        let others = |is_next: fn(Guest) -> bool| {
            let guests = self.guests.iter().enumerate();
            guests
                .filter(|(other, guest)| *other != seat && is_next(**guest))
                .map(|(other, _)| other)
                .collect::<Vec<_>>()
        };
        let mut next = if left_as == Guest::Busy { Vec::new() } else { others(|guest| guest == Guest::Busy) };
        if next.is_empty() {
            next = others(|guest| guest != Guest::Left);
        }
        let n_next = u64::try_from(next.len()).unwrap_or(1).max(1);
        let chosen = usize::try_from(next_random(&mut self.random) % n_next).unwrap_or(0);
        next.get(chosen).copied()
    }
}

/// The threads that a run starts.
#[derive(Default)]
pub(crate) struct Guests {
    seats: Vec<(Arc<Table>, usize)>,
}

/// The seat of a thread that is not there yet. Dropped, nobody will sit there.
pub(crate) struct Reserved {
    table: Option<Arc<Table>>,
    seat: usize,
}

/// While it lives, this thread runs only when it is its turn.
pub(crate) struct Seated {
    _reserved: Reserved,
}

impl Guests {
    /// A seat for a thread that is about to be started.
    pub(crate) fn reserve(&mut self) -> Reserved {
        let Some((table, _)) = here() else { return Reserved::elsewhere() };
        let seat = {
            let mut turn = lock(&table.turn);
            turn.guests.push(Guest::Idle);
            turn.guests.len() - 1
        };
        self.seats.push((Arc::clone(&table), seat));
        Reserved { table: Some(table), seat }
    }

    /// Returns when all guests have had their last turn. To wait for their threads before would be to wait elsewhere than at the table.
    pub(crate) fn see_off(self) {
        for (table, seat) in self.seats {
            while lock(&table.turn).guests[seat] != Guest::Left {
                idle();
            }
        }
    }
}

impl Reserved {
    /// For a thread that sits at no table.
    pub(crate) fn elsewhere() -> Self {
        Self { table: None, seat: 0 }
    }

    /// Takes the seat, on the thread for which it is, and waits for the first turn.
    pub(crate) fn sit(self) -> Seated {
        if let Some(table) = &self.table {
            table.wait_for_turn(self.seat);
            SEAT.set(Some((Arc::clone(table), self.seat)));
        }
        Seated { _reserved: self }
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        if let Some(table) = &self.table {
            table.give_away(self.seat, Guest::Left);
        }
    }
}

impl Drop for Seated {
    fn drop(&mut self) {
        // Before the seat is left, which is when its field is dropped: from then on this thread would run beside another.
        SEAT.set(None);
    }
}

/// A random number: splitmix64.
fn next_random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut word = *state;
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}
