//! Every replicated type that only grows against its specification, as `causal_oracle` does it for those in which something can be taken
//! back: the same executions, small scope and histories, over states that are lattices by themselves.
//!
//! A further type is a file in `models/` and a line at the end of this one. `CAUSAL_EXECUTIONS=1000000` sets how many random executions there are;
//! `cargo test --release -p lvars-lattice-core --test crdt_oracle -- --ignored` tries a million.

#[path = "../causal_oracle/chance.rs"]
mod chance;
mod done;
#[expect(dead_code, reason = "nothing is reset from outside here")]
#[path = "../causal_oracle/history.rs"]
mod history;
#[path = "../causal_oracle/model.rs"]
mod model;
mod models;
#[path = "../causal_oracle/probe.rs"]
mod probe;
mod reachable;
#[path = "../causal_oracle/replica.rs"]
mod replica;
#[path = "../causal_oracle/scope.rs"]
mod scope;

use crate::{
    model::Model,
    models::{
        Bounded, Commands, Counts, Differences, Edges, Graph, HowFar, Length, Log, LwwElements, LwwValue,
        Numbers, Order, PlusMinus, TwoPhase, Typed, UnderKeys, WhichOnes, WrittenOnce,
    },
    probe::{probe, probe_long},
    reachable::{bytes_are_canonical, reachable},
    scope::scope,
};

macro_rules! proven {
    ($($name:ident: $model:ty),+ $(,)?) => {$(
        mod $name {
            use super::*;

            type State = <$model as Model>::State;

            #[test]
            fn a_replica_reads_what_the_specification_says() {
                probe::<$model>();
            }

            #[test]
            #[ignore = "the long form: a million executions"]
            fn a_replica_reads_what_the_specification_says_a_million_times() {
                probe_long::<$model>();
            }

            #[test]
            fn no_order_of_merging_matters_in_the_small_scope() {
                scope::<$model>();
            }

            #[test]
            fn whatever_is_flipped_or_cut_is_refused_or_canonical() {
                bytes_are_canonical::<$model>();
            }

            lattice_core::laws!(laws: State, reachable::<$model>());
        }
    )+};
}

proven! {
    grow_only_set: Numbers,
    grow_only_map_of_counters: UnderKeys<PlusMinus>,
    grow_only_maps_of_maps_of_registers: UnderKeys<UnderKeys<LwwValue>>,
    written_once: WrittenOnce,
    g_counter: Counts,
    pn_counter: PlusMinus,
    bounded_counter: Bounded,
    lww_register: LwwValue,
    lww_set: LwwElements,
    two_phase_set: TwoPhase,
    causal_length_set: Length,
    handled: Commands,
    hyper_log_log: Log,
    two_phase_graph: Graph,
    dag: Edges,
    partial_order: Order,
    sequence: Typed,
    version: HowFar,
    causal_context: WhichOnes,
}

#[test]
#[should_panic(expected = "read, and specified")]
fn a_counter_that_ships_differences_is_found_by_chance() {
    probe::<Differences>();
}

#[test]
#[should_panic(expected = "read, and specified")]
fn a_counter_that_ships_differences_is_found_in_the_small_scope() {
    scope::<Differences>();
}
