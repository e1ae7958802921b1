//! Mistakes that others have made with replicated types that only grow, one test each; and what their thresholds may name.

use std::{collections::BTreeMap, fmt::Debug};

use lattice_core::{
    AddWinsSet, BoundedCounter, Causal, CausalCounter, CausalLengthSet, Dag, Delta, GCounter, Handled,
    HybridClock, HyperLogLog, Lattice, LwwRegister, LwwSet, MvRegister, PartialOrder, PnCounter, Sequence,
    Stamp, TooFarAhead, TwoPhaseGraph, TwoPhaseSet, WriterId,
    codec::{Codec, encode_unsigned},
    threshold::Points,
};

const ALICE: WriterId = WriterId(1);
const BOB: WriterId = WriterId(2);
/// In milliseconds.
const DAY: u64 = 24 * 60 * 60 * 1_000;

mod clocks {
    use super::*;

    #[test]
    fn equal_stamps_with_different_values_are_told_everywhere_and_keep_neither() {
        let stamp = Stamp { wall: 7, count: 0, writer: ALICE };
        let (here, there) = (LwwRegister::new().set(stamp, "a"), LwwRegister::new().set(stamp, "b"));
        let late = LwwRegister::new().set(Stamp { wall: 6, ..stamp }, "c");
        let one = here.clone().joined(there.clone()).joined(late.clone());
        let other = late.joined(there).joined(here);
        assert_eq!(one, other);
        assert!(one.value().is_none() && one.clash().is_some());
    }

    #[test]
    fn equal_times_of_two_writers_are_decided_by_the_writer() {
        let stamps = [ALICE, BOB].map(|writer| Stamp { wall: 7, count: 0, writer });
        let written = stamps.map(|stamp| LwwRegister::new().set(stamp, stamp.writer.0));
        let [one, other] = &written;
        assert_eq!(one.clone().joined(other.clone()).value(), Some(&2));
        assert_eq!(other.clone().joined(one.clone()).value(), Some(&2));
    }

    #[test]
    fn a_clock_a_day_ahead_is_refused_and_does_not_win_for_a_day() {
        let (mut here, mut ahead) = (HybridClock::new(60_000), HybridClock::new(60_000));
        let now = 100 * DAY;
        let mut names = BTreeMap::from([("title", LwwRegister::new().set(here.stamp(now, ALICE), "now"))]);
        let from_tomorrow =
            BTreeMap::from([("title", LwwRegister::new().set(ahead.stamp(now + DAY, BOB), "tomorrow"))]);
        let refused = here.admit(&from_tomorrow, now);
        assert!(matches!(refused, Err(TooFarAhead { stamp, .. }) if stamp.writer == BOB));
        // The clock did not follow it, so others are not refused in turn.
        let next = LwwRegister::new().set(here.stamp(now + 1, ALICE), "later");
        assert_eq!(next.stamp().map(|stamp| stamp.wall), Some(now + 1));
        names.join(BTreeMap::from([("title", next)]));
        assert_eq!(names["title"].value(), Some(&"later"));
    }

    #[test]
    fn a_clock_that_is_set_back_loses_no_write() {
        let mut clock = HybridClock::new(60_000);
        let mut set = LwwSet::new();
        set.join(set.add(clock.stamp(DAY, ALICE), "eve"));
        set.join(set.remove(clock.stamp(DAY - 5_000, ALICE), "eve"));
        assert!(!set.contains("eve"));

        // Nor does one that was opened anew, if it is shown what is there.
        let mut opened = HybridClock::new(60_000);
        opened.observe(&set);
        set.join(set.add(opened.stamp(DAY - 4_000, ALICE), "eve"));
        assert!(set.contains("eve"));
    }
}

mod counts {
    use super::*;

    /// Where counters are kept under keys that only grow, a removed line comes back with what is added next, and with nothing else.
    #[test]
    fn a_line_of_a_pn_counter_that_is_taken_out_and_added_again_counts_both() {
        let mut cart = BTreeMap::from([("pen", PnCounter::new().add(ALICE, 3))]);
        let removed = BTreeMap::from([("pen", cart["pen"].add(BOB, -3))]);
        let concurrent = BTreeMap::from([("pen", cart["pen"].add(ALICE, 1))]);
        cart.join(removed);
        cart.join(concurrent);
        assert_eq!(cart["pen"].value(), 1);
    }

    #[test]
    fn counters_at_their_maximum_neither_wrap_nor_panic() {
        let full =
            GCounter::new().increment(ALICE, u64::MAX).joined(GCounter::new().increment(BOB, u64::MAX));
        assert_eq!(full.value(), 2 * u128::from(u64::MAX));
        assert_eq!(GCounter::from_bytes(&full.increment(ALICE, 9).joined(full.clone()).to_bytes()), Ok(full));
        let stock = BoundedCounter::new().increment(ALICE, u64::MAX);
        assert!(stock.decrement(ALICE, u64::MAX).is_ok());
        assert!(stock.transfer(ALICE, BOB, u64::MAX).is_ok());
        let mut handled = Handled::new().accept("till", u64::MAX).unwrap();
        assert_eq!(handled.accept("till", 1), None);
        assert!(!handled.join_ref(&handled.clone()));
    }

    #[test]
    fn a_command_that_is_sent_again_counts_once_and_a_late_delta_changes_nothing() {
        let mut state = (GCounter::new(), Handled::new());
        let mut deltas = Vec::new();
        for number in [1, 1, 2, 2, 1] {
            if let Some(handled) = state.1.accept("till", number) {
                let delta = (state.0.increment(ALICE, 5), handled);
                state.join_ref(&delta);
                deltas.push(delta);
            }
        }
        assert_eq!(state.0.value(), 10);
        assert!(deltas.iter().rev().all(|delta| !state.join_ref(delta)));
    }

    #[test]
    fn two_that_share_rights_cannot_both_use_them() {
        let stock = BoundedCounter::new().increment(ALICE, 3);
        let stock = stock.clone().joined(stock.transfer(ALICE, BOB, 1).unwrap());
        let (sold, also) = (stock.decrement(ALICE, 2).unwrap(), stock.decrement(BOB, 1).unwrap());
        assert!(stock.decrement(BOB, 2).is_err());
        assert_eq!(stock.joined(sold).joined(also).value(), 0);
    }

    #[test]
    fn a_thousand_dead_writers_cost_an_entry_each_and_no_delta_carries_them() {
        let (mut counter, mut stock) = (GCounter::new(), BoundedCounter::new());
        for writer in 1..=1_000 {
            counter.join(counter.increment(WriterId(writer), 1));
            stock.join(stock.increment(WriterId(writer), 1));
        }
        assert_eq!((counter.value(), stock.value()), (1_000, 1_000));
        assert_eq!(counter.to_bytes().len(), 2 + 1_000 * (8 + 1));
        assert_eq!(counter.increment(ALICE, 1).to_bytes().len(), 1 + 8 + 1);
        assert_eq!(stock.increment(ALICE, 1).to_bytes().len(), 1 + 8 + 8 + 1 + 1);
    }
}

mod hostile {
    use super::*;

    /// A collection announces more elements than there are, at each place where one begins.
    fn refuses_announced_lengths<T: Codec + Debug>(lead: &[u8]) {
        let mut bytes = lead.to_vec();
        encode_unsigned(u64::MAX >> 1, &mut bytes);
        bytes.extend([1; 64]);
        assert!(T::from_bytes(&bytes).is_err(), "{}", std::any::type_name::<T>());
    }

    #[test]
    fn announced_lengths_allocate_nothing() {
        refuses_announced_lengths::<LwwRegister<String>>(&[1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
        refuses_announced_lengths::<LwwSet<u8>>(&[]);
        refuses_announced_lengths::<TwoPhaseSet<u8>>(&[]);
        refuses_announced_lengths::<TwoPhaseSet<u8>>(&[0]);
        refuses_announced_lengths::<CausalLengthSet<u8>>(&[]);
        refuses_announced_lengths::<BoundedCounter>(&[]);
        refuses_announced_lengths::<BoundedCounter>(&[0]);
        refuses_announced_lengths::<Handled<u8>>(&[]);
        refuses_announced_lengths::<HyperLogLog<12>>(&[]);
        refuses_announced_lengths::<TwoPhaseGraph<u8>>(&[0, 0]);
        refuses_announced_lengths::<Dag<u8>>(&[]);
        refuses_announced_lengths::<PartialOrder<u8>>(&[0]);
        refuses_announced_lengths::<Sequence<u8>>(&[]);
        refuses_announced_lengths::<Sequence<u8>>(&[0]);
    }

    /// Each is inserted before all others, so that they hang in one long chain.
    #[test]
    fn insertions_at_one_place_are_not_quadratic() {
        let n = if cfg!(debug_assertions) { 20_000 } else { 200_000_u32 };
        let mut list = Sequence::new();
        let mut first = None;
        for value in 0..n {
            let delta = list.insert(ALICE, None, first, [value]).unwrap();
            first = delta.ids().next();
            list.join(delta);
        }
        assert!(list.values().copied().eq((0..n).rev()));
    }
}

mod thresholds {
    use super::*;

    /// Whether thresholds may compare `T` itself.
    struct Asked<T>(std::marker::PhantomData<T>);

    impl<T: Points> Asked<T> {
        const HAS_POINTS: bool = true;
    }

    trait Otherwise {
        const HAS_POINTS: bool = false;
    }

    impl<T> Otherwise for Asked<T> {}

    #[test]
    fn nothing_that_can_be_taken_back_has_a_threshold() {
        let has_points = [
            Asked::<PnCounter>::HAS_POINTS,
            Asked::<BoundedCounter>::HAS_POINTS,
            Asked::<LwwSet<u8>>::HAS_POINTS,
            Asked::<TwoPhaseSet<u8>>::HAS_POINTS,
            Asked::<CausalLengthSet<u8>>::HAS_POINTS,
            Asked::<TwoPhaseGraph<u8>>::HAS_POINTS,
            Asked::<PartialOrder<u8>>::HAS_POINTS,
            Asked::<Sequence<u8>>::HAS_POINTS,
            Asked::<Causal<AddWinsSet<u8>>>::HAS_POINTS,
            Asked::<Causal<MvRegister<u8>>>::HAS_POINTS,
            Asked::<Causal<CausalCounter>>::HAS_POINTS,
        ];
        assert_eq!(has_points, [false; 11]);
    }

    #[test]
    fn stamps_and_estimates_only_grow() {
        assert_eq!([Asked::<LwwRegister<u8>>::HAS_POINTS, Asked::<HyperLogLog<8>>::HAS_POINTS], [true; 2]);
        let stamp = |wall| Stamp { wall, count: 0, writer: ALICE };
        let mut register = LwwRegister::new();
        assert!(!register.is_at_least(&stamp(0)), "it was never written");
        register.join(register.set(stamp(5), 'a'));
        assert!(register.is_at_least(&stamp(5)) && !register.is_at_least(&stamp(6)));
        register.join(register.set(stamp(5), 'b'));
        assert!(register.is_at_least(&stamp(5)), "a clash takes no time back");
    }
}

#[test]
fn whatever_is_news_is_shipped_once() {
    let mut graph = TwoPhaseGraph::new();
    let added = graph.add_vertex('a').joined(graph.add_edge('a', 'b'));
    assert_eq!(graph.absorb(added.clone()), Some(added.clone()));
    assert_eq!(graph.absorb(added), None);
}
