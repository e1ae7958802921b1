//! The verdict that two states exclude each other, from the tables, against joins.
//!
//! The lattices are hand-made, not derived: products of chains, and a chain of antichains, with every up-closed set of conflicts
//! that a state generates. For every pair of states the table's verdict must be what joining the two says.

use lattice_core::threshold::verdict::{Verdict, finite_verdict};

/// A finite lattice given by its order alone.
struct Order {
    leq: Vec<Vec<bool>>,
}

impl Order {
    fn new(n_states: usize, leq: impl Fn(usize, usize) -> bool) -> Self {
        let leq = (0..n_states).map(|low| (0..n_states).map(|high| leq(low, high)).collect()).collect();
        Self { leq }
    }

    fn states(&self) -> std::ops::Range<usize> {
        0..self.leq.len()
    }

    /// The least of the states above both, found by looking at all of them.
    fn join(&self, left: usize, right: usize) -> usize {
        let upper: Vec<usize> =
            self.states().filter(|state| self.leq[left][*state] && self.leq[right][*state]).collect();
        *upper.iter().find(|least| upper.iter().all(|state| self.leq[**least][*state])).expect("a lattice")
    }

    /// Compares the verdicts of all pairs where `conflicts` and all above it are in conflict; how many exclude each other.
    fn check(&self, conflict: usize) -> usize {
        let names: Vec<&'static str> =
            self.states().map(|state| &*Box::leak(format!("state {state}").into_boxed_str())).collect();
        let names: &'static [&'static str] = Box::leak(names.into_boxed_slice());
        let pairs = || self.states().flat_map(|left| self.states().map(move |right| (left, right)));
        let table: Vec<u8> =
            pairs().map(|(left, right)| u8::try_from(self.join(left, right)).expect("few states")).collect();
        let table: &'static [u8] = Box::leak(table.into_boxed_slice());
        let conflicts: &'static [bool] = Box::leak(self.leq[conflict].clone().into_boxed_slice());
        let mut n_incompatible = 0;
        for (left, right) in pairs() {
            let join = self.join(left, right);
            let expected = if self.leq[conflict][join] {
                n_incompatible += 1;
                Verdict::Incompatible
            } else {
                Verdict::Compatible { join: names[join] }
            };
            let indices = [left, right].map(|state| u8::try_from(state).expect("few states"));
            let verdict = finite_verdict(names, table, conflicts, indices.into());
            assert_eq!(verdict, expected, "{left} and {right}, in conflict from {conflict}");
        }
        n_incompatible
    }
}

/// Two chains side by side: `state = row * width + column`.
fn grid(height: usize, width: usize) -> Order {
    Order::new(height * width, |low, high| low / width <= high / width && low % width <= high % width)
}

/// A bottom, `n` incomparable states, a top: for `n = 3` the lattice M3.
fn fan(n: usize) -> Order {
    Order::new(n + 2, |low, high| low == high || low == 0 || high == n + 1)
}

/// The pentagon N5: 0 < 1 < 2 < 4 and 0 < 3 < 4.
fn pentagon() -> Order {
    Order::new(5, |low, high| low == high || low == 0 || high == 4 || (low, high) == (1, 2))
}

/// All subsets of three things.
fn cube() -> Order {
    Order::new(8, |low, high| low & high == low)
}

#[test]
fn the_verdict_of_the_tables_is_what_the_join_says() {
    let orders = [grid(1, 5), grid(2, 3), grid(3, 3), fan(1), fan(2), fan(3), fan(6), pentagon(), cube()];
    let mut n_pairs = 0;
    let mut n_incompatible = 0;
    for order in &orders {
        for conflict in order.states() {
            n_pairs += order.states().len().pow(2);
            n_incompatible += order.check(conflict);
        }
    }
    assert!(
        n_pairs > 500 && n_incompatible > 100 && n_incompatible < n_pairs,
        "{n_incompatible} of {n_pairs}"
    );
}
