//! Whom to wake, and who stands where: the wakers of the reads that wait in one list, in the order of their points.
//!
//! A plain collection, which each list has under its lock. What it hands out is woken or dropped after that lock is released, since a waker
//! is code of the executor.

use std::{collections::BTreeMap, mem, task::Waker};

use crate::lvar::wake;

/// Where a read stands in a list: at a point, and there by whether it came early or late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) point: u64,
    id: u64,
}

/// The wakers of a list.
#[derive(Default)]
pub(crate) struct Sleepers {
    /// One of them, so that a read that waits alone costs no allocation.
    one: Option<(Place, Waker)>,
    others: BTreeMap<Place, Waker>,
    /// How many have stood here, which makes each place another one.
    n_ever: u64,
}

/// Wakers that were taken out of a list.
#[must_use = "they would sleep for ever"]
pub(crate) enum Due {
    None,
    One(Waker),
    Many(Vec<Waker>),
    /// The whole of what a list had.
    All(Option<Waker>, BTreeMap<Place, Waker>),
}

impl Sleepers {
    /// Adds a waker at a point.
    pub(crate) fn add(&mut self, point: u64, waker: Waker) -> Place {
        let place = Place { point, id: self.n_ever };
        self.n_ever += 1;
        if self.one.is_none() {
            self.one = Some((place, waker));
        } else {
            self.others.insert(place, waker);
        }
        place
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.one.is_none() && self.others.is_empty()
    }

    /// Whom to wake at a place, if it was not taken out.
    pub(crate) fn at(&mut self, place: Place) -> Option<&mut Waker> {
        match &mut self.one {
            Some((at, waker)) if *at == place => Some(waker),
            _ => self.others.get_mut(&place),
        }
    }

    /// Takes one out.
    #[must_use = "drop it after unlocking"]
    pub(crate) fn take(&mut self, place: Place) -> Option<Waker> {
        match self.one.take_if(|(at, _)| *at == place) {
            Some((_, waker)) => Some(waker),
            None => self.others.remove(&place),
        }
    }

    /// Takes out all whose point is at most this one: that costs what is taken out, and one look more.
    pub(crate) fn take_up_to(&mut self, point: u64) -> Due {
        let one = self.one.take_if(|(at, _)| at.point <= point).map(|(_, waker)| waker);
        if self.others.is_empty() {
            return one.map_or(Due::None, Due::One);
        }
        if self.others.last_key_value().is_some_and(|(highest, _)| highest.point <= point) {
            return Due::All(one, mem::take(&mut self.others));
        }
        let mut due = Due::of(one);
        while let Some(lowest) = self.others.first_entry()
            && lowest.key().point <= point
        {
            due.push(lowest.remove());
        }
        due
    }

    /// Takes out all at this point.
    pub(crate) fn take_at(&mut self, point: u64) -> Due {
        let one = self.one.take_if(|(at, _)| at.point == point);
        let mut due = Due::of(one.map(|(_, waker)| waker));
        while let Some((&place, _)) = self.others.range(Place { point, id: 0 }..).next()
            && place.point == point
            && let Some(waker) = self.others.remove(&place)
        {
            due.push(waker);
        }
        due
    }

    /// Takes out those who stand at these places, as far as they do.
    pub(crate) fn take_each(&mut self, places: impl Iterator<Item = Place>) -> Due {
        let mut due = Due::None;
        places.filter_map(|place| self.take(place)).for_each(|waker| due.push(waker));
        due
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.others.len() + self.one.iter().len()
    }
}

impl Due {
    #[inline]
    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    fn of(one: Option<Waker>) -> Self {
        one.map_or(Self::None, Self::One)
    }

    fn push(&mut self, waker: Waker) {
        *self = match mem::replace(self, Self::None) {
            Self::None => Self::One(waker),
            Self::One(one) => Self::Many(vec![one, waker]),
            Self::Many(mut wakers) => {
                wakers.push(waker);
                Self::Many(wakers)
            }
            Self::All(..) => unreachable!("nobody is left"),
        };
    }

    /// Wakes them, also after one whose waker panics; outside of all locks.
    #[inline]
    pub(crate) fn wake(self) {
        match self {
            Self::None => {}
            Self::One(waker) => waker.wake(),
            Self::Many(_) | Self::All(..) => self.wake_many(),
        }
    }

    #[cold]
    fn wake_many(self) {
        match self {
            Self::Many(wakers) => wake::each(wakers, Waker::wake),
            Self::All(one, others) => wake::each(one.into_iter().chain(others.into_values()), Waker::wake),
            Self::None | Self::One(_) => {}
        }
    }
}
