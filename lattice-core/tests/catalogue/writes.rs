//! The types, and one random write of each. Keys are few, so that writes meet.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use lattice_core::{
    AddWinsSet, Antichain, Bottom, BoundedCounter, Causal, CausalContext, CausalCounter, CausalLengthSet,
    Dag, DenseMap, DenseSet, DisableWinsFlag, Dot, EnableWinsFlag, Flat, GCounter, Grow, Handled,
    HyperLogLog, LwwRegister, LwwSet, Max, MvRegister, OrMap, PartialOrder, PnCounter, Prefix, RemoveWinsSet,
    Sequence, Stamp, TwoPhaseGraph, TwoPhaseSet, Version, WriterId,
};

use super::{
    Chance, Written,
    derived::{Column, Order, Status, Tree},
};

/// `catalogue!(macro)` calls a macro with `name: State;` for each, a type of this module.
macro_rules! catalogue {
    ($macro:ident) => {
        $macro! {
            grow_only_set: GrowOnlySetState;
            hashed_set: HashedSetState;
            grow_only_map: GrowOnlyMapState;
            hashed_map: HashedMapState;
            g_counter: GCounterState;
            pn_counter: PnCounterState;
            bounded_counter: BoundedCounterState;
            small_hyper_log_log: SmallHyperLogLogState;
            hyper_log_log: HyperLogLogState;
            lww_register: LwwRegisterState;
            lww_set: LwwSetState;
            two_phase_set: TwoPhaseSetState;
            causal_length_set: CausalLengthSetState;
            handled: HandledState;
            two_phase_graph: TwoPhaseGraphState;
            dag: DagState;
            partial_order: PartialOrderState;
            sequence: SequenceState;
            version: VersionState;
            causal_context: CausalContextState;
            add_wins_set: AddWinsSetState;
            remove_wins_set: RemoveWinsSetState;
            mv_register: MvRegisterState;
            enable_wins_flag: EnableWinsFlagState;
            disable_wins_flag: DisableWinsFlagState;
            causal_counter: CausalCounterState;
            map_of_counters: MapOfCountersState;
            map_of_sets: MapOfSetsState;
            map_of_maps: MapOfMapsState;
            side_by_side: SideBySideState;
            map_of_documents: MapOfDocumentsState;
            tuple: TupleState;
            flat_map: FlatMapState;
            grow: GrowState;
            prefix: PrefixState;
            antichain: AntichainState;
            dense_set: DenseSetState;
            dense_map: DenseMapState;
            pointers: PointersState;
            array: ArrayState;
            derived_enum: DerivedEnumState;
            derived_sum: DerivedSumState;
            derived_struct: DerivedStructState;
            derived_tree: DerivedTreeState;
        }
    };
}
pub(crate) use catalogue;

pub(crate) type GrowOnlySetState = BTreeSet<u8>;
pub(crate) type HashedSetState = HashSet<String>;
pub(crate) type GrowOnlyMapState = BTreeMap<String, Max<u64>>;
pub(crate) type HashedMapState = HashMap<u8, GCounter>;
pub(crate) type GCounterState = GCounter;
pub(crate) type PnCounterState = PnCounter;
pub(crate) type BoundedCounterState = BoundedCounter;
pub(crate) type SmallHyperLogLogState = HyperLogLog<4>;
pub(crate) type HyperLogLogState = HyperLogLog<10>;
pub(crate) type LwwRegisterState = LwwRegister<String>;
pub(crate) type LwwSetState = LwwSet<u8>;
pub(crate) type TwoPhaseSetState = TwoPhaseSet<u8>;
pub(crate) type CausalLengthSetState = CausalLengthSet<u8>;
pub(crate) type HandledState = Handled<u8>;
pub(crate) type TwoPhaseGraphState = TwoPhaseGraph<u8>;
pub(crate) type DagState = Dag<u8>;
pub(crate) type PartialOrderState = PartialOrder<u8>;
pub(crate) type SequenceState = Sequence<char>;
pub(crate) type VersionState = Version;
pub(crate) type CausalContextState = CausalContext;
pub(crate) type AddWinsSetState = Causal<AddWinsSet<u8>>;
pub(crate) type RemoveWinsSetState = Causal<RemoveWinsSet<u8>>;
pub(crate) type MvRegisterState = Causal<MvRegister<String>>;
pub(crate) type EnableWinsFlagState = Causal<EnableWinsFlag>;
pub(crate) type DisableWinsFlagState = Causal<DisableWinsFlag>;
pub(crate) type CausalCounterState = Causal<CausalCounter>;
pub(crate) type MapOfCountersState = Causal<OrMap<u8, CausalCounter>>;
pub(crate) type MapOfSetsState = Causal<OrMap<u8, AddWinsSet<u8>>>;
pub(crate) type MapOfMapsState = Causal<OrMap<u8, OrMap<u8, MvRegister<u8>>>>;
pub(crate) type SideBySideState = Causal<(AddWinsSet<u8>, (MvRegister<u8>, EnableWinsFlag))>;
pub(crate) type MapOfDocumentsState = BTreeMap<u8, Causal<AddWinsSet<u8>>>;
pub(crate) type TupleState = (GCounter, Causal<AddWinsSet<u8>>);
pub(crate) type FlatMapState = BTreeMap<u8, Flat<String>>;
pub(crate) type GrowState = Grow<Max<u8>>;
pub(crate) type PrefixState = Prefix<u8>;
pub(crate) type AntichainState = Antichain<(Max<u8>, Max<u8>)>;
pub(crate) type DenseSetState = DenseSet<u8>;
pub(crate) type DenseMapState = DenseMap<u8, Max<u64>>;
pub(crate) type PointersState = Option<Box<Arc<GCounter>>>;
pub(crate) type ArrayState = [BTreeSet<u8>; 3];
pub(crate) type DerivedEnumState = Status;
pub(crate) type DerivedSumState = Column;
pub(crate) type DerivedStructState = Order<(GCounter, Column)>;
pub(crate) type DerivedTreeState = Tree<GCounter>;

/// `written!(Type, |state, writer, chance| delta)`.
macro_rules! written {
    ($($type:ty, |$state:pat_param, $writer:pat_param, $chance:pat_param| $delta:expr;)+) => {$(
        impl Written for $type {
            fn write(&self, writer: WriterId, chance: &mut Chance) -> Self {
                let ($state, $writer, $chance) = (self, writer, chance);
                $delta
            }
        }
    )+};
}

fn key(chance: &mut Chance) -> u8 {
    chance.below(12) as u8
}

fn word(chance: &mut Chance) -> String {
    (*chance.one_of(&["", "a", "ä", "book", "a rather long word"])).to_owned()
}

fn count(chance: &mut Chance) -> u64 {
    *chance.one_of(&[0, 1, 2, 127, 128, 1 << 40, u64::MAX])
}

fn stamp(writer: WriterId, chance: &mut Chance) -> Stamp {
    Stamp { wall: chance.next() >> chance.below(64), count: chance.below(3) as u32, writer }
}

written! {
    BTreeSet<u8>, |_, _, chance| Self::from([chance.next() as u8]);
    HashSet<String>, |_, _, chance| Self::from([word(chance)]);
    BTreeMap<String, Max<u64>>, |_, _, chance| Self::from([(word(chance), Max(count(chance)))]);
    HashMap<u8, GCounter>, |state, writer, chance| {
        let key = key(chance);
        let counter = state.get(&key).cloned().unwrap_or_default();
        Self::from([(key, counter.increment(writer, count(chance)))])
    };
    GCounter, |state, writer, chance| state.increment(writer, count(chance));
    PnCounter, |state, writer, chance| state.add(writer, chance.next().cast_signed());
    BoundedCounter, |state, writer, chance| match chance.below(3) {
        0 => state.increment(writer, count(chance)),
        1 => state.decrement(writer, count(chance)).unwrap_or(Self::new()),
        _ => state.transfer(writer, WriterId(1), count(chance)).unwrap_or(Self::new()),
    };
    HyperLogLog<4>, |state, _, chance| state.insert(&chance.next());
    HyperLogLog<10>, |state, _, chance| state.insert(&chance.next());
    LwwRegister<String>, |state, writer, chance| state.set(stamp(writer, chance), word(chance));
    LwwSet<u8>, |state, writer, chance| match chance.below(2) {
        0 => state.add(stamp(writer, chance), key(chance)),
        _ => state.remove(stamp(writer, chance), key(chance)),
    };
    TwoPhaseSet<u8>, |state, _, chance| match chance.below(2) {
        0 => state.add(key(chance)),
        _ => state.remove(key(chance)),
    };
    CausalLengthSet<u8>, |state, _, chance| match chance.below(2) {
        0 => state.add(key(chance)),
        _ => state.remove(key(chance)),
    };
    Handled<u8>, |state, _, chance| state.accept(key(chance), count(chance)).unwrap_or_default();
    TwoPhaseGraph<u8>, |state, _, chance| match chance.below(4) {
        0 => state.add_vertex(key(chance)),
        1 => state.remove_vertex(key(chance)),
        2 => state.add_edge(key(chance), key(chance)),
        _ => state.remove_edge(key(chance), key(chance)),
    };
    Dag<u8>, |state, _, chance| {
        let vertices: Vec<u8> = state.in_order().copied().collect();
        let after = (!vertices.is_empty()).then(|| chance.one_of(&vertices));
        state.add(after, key(chance), None).unwrap_or_default()
    };
    PartialOrder<u8>, |state, _, chance| {
        let elements: Vec<u8> = state.in_order().copied().collect();
        let after = (!elements.is_empty()).then(|| chance.one_of(&elements));
        match chance.below(3) {
            0 => state.remove(key(chance)),
            _ => state.add(after, key(chance), None).unwrap_or_default(),
        }
    };
    Sequence<char>, |state, writer, chance| {
        let ids: Vec<_> = state.iter().map(|(id, _)| id).collect();
        let at = chance.below(ids.len() + 1);
        match ids.get(at) {
            Some(&id) if chance.below(3) == 0 => state.remove(id),
            before => {
                let after = at.checked_sub(1).map(|at| ids[at]);
                state.insert(writer, after, before.copied(), "äbc".chars()).unwrap_or_default()
            }
        }
    };
    Version, |_, writer, chance| Self::from_iter([(writer, count(chance))]);
    CausalContext, |state, writer, chance| match chance.below(2) {
        0 => Self::from_iter(state.next_dot(writer)),
        _ => Self::from_iter(Dot::new(writer, count(chance))),
    };
    Causal<AddWinsSet<u8>>, |state, writer, chance| {
        state.write(writer, |set, dots| match chance.below(3) {
            0 => set.remove(dots, &key(chance)),
            _ => set.add(dots, key(chance)),
        })
    };
    Causal<RemoveWinsSet<u8>>, |state, writer, chance| {
        state.write(writer, |set, dots| match chance.below(2) {
            0 => set.remove(dots, key(chance)),
            _ => set.add(dots, key(chance)),
        })
    };
    Causal<MvRegister<String>>, |state, writer, chance| {
        state.write(writer, |register, dots| register.set(dots, word(chance)))
    };
    Causal<EnableWinsFlag>, |state, writer, chance| {
        state.write(writer, |flag, dots| match chance.below(2) {
            0 => flag.enable(dots),
            _ => flag.disable(dots),
        })
    };
    Causal<DisableWinsFlag>, |state, writer, chance| {
        state.write(writer, |flag, dots| match chance.below(2) {
            0 => flag.enable(dots),
            _ => flag.disable(dots),
        })
    };
    Causal<CausalCounter>, |state, writer, chance| {
        state.write(writer, |counter, dots| match chance.below(4) {
            0 => counter.fold(dots),
            _ => counter.add(dots, chance.next().cast_signed()),
        })
    };
    Causal<OrMap<u8, CausalCounter>>, |state, writer, chance| {
        state.write(writer, |map, dots| match chance.below(3) {
            0 => map.remove(dots, &key(chance)),
            _ => map.update(dots, key(chance), |counter, dots| counter.add(dots, 3)),
        })
    };
    Causal<OrMap<u8, AddWinsSet<u8>>>, |state, writer, chance| {
        state.write(writer, |map, dots| match chance.below(3) {
            0 => map.remove(dots, &key(chance)),
            _ => map.update(dots, key(chance), |set, dots| set.add(dots, 3)),
        })
    };
    Causal<OrMap<u8, OrMap<u8, MvRegister<u8>>>>, |state, writer, chance| {
        state.write(writer, |map, dots| match chance.below(4) {
            0 => map.remove(dots, &key(chance)),
            _ => map.update(dots, key(chance), |map, dots| {
                map.update(dots, 1, |register, dots| register.set(dots, 7))
            }),
        })
    };
    Causal<(AddWinsSet<u8>, (MvRegister<u8>, EnableWinsFlag))>, |state, writer, chance| {
        state.write(writer, |(set, (register, flag)), dots| match chance.below(3) {
            0 => (set.add(dots, key(chance)), Default::default()),
            1 => (Default::default(), (register.set(dots, key(chance)), Default::default())),
            _ => (Default::default(), (Default::default(), flag.enable(dots))),
        })
    };
    BTreeMap<u8, Causal<AddWinsSet<u8>>>, |state, writer, chance| {
        let key = key(chance);
        Self::from([(key, state.get(&key).cloned().unwrap_or_default().write(writer, |set, dots| set.add(dots, 1)))])
    };
    (GCounter, Causal<AddWinsSet<u8>>), |state, writer, chance| match chance.below(2) {
        0 => (state.0.write(writer, chance), Causal::bottom()),
        _ => (GCounter::bottom(), Written::write(&state.1, writer, chance)),
    };
    BTreeMap<u8, Flat<String>>, |_, _, chance| Self::from([(key(chance), Flat::Value(word(chance)))]);
    Grow<Max<u8>>, |state, _, chance| {
        let mut longer = state.clone();
        longer.0.push(Max(key(chance)));
        longer
    };
    Prefix<u8>, |state, _, chance| match state {
        Self::Values(values) => Self::Values([&values[..], &[key(chance)]].concat()),
        Self::Conflict => Self::Conflict,
    };
    Antichain<(Max<u8>, Max<u8>)>, |_, _, chance| Self::from((Max(key(chance)), Max(key(chance))));
    DenseSet<u8>, |_, _, chance| Self::from_iter([chance.next() as u8]);
    DenseMap<u8, Max<u64>>, |_, _, chance| Self::from_iter([(key(chance), Max(count(chance)))]);
    Option<Box<Arc<GCounter>>>, |state, writer, chance| {
        let counter = state.as_deref().map_or_else(GCounter::new, |counter| GCounter::clone(counter));
        Some(Box::new(Arc::new(counter.increment(writer, count(chance)))))
    };
    (GCounter, Column), |state, writer, chance| match chance.below(2) {
        0 => (state.0.write(writer, chance), Column::bottom()),
        _ => (GCounter::bottom(), state.1.write(writer, chance)),
    };
    [BTreeSet<u8>; 3], |_, _, chance| {
        let mut sets = Self::default();
        sets[chance.below(3)].insert(key(chance));
        sets
    };
}
