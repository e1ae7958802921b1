//! Why reads still wait: the report of a blocked run, gathered by polling what is blocked once more.
//!
//! 1. The run polls each task that waits, inside of `collect`.
//! 2. The task says who it is: `as_task`.
//! 3. What it awaits says what it lacks, `report`, and answers `Pending`, whatever happened meanwhile.

use std::{
    cell::{Cell, RefCell},
    fmt,
    panic::Location,
    ptr,
};

/// A read that waits: of which task, for what, asked where in the source, and what is lacking.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Waiting {
    /// The task that waits, by where it was spawned, or which key of which memo table it computes.
    pub task: String,
    /// The threshold set, such as `Outcome`, or the element, such as `at least Max(5)`.
    pub threshold: String,
    /// Where the read was asked for.
    pub at: &'static Location<'static>,
    /// One line for each LVar that the answer hangs on: its name or path, its present state, and what would be enough. Of a `when` with
    /// several conditions it is the first that is not met.
    pub lacks: Vec<String>,
}

impl fmt::Display for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} waits for {} at {}: {}", self.task, self.threshold, self.at, self.lacks.join("; "))
    }
}

/// Which task it is. Two tasks that wait at the same time differ; it says nothing about order, and is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TaskId(usize);

impl TaskId {
    /// The main task.
    pub(crate) const MAIN: Self = Self(0);

    /// The task to which `what` belongs, which lives, and stays where it is, as long as the task waits.
    pub(crate) fn of<T>(what: &T) -> Self {
        Self(ptr::from_ref(what).addr())
    }
}

/// What was heard of one read: with the task that waits, and the task that it waits for, if it is one.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) waiting: Waiting,
    pub(crate) by: TaskId,
    pub(crate) of: Option<TaskId>,
}

struct Collecting {
    heard: Vec<Heard>,
    /// The task that is being asked, and its name.
    task: (TaskId, String),
}

thread_local! {
    static COLLECTING: RefCell<Option<Collecting>> = const { RefCell::new(None) };
    /// Whether there is something in `COLLECTING`, for every poll to see: it has no destructor, so to look at it is one load.
    static IS_COLLECTING: Cell<bool> = const { Cell::new(false) };
}

/// Calls `poll`, which polls blocked futures, and answers what each read in them waits for. The reads answer `Pending` meanwhile, so
/// that no task moves on because it was asked.
pub(crate) fn collect(poll: impl FnOnce()) -> Vec<Heard> {
    /// Ends the collecting also when `poll` panics.
    struct Before(Option<Collecting>);

    impl Drop for Before {
        fn drop(&mut self) {
            IS_COLLECTING.set(self.0.is_some());
            COLLECTING.set(self.0.take());
        }
    }

    let task = (TaskId::MAIN, "the main task".to_owned());
    let before = Before(COLLECTING.replace(Some(Collecting { heard: Vec::new(), task })));
    IS_COLLECTING.set(true);
    poll();
    let collected = COLLECTING.take();
    drop(before);
    collected.map_or_else(Vec::new, |collected| collected.heard)
}

/// Whether reads on this thread are being asked why they wait.
#[inline]
pub(crate) fn is_collecting() -> bool {
    IS_COLLECTING.get()
}

/// Calls `poll`, which polls the blocked task `id`, so that what it reports is the task's. If that is nothing, the task awaits something
/// that is none of the run's, and that is reported.
pub(crate) fn as_task<R>(
    id: TaskId,
    name: String,
    started_at: &'static Location<'static>,
    poll: impl FnOnce() -> R,
) -> R {
    let start = |collecting: &mut Collecting| (collecting.heard.len(), collecting.task.clone());
    let swap = |task| with(|collecting| collecting.task = task);
    let before = with(|collecting| start(collecting));
    swap((id, name));
    // A panic ends the collecting, so there is nothing to be restored then.
    let polled = poll();
    if let Some((n_before, task)) = before {
        let n_now = with(|collecting| collecting.heard.len());
        if n_now == Some(n_before) {
            let lack = "inside a run, await only reads, tasks and pools of that run".to_owned();
            report("what is no read".to_owned(), started_at, vec![lack], None);
        }
        swap(task);
    }
    polled
}

/// Adds a read to what is being collected; `of` is the task that it waits for.
pub(crate) fn report(
    threshold: String,
    at: &'static Location<'static>,
    lacks: Vec<String>,
    of: Option<TaskId>,
) {
    with(|collecting| {
        let (by, task) = collecting.task.clone();
        collecting.heard.push(Heard { waiting: Waiting { task, threshold, at, lacks }, by, of });
    });
}

/// Adds one that waits for the result of a task.
pub(crate) fn report_task(of: TaskId, spawned_at: &'static Location<'static>) {
    let lack = "the task itself waits".to_owned();
    report("the result of a task".to_owned(), spawned_at, vec![lack], Some(of));
}

fn with<R>(change: impl FnOnce(&mut Collecting) -> R) -> Option<R> {
    COLLECTING.with_borrow_mut(|collecting| collecting.as_mut().map(change))
}
