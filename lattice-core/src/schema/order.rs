//! The variants of an enum in words: their order is the join, and so a part of the schema.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use super::Description;

/// What a description says of an enum's order.
pub(crate) struct Variants<'a> {
    /// The names, by their positions.
    pub(crate) names: &'a [&'static str],
    /// The join of `u` and `v` at `u * names.len() + v`.
    pub(crate) joins: &'a [u8],
    /// What else is to be said of a variant.
    pub(crate) mark: &'a dyn Fn(usize) -> Option<&'static str>,
}

impl Variants<'_> {
    fn is_below(&self, low: usize, high: usize) -> bool {
        low != high && usize::from(self.joins[low * self.names.len() + high]) == high
    }

    /// The variants right below one: what is between the two is told at its own place.
    fn covered_by(&self, high: usize) -> Vec<&'static str> {
        let all = 0..self.names.len();
        let is_right_below = |&low: &usize| {
            self.is_below(low, high)
                && !all.clone().any(|between| self.is_below(low, between) && self.is_below(between, high))
        };
        all.clone().filter(is_right_below).map(|low| self.names[low]).collect()
    }

    fn what(&self, variant: usize) -> String {
        let covered = self.covered_by(variant);
        let mut what = if covered.is_empty() { "the least".to_owned() } else { "above ".to_owned() };
        what.push_str(&covered.join(", "));
        if let Some(mark) = (self.mark)(variant) {
            what.push_str(", ");
            what.push_str(mark);
        }
        what
    }

    /// Describes each variant as a part of the present place: what is right below it, then what it holds.
    pub(crate) fn describe(&self, out: &mut Description, mut payload: impl FnMut(usize, &mut Description)) {
        for (variant, name) in self.names.iter().enumerate() {
            out.part(name, |out| {
                out.is(self.what(variant));
                payload(variant, out);
            });
        }
    }
}
