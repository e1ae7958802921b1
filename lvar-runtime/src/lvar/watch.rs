//! What a leaf tells the read that looks at it.
//!
//! A threshold is evaluated for one of three reasons: to see whether it is reached, to register with each leaf that the answer hangs
//! on, or to say why it is not reached yet. The evaluation is the same code; the leaves are asked through one [`Watch`].

use std::{collections::HashSet, fmt, mem::ManuallyDrop, task::Waker};

use lattice_core::Conflict;

use crate::lvar::waiters::{Places, Registration};

/// What a threshold read passes to the leaves that it looks at, and what they tell it.
///
/// Only the LVars of this crate talk to it; an LVar that is a struct of LVars merely hands it on.
pub struct Watch {
    purpose: Purpose,
    /// How many leaves the answer hangs on that can still grow.
    n_open: u32,
    registration: Registration,
    found: Option<Box<Found>>,
}

/// What most reads never find. Apart, so that a read that waits has less to write.
#[derive(Default)]
struct Found {
    /// Of a leaf that was looked at.
    conflict: Option<Box<Conflict>>,
    /// Why the threshold is not reached.
    lines: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Look,
    Register,
    Explain,
}

/// The watch of a read, which has none as long as it needs none. So one that is answered at a glance costs nothing to make and to drop.
pub(crate) struct Lazy {
    /// Dropped by the `Drop` below, which looks first.
    watch: ManuallyDrop<Option<Watch>>,
}

impl Lazy {
    #[inline]
    pub(crate) const fn none() -> Self {
        Self { watch: ManuallyDrop::new(None) }
    }

    #[inline]
    pub(crate) fn is_none(&self) -> bool {
        self.watch.is_none()
    }

    #[inline]
    pub(crate) fn get(&mut self) -> &mut Watch {
        self.watch.get_or_insert_with(|| Watch::new(Purpose::Look))
    }

    #[cold]
    fn forget(&mut self) {
        *self.watch = None;
    }
}

impl Drop for Lazy {
    #[inline]
    fn drop(&mut self) {
        if !self.is_none() {
            self.forget();
        }
    }
}

/// How a leaf stands to a threshold.
pub(crate) enum Standing<T> {
    /// At or above it.
    Reached(T),
    /// Below it, and may still grow.
    Below,
    /// Below it for ever.
    Frozen,
    /// In conflict: above everything, so nothing it says can be trusted.
    Conflict(Box<Conflict>),
}

/// A leaf, as a watch needs it for one question.
pub(crate) trait Leaf {
    /// What the leaf answers when the threshold is reached.
    type Answer;

    /// How the leaf stands now.
    fn standing(&self) -> Standing<Self::Answer>;

    /// Makes the waiter stand in the leaf's list. A put that comes after this call finds it there; one that came before is found by
    /// asking `standing` once more.
    fn register(&self, registration: &mut Registration);

    /// Where the leaf is, its state, and what is wanted.
    fn explain(&self) -> Lack;
}

/// Why a leaf is not at its threshold.
pub(crate) struct Lack {
    pub(crate) path: String,
    pub(crate) state: String,
    pub(crate) wanted: String,
}

impl Lack {
    fn line(self, frozen: &str) -> String {
        let Self { path, state, wanted } = self;
        if path.is_empty() {
            format!("{state}{frozen}, waiting for {wanted}")
        } else {
            format!("{path}: {state}{frozen}, waiting for {wanted}")
        }
    }
}

impl Watch {
    #[inline]
    fn new(purpose: Purpose) -> Self {
        Self { purpose, n_open: 0, registration: Registration::default(), found: None }
    }

    pub(crate) fn explain() -> Self {
        Self::new(Purpose::Explain)
    }

    /// Whether the read stands somewhere and has not been woken since; then it is woken by `waker` from now on. If not, it stands nowhere
    /// afterwards, and from now on only looks.
    #[inline]
    pub(crate) fn sleeps_on(&mut self, waker: &Waker) -> bool {
        let sleeps = self.registration.sleeps_on(waker);
        if !sleeps {
            self.begin(Purpose::Look);
        }
        sleeps
    }

    /// From now on the read comes to stand in each leaf that is below its point, to be woken by `waker`.
    #[inline]
    pub(crate) fn register(&mut self, waker: &Waker, places: Places) {
        self.registration.begin(waker, places);
        self.begin(Purpose::Register);
    }

    /// The read has ended, and leaves the leaves where it stands.
    #[inline]
    pub(crate) fn end(&mut self) {
        self.registration.leave();
    }

    #[inline]
    fn begin(&mut self, purpose: Purpose) {
        self.purpose = purpose;
        self.n_open = 0;
    }

    /// Whether the read, which was not answered, can go to sleep. It cannot if it has only looked, or has ended, nor if there is a place
    /// where nobody would wake it.
    #[inline]
    pub(crate) fn can_sleep(&mut self) -> bool {
        self.purpose == Purpose::Register && self.can_go_on() && self.registration.can_sleep()
    }

    /// Whether some leaf that the answer hangs on can still grow, and none that was looked at is in conflict.
    #[inline]
    pub(crate) fn can_go_on(&self) -> bool {
        self.n_open > 0 && !self.is_in_conflict()
    }

    /// Whether a leaf that was looked at is in conflict.
    #[inline]
    pub(crate) fn is_in_conflict(&self) -> bool {
        // A read that was not asked why it waits finds nothing else.
        self.found.is_some()
    }

    /// Asks a leaf; `None` if it is not at the threshold, or in conflict.
    #[inline]
    pub(crate) fn ask<L: Leaf>(&mut self, leaf: &L) -> Option<L::Answer> {
        match leaf.standing() {
            Standing::Reached(answer) => Some(answer),
            standing => self.unreached(leaf, standing),
        }
    }

    /// Apart, so that a question that is answered at once costs the caller no more.
    #[inline(never)]
    fn unreached<L: Leaf>(&mut self, leaf: &L, mut standing: Standing<L::Answer>) -> Option<L::Answer> {
        if let (Standing::Below, Purpose::Register) = (&standing, self.purpose) {
            leaf.register(&mut self.registration);
            standing = leaf.standing();
        }
        let frozen = match standing {
            Standing::Reached(answer) => return Some(answer),
            Standing::Conflict(conflict) => {
                self.found.get_or_insert_default().conflict.get_or_insert(conflict);
                return None;
            }
            Standing::Below => {
                self.n_open += 1;
                ""
            }
            Standing::Frozen => " (frozen)",
        };
        if self.purpose == Purpose::Explain {
            self.found.get_or_insert_default().lines.push(leaf.explain().line(frozen));
        }
        None
    }

    /// The conflict of a leaf that was looked at, if any.
    #[inline]
    pub(crate) fn conflict(&mut self) -> Option<Conflict> {
        self.found.take()?.conflict.map(|conflict| *conflict)
    }

    /// What was explained, each line once: several elements of a threshold set may lack the same. Of a leaf in conflict, that it is.
    pub(crate) fn into_lines(self) -> Vec<String> {
        let Some(found) = self.found else { return Vec::new() };
        if let Some(conflict) = found.conflict {
            return vec![conflict.to_string()];
        }
        let mut told = HashSet::new();
        found.lines.into_iter().filter(|line| told.insert(line.clone())).collect()
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").finish_non_exhaustive()
    }
}
