//! May this put happen? The word that every LVar has; this is the only file that sees its bits.
//!
//! ```text
//!   31     30 29        16 15  11     10         9        8    7         0
//!   ┌────────┬────────────┬──────┬─────────┬──────────┬────────┬───────────┐
//!   │ a slot │   field    │ free │ WATCHED │ CONFLICT │ FROZEN │   state   │
//!   └────────┴────────────┴──────┴─────────┴──────────┴────────┴───────────┘
//! ```
//!
//! FROZEN and CONFLICT are set once and stay. They exclude each other as *first* event: whichever comes first
//! decides, because a conflict is refused on a frozen word. WATCHED says that the wait list may have entries; it changes only under
//! that list's lock. `state` is the index of the present state of a finite lattice, and unused by the others; it is the lowest byte, so that no put has to shift it. `field` says which field of
//! the struct around it the leaf is, and never changes: it lies here because there is room. The two highest bits are those of the slot for a
//! value that is written once (`sync/write_once.rs`), which most words have not.
//!
//! How writers and waiters, or writers and the freezer, shake hands over this word is told in `README.md`, for each kind.

use crate::sync::{
    AtomicU64, Ordering, load_in_order,
    write_once::{self, CALLERS, Slot},
};

const STATE: u32 = 0xFF;
const FROZEN: u32 = 1 << 8;
const CONFLICT: u32 = 1 << 9;
const WATCHED: u32 = 1 << 10;
const FIELD_SHIFT: u32 = 16;

/// The word, and a slot for the value where that is written once.
pub(crate) struct State<V = ()> {
    slot: Slot<V>,
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

/// What became of an attempt to write the value of a word that has a slot.
#[must_use = "it may not have been written"]
pub(crate) enum Fill<V> {
    /// It was; this is the word since.
    Filled(Snapshot),
    /// There is another one, or there will be none because the LVar is frozen or in conflict. The value comes back, with the word.
    Refused(V, Snapshot),
}

impl<V> State<V> {
    /// A word with no bit set, in the state with this index.
    #[inline]
    pub(crate) fn new(index: u8) -> Self {
        Self::of_field(0, index)
    }

    /// A word with no bit set, of the field at this position, in the state with this index.
    #[inline]
    pub(crate) fn of_field(field: u16, index: u8) -> Self {
        // Two bits are the slot's. A struct of more fields than can be told apart has only its paths wrong.
        Self { slot: Slot::new(u32::from(index) | u32::from(field) << FIELD_SHIFT) }
    }

    /// What the word says; sees all that was written before what it sees was set.
    #[inline]
    pub(crate) fn load(&self) -> Snapshot {
        Snapshot(self.slot.load())
    }

    /// What the word says, after this thread has written the value that lies beside it: the writer's half of the handshake with
    /// [`watch`](Self::watch) and [`freeze`](Self::freeze).
    #[inline]
    pub(crate) fn load_in_order(&self) -> Snapshot {
        Snapshot(self.slot.load_in_order())
    }

    /// What the word says, and the value that was written by then.
    #[inline]
    pub(crate) fn look(&self) -> (Snapshot, Option<&V>) {
        let (word, value) = self.slot.get();
        (Snapshot(word), value)
    }

    /// Writes the value, unless there is one, or anything forbids it. Sees WATCHED in the word that it changes: the writer's half of a
    /// handshake that needs no total order, because both sides change this one word.
    #[inline]
    pub(crate) fn fill(&self, value: V) -> Fill<V> {
        match self.slot.fill(value, FROZEN | CONFLICT) {
            write_once::Fill::Filled(word) => Fill::Filled(Snapshot(word)),
            write_once::Fill::Refused(value, word) => Fill::Refused(value, Snapshot(word)),
        }
    }

    /// Moves from the state that `seen` holds to the one with this index, unless anything happened since `seen` was read. It and the other
    /// changes of this one word come one before the other: if it comes first, the other sees the state; if not, it sees the other's bit.
    #[inline]
    pub(crate) fn move_to(&self, seen: Snapshot, index: u8) -> Move {
        self.exchange(seen, STATE, u32::from(index))
    }

    /// The same, to a state that is a conflict, and so into conflict. Apart, so that other moves need not ask which of the two they are.
    #[cold]
    #[inline(never)]
    pub(crate) fn move_into_conflict(&self, seen: Snapshot, index: u8) -> Move {
        self.exchange(seen, STATE, u32::from(index) | CONFLICT)
    }

    #[inline]
    fn exchange(&self, seen: Snapshot, cleared: u32, set: u32) -> Move {
        match self.slot.exchange(seen.0, cleared, set) {
            Ok(word) => Move::Moved(Snapshot(word)),
            Err(now) => Move::Changed(Snapshot(now)),
        }
    }

    /// Forbids growth, and answers what the word said before: in the total order in which a writer writes its value and then loads this word,
    /// and the freezer sets this bit and then loads the value.
    pub(crate) fn freeze(&self) -> Snapshot {
        Snapshot(self.slot.change(|word| word | FROZEN))
    }

    /// Puts the LVar in conflict, unless it was frozen before. The report must be in its place already: who sees the bit sees it.
    pub(crate) fn enter_conflict(&self) -> Enter {
        let is_frozen = |word| word & (FROZEN | CONFLICT) == FROZEN;
        let seen = self.slot.change(|word| if is_frozen(word) { word } else { word | CONFLICT });
        if is_frozen(seen) { Enter::Frozen } else { Enter::InConflict(Snapshot(seen | CONFLICT)) }
    }

    /// Says that the wait list may have entries; under the list's lock. In the total order in which a writer writes its value and then loads
    /// this word, and the waiter sets this bit and then loads the value. If the bit is set already, who has set it came before, by the lock.
    #[inline]
    pub(crate) fn watch(&self) {
        if !self.load().is_watched() {
            self.slot.change(|word| word | WATCHED);
        }
    }

    /// Says that the wait list has no entries; under the list's lock.
    pub(crate) fn unwatch(&self) {
        self.slot.change(|word| word & !WATCHED);
    }

    /// Which field of the struct around it the leaf is.
    pub(crate) fn field(&self) -> u16 {
        ((self.load().0 & CALLERS) >> FIELD_SHIFT) as u16
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

    /// Whether nobody waits and nothing was forbidden: a put has nothing more to do.
    #[inline]
    pub(crate) fn is_plain(self) -> bool {
        self.0 & (FROZEN | CONFLICT | WATCHED) == 0
    }

    /// The index of the state of a finite lattice.
    #[inline]
    pub(crate) fn index(self) -> u8 {
        (self.0 & STATE) as u8
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
