//! Programs that are not deterministic, each by another mistake: the explorer shows two schedules that disagree.

use std::{
    cmp::Ordering,
    collections::BTreeSet,
    fmt::Debug,
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    task::{Context, Poll, Waker},
    thread,
};

use lvars::{LVar, kinds::LockedLVar, lvar::HasLVar, par::RunError, prelude::*};

/// Asserts that the explorer finds two schedules on which `program` disagrees, on one of which its outcome contains `text`.
#[track_caller]
fn assert_found<R: PartialEq + Debug>(text: &str, program: impl Fn() -> Result<R, RunError>) {
    let explored = catch_unwind(AssertUnwindSafe(|| par::explore(0..500, program)));
    let Err(payload) = explored else { panic!("the bug was not found") };
    let message = payload.downcast_ref::<String>().expect("the message is a text");
    let lines: Vec<&str> = message.lines().collect();
    assert_eq!(lines[0], "the program answers differently on two schedules:", "{message}");
    assert!(lines[1].starts_with("  seed 0 (workers: 1, switches: 0): "), "{message}");
    assert!(lines[2].starts_with("  seed ") && message.contains(text), "{message}");
}

/// Whether a future is ready: an ordinary read, which no type can forbid.
fn is_ready(future: impl Future) -> bool {
    pin!(future).poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

#[test]
fn a_racy_read_modify_write() {
    assert_found("Ok(", || {
        let (count, seen) = (AtomicU32::new(0), LVar::<Max<u32>>::new());
        par::run(async |p| {
            for n in 1..=3 {
                let (count, seen) = (&count, &seen);
                p.fork(move |_| {
                    let before = count.load(Relaxed);
                    seen.put(n)?;
                    count.store(before + 1, Relaxed);
                    Ok(())
                });
            }
        })?;
        Ok(count.into_inner())
    });
}

#[test]
fn an_ordinary_read_in_a_deterministic_program() {
    assert_found("Ok(false)", || {
        let votes = LVar::<Max<u32>>::new();
        par::run(async |p| {
            p.fork(|_| votes.put(3));
            is_ready(votes.at_least(3))
        })
    });
}

#[test]
fn a_handler_that_reads_the_state() {
    assert_found("Ok(", || {
        let (seen, early) = (LVar::<BTreeSet<u32>>::new(), LVar::<BTreeSet<u32>>::new());
        par::run(async |p| {
            // Whether the last element is there when another one is handled.
            seen.for_each(
                &p.pool(),
                |_, &n| if is_ready(seen.at_least([9])) { early.insert(n) } else { Ok(()) },
            );
            p.par_for(0..10, |n| seen.insert(n)).await;
        })?;
        Ok(early.into_value())
    });
}

#[test]
fn a_freeze_too_early() {
    assert_found("Err(", || {
        let words = LVar::<BTreeSet<u32>>::new();
        par::run_quasi(async |p, quasi| {
            let writes = p.par_for(0..10, |n| words.insert(n));
            words
                .at_least([5])
                .await
                .is_ok_and(|()| words.freeze(quasi).is_ok_and(|words| words.len() == 10) || is_ready(writes))
        })
    });
}

#[test]
fn a_quiesce_of_the_wrong_pool() {
    assert_found("Err(", || {
        let (seen, squares) = (LVar::<BTreeSet<u32>>::new(), LVar::<BTreeSet<u32>>::new());
        par::run_quasi(async |p, quasi| {
            let (handlers, other) = (p.pool(), p.pool());
            seen.for_each(&handlers, |_, &n| squares.insert(n * n));
            seen.put(BTreeSet::from([1, 2, 3]))?;
            other.quiesce().await;
            Ok::<_, lvars::PutError>(squares.freeze(quasi)?)
        })
        .map(|answer| answer.is_ok_and(|squares| squares.len() == 3))
    });
}

#[test]
fn a_freeze_in_a_handler() {
    assert_found("Err(", || {
        let (seen, squares) = (LVar::<BTreeSet<u32>>::new(), LVar::<BTreeSet<u32>>::new());
        par::run_quasi(async |p, quasi| {
            let seen = &seen;
            let squares = &squares;
            seen.for_each(&p.pool(), move |_, &n| {
                squares.insert(n * n)?;
                if n == 2 {
                    squares.freeze(quasi)?;
                }
                Ok(())
            });
            p.par_for(0..3, move |n| seen.insert(n)).await;
        })
    });
}

#[test]
fn the_first_who_comes_is_served() {
    assert_found("Ok(", || {
        let first = OnceLock::new();
        par::run(async |p| {
            let first = &first;
            p.par_for(0..3_u32, move |n| _ = first.set(n)).await;
        })?;
        Ok(first.into_inner())
    });
}

#[test]
fn a_list_in_the_order_of_arrival() {
    assert_found("Ok(", || {
        let list = Mutex::new(Vec::new());
        par::run(async |p| p.par_for(0..4_u32, |n| list.lock().unwrap().push(n)).await)?;
        Ok(list.into_inner().unwrap())
    });
}

#[test]
fn a_sum_of_floats_in_the_order_of_arrival() {
    assert_found("Ok(", || {
        let sum = Mutex::new(0.0);
        par::run(async |p| p.par_for(&[1e16, 1.0, -1e16, 1.0][..], |n| *sum.lock().unwrap() += n).await)?;
        Ok(sum.into_inner().unwrap())
    });
}

/// A "lattice" whose join does not commute: the later write wins.
#[derive(Clone, Debug, PartialEq)]
struct Latest(u32);

impl Lattice for Latest {
    fn join(&mut self, other: Self) -> bool {
        let grew = self.0 != other.0 && other.0 != 0;
        if grew {
            self.0 = other.0;
        }
        grew
    }

    fn lattice_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.0, other.0) {
            (left, right) if left == right => Some(Ordering::Equal),
            (0, _) => Some(Ordering::Less),
            (_, 0) => Some(Ordering::Greater),
            _ => None,
        }
    }
}

impl Bottom for Latest {
    fn bottom() -> Self {
        Self(0)
    }

    fn is_bottom(&self) -> bool {
        self.0 == 0
    }
}

impl HasLVar for Latest {
    type LVar = LockedLVar<Self>;
}

#[test]
fn a_join_that_does_not_commute() {
    assert_found("Ok(Latest(", || {
        par::run_then_freeze(LVar::<Latest>::new(), async |p, latest| {
            p.par_for(1..4, move |n| latest.put(Latest(n))).await;
        })
    });
}

#[test]
fn a_race_of_two_reads() {
    assert_found("Ok(\"", || {
        let (left, right) = (LVar::<Any>::new(), LVar::<Any>::new());
        par::run(async |p| {
            p.fork(|_| left.put(true));
            p.fork(|_| right.put(true));
            let (mut one, mut two) = (pin!(left.at_least(true)), pin!(right.at_least(true)));
            poll_fn(|context| {
                let (one, two) = (one.as_mut().poll(context), two.as_mut().poll(context));
                match (one.is_ready(), two.is_ready()) {
                    (true, false) => Poll::Ready("left"),
                    (false, true) => Poll::Ready("right"),
                    (true, true) => Poll::Ready("both"),
                    (false, false) => Poll::Pending,
                }
            })
            .await
        })
    });
}

#[test]
fn a_handler_that_numbers_its_entries() {
    assert_found("Ok(", || {
        let (seen, numbered) = (LVar::<BTreeSet<u32>>::new(), LVar::<BTreeSet<(u32, u32)>>::new());
        let next = AtomicU32::new(0);
        par::run(async |p| {
            seen.for_each(&p.pool(), |_, &n| numbered.insert((n, next.fetch_add(1, Relaxed))));
            p.par_for(0..4, |n| seen.insert(n)).await;
        })?;
        Ok(numbered.into_value())
    });
}

#[test]
fn an_answer_that_names_the_worker() {
    assert_found("par-", || {
        let names = LVar::<BTreeSet<Option<String>>>::new();
        par::run(async |p| {
            p.par_for(0..8, |_| names.insert(thread::current().name().map(String::from))).await
        })?;
        Ok(names.into_value())
    });
}

#[test]
fn a_panic_on_some_schedules_only() {
    assert_found("panic: too late", || {
        let votes = LVar::<Max<u32>>::new();
        par::run(async |p| {
            p.fork(|_| votes.put(3));
            assert!(!is_ready(votes.at_least(3)), "too late");
        })
    });
}

#[test]
fn an_update_of_a_replica_that_hangs_on_what_others_wrote() {
    assert_found("Ok(", || {
        let seen = Replica::<BTreeSet<u32>>::open();
        par::run_quasi(async |p, quasi| {
            for factor in [2, 3] {
                let seen = &seen;
                p.fork(move |_| {
                    seen.update(quasi, |seen, _| [(seen.len() as u32 + 1) * factor].into())?;
                    Ok(())
                });
            }
        })?;
        Ok(seen.query(Outside::here()).iter().copied().collect::<Vec<_>>())
    });
}

#[test]
fn a_task_that_acts_on_what_was_news() {
    assert_found("Ok(", || {
        let (seen, first) = (Replica::<BTreeSet<u32>>::open(), LVar::<Max<u32>>::new());
        par::run_quasi(async |p, quasi| {
            for n in 1..=2 {
                let (seen, first) = (&seen, &first);
                p.fork(move |_| {
                    if seen.merge(quasi, [7].into()).is_ok_and(|news| news.is_some()) {
                        first.put(n)?;
                    }
                    Ok::<(), lvars::PutError>(())
                });
            }
        })?;
        Ok(first.into_value())
    });
}
