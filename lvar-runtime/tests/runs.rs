//! What parallel runs promise of the LVars that they share: lifetimes, handlers, and what an error says.

use std::collections::{BTreeMap, BTreeSet};

use lattice_core::{Flat, Max, Min};
use lvar_runtime::{
    GetError, LVar, LVarType, Outside, Put, PutError,
    par::{self, ForEach},
};

#[test]
fn a_handler_may_follow_what_another_handler_found() {
    let map = LVar::<BTreeMap<String, BTreeSet<u32>>>::new();
    let all = par::run_then_freeze(LVar::<BTreeSet<u32>>::new(), async |p, all| {
        let (outer, inner) = (p.pool(), p.pool());
        map.for_each(&outer, move |_, (_, set)| set.for_each(&inner, |_, n| all.insert(*n)));
        for n in 0..30_u32 {
            let map = &map;
            p.fork(move |_| map.key(&(n % 3).to_string()).or_bottom()?.insert(n));
        }
    });
    assert_eq!(all, Ok((0..30).collect()));
}

#[test]
fn a_task_may_wait_for_an_entry_that_a_handler_found() {
    let prices = LVar::<BTreeMap<u32, Flat<u32>>>::new();
    let total = par::run_then_freeze(LVar::<BTreeSet<u32>>::new(), async |p, seen| {
        prices.for_each(&p.pool(), move |p, (_, price)| {
            drop(p.spawn(async move {
                if let Ok(price) = price.decided().await {
                    _ = seen.insert(price);
                }
            }));
        });
        for n in 0..10 {
            prices.key(&n).or_bottom()?;
        }
        for n in 0..10 {
            prices.key(&n).put(100 + n)?;
        }
        Ok::<(), PutError>(())
    });
    assert_eq!(total, Ok((100..110).collect()));
}

#[test]
fn the_lvar_under_a_key_outlives_the_key() {
    fn entry(prices: &LVar<BTreeMap<String, Flat<u32>>>) -> Result<&LVar<Flat<u32>>, PutError> {
        let key = String::from("book");
        prices.key(&key).or_bottom()
    }
    let prices = LVar::<BTreeMap<String, Flat<u32>>>::new();
    entry(&prices).unwrap().put(30).unwrap();
    assert_eq!(prices.key("book").decided().wait(), Ok(30));
}

#[test]
fn a_blocked_run_counts_its_reads_in_grammar() {
    let votes = LVar::<Max<u32>>::new();
    let one = par::run(async |_| votes.at_least(5).await).unwrap_err();
    let first = one.to_string().lines().next().unwrap_or_default().to_owned();
    let wanted = "blocked: nothing can run, and 1 read still waits; put what it lacks, or do not wait for it";
    assert_eq!(first, wanted);
}

#[test]
fn a_refused_put_into_a_frozen_set_or_map_names_what_is_new() {
    let map = LVar::<BTreeMap<String, Flat<u32>>>::new();
    map.key("a").put(1).unwrap();
    map.freeze(Outside::here()).unwrap();
    let text = |refused: Result<(), PutError>| {
        refused.unwrap_err().to_string().split(';').next().unwrap_or_default().to_owned()
    };
    assert_eq!(text(map.key("b").put(2)), r#"the LVar is frozen and the key "b" would change it"#);
    let set = LVar::<BTreeSet<u32>>::new();
    set.freeze(Outside::here()).unwrap();
    assert_eq!(text(set.insert(7)), "the LVar is frozen and the element 7 would change it");
    let inner = LVar::<BTreeMap<String, BTreeSet<u32>>>::new();
    inner.key("a").put([1]).unwrap();
    inner.freeze(Outside::here()).unwrap();
    assert_eq!(text(inner.key("a").put([2])), r#"`["a"]` is frozen and the element 2 would change it"#);
}

#[test]
fn a_timestamp_with_a_tie_break_has_an_lvar() {
    let last = LVar::<Max<(u64, Option<u32>, bool)>>::new();
    let first = LVar::<Min<(u64, Option<u32>)>>::new();
    par::run(async |p| {
        for clock in [3, 9, 5] {
            let (last, first) = (&last, &first);
            p.fork(move |_| last.put(Max((clock, Some(1), true))));
            p.fork(move |_| first.put(Min((clock, None))));
        }
    })
    .unwrap();
    assert_eq!(last.at_least((9, None, false)).wait(), Ok(()));
    assert_eq!(last.into_value(), Ok(Max((9, Some(1), true))));
    assert_eq!(first.into_value(), Ok(Min((3, None))));
    assert_eq!(LVar::<Min<(u8, Option<bool>)>>::new().into_value(), Ok(Min((255, Some(true)))));
}

/// The worker that would block is the only one who could run the task that puts.
#[test]
fn a_blocking_read_in_a_task_is_refused_and_does_not_hang() {
    let price = LVar::<Flat<u32>>::new();
    let refused = LVar::<BTreeSet<bool>>::new();
    let read = par::run_on(1, async |p| {
        p.fork(|_| price.put(30));
        refused.for_each(&p.pool(), |_, _| assert_eq!(price.decided().wait(), Err(GetError::OnWorker)));
        refused.insert(price.decided().wait() == Err(GetError::OnWorker))?;
        Ok::<_, PutError>(price.decided().await)
    });
    assert_eq!(read, Ok(Ok(Ok(30))));
    assert_eq!(refused.into_value(), Ok(BTreeSet::from([true])));
}
