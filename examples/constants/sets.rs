//! The same values without the domain: all addresses that flow into each variable, by rounds over every copy until a round adds nothing.

use std::collections::BTreeSet;

use super::{
    Value,
    facts::{Facts, Object},
};

/// Stands for whatever memory holds.
const ANYTHING: [Object; 2] = [Object::MAX, Object::MAX - 1];

/// What is known of each variable, counted at the very end.
pub(crate) fn values(facts: &Facts) -> Vec<Value> {
    let mut sets = vec![BTreeSet::new(); facts.n_variables];
    for (variable, object) in &facts.address_of {
        sets[*variable as usize].insert(*object);
    }
    for variable in &facts.memory {
        sets[*variable as usize].extend(ANYTHING);
    }
    let mut grew = true;
    while grew {
        grew = false;
        for (target, source) in &facts.copies {
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
