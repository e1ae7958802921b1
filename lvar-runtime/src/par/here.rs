//! Which worker of which run this thread is.

use std::{cell::RefCell, sync::Arc};

use crate::{current, par::signals::Signals};

thread_local! {
    static HERE: RefCell<Option<Here>> = const { RefCell::new(None) };
}

struct Here {
    run: Arc<Signals>,
    worker: usize,
}

/// While it lives, this thread is a worker. Dropped, the thread is again what it was before: runs nest.
#[must_use = "the thread is a worker only while this lives"]
pub(super) struct Entered {
    before: Option<Here>,
    /// Notes the errors of the run's puts.
    _noting: current::Entered,
}

/// Makes this thread worker number `worker` of a run.
pub(super) fn enter(signals: &Arc<Signals>, worker: usize) -> Entered {
    let before = HERE.replace(Some(Here { run: Arc::clone(signals), worker }));
    Entered { before, _noting: current::enter(Arc::<Signals>::clone(signals)) }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let left = HERE.replace(self.before.take());
        drop(left);
    }
}

/// The number of the worker of this run that this thread is, if it is one.
pub(super) fn worker_of(signals: &Arc<Signals>) -> Option<usize> {
    HERE.with_borrow(|here| {
        here.as_ref().filter(|here| Arc::ptr_eq(&here.run, signals)).map(|here| here.worker)
    })
}

/// The run whose task this thread executes, if any.
pub(super) fn run() -> Option<Arc<Signals>> {
    HERE.with_borrow(|here| here.as_ref().map(|here| Arc::clone(&here.run)))
}
