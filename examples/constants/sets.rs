//! The same values without the domain: all addresses that flow into each variable, by rounds over every copy until a round adds nothing.

use std::collections::BTreeSet;

use super::{
    Value,
    constraints::{Constraints, Object},
    in_memory,
};

/// Stands for whatever memory holds.
const ANYTHING: [Object; 2] = [Object::MAX, Object::MAX - 1];

/// What is known of each variable, counted at the very end.
pub(crate) fn values(constraints: &Constraints) -> Vec<Value> {
    let mut sets = vec![BTreeSet::new(); constraints.n_variables];
    for (variable, object) in &constraints.address_of {
        sets[*variable as usize].insert(*object);
    }
    for variable in in_memory(constraints) {
        sets[variable as usize].extend(ANYTHING);
    }
    let mut grew = true;
    while grew {
        grew = false;
        for (target, source) in &constraints.copies {
            let (target, source) = (*target as usize, *source as usize);
            let news: Vec<Object> = sets[source].difference(&sets[target]).copied().collect();
            grew |= !news.is_empty();
            sets[target].extend(news);
        }
    }
    let value = |set: &BTreeSet<Object>| match (set.first(), set.len()) {
        (None, _) => Value::Unknown,
        (Some(object), 1) => Value::Known(*object),
        _ => Value::Varies,
    };
    sets.iter().map(value).collect()
}
