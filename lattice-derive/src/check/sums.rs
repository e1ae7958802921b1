//! The rules of enums with data, beyond those of their order: where states of several variants meet, the join must be a state.
//!
//! Two states of different variants, neither below the other, join to the least variant above both, with the least payload there is. So
//! that payload has a bottom; of a type only the compiler knows, and generated code has it check. Plain data has none: two
//! different values of a flat variant join to the only variant right above it.

use crate::{
    diagnostics::{Diagnostics, list},
    model::{Declared, Enum, Payload, poset::Tables},
};

/// Checks every rule of payloads.
pub(super) fn check(model: &Enum<'_, Declared<'_>>, tables: &Tables, diagnostics: &mut Diagnostics) {
    for (variant, payload) in model.payloads.iter().enumerate() {
        check_flat_has_data(model, (variant, payload), diagnostics);
        check_flat_has_one_cover(model, tables, (variant, payload), diagnostics);
        check_nothing_joins_to_flat(model, tables, (variant, payload), diagnostics);
    }
}

/// `flat` says that the data of a variant is plain; a variant without data has none.
fn check_flat_has_data(
    model: &Enum<'_, Declared<'_>>,
    (variant, payload): (usize, &Payload<'_>),
    diagnostics: &mut Diagnostics,
) {
    let (Some(flat), true) = (payload.flat, payload.fields.is_empty()) else { return };
    let name = &model.names[variant];
    diagnostics
        .error(flat, format!("`flat` says nothing of `{name}`, which holds no data"))
        .note("a variant without data is one state")
        .help(format!("remove it, or give `{name}` a payload: `{name}(T)`"));
}

/// Two different values of a flat variant have a least upper bound: the one variant right above it.
fn check_flat_has_one_cover(
    model: &Enum<'_, Declared<'_>>,
    tables: &Tables,
    (variant, payload): (usize, &Payload<'_>),
    diagnostics: &mut Diagnostics,
) {
    let (Some(flat), false) = (payload.flat, payload.fields.is_empty()) else { return };
    let name = &model.names[variant];
    match tables.covers(variant)[..] {
        [_] => {}
        [] => {
            diagnostics
                .error(flat, format!("two different values of `{name}` have no upper bound"))
                .note("the state after both were written is their join, and no variant is above `flat` data")
                .help(format!(
                    "add a variant above it for that, as in `{name} < Conflict`, and `conflict = Conflict` if the two exclude \
                     each other"
                ));
        }
        [first, second, ..] => {
            let covers = tables.covers(variant);
            let all = list(covers.iter().map(|cover| &model.names[*cover]));
            let [first, second] = [first, second].map(|cover| &model.names[cover]);
            diagnostics
                .error(flat, format!("two different values of `{name}` have no least upper bound"))
                .note(format!("{all} are right above `{name}`, and none of them is below another"))
                .help(format!(
                    "add a variant between, as in `{name} < Differs < {first}, Differs < {second}`, or leave one above"
                ));
        }
    }
}

/// Where other states join, the payload starts at its bottom, and plain data has none.
fn check_nothing_joins_to_flat(
    model: &Enum<'_, Declared<'_>>,
    tables: &Tables,
    (variant, payload): (usize, &Payload<'_>),
    diagnostics: &mut Diagnostics,
) {
    let (Some(flat), false) = (payload.flat, payload.fields.is_empty()) else { return };
    let name = |variant: usize| &model.names[variant];
    let is_below = |(below, payload): &(usize, &Payload<'_>)| {
        payload.flat.is_some() && !payload.fields.is_empty() && tables.covers(*below) == [variant]
    };
    let who = match (tables.join_of_two(variant), model.payloads.iter().enumerate().find(is_below)) {
        (Some((left, right)), _) => format!("`{}` and `{}` join", name(left), name(right)),
        (None, Some((below, _))) => format!("two different values of `{}` join", name(below)),
        (None, None) => return,
    };
    let name = name(variant);
    diagnostics
        .error(flat, format!("the payload of `{name}` cannot be `flat`, since other states join to it"))
        .note(format!("{who} to the least state of `{name}`, and plain data has no least value"))
        .help(format!("make the payload a lattice with a bottom, such as `Flat<T>`, or put a variant without data below `{name}` where they join"));
}

#[cfg(test)]
mod tests;
