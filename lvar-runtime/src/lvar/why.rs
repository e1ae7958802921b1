//! Why reads still wait: the report of a blocked run.

use std::{cell::RefCell, fmt, panic::Location};

/// A read that waits: for what, asked where in the source, and what is lacking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The threshold set, such as `Outcome`, or the element, such as `at least Max(5)`.
    pub threshold: String,
    /// Where the read was asked for.
    pub at: &'static Location<'static>,
    /// One line for each LVar that the answer hangs on: where, its present state, and what would be enough. Of a `when` with several
    /// conditions it is the first that is not met.
    pub lacks: Vec<String>,
}

impl fmt::Display for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}", self.threshold, self.at, self.lacks.join("; "))
    }
}

thread_local! {
    static COLLECTED: RefCell<Option<Vec<Waiting>>> = const { RefCell::new(None) };
}

/// Calls `poll`, which polls blocked futures, and answers what each read in them waits for. The reads answer `Pending` meanwhile, so
/// that no task moves on because it was asked.
pub(crate) fn collect(poll: impl FnOnce()) -> Vec<Waiting> {
    /// Ends the collecting also when `poll` panics.
    struct Collecting(Option<Vec<Waiting>>);

    impl Drop for Collecting {
        fn drop(&mut self) {
            COLLECTED.set(self.0.take());
        }
    }

    let before = Collecting(COLLECTED.replace(Some(Vec::new())));
    poll();
    let collected = COLLECTED.take();
    drop(before);
    collected.unwrap_or_default()
}

/// Whether reads on this thread are being asked why they wait.
pub(crate) fn is_collecting() -> bool {
    COLLECTED.with_borrow(Option::is_some)
}

/// Adds a read to what is being collected.
pub(crate) fn report(waiting: Waiting) {
    COLLECTED.with_borrow_mut(|collected| {
        if let Some(collected) = collected {
            collected.push(waiting);
        }
    });
}
