//! Points-to of `clap_builder`: the example `points_to`.

#[path = "../../../../examples/points_to/by_lvars.rs"]
mod by_lvars;
#[path = "../../../../examples/support/constraints.rs"]
mod constraints;
#[path = "../../../../examples/points_to/memory.rs"]
mod memory;
#[path = "../../../../examples/points_to/sequential.rs"]
mod sequential;

use lvars_benches::{Contest, Goal};

use super::{data, datalog, judge, n_rounds, solve, table, timed};

mod rules {
    use super::datalog;

    datalog! {
        pub struct Andersen;
        relation address_of(u32, u32);
        relation load(u32, u32);
        relation store(u32, u32);
        relation content(u32, u32);
        relation copy(u32, u32);
        relation points_to(u32, u32);

        points_to(variable, object) <-- address_of(variable, object);
        copy(target, cell) <-- load(target, pointer), points_to(pointer, object), content(object, cell);
        copy(cell, source) <-- store(pointer, source), points_to(pointer, object), content(object, cell);
        points_to(target, object) <-- copy(target, source), points_to(source, object);
    }
}

/// With what is in objects that are no variable's.
const N_FACTS: u32 = 1_780_710;

pub(super) fn row() {
    let given = constraints::read(&data()).expect("the data are whole");
    let memory = memory::Memory::of(&given);
    let contents: Vec<_> =
        (0..memory.n_objects() as u32).map(|object| (object, memory.content(object))).collect();
    let check = |sizes: &[u32]| {
        assert_eq!(sizes[..given.n_variables], given.points_to_sizes);
        assert_eq!(sizes.iter().sum::<u32>(), N_FACTS);
    };
    let sizes_of = |facts: &mut dyn Iterator<Item = u32>| {
        let mut sizes = vec![0; memory.n_variables];
        facts.for_each(|variable| sizes[variable as usize] += 1);
        sizes
    };
    let table = Contest::new("points-to of clap_builder, 1,780,710 facts: time a fact", N_FACTS)
        .side("LVars", || {
            let (time, sets) = timed(|| by_lvars::solve(&given).expect("nothing conflicts"));
            check(&sets.iter().map(|set| set.len() as u32).collect::<Vec<_>>());
            time
        })
        .side("ascent", || {
            use rules::sequential::Andersen;
            let (time, found) = solve!(Andersen {
                address_of: given.address_of,
                load: given.loads,
                store: given.stores,
                copy: given.copies,
                content: contents,
            });
            check(&sizes_of(&mut found.points_to.iter().map(|fact| fact.0)));
            time
        })
        .side("ascent_par", || {
            use rules::parallel::Andersen;
            let (time, found) = solve!(Andersen {
                address_of: given.address_of,
                load: given.loads,
                store: given.stores,
                copy: given.copies,
                content: contents,
            });
            check(&sizes_of(&mut found.points_to.iter().map(|fact| fact.0)));
            time
        })
        .side("a work list, one thread", || {
            let (time, sizes) = timed(|| sequential::sizes(&given));
            check(&sizes);
            time
        })
        .run(n_rounds(15));
    judge(&table, "LVars", &["ascent", "ascent_par"], Goal { must: 1.0, stretch: 0.3 });
}
