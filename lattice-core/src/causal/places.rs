//! Where the dots of a store lie: an index that is made when it is first needed.
//!
//! A delta names the dots that it takes back and not their places. Looking through the whole store for one dot would make n removals
//! quadratic; an index that is always there would cost those who never remove half their memory. So the first delta that takes something
//! back, other than under keys that it writes, makes the index; from then on it is kept up, by as many steps as dots change.

use alloc::{collections::BTreeMap, vec::Vec};
use core::fmt;

use crate::causal::{Dot, DotStore, context::DotRange};

/// The place of each dot of a store, if that is known. No part of the state: it is neither compared nor copied nor encoded.
pub(super) struct Places<P>(Option<BTreeMap<Dot, P>>);

impl<P> Places<P> {
    pub(super) const fn new() -> Self {
        Self(None)
    }

    pub(super) fn are_known(&self) -> bool {
        self.0.is_some()
    }

    /// Looks through the store, unless that has been done.
    pub(super) fn know<S: DotStore<Place = P>>(&mut self, store: &S) {
        if self.0.is_none() {
            let mut places = Vec::new();
            store.for_each_place(&mut |dot, place| places.push((dot, place)));
            self.0 = Some(places.into_iter().collect());
        }
    }

    /// The dots of a range, if they are known.
    pub(super) fn within(&self, range: DotRange) -> impl Iterator<Item = (Dot, &P)> {
        let index = self.0.iter();
        index.flat_map(move |index| index.range(range.bounds())).map(|(&dot, place)| (dot, place))
    }

    pub(super) fn add<S: DotStore<Place = P>>(&mut self, news: &S) {
        if let Some(index) = &mut self.0 {
            news.for_each_place(&mut |dot, place| _ = index.insert(dot, place));
        }
    }

    pub(super) fn take_back(&mut self, dot: Dot) {
        if let Some(index) = &mut self.0 {
            index.remove(&dot);
        }
    }
}

impl<P> fmt::Debug for Places<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.are_known() { "known" } else { "not known" })
    }
}
