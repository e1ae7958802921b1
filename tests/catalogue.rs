//! Each replicated type is a field of a derived struct, the state of a replica, and observed by the thresholds that its page names.

use std::collections::{BTreeMap, BTreeSet};

use lvars::{
    AddWinsSet, BoundedCounter, Causal, CausalContext, CausalCounter, CausalLengthSet, Dag, DisableWinsFlag,
    EnableWinsFlag, Handled, HyperLogLog, LwwRegister, LwwSet, MvRegister, OrMap, PartialOrder,
    RemoveWinsSet, Sequence, Stamp, TwoPhaseGraph, TwoPhaseSet, Version, WriterId, prelude::*,
};

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct Plain {
    facts: BTreeSet<u8>,
    counter: GCounter,
    both_ways: PnCounter,
    stock: BoundedCounter,
    visitors: HyperLogLog<8>,
    title: LwwRegister<String>,
    online: LwwSet<u8>,
    tickets: TwoPhaseSet<u8>,
    likes: CausalLengthSet<u8>,
    commands: Handled<u8>,
}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct Shapes {
    roads: TwoPhaseGraph<u8>,
    tasks: Dag<u8>,
    steps: PartialOrder<u8>,
    text: Sequence<char>,
    version: Version,
    context: CausalContext,
}

#[derive(Lattice, Replicate, Clone, Debug, PartialEq)]
struct TakenBack {
    tags: Causal<AddWinsSet<u8>>,
    members: Causal<RemoveWinsSet<u8>>,
    names: Causal<MvRegister<u8>>,
    on: Causal<EnableWinsFlag>,
    off: Causal<DisableWinsFlag>,
    sum: Causal<CausalCounter>,
    cart: Causal<OrMap<u8, CausalCounter>>,
}

fn plain(state: &Plain, writer: WriterId, wall: u64) -> Plain {
    let stamp = Stamp { wall, count: 0, writer };
    Plain {
        facts: BTreeSet::from([1]),
        counter: state.counter.increment(writer, 2),
        both_ways: state.both_ways.add(writer, -3),
        stock: state.stock.increment(writer, 4),
        visitors: state.visitors.insert(&5_u8),
        title: state.title.set(stamp, "title".into()),
        online: state.online.add(stamp, 6),
        tickets: state.tickets.remove(7),
        likes: state.likes.add(8),
        commands: state.commands.accept(9, 10).unwrap_or_default(),
    }
}

fn shapes(state: &Shapes, writer: WriterId) -> Shapes {
    let order = state.steps.add(None, 5, None).unwrap_or_default();
    Shapes {
        roads: state.roads.add_vertex(1).joined(state.roads.add_edge(1, 2)).joined(state.roads.add_vertex(2)),
        tasks: state.tasks.add(None, 3, None).unwrap_or_default(),
        steps: order.joined(state.steps.remove(5)),
        text: state.text.insert(writer, None, None, "abc".chars()).expect("counts are left"),
        ..Shapes::bottom()
    }
}

fn taken_back(state: &TakenBack, writer: WriterId) -> TakenBack {
    TakenBack {
        tags: state.tags.write(writer, |tags, dots| tags.add(dots, 1)),
        members: state.members.write(writer, |members, dots| members.add(dots, 2)),
        names: state.names.write(writer, |names, dots| names.set(dots, 3)),
        on: state.on.write(writer, |on, dots| on.enable(dots)),
        off: state.off.write(writer, |off, dots| off.enable(dots)),
        sum: state.sum.write(writer, |sum, dots| sum.add(dots, 4)),
        cart: state.cart.write(writer, |cart, dots| cart.update(dots, 5, |line, dots| line.add(dots, 6))),
    }
}

/// Two replicas write, and send their deltas as bytes, in another order.
fn converge<T>(mut write: impl FnMut(&T, WriterId) -> T) -> T
where
    T: Delta + Codec + PartialEq + std::fmt::Debug + Send + 'static,
{
    let replicas = [Replica::<T>::open(), Replica::<T>::open()];
    let mut sent = Vec::new();
    for replica in [&replicas[0], &replicas[1], &replicas[0]] {
        let delta =
            replica.update(Outside::here(), |state, writer| write(state, writer)).expect("no conflict");
        sent.extend(delta.map(|delta| delta.to_bytes()));
    }
    for bytes in sent.iter().rev().chain(&sent) {
        for replica in &replicas {
            replica.merge_bytes(Outside::here(), bytes).expect("no conflict, and canonical bytes");
        }
    }
    let [here, there] = &replicas;
    let states = [here, there].map(|replica| replica.query(Outside::here()));
    assert_eq!(states[0], states[1]);
    assert_eq!(states[0].to_bytes(), states[1].to_bytes());
    T::clone(&states[0])
}

#[test]
fn those_that_only_grow_converge_as_fields_on_replicas() {
    let mut wall = 0;
    let state = converge(|state: &Plain, writer| {
        wall += 1;
        plain(state, writer, wall)
    });
    assert_eq!((state.counter.value(), state.both_ways.value(), state.stock.value()), (6, -9, 12));
    assert_eq!((state.visitors.estimate(), state.title.value().map(String::as_str)), (1, Some("title")));
    assert!(state.online.contains(&6) && !state.tickets.contains(&7) && state.likes.contains(&8));
    assert_eq!(state.commands.last(&9), Some(10));
}

#[test]
fn graphs_and_lists_converge_as_fields_on_replicas() {
    let state = converge(shapes);
    assert!(state.roads.contains_edge(&1, &2) && state.tasks.contains(&3) && !state.steps.contains(&5));
    let text: String = state.text.values().collect();
    assert_eq!(text.len(), 9);
    assert_eq!(text.matches("abc").count(), 3, "runs do not interleave");
}

#[test]
fn what_can_be_taken_back_converges_as_fields_on_replicas() {
    let state = converge(taken_back);
    assert!(state.tags.contains(&1) && state.members.contains(&2));
    assert_eq!((state.sum.value(), state.cart[&5].value()), (12, 18));
}

#[test]
fn each_is_the_state_of_a_replica_by_itself() {
    let words: Sequence<char> =
        converge(|state: &Sequence<char>, writer| state.insert(writer, None, None, ['a']).expect("counts"));
    assert_eq!(words.values().count(), 3);
    let likes = converge(|state: &BTreeMap<u8, CausalLengthSet<u8>>, _| {
        BTreeMap::from([(1, state.get(&1).cloned().unwrap_or_default().add(2))])
    });
    assert!(likes[&1].contains(&2));
    let cart = converge(|state: &Causal<OrMap<u8, CausalCounter>>, writer| {
        state.write(writer, |cart, dots| cart.update(dots, 1, |line, dots| line.add(dots, 1)))
    });
    assert_eq!(cart[&1].value(), 3);
}

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Plain)]
enum Grown {
    #[when(counter >= 6)]
    #[when(both_ways.decrements >= 100)]
    #[when(stock.used >= 1)]
    #[when(visitors >= 2)]
    #[when(title >= LATE)]
    #[when(tickets.removed >= 70)]
    #[when(likes[8] >= 2)]
    #[when(commands[9] >= 11)]
    Reached,
}

const LATE: Stamp = Stamp { wall: 9, count: 0, writer: WriterId(0) };

#[derive(Threshold, Debug, PartialEq)]
#[threshold(on = Shapes)]
enum Drawn {
    #[when(roads.edges[1].added >= 2, tasks[3] >= 4, steps.order[5] >= 6)]
    #[when(steps.removed >= 5, roads.vertices.added >= 2)]
    Reached,
}

#[test]
fn thresholds_name_what_only_grows() {
    let bottom = Plain::bottom();
    let reached = |delta: Plain| delta.get::<Grown>().expect("no conflict").is_some();
    assert!(!reached(bottom.clone()) && !reached(plain(&bottom, WriterId(1), 8)));
    assert!(reached(plain(&bottom, WriterId(1), 9)), "by its stamp");
    let of = |change: &dyn Fn(&mut Plain)| {
        let mut state = bottom.clone();
        change(&mut state);
        reached(state)
    };
    assert!(of(&|state| state.tickets = state.tickets.remove(70)));
    assert!(!of(&|state| state.tickets = state.tickets.add(70)));
    assert!(of(&|state| state.commands = state.commands.accept(9, 11).unwrap_or_default()));
    assert!(of(&|state| {
        state.likes = state.likes.add(8);
        state.likes.join(state.likes.remove(8));
    }));
    assert!(of(&|state| {
        state.stock = state.stock.increment(WriterId(1), 1);
        state.stock.join(state.stock.decrement(WriterId(1), 1).expect("it holds the right"));
    }));
    let drawn = shapes(&Shapes::bottom(), WriterId(1));
    assert_eq!(drawn.get::<Drawn>(), Ok(Some(Drawn::Reached)));
}
