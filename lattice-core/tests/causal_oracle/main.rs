//! Every causal type against its specification.
//!
//! A type gives one declarative function from what was done, and who knew of what, to the value ([`Model::specified`]); after the tests of
//! Antidote. What is promised, for each type and for nests of them:
//!
//! 1. A replica reads what the function says of the writes that it knows, however their deltas came: late, twice, in any order, within
//!    other states ([`probe`]).
//! 2. Replicas that know the same are equal, and no order of merging matters: in random executions, and in all of the small
//!    scope ([`scope`]).
//! 3. The laws of lattices, deltas and codecs hold on reachable states ([`reachable`]).
//!
//! A further type is a file in `models/` and a line at the end of this one. `CAUSAL_EXECUTIONS=1000000` sets how many random executions there are;
//! `cargo test --release -p lvars-lattice-core --test causal_oracle -- --ignored` tries a million.

mod chance;
mod history;
mod model;
mod models;
mod probe;
mod reachable;
mod replica;
mod scope;
mod store_model;

use crate::{
    model::Model,
    models::{
        AddWins, Counter, DisableWins, EnableWins, Forgetful, MapOf, RecordOf, Register, RemoveWins,
        SideBySide,
    },
    probe::{probe, probe_long},
    reachable::reachable,
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

            lattice_core::laws!(laws: State, reachable::<$model>());
        }
    )+};
}

proven! {
    add_wins_set: AddWins,
    remove_wins_set: RemoveWins,
    mv_register: Register,
    enable_wins_flag: EnableWins,
    disable_wins_flag: DisableWins,
    causal_counter: Counter,
    or_map_of_registers: MapOf<Register>,
    or_map_of_add_wins_sets: MapOf<AddWins>,
    or_map_of_remove_wins_sets: MapOf<RemoveWins>,
    or_map_of_counters: MapOf<Counter>,
    or_map_of_maps_of_registers: MapOf<MapOf<Register>>,
    or_map_of_maps_of_maps_of_flags: MapOf<MapOf<MapOf<DisableWins>>>,
    pair_of_set_and_map: SideBySide<AddWins, MapOf<Register>>,
    record_of_register_and_set: RecordOf<Register, AddWins>,
    record_in_maps_of_records_three_deep:
        RecordOf<Register, MapOf<RecordOf<Counter, MapOf<RecordOf<RemoveWins, EnableWins>>>>>,
}

#[test]
#[should_panic(expected = "read, and specified")]
fn a_register_that_forgets_what_it_replaces_is_found_by_chance() {
    probe::<Forgetful>();
}

#[test]
#[should_panic(expected = "read, and specified")]
fn a_register_that_forgets_what_it_replaces_is_found_in_the_small_scope() {
    scope::<Forgetful>();
}
