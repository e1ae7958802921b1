//! The table-driven bodies of finite lattices, on lattices that are not distributive.

mod fixtures;

use fixtures::{M3, N5};
use lattice_core::{Delta, Lattice, laws};

laws!(m3: M3);
laws!(n5: N5);

/// Irreducible by definition: not the bottom, and not the join of two other states.
fn irreducible(state: N5) -> bool {
    let all = laws::exhaustive::<N5>();
    let is_join = |a: N5| all.iter().any(|b| a != state && *b != state && a.joined(*b) == state);
    state != N5::Bottom && !all.iter().any(|a| is_join(*a))
}

#[test]
fn parts_are_irreducible() {
    for state in laws::exhaustive::<N5>() {
        assert!(state.parts().all(irreducible), "{state:?}");
    }
    assert!(M3::Top.parts().all(|part| part != M3::Top), "the top of M3 is the join of two atoms");
}

#[test]
fn parts_of_m3_need_two_of_its_three_atoms() {
    assert_eq!(M3::Top.parts().count(), 2);
}

#[test]
fn diff_answers_a_minimal_state_where_there_is_no_least() {
    assert_eq!(M3::B.diff(&M3::A), Some(M3::B));
    assert_ne!(M3::Top.diff(&M3::A), Some(M3::Top), "an atom is enough");
}

#[test]
fn diff_answers_less_than_the_state_where_less_is_enough() {
    assert_eq!(N5::C.diff(&N5::B), Some(N5::A));
}

#[test]
fn a_conflict_names_both_states_in_a_fixed_order() {
    let conflict = M3::C.incompatible(&M3::A).unwrap();
    assert_eq!(conflict.values(), Some(("A", "C")));
    assert_eq!(M3::A.incompatible(&M3::C), Some(conflict));
}
