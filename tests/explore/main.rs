//! `par::explore` finds planted bugs, and passes programs that have none: 500 schedules each, or as many as `EXPLORE_SCHEDULES` says, for
//! `cargo xtask explore`.
#![cfg(feature = "explore")]

mod correct;
mod planted;
mod shrinking;
mod structures;

/// How many schedules a program is tried on.
fn n_schedules() -> u64 {
    match std::env::var("EXPLORE_SCHEDULES") {
        Ok(number) => number.parse().expect("EXPLORE_SCHEDULES is a number"),
        Err(_) => 500,
    }
}
