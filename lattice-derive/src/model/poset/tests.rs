//! Orders against their definitions by brute force, on every small poset and on named ones.

use super::*;

/// All partial orders on `len` elements whose edges respect the numbering.
fn all_posets(len: usize) -> Vec<Poset> {
    let pairs: Vec<_> = (0..len).flat_map(|a| (a + 1..len).map(move |b| (a, b))).collect();
    (0..1_u32 << pairs.len())
        .map(|mask| {
            let edges: Vec<_> = pairs
                .iter()
                .enumerate()
                .filter(|(bit, _)| mask >> bit & 1 == 1)
                .map(|(_, pair)| *pair)
                .collect();
            Poset::new(len, &edges).unwrap()
        })
        .collect()
}

#[test]
fn the_join_is_the_least_upper_bound_of_every_small_poset() {
    for poset in (1..=5).flat_map(all_posets) {
        for (a, b) in (0..poset.len()).flat_map(|a| (0..poset.len()).map(move |b| (a, b))) {
            let bounds: Vec<_> = (0..poset.len()).filter(|&c| poset.leq(a, c) && poset.leq(b, c)).collect();
            let least = bounds.iter().copied().find(|&c| bounds.iter().all(|&d| poset.leq(c, d)));
            assert_eq!(poset.join(a, b), least, "{poset:?}: {a} {b}");
        }
    }
}

#[test]
fn covers_and_joins_of_two_are_those_of_the_definition() {
    for poset in (1..=5).flat_map(all_posets) {
        let Ok(join) = poset.joins() else { continue };
        let tables = Tables { bottom: Some(0), conflict: None, join };
        let below = |a, b| a != b && poset.leq(a, b);
        for a in 0..poset.len() {
            let is_cover = |b: &usize| {
                below(a, *b) && !(0..poset.len()).any(|between| below(a, between) && below(between, *b))
            };
            assert_eq!(
                tables.covers(a),
                (0..poset.len()).filter(is_cover).collect::<Vec<_>>(),
                "{poset:?}: {a}"
            );
            let joins_to_a =
                |b: usize, c: usize| !poset.leq(b, c) && !poset.leq(c, b) && poset.join(b, c) == Some(a);
            let some = (0..poset.len()).any(|b| (0..poset.len()).any(|c| joins_to_a(b, c)));
            assert_eq!(tables.join_of_two(a).is_some(), some, "{poset:?}: {a}");
            assert!(tables.join_of_two(a).is_none_or(|(b, c)| joins_to_a(b, c)), "{poset:?}: {a}");
        }
    }
}

#[test]
fn a_missing_join_comes_with_a_true_witness() {
    for poset in (1..=5).flat_map(all_posets) {
        let Err(witnesses) = poset.joins() else {
            assert_eq!(poset.maximal().len(), 1);
            continue;
        };
        assert!(!witnesses.is_empty());
        for NoJoin { left, right, minimal } in witnesses {
            assert_eq!(poset.join(left, right), None);
            assert_ne!(minimal.len(), 1);
            for &bound in &minimal {
                assert!(poset.leq(left, bound) && poset.leq(right, bound));
                assert!(minimal.iter().all(|&other| other == bound || !poset.leq(other, bound)));
            }
        }
    }
}

#[test]
fn a_cycle_names_its_last_edge_and_the_way_back() {
    let cycle = Poset::new(4, &[(0, 1), (1, 2), (3, 0), (2, 0)]).unwrap_err();
    assert_eq!(cycle, Cycle { edge: 3, way_back: vec![0, 1, 2] });
    assert_eq!(Poset::new(1, &[(0, 0)]).unwrap_err(), Cycle { edge: 0, way_back: vec![0] });
}

#[test]
fn a_bowtie_has_two_minimal_upper_bounds() {
    let poset = Poset::new(6, &[(0, 1), (0, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 5), (4, 5)]).unwrap();
    assert_eq!(poset.joins().unwrap_err(), [NoJoin { left: 1, right: 2, minimal: vec![3, 4] }]);
    assert_eq!((poset.minimal(), poset.maximal()), (vec![0], vec![5]));
}

#[test]
fn a_chain_of_256_has_a_table_of_maxima() {
    let edges: Vec<_> = (0..255).map(|lesser| (lesser, lesser + 1)).collect();
    let joins = Poset::new(256, &edges).unwrap().joins().unwrap();
    assert_eq!(joins.len(), 65536);
    for (at, join) in joins.iter().enumerate() {
        assert_eq!(usize::from(*join), (at / 256).max(at % 256));
    }
}
