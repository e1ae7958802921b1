//! Mistakes that others have made with what can be taken back, one test each.

use lattice_core::{
    AddWinsSet, Bottom, Causal, CausalContext, CausalCounter, Delta, Dot, DotStore, Lattice, MvRegister,
    OrMap, RemoveWinsSet, WriterId, codec::Codec, threshold::Observe,
};

type Set = Causal<AddWinsSet<&'static str>>;
type Tags = OrMap<&'static str, AddWinsSet<&'static str>>;

const ALICE: WriterId = WriterId(1);
const BOB: WriterId = WriterId(2);

fn add(set: &mut Set, writer: WriterId, element: &'static str) -> Set {
    let delta = set.write(writer, |set, dots| set.add(dots, element));
    set.join_ref(&delta);
    delta
}

fn remove(set: &mut Set, writer: WriterId, element: &'static str) -> Set {
    let delta = set.write(writer, |set, dots| set.remove(dots, element));
    set.join_ref(&delta);
    delta
}

fn tag(tags: &mut Causal<Tags>, writer: WriterId, key: &'static str, tag: &'static str) -> Causal<Tags> {
    let delta = tags.write(writer, |tags, dots| tags.update(dots, key, |tags, dots| tags.add(dots, tag)));
    tags.join_ref(&delta);
    delta
}

fn elements(set: &Set) -> Vec<&'static str> {
    set.iter().copied().collect()
}

mod deltas {
    use super::*;

    #[test]
    fn a_delta_twice_out_of_order_and_after_the_full_state_changes_nothing_more() {
        let mut source = Set::new();
        let deltas =
            [add(&mut source, ALICE, "a"), add(&mut source, ALICE, "b"), remove(&mut source, ALICE, "a")];
        let mut replica = Set::new();
        for delta in deltas.iter().rev().chain(&deltas).chain([&source]).chain(&deltas) {
            replica.join_ref(delta);
        }
        assert_eq!(replica, source);
        assert_eq!(elements(&replica), ["b"]);
    }

    #[test]
    fn a_partial_delta_does_not_delete_what_it_leaves_out() {
        let mut source = Set::new();
        let early = add(&mut source, ALICE, "a");
        let late = add(&mut source, ALICE, "b");
        assert_eq!(late.context().n_dots(), 1, "the delta speaks of one dot");
        let mut replica = Set::new();
        replica.join(early);
        replica.join(late);
        assert_eq!(elements(&replica), ["a", "b"]);

        let missing = source.diff(&Set::new().joined(add(&mut Set::new(), ALICE, "a"))).unwrap();
        assert_eq!((elements(&missing), missing.context().n_dots()), (vec!["b"], 1));
        for part in source.parts() {
            assert_eq!(part.context().n_dots(), 1, "nor does a part");
        }
    }

    /// No write makes such a delta; a peer may. It says of all that it names and leaves out that it was taken back.
    #[test]
    fn a_partial_delta_with_too_wide_a_context_takes_back_alike_on_all_replicas() {
        type Bytes = Causal<AddWinsSet<u8>>;
        let early = Bytes::new().write(ALICE, |set, dots| set.add(dots, 1));
        let late = early.write(ALICE, |set, dots| set.add(dots, 2));
        // A writer, a range of two dots without a gap, and one element, under the second of them.
        let bytes = [&[1][..], &ALICE.to_bytes(), &[1, 0, 1, 1, 2, 4, 2]].concat();
        let wide = Bytes::from_bytes(&bytes).expect("well-formed");
        assert!(wide.context().n_dots() == 2 && wide.contains(&2) && !wide.contains(&1));
        let (mut before, mut after) = (Bytes::new(), Bytes::new());
        [&early, &late, &wide].into_iter().for_each(|delta| _ = before.join_ref(delta));
        [&wide, &late, &early].into_iter().for_each(|delta| _ = after.join_ref(delta));
        assert_eq!(before, after);
        assert_eq!(before.iter().collect::<Vec<_>>(), [&2]);
    }

    #[test]
    fn a_removal_before_its_addition_arrives_keeps_it_out() {
        let mut source = Set::new();
        let added = add(&mut source, ALICE, "a");
        let removed = remove(&mut source, ALICE, "a");
        let mut replica = Set::new();
        replica.join(removed);
        assert!(!replica.join(added), "it is no news");
        assert!(!replica.contains("a"));
    }

    #[test]
    fn several_writes_at_once_are_one_delta_with_a_dot_each() {
        let set = Set::new();
        let both = set.write(ALICE, |set, dots| set.add(dots, "a").and(set.add(dots, "b")));
        assert_eq!((elements(&both), both.context().n_dots()), (vec!["a", "b"], 2));
    }

    #[test]
    fn what_no_write_has_named_is_not_replaced() {
        let mut source = Causal::<MvRegister<u8>>::new();
        let deltas = [1, 2, 3].map(|value| {
            let delta = source.write(ALICE, |register, dots| register.set(dots, value));
            source.join_ref(&delta);
            delta
        });
        let mut replica = Causal::<MvRegister<u8>>::new();
        replica.join_ref(&deltas[0]);
        replica.join_ref(&deltas[2]);
        assert_eq!(replica.values().collect::<Vec<_>>(), [&1, &3], "the third write has replaced the second");
        replica.join_ref(&deltas[1]);
        assert_eq!(replica, source);
    }
}

mod removals {
    use super::*;

    #[test]
    fn an_element_on_both_sides_may_still_be_removed() {
        let mut here = Set::new();
        let mut there = Set::new();
        add(&mut here, ALICE, "a");
        add(&mut there, BOB, "a");
        // Each has seen the other's addition removed, and kept its own.
        let (mut one, mut other) = (here.clone(), there.clone());
        one.join(remove(&mut there.clone(), BOB, "a"));
        other.join(remove(&mut here.clone(), ALICE, "a"));
        assert!(one.contains("a") && other.contains("a"));
        one.join(other);
        assert!(!one.contains("a"));
    }

    #[test]
    fn an_update_that_a_removal_of_the_key_has_not_seen_survives_with_its_own_content() {
        let mut here = Causal::<Tags>::new();
        tag(&mut here, ALICE, "pen", "red");
        let mut there = here.clone();
        let removed = here.write(ALICE, |tags, dots| tags.remove(dots, "pen"));
        let updated = tag(&mut there, BOB, "pen", "blue");
        here.join(removed.clone());
        here.join(updated);
        there.join(removed);
        assert_eq!(here, there);
        assert_eq!(here["pen"].iter().collect::<Vec<_>>(), [&"blue"]);
    }

    #[test]
    fn two_concurrent_removals_of_a_key_are_one() {
        let mut here = Causal::<Tags>::new();
        tag(&mut here, ALICE, "pen", "red");
        let removed = [ALICE, BOB].map(|writer| here.write(writer, |tags, dots| tags.remove(dots, "pen")));
        assert_eq!(removed[0], removed[1]);
        assert!(here.join_ref(&removed[0]));
        assert!(!here.join_ref(&removed[1]));
        assert!(here.is_empty());
    }

    #[test]
    fn a_counter_that_is_removed_and_added_again_begins_anew() {
        let mut cart = Causal::<OrMap<&str, CausalCounter>>::new();
        let put = |cart: &Causal<OrMap<&'static str, CausalCounter>>, writer, by| {
            cart.write(writer, |cart, dots| cart.update(dots, "pen", |pens, dots| pens.add(dots, by)))
        };
        cart.join(put(&cart, ALICE, 10));
        let late = put(&cart, BOB, 5);
        cart.join(cart.write(ALICE, |cart, dots| cart.remove(dots, "pen")));
        assert!(cart.at("pen").is_none());
        cart.join(put(&cart, ALICE, 1));
        assert_eq!(cart["pen"].value(), 1);
        cart.join(late);
        assert_eq!(cart["pen"].value(), 6, "bob's five were never seen by the removal");
    }

    #[test]
    fn an_empty_value_under_a_key_is_the_same_as_no_key() {
        let mut map = Causal::<Tags>::new();
        let nothing =
            map.write(ALICE, |map, dots| map.update(dots, "pen", |tags, dots| tags.remove(dots, "red")));
        assert!(nothing.is_bottom());
        tag(&mut map, ALICE, "pen", "red");
        map.join(
            map.write(ALICE, |map, dots| map.update(dots, "pen", |tags, dots| tags.remove(dots, "red"))),
        );
        assert!(!map.contains_key("pen"));
        assert!(map.is_empty());
    }

    #[test]
    fn a_write_stays_reached_when_it_is_taken_back() {
        let mut set = Set::new();
        let other = add(&mut set.clone(), BOB, "b");
        let added = add(&mut set, ALICE, "a");
        assert_eq!(set.at_least(added.clone()), Ok(true));
        remove(&mut set, ALICE, "a");
        assert_eq!((set.at_least(added), set.at_least(other)), (Ok(true), Ok(false)));
    }

    #[test]
    fn a_reset_takes_back_removals_too() {
        let mut set = Causal::<RemoveWinsSet<u8>>::new();
        set.join(set.write(ALICE, |set, dots| set.remove(dots, 1)));
        set.join(set.write(ALICE, RemoveWinsSet::clear));
        assert!(DotStore::is_empty(set.store()));
    }

    /// Were each looked for in the whole set, this would take minutes.
    #[test]
    fn removals_one_by_one_are_not_quadratic() {
        let n = if cfg!(debug_assertions) { 10_000 } else { 200_000 };
        let mut source = Causal::<AddWinsSet<u64>>::new();
        (0..n).for_each(|n| _ = source.join(source.write(ALICE, |set, dots| set.add(dots, n))));
        let mut replica = source.clone();
        for n in (0..n).rev() {
            let delta = source.write(ALICE, |set, dots| set.remove(dots, &n));
            assert!(source.absorb(delta).is_some_and(|news| replica.join(news)));
        }
        assert!(source == replica && replica.is_empty());
    }

    /// Under a key within a key: one removes the inner one, the other writes there and beside it.
    #[test]
    fn a_nested_removal_takes_back_what_it_has_seen_and_no_concurrent_update() {
        type Rooms = Causal<OrMap<&'static str, Tags>>;
        let tag = |rooms: &Rooms, writer, desk, tag| {
            rooms.write(writer, |rooms, dots| {
                rooms.update(dots, "berlin", |desks, dots| {
                    desks.update(dots, desk, |tags, dots| tags.add(dots, tag))
                })
            })
        };
        let mut here = tag(&Rooms::new(), ALICE, "door", "old");
        here.join(tag(&here, ALICE, "window", "kept"));
        let mut there = here.clone();
        let removed = here.write(ALICE, |rooms, dots| {
            rooms.update(dots, "berlin", |desks, dots| desks.remove(dots, "door"))
        });
        let updated = tag(&there, BOB, "door", "new");
        for delta in [&removed, &updated] {
            here.join_ref(delta);
        }
        for delta in [&updated, &removed] {
            there.join_ref(delta);
        }
        assert_eq!(here, there);
        assert_eq!(here["berlin"]["door"].iter().collect::<Vec<_>>(), [&"new"]);
        assert!(here["berlin"]["window"].contains("kept"));
    }

    #[test]
    fn what_was_removed_leaves_nothing_behind() {
        let mut set = Causal::<AddWinsSet<u64>>::new();
        let n_writes = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };
        for write in 0..n_writes {
            let (writer, element) = (WriterId(write % 8 + 1), write * 7919 % 200);
            let delta = if set.contains(&element) {
                set.write(writer, |set, dots| set.remove(dots, &element))
            } else {
                set.write(writer, |set, dots| set.add(dots, element))
            };
            set.join(delta);
        }
        // Eight writers of nine to thirteen bytes; an element, its writer and its distance from the last dot of that writer.
        let least = 8 * 13 + set.len() * 4;
        assert!(set.to_bytes().len() <= 2 * least, "{} bytes of {least}", set.to_bytes().len());
        assert_eq!(set.context().ranges().count(), 8, "no gap is left open");
    }
}

mod identities {
    use super::*;

    /// The backup does not know of the write that the others have seen, and makes its dot again.
    #[test]
    fn a_writer_that_was_reused_after_a_restored_backup_is_told() {
        let backup = Set::new();
        let mut lost = backup.clone();
        let known_to_others = add(&mut lost, ALICE, "a");
        let mut restored = backup;
        assert!(restored.forged(&known_to_others, ALICE).is_some(), "before it writes, it can know");
        add(&mut restored, BOB, "b");
        restored.join(known_to_others);
        assert_eq!(elements(&restored), ["a", "b"], "under a writer of its own nothing is lost");
    }

    #[test]
    fn one_writer_in_two_processes_converges_and_is_told_before_it_does() {
        let (mut here, mut there) = (Set::new(), Set::new());
        let (one, two) = (add(&mut here, ALICE, "a"), add(&mut there, ALICE, "b"));
        let second = add(&mut there, ALICE, "c");
        let alarm = here.forged(&second, ALICE).expect("somebody else writes as alice").to_string();
        assert!(alarm.contains("0000000000000001:2, which"), "{alarm}");
        here.join(two);
        there.join(one);
        here.join(second);
        assert_eq!(here, there, "both additions are lost, and on both sides");
        assert_eq!(elements(&here), ["c"]);
    }

    #[test]
    fn unequal_values_under_one_dot_are_a_conflict_everywhere() {
        let register = Causal::<OrMap<&str, MvRegister<u8>>>::new();
        let put = |value| {
            register
                .write(ALICE, |map, dots| map.update(dots, "pen", |register, dots| register.set(dots, value)))
        };
        let (mut here, mut there) = (put(1), put(2));
        let (one, two) = (here.clone(), there.clone());
        here.join(two);
        there.join(one);
        assert_eq!(here, there);
        let clash = here.clash().unwrap();
        assert_eq!(clash.path(), r#"["pen"][0000000000000001:1]"#);
        assert_eq!(here["pen"].values().count(), 0, "neither value is kept in place of the other");

        here.join(
            here.write(BOB, |map, dots| map.update(dots, "pen", |register, dots| register.set(dots, 3))),
        );
        assert_eq!(here.clash(), None, "the next write repairs it");
    }

    #[test]
    fn a_dot_in_two_places_is_gone_whoever_comes_first_and_however() {
        let (one, two) = (add(&mut Set::new(), ALICE, "a"), add(&mut Set::new(), ALICE, "b"));
        // Beside many other elements, so that the index from dots to places is used.
        let mut crowd = Set::new();
        for name in ["c", "d", "e", "f", "g", "h", "i", "j", "k", "l"] {
            add(&mut crowd, BOB, name);
        }
        let mut orders = Vec::new();
        for deltas in [[&one, &two], [&two, &one]] {
            let mut state = crowd.clone();
            for delta in deltas {
                state.join_ref(delta);
            }
            orders.push(state);
        }
        let joined_first = crowd.joined(one.joined(two));
        assert_eq!((&orders[0], &orders[1]), (&joined_first, &joined_first));
    }
}

mod hostile {
    use super::*;

    #[test]
    fn a_context_that_covers_dots_of_mine_is_an_alarm() {
        let mut here = Set::new();
        add(&mut here, ALICE, "a");
        let honest = add(&mut here.clone(), BOB, "b");
        assert_eq!(here.forged(&honest, ALICE), None);
        let echo = here.clone();
        assert_eq!(here.forged(&echo, ALICE), None, "what I have made comes back");
        let forged = add(&mut here.clone(), ALICE, "x");
        let alarm = here.forged(&forged, ALICE).expect("the context names a dot that alice has not made");
        assert_eq!((alarm.writer(), alarm.path()), (ALICE, String::new()));
    }

    /// Three replicas write as two writers, so that a dot lies in different places, and is gone elsewhere.
    #[test]
    fn the_laws_of_a_lattice_hold_whatever_a_decoder_lets_through() {
        let mut samples = vec![Set::new()];
        for names in [["a", "b"], ["b", "a"], ["b", "c"]] {
            let mut replica = Set::new();
            samples.push(add(&mut replica, ALICE, names[0]));
            samples.push(add(&mut replica, ALICE, names[1]));
            samples.push(remove(&mut replica, ALICE, names[0]));
            samples.push(add(&mut replica, BOB, names[0]));
            samples.push(replica);
        }
        lattice_core::laws::lattice(&samples).unwrap();
    }

    #[test]
    fn a_gap_of_any_size_takes_no_memory() {
        let far =
            CausalContext::from_iter([Dot::new(ALICE, 1 << 60), Dot::new(BOB, u64::MAX)].map(Option::unwrap));
        // The context, and a set without elements.
        let bytes = [far.to_bytes(), vec![0]].concat();
        let delta = Causal::<AddWinsSet<u8>>::from_bytes(&bytes).unwrap();
        let mut here = Causal::<AddWinsSet<u8>>::new();
        here.join(here.write(ALICE, |set, dots| set.add(dots, 1)));
        assert!(here.join_ref(&delta));
        assert!(!here.join(delta), "a replay is no news");
        assert_eq!(here.context().next_dot(ALICE), Dot::new(ALICE, (1 << 60) + 1));
        assert_eq!(here.context().next_dot(BOB), None);
    }

    #[test]
    fn a_dot_in_two_places_or_beyond_the_context_is_refused() {
        type Numbers = Causal<AddWinsSet<u8>>;
        let mut set = Numbers::new();
        set.join(set.write(ALICE, |set, dots| set.add(dots, 7)));
        let bytes = set.to_bytes();
        assert_eq!(
            &bytes[11..],
            [0, 1, 7, 1],
            "the range ends at one; one element, seven, a dot as expected"
        );

        let twice = [&bytes[..12], &[2, 7, 1, 8, 4, 1]].concat();
        let refused = Numbers::from_bytes(&twice).unwrap_err().to_string();
        assert!(refused.starts_with("a store holds a dot in two places"), "{refused}");
        let beyond = [&bytes[..12], &[1, 7, 4, 2]].concat();
        let refused = Numbers::from_bytes(&beyond).unwrap_err().to_string();
        assert!(refused.starts_with("a store holds a dot that its context does not know"), "{refused}");
    }

    #[test]
    fn whatever_is_flipped_or_cut_is_refused_or_canonical() {
        let mut map = Causal::<OrMap<u8, MvRegister<u16>>>::new();
        for (writer, key, value) in [(ALICE, 1, 300), (BOB, 1, 5), (ALICE, 2, 6), (BOB, 9, 7)] {
            map.join(map.write(writer, |map, dots| {
                map.update(dots, key, |register, dots| register.set(dots, value))
            }));
        }
        let bytes = map.to_bytes();
        for cut in 0..bytes.len() {
            assert!(Causal::<OrMap<u8, MvRegister<u16>>>::from_bytes(&bytes[..cut]).is_err());
        }
        for bit in 0..8 * bytes.len() {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            if let Ok(state) = Causal::<OrMap<u8, MvRegister<u16>>>::from_bytes(&flipped) {
                assert_eq!(state.to_bytes(), flipped, "what is taken in is in its one form");
            }
        }
    }

    #[test]
    fn a_thousand_dead_writers_cost_what_they_take() {
        let mut set = Causal::<AddWinsSet<u64>>::new();
        for writer in 1..=1_000 {
            set.join(set.write(WriterId(writer), |set, dots| set.add(dots, writer)));
            set.join(set.write(WriterId(writer), |set, dots| set.remove(dots, &writer)));
        }
        assert!(set.is_empty());
        assert_eq!(set.context().ranges().count(), 1_000);
        // A writer, one range, no gap, and its length.
        assert_eq!(set.to_bytes().len(), 2 + 1_000 * (8 + 3) + 1);
        let delta = set.write(ALICE, |set, dots| set.add(dots, 7));
        assert_eq!(delta.context().ranges().count(), 1, "a delta does not carry them");
    }
}
