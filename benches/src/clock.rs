//! What work cost: CPU time rather than wall time, because the machines that this runs on are shared.
//!
//! Others still disturb: they take the caches, but no longer the turns.

use std::hint::black_box;
use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use nix::time::{ClockId, clock_gettime};

/// The CPU time that this thread spends on `work`, and its result, which the caller drops outside the measured time.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = thread_time();
    let result = black_box(work());
    (thread_time() - start, result)
}

/// The CPU time of all children of this process that have ended, in user code and in the system.
///
/// # Panics
///
/// If the system does not tell.
pub fn children() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts the CPU time of children");
    duration(usage.user_time()) + duration(usage.system_time())
}

/// The CPU time that this thread has spent so far.
///
/// # Panics
///
/// If the system does not tell.
pub fn thread_time() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)
        .expect("the system counts the CPU time of a thread")
        .into()
}

fn duration(time: TimeVal) -> Duration {
    Duration::new(time.tv_sec().unsigned_abs(), time.tv_usec().unsigned_abs() as u32 * 1_000)
}
