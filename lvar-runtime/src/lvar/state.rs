//! May this put happen? The word that every LVar has; this is the only file that sees its bits.
//!
//! ```text
//!   31        16 15         8 7    3      2          1         0
//!   ┌───────────┬────────────┬──────┬─────────┬──────────┬────────┐
//!   │  unused   │   state    │ free │ WATCHED │ CONFLICT │ FROZEN │
//!   └───────────┴────────────┴──────┴─────────┴──────────┴────────┘
//! ```
//!
//! FROZEN and CONFLICT are set once and stay. They exclude each other as *first* event: whichever comes first
//! decides, because a conflict is refused on a frozen word. WATCHED says that the wait list may have entries; it changes only under
//! that list's lock. `state` is the index of the present state of a finite lattice, and unused by the others.
//!
//! How writers and waiters, or writers and the freezer, shake hands over this word is told in `README.md`, for each kind.

use crate::sync::{AtomicU32, AtomicU64, Ordering, load_in_order};

const FROZEN: u32 = 1;
const CONFLICT: u32 = 1 << 1;
const WATCHED: u32 = 1 << 2;
const STATE_SHIFT: u32 = 8;

/// The word.
pub(crate) struct State {
    word: AtomicU32,
}

/// What the word said at one moment.
#[derive(Clone, Copy)]
pub(crate) struct Snapshot(u32);

/// What became of an attempt to move a finite lattice's LVar to another state.
#[must_use = "the move may not have happened"]
pub(crate) enum Move {
    /// It moved, and this is the word since.
    Moved(Snapshot),
    /// The word is not what it was; this is what it is now.
    Changed(Snapshot),
}

/// What became of an attempt to put the LVar in conflict.
#[must_use = "a frozen LVar does not enter a conflict"]
pub(crate) enum Enter {
    /// It is in conflict.
    InConflict(Snapshot),
    /// It was frozen before.
    Frozen,
}

impl State {
    /// A word with no bit set, in the state with this index.
    #[inline]
    pub(crate) fn new(index: u8) -> Self {
        Self { word: AtomicU32::new(u32::from(index) << STATE_SHIFT) }
    }

    /// What the word says; sees all that was written before what it sees was set.
    #[inline]
    pub(crate) fn load(&self) -> Snapshot {
        // Acquire: pairs with the Release half of every transition below.
        Snapshot(self.word.load(Ordering::Acquire))
    }

    /// What the word says, after this thread has written the value that lies beside it: the writer's half of the handshake with
    /// [`watch`](Self::watch) and [`freeze`](Self::freeze).
    #[inline]
    pub(crate) fn load_in_order(&self) -> Snapshot {
        Snapshot(load_in_order(&self.word))
    }

    /// Moves from the state that `seen` holds to the one with this index, unless anything happened since `seen` was read.
    #[inline]
    pub(crate) fn move_to(&self, seen: Snapshot, index: u8, is_conflict: bool) -> Move {
        let mut word = seen.0 & ((1 << STATE_SHIFT) - 1) | u32::from(index) << STATE_SHIFT;
        if is_conflict {
            word |= CONFLICT;
        }
        // AcqRel: pairs with the `fetch_or`s below on the same word. One of the two comes first: if it is this one, the other sees the
        // state; if not, this one sees the other's bit, or fails because of it.
        // Acquire: a failure sees what the winner wrote before.
        match self.word.compare_exchange(seen.0, word, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => Move::Moved(Snapshot(word)),
            Err(now) => Move::Changed(Snapshot(now)),
        }
    }

    /// Makes known that a value has been written beside the word, and answers the word: the writer's half of a handshake that
    /// needs no total order, because both sides change this one word.
    #[inline]
    pub(crate) fn announce(&self) -> Snapshot {
        // AcqRel: pairs with the `fetch_or` in `watch` on the same word: whichever comes second sees what the first has written.
        Snapshot(self.word.fetch_or(1 << STATE_SHIFT, Ordering::AcqRel))
    }

    /// Forbids growth, and answers what the word said before.
    pub(crate) fn freeze(&self) -> Snapshot {
        // SeqCst: an element of the total order in which a writer writes its value and then loads this word, and the freezer sets
        // this bit and then loads the value. Pairs also with `move_to` and `enter_conflict` on the same word.
        Snapshot(self.word.fetch_or(FROZEN, Ordering::SeqCst))
    }

    /// Puts the LVar in conflict, unless it was frozen before. The report must be in its place already.
    pub(crate) fn enter_conflict(&self) -> Enter {
        let mut seen = self.load();
        loop {
            if seen.is_frozen() && !seen.is_in_conflict() {
                return Enter::Frozen;
            }
            let word = seen.0 | CONFLICT;
            // AcqRel: pairs with the loads of who sees the bit, and then the report; and with `freeze` and `watch` on the same word.
            // Acquire: a failure sees what the winner wrote before.
            match self.word.compare_exchange_weak(seen.0, word, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return Enter::InConflict(Snapshot(word)),
                Err(now) => seen = Snapshot(now),
            }
        }
    }

    /// Says that the wait list may have entries; under the list's lock.
    pub(crate) fn watch(&self) {
        // SeqCst: an element of the total order in which a writer writes its value and then loads this word, and the waiter sets this
        // bit and then loads the value. Pairs also with `move_to` and `announce` on the same word.
        self.word.fetch_or(WATCHED, Ordering::SeqCst);
    }

    /// Says that the wait list has no entries; under the list's lock.
    pub(crate) fn unwatch(&self) {
        // Release: a part of the chain of changes of this word, so that an Acquire of a later one still sees the earlier ones. It
        // needs no partner: whoever sets the bit again holds the same lock.
        self.word.fetch_and(!WATCHED, Ordering::Release);
    }
}

impl Snapshot {
    #[inline]
    pub(crate) fn is_frozen(self) -> bool {
        self.0 & FROZEN != 0
    }

    #[inline]
    pub(crate) fn is_in_conflict(self) -> bool {
        self.0 & CONFLICT != 0
    }

    #[inline]
    pub(crate) fn is_watched(self) -> bool {
        self.0 & WATCHED != 0
    }

    /// Whether nobody waits and nothing was forbidden, in a word without an index: a put has nothing more to do.
    #[inline]
    pub(crate) fn is_plain(self) -> bool {
        self.0 == 0
    }

    /// The index of the state of a finite lattice.
    #[inline]
    pub(crate) fn index(self) -> u8 {
        (self.0 >> STATE_SHIFT) as u8
    }
}

/// The word of a counter: the count, and the bit that forbids counting.
///
/// ```text
///   63       62                                   0
///   ┌────────┬─────────────────────────────────────┐
///   │ FROZEN │                count                │
///   └────────┴─────────────────────────────────────┘
/// ```
///
/// Both are in one word, so that a count that was answered to a freezer is final.
pub(crate) struct Count {
    word: AtomicU64,
}

/// The top bit of a counter's word.
const COUNT_FROZEN: u64 = 1 << 63;

/// What a counter's word said at one moment.
#[derive(Clone, Copy)]
pub(crate) struct CountSnapshot(u64);

/// What became of an attempt to count.
#[must_use = "it may not have been counted"]
pub(crate) enum Counted {
    /// It is counted.
    Added,
    /// There was nothing to count.
    Nothing,
    /// The counter is frozen.
    Frozen,
    /// The count would not fit.
    Overflow,
}

impl Count {
    pub(crate) fn new() -> Self {
        Self { word: AtomicU64::new(0) }
    }

    /// Counts `by` more.
    #[inline]
    pub(crate) fn add(&self, by: u64) -> Counted {
        if by == 0 {
            return Counted::Nothing;
        }
        // SeqCst: comes before the writer's load of the state word in the total order of the handshake with `State::watch`. Its
        // AcqRel half pairs with `freeze` on the same word: one of the two comes first.
        // Relaxed: a failed exchange decides nothing but by the word itself.
        let added = self.word.fetch_update(Ordering::SeqCst, Ordering::Relaxed, |word| {
            // Of a frozen word the sum has the top bit, or does not fit at all.
            word.checked_add(by).filter(|sum| sum & COUNT_FROZEN == 0)
        });
        match added {
            Ok(_) => Counted::Added,
            Err(word) if word & COUNT_FROZEN != 0 => Counted::Frozen,
            Err(_) => Counted::Overflow,
        }
    }

    /// Forbids counting, and answers the final count.
    pub(crate) fn freeze(&self) -> u64 {
        // SeqCst: comes before the freezer's load of the state word in the total order of the handshake with `State::watch`.
        CountSnapshot(self.word.fetch_or(COUNT_FROZEN, Ordering::SeqCst)).count()
    }

    /// The count, for who has registered before, or does not mean to.
    #[inline]
    pub(crate) fn load(&self) -> CountSnapshot {
        CountSnapshot(load_in_order(&self.word))
    }
}

impl CountSnapshot {
    #[inline]
    pub(crate) fn count(self) -> u64 {
        self.0 & !COUNT_FROZEN
    }

    #[inline]
    pub(crate) fn is_frozen(self) -> bool {
        self.0 & COUNT_FROZEN != 0
    }
}
