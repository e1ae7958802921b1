//! What a leaf tells the read that looks at it.
//!
//! A threshold is evaluated for one of three reasons: to see whether it is reached, to register with each leaf that the answer hangs
//! on, or to say why it is not reached yet. The evaluation is the same code; the leaves are asked through one [`Watch`].

use std::fmt;

use lattice_core::Conflict;

use crate::lvar::waiters::Registration;

/// What a threshold read passes to the leaves that it looks at, and what they tell it.
///
/// Only the LVars of this crate talk to it; an LVar that is a struct of LVars merely hands it on.
pub struct Watch {
    purpose: Purpose,
    conflict: Option<Conflict>,
    /// How many leaves the answer hangs on that can still grow.
    n_open: usize,
}

enum Purpose {
    Look,
    Register(Registration),
    Explain(Vec<String>),
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
    Conflict(Conflict),
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
    pub(crate) fn look() -> Self {
        Self::new(Purpose::Look)
    }

    pub(crate) fn register(registration: Registration) -> Self {
        Self::new(Purpose::Register(registration))
    }

    pub(crate) fn explain() -> Self {
        Self::new(Purpose::Explain(Vec::new()))
    }

    fn new(purpose: Purpose) -> Self {
        Self { purpose, conflict: None, n_open: 0 }
    }

    /// Asks a leaf; `None` if it is not at the threshold, or in conflict.
    pub(crate) fn ask<L: Leaf>(&mut self, leaf: &L) -> Option<L::Answer> {
        let mut standing = leaf.standing();
        if let (Standing::Below, Purpose::Register(registration)) = (&standing, &mut self.purpose) {
            leaf.register(registration);
            standing = leaf.standing();
        }
        let frozen = match standing {
            Standing::Reached(answer) => return Some(answer),
            Standing::Conflict(conflict) => {
                self.conflict.get_or_insert(conflict);
                return None;
            }
            Standing::Below => {
                self.n_open += 1;
                ""
            }
            Standing::Frozen => " (frozen)",
        };
        if let Purpose::Explain(lines) = &mut self.purpose {
            lines.push(leaf.explain().line(frozen));
        }
        None
    }

    /// The conflict of a leaf that was looked at, if any.
    pub(crate) fn conflict(&mut self) -> Option<Conflict> {
        self.conflict.take()
    }

    /// Whether some leaf that the answer hangs on can still grow.
    pub(crate) fn is_open(&self) -> bool {
        self.n_open > 0
    }

    /// What was registered.
    pub(crate) fn into_registration(self) -> Option<Registration> {
        match self.purpose {
            Purpose::Register(registration) => Some(registration),
            Purpose::Look | Purpose::Explain(_) => None,
        }
    }

    /// What was explained.
    pub(crate) fn into_lines(self) -> Vec<String> {
        match self.purpose {
            Purpose::Explain(lines) => lines,
            Purpose::Look | Purpose::Register(_) => Vec::new(),
        }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").finish_non_exhaustive()
    }
}
