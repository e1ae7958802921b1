//! The counters against the oracle, which is a number: alone, up and down, and under the keys of a map.
//!
//! * One thread: each bump, freeze and read answers what the number says.
//! * Two threads and a freeze: the frozen count is the sum of the bumps that were accepted, and stays it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Barrier, atomic::AtomicBool},
    thread,
};

use lattice_core::{GCounter, PnCounter};

use crate::{
    Bump, LVar, LVarType, Outside,
    reference::{Called, Outcome, Random, outcome, poll},
};

fn is_reached(read: &mut (impl Future + Unpin)) -> bool {
    poll(read, &Arc::new(Called(AtomicBool::new(false)))).is_ready()
}

fn one_thread(seed: u64) {
    let mut random = Random(seed);
    let (lvar, mut count, mut is_frozen) = (LVar::<GCounter>::new(), 0, false);
    for _ in 0..1 + random.below(10) {
        match random.below(6) {
            0 => {
                is_frozen = true;
                assert_eq!(lvar.freeze(Outside::here()).unwrap().value(), u128::from(count), "seed {seed}");
            }
            1 => {
                let least = random.below(8);
                // A frozen count that is too low ends the read as well, with an error.
                let is_over = is_frozen || count >= least;
                assert_eq!(is_reached(&mut lvar.at_least(least)), is_over, "seed {seed}, at least {least}");
            }
            _ => {
                let by = random.below(3);
                let expected = if is_frozen && by > 0 { Outcome::Frozen } else { Outcome::Done };
                assert_eq!(outcome(&lvar.bump(by)), expected, "seed {seed}, bump by {by}");
                if expected == Outcome::Done {
                    count += by;
                }
            }
        }
    }
    assert_eq!(lvar.into_value().unwrap().value(), u128::from(count), "seed {seed}");
}

fn up_and_down(seed: u64) {
    let mut random = Random(seed);
    let (lvar, mut counts) = (LVar::<PnCounter>::new(), (0, 0));
    for _ in 0..1 + random.below(10) {
        let by = i64::try_from(random.below(7)).unwrap() - 3;
        lvar.bump(by).unwrap();
        if by > 0 {
            counts.0 += by.unsigned_abs();
        } else {
            counts.1 += by.unsigned_abs();
        }
    }
    assert!(is_reached(&mut lvar.increments.at_least(counts.0)), "seed {seed}");
    assert!(!is_reached(&mut lvar.decrements.at_least(counts.1 + 1)), "seed {seed}");
    let value = lvar.freeze(Outside::here()).unwrap().value();
    assert_eq!(value, i128::from(counts.0) - i128::from(counts.1), "seed {seed}");
}

/// What one thread bumps: under which key, and by how much.
type Program = Vec<(u8, u64)>;

fn racing_freeze_of_a_map(seed: u64) {
    let mut random = Random(seed);
    let programs: [Program; 2] = std::array::from_fn(|_| {
        (0..1 + random.below(4)).map(|_| (random.below(3) as u8, random.below(3))).collect()
    });
    let lvar = LVar::<BTreeMap<u8, GCounter>>::new();
    let start = Barrier::new(3);
    let run = |program: &Program| {
        start.wait();
        program.iter().map(|(key, by)| outcome(&lvar.key(key).bump(*by))).collect::<Vec<_>>()
    };
    let (frozen, outcomes) = thread::scope(|scope| {
        let writers = programs.each_ref().map(|program| scope.spawn(move || run(program)));
        start.wait();
        let frozen = lvar.freeze(Outside::here()).unwrap();
        (frozen, writers.map(|writer| writer.join().unwrap()))
    });
    let mut accepted = BTreeMap::<u8, u64>::new();
    for ((key, by), outcome) in programs.iter().flatten().zip(outcomes.iter().flatten()) {
        let is_there = frozen.contains_key(key);
        // A bump of nothing is refused only where it would make the key.
        assert!(*by > 0 || (*outcome == Outcome::Done) == is_there, "seed {seed}, {key}: {frozen:?}");
        if *outcome == Outcome::Done {
            *accepted.entry(*key).or_default() += by;
        }
    }
    for (key, count) in &frozen {
        let expected = u128::from(accepted.get(key).copied().unwrap_or(0));
        assert_eq!(count.value(), expected, "seed {seed}, {key}");
    }
    assert!(accepted.keys().all(|key| frozen.contains_key(key)), "seed {seed}, {accepted:?}");
    assert_eq!(lvar.freeze(Outside::here()), Ok(frozen), "seed {seed}");
}

#[test]
fn counters_answer_what_a_number_says() {
    (0..2_000).for_each(one_thread);
    (0..2_000).for_each(up_and_down);
}

#[test]
fn a_freeze_of_counters_under_keys_takes_what_was_accepted_and_no_more() {
    (0..300).for_each(racing_freeze_of_a_map);
}
