//! Which run this thread is a worker of, if any; runs nest.

use std::{cell::RefCell, sync::Arc};

use crate::{current, par::signals::Signals};

thread_local! {
    static RUN: RefCell<Option<Arc<Signals>>> = const { RefCell::new(None) };
}

/// While it lives, this thread is a worker. Dropped, the thread is again what it was before.
#[must_use = "the thread is a worker only while this lives"]
pub(super) struct Entered {
    before: Option<Arc<Signals>>,
    /// Notes the errors of the run's puts.
    _noting: current::Entered,
}

/// Makes this thread a worker of a run.
pub(super) fn enter(signals: &Arc<Signals>) -> Entered {
    let before = RUN.replace(Some(Arc::clone(signals)));
    Entered { before, _noting: current::enter(Arc::<Signals>::clone(signals)) }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let left = RUN.replace(self.before.take());
        drop(left);
    }
}

/// The run whose task this thread executes, if any.
pub(super) fn run() -> Option<Arc<Signals>> {
    RUN.with_borrow(Option::clone)
}

/// Whether this thread executes a task of that run, and not one of a run inside of it.
pub(super) fn is_in(signals: &Arc<Signals>) -> bool {
    RUN.with_borrow(|run| run.as_ref().is_some_and(|run| Arc::ptr_eq(run, signals)))
}
