//! Who owns a value and what is alive, in a real function: the flows of the example `borrows`, but for those of loans.

/// `find`, with what makes flows flow in the module where it stands.
macro_rules! flows {
    () => {
        pub(super) fn find(function: &super::Function) -> super::Found {
            let owned = ownership::ownership(function).expect("nothing conflicts");
            let partly = &owned.maybe_partly_initialized;
            let alive = liveness::liveness(function, partly).expect("nothing conflicts");
            [owned.maybe_initialized, owned.move_errors, alive.live, alive.drop_live, alive.origins]
        }
    };
}

mod by_lvars;
mod by_work_list;
#[expect(dead_code, reason = "what the example shows is not shown here")]
#[path = "../../../../examples/borrows/facts.rs"]
mod facts;

use lvars_benches::Contest;

use super::{data, datalog, n_rounds, solve, table, timed};
use facts::{AtPoints, Function};

/// The rules of Polonius.
mod rules {
    use super::datalog;

    datalog! {
        pub struct Borrows;
        relation point(u32);
        relation cfg_edge(u32, u32);
        relation used(u32, u32);
        relation defined(u32, u32);
        relation dropped(u32, u32);
        relation derefs(u32, u32);
        relation universal(u32);
        relation path_is_var(u32, u32);
        relation child(u32, u32);
        relation assigned_base(u32, u32);
        relation moved_base(u32, u32);
        relation accessed_base(u32, u32);

        relation part(u32, u32);
        part(parent, child) <-- child(child, parent);
        part(grandparent, child) <-- part(parent, child), child(parent, grandparent);
        relation assigned(u32, u32);
        assigned(path, at) <-- assigned_base(path, at);
        assigned(child, at) <-- assigned_base(path, at), part(path, child);
        relation moved(u32, u32);
        moved(path, at) <-- moved_base(path, at);
        moved(child, at) <-- moved_base(path, at), part(path, child);
        relation accessed(u32, u32);
        accessed(path, at) <-- accessed_base(path, at);
        accessed(child, at) <-- accessed_base(path, at), part(path, child);
        relation of_variable(u32, u32);
        of_variable(path, variable) <-- path_is_var(path, variable);
        of_variable(child, variable) <-- path_is_var(path, variable), part(path, child);

        relation initialized(u32, u32);
        initialized(path, at) <-- assigned(path, at);
        initialized(path, to) <-- initialized(path, from), cfg_edge(from, to), !moved(path, to);
        relation partly(u32, u32);
        partly(variable, at) <-- initialized(path, at), of_variable(path, variable);
        relation maybe_not(u32, u32);
        maybe_not(path, at) <-- moved(path, at);
        maybe_not(path, to) <-- maybe_not(path, from), cfg_edge(from, to), !assigned(path, to);
        relation move_error(u32, u32);
        move_error(path, to) <-- maybe_not(path, from), cfg_edge(from, to), accessed(path, to);

        relation live(u32, u32);
        live(variable, at) <-- used(variable, at);
        live(variable, from) <-- live(variable, to), cfg_edge(from, to), !defined(variable, from);
        relation drop_live(u32, u32);
        drop_live(variable, to) <-- dropped(variable, to), cfg_edge(from, to), partly(variable, from);
        drop_live(variable, from) <--
            drop_live(variable, to), cfg_edge(from, to), !defined(variable, from), partly(variable, from);
        relation origin_live(u32, u32);
        origin_live(origin, at) <-- live(variable, at), derefs(variable, origin);
        origin_live(origin, at) <-- universal(origin), point(at);
    }
}

/// What may not hold a value counts, although only the mistakes are asked for: 389,072 of them.
const N_FACTS: u32 = 422_326;

/// What is found, in the order of [`RELATIONS`].
type Found = [AtPoints; 5];

const RELATIONS: [&str; 5] = [
    "path_maybe_initialized_on_exit",
    "move_errors",
    "var_live_on_entry",
    "var_drop_live_on_entry",
    "origin_live_on_entry",
];

/// A program with the facts of a function, and what it finds.
macro_rules! engine {
    ($module:ident, $function:expr, $points:expr) => {{
        use rules::$module::Borrows;
        let function: &Function = $function;
        let universal: Vec<_> = function.universal_region.iter().map(|origin| (*origin,)).collect();
        let (time, found) = solve!(Borrows {
            point: $points,
            cfg_edge: function.cfg_edge,
            used: function.var_used_at,
            defined: function.var_defined_at,
            dropped: function.var_dropped_at,
            derefs: function.use_of_var_derefs_origin,
            universal: universal,
            path_is_var: function.path_is_var,
            child: function.child_path,
            assigned_base: function.path_assigned_at,
            moved_base: function.path_moved_at,
            accessed_base: function.path_accessed_at,
        });
        let n_facts = found.initialized.len() + found.maybe_not.len() + found.move_error.len();
        let n_alive = found.live.len() + found.drop_live.len() + found.origin_live.len();
        assert_eq!(n_facts + n_alive, N_FACTS as usize);
        let found: Found = [
            function.at_points(found.initialized.iter().copied()),
            function.at_points(found.move_error.iter().copied()),
            function.at_points(found.live.iter().copied()),
            function.at_points(found.drop_live.iter().copied()),
            function.at_points(found.origin_live.iter().copied()),
        ];
        (time, found)
    }};
}

pub(super) fn row() {
    let functions = facts::read(&data()).expect("the data are whole");
    let function = &functions["syn-derive_parse"];
    let points: Vec<(u32,)> = (0..function.points.len() as u32).map(|point| (point,)).collect();
    let expected: Found = RELATIONS.map(|relation| function.expected(relation));
    let check = |(time, found): (_, Found)| {
        assert!(found == expected, "a relation differs");
        time
    };
    Contest::new("ownership and liveness in syn's derive_parse, 422,326 facts: time a fact", N_FACTS)
        .side("LVars", || check(timed(|| by_lvars::find(function))))
        .side("ascent", || check(engine!(sequential, function, points)))
        .side("ascent_par", || check(engine!(parallel, function, points)))
        .side("a work list, one thread", || check(timed(|| by_work_list::find(function))))
        .run(n_rounds(15));
}
