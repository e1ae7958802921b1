//! Which worker of which run this thread is.

use std::{cell::Cell, sync::Arc};

use crate::{current, par::signals::Signals};

thread_local! {
    static HERE: Cell<Option<Here>> = const { Cell::new(None) };
}

#[derive(Clone, Copy, Debug)]
struct Here {
    /// The address of the run's signals. A worker keeps them alive, so no other run has it meanwhile.
    run: usize,
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
    let run = Arc::as_ptr(signals).addr();
    let before = HERE.replace(Some(Here { run, worker }));
    Entered { before, _noting: current::enter(Arc::<Signals>::clone(signals)) }
}

impl Drop for Entered {
    fn drop(&mut self) {
        HERE.set(self.before);
    }
}

/// The number of the worker of this run that this thread is, if it is one.
pub(super) fn worker_of(signals: &Arc<Signals>) -> Option<usize> {
    HERE.get().filter(|here| here.run == Arc::as_ptr(signals).addr()).map(|here| here.worker)
}
