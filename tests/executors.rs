//! LVars under the executors and thread pools of others.

use std::{collections::BTreeMap, sync::Arc, thread, time::Duration};

use lvars::{LVar, prelude::*};

type Table = LVar<BTreeMap<u32, Flat<u32>>>;

const N: u32 = 200;

/// Waits for the value under a key, and puts one more under the next.
async fn pass_on(table: Arc<Table>, key: u32) {
    let value = table.key(&key).decided().await.expect("nobody freezes it");
    table.key(&(key + 1)).put(value + 1).expect("the only value");
}

#[test]
fn tasks_of_tokio_wait_for_each_other() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("threads");
    let table = Arc::new(Table::new());
    let tasks: Vec<_> = (0..N).rev().map(|key| runtime.spawn(pass_on(Arc::clone(&table), key))).collect();
    table.key(&0).put(7).expect("the first value");
    for task in tasks {
        runtime.block_on(task).expect("no task panics");
    }
    assert_eq!(table.key(&N).decided().wait(), Ok(7 + N));
}

#[test]
fn tasks_of_smols_executor_wait_for_each_other() {
    let executor = async_executor::Executor::new();
    let table = Arc::new(Table::new());
    (0..N).rev().for_each(|key| executor.spawn(pass_on(Arc::clone(&table), key)).detach());
    table.key(&0).put(7).expect("the first value");
    let last = table.key(&N);
    assert_eq!(pollster::block_on(executor.run(last.decided())), Ok(7 + N));
}

#[test]
fn a_simple_block_on_is_woken_by_another_thread() {
    let lvar = LVar::<Max<u32>>::new();
    thread::scope(|threads| {
        let reader = threads.spawn(|| pollster::block_on(lvar.at_least(N)));
        (0..=N).for_each(|n| lvar.put(n).expect("nobody freezes it"));
        assert_eq!(reader.join().expect("it does not panic"), Ok(()));
    });
}

#[test]
fn workers_of_rayon_may_block_on_what_others_put() {
    // As with any blocking in such a pool, a thread must be left for who puts.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().expect("threads");
    for _ in 0..100 {
        let table = Table::new();
        let (low, high) = pool.scope(|scope| {
            scope.spawn(|_| (0..N).for_each(|key| table.key(&key).put(key).expect("the only value")));
            rayon::join(|| table.key(&(N - 1)).decided().wait(), || table.key(&0).decided().wait())
        });
        assert_eq!((low, high), (Ok(N - 1), Ok(0)));
    }
}

#[test]
fn a_read_with_a_deadline_gives_up_and_may_be_asked_again() {
    let lvar = LVar::<Max<u32>>::new();
    assert!(lvar.at_least(1).wait_timeout(Duration::from_millis(1), Outside::here()).is_err());
    thread::scope(|threads| {
        let reader =
            threads.spawn(|| lvar.at_least(1).wait_timeout(Duration::from_secs(600), Outside::here()));
        lvar.put(1).expect("nobody freezes it");
        assert_eq!(reader.join().expect("it does not panic"), Ok(Ok(())));
    });
}

/// A pool whose only worker waits for what stands in its own queue. Nobody can see that from inside, so a read that must not hang has a deadline.
#[test]
fn a_read_that_blocks_the_worker_that_would_put_says_what_it_lacks() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let price = LVar::<Flat<u32>>::named("price");
    let timed_out = pool.scope(|scope| {
        scope.spawn(|_| price.put(30).expect("the only value"));
        price.decided().wait_timeout(Duration::from_millis(1), Outside::here())
    });
    assert_eq!(
        timed_out.expect_err("the put is behind it").lacks,
        ["price: undecided, waiting for a decision"]
    );
    assert_eq!(price.decided().wait(), Ok(30));
}
