//! Which parallel run, if any, the present thread executes a task of.
//!
//! A failing put looks here, because an error that one task met belongs to the whole run: which task meets it first depends on the
//! schedule. A blocking read looks here too, because it must not stop a thread whose other tasks might be what it waits for.

use std::{cell::RefCell, marker::PhantomData, sync::Arc};

use crate::error::PutError;

/// Where a run collects the errors that its tasks met.
pub(crate) trait Errors: Send + Sync {
    /// Takes note of an error; the first of them is the run's.
    fn note(&self, error: &PutError);
}

thread_local! {
    static RUN: RefCell<Option<Arc<dyn Errors>>> = const { RefCell::new(None) };
}

/// While it lives, this thread executes tasks of a run.
#[must_use = "the thread leaves the run when this is dropped"]
pub(crate) struct Entered {
    before: Option<Arc<dyn Errors>>,
    /// Dropping it on another thread would leave the wrong run.
    here: PhantomData<*const ()>,
}

/// Makes `run` the one whose tasks this thread executes, until the answer is dropped.
pub(crate) fn enter(run: Arc<dyn Errors>) -> Entered {
    Entered { before: RUN.replace(Some(run)), here: PhantomData }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let left = RUN.replace(self.before.take());
        drop(left);
    }
}

/// Tells the run whose task this thread executes about an error of one of its puts or reads.
#[cold]
pub(crate) fn note_error(error: &PutError) {
    // Cloned out of the cell: the run may do with the error what it likes, even put.
    let run = RUN.with_borrow(Option::clone);
    if let Some(run) = run {
        run.note(error);
    }
}

/// Whether this thread executes tasks of a run, so that blocking it could block the run.
pub(crate) fn on_worker() -> bool {
    RUN.with_borrow(Option::is_some)
}
