//! What was done, and who knew of what: all that a specification may look at.

/// A set of events, by their numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known(u64);

impl Known {
    pub(crate) const fn one(event: usize) -> Self {
        Self(1 << event)
    }

    pub(crate) fn contains(self, event: usize) -> bool {
        self.0 >> event & 1 == 1
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What an event is to one place of a document.
#[derive(Clone, Debug)]
pub(crate) enum What<Op> {
    /// An operation there.
    Op(Op),
    /// The removal of a key that leads there.
    Reset,
    /// Something elsewhere.
    Elsewhere,
}

/// One operation: by whom, and what its replica knew then.
#[derive(Clone, Debug)]
pub(crate) struct Event<Op> {
    pub(crate) writer: u64,
    pub(crate) what: What<Op>,
    pub(crate) known: Known,
}

/// All events so far, and those that a reader knows.
#[derive(Clone, Debug)]
pub(crate) struct History<Op> {
    pub(crate) events: Vec<Event<Op>>,
    pub(crate) known: Known,
}

/// A known operation.
#[derive(Debug)]
pub(crate) struct Write<'a, Op> {
    pub(crate) number: usize,
    pub(crate) writer: u64,
    pub(crate) op: &'a Op,
}

impl<Op> History<Op> {
    /// The operations that the reader knows and that nothing it knows has taken back. A reset takes back what its replica knew; for an
    /// operation, `takes_back(later, earlier)` says whether it would, had it seen it.
    ///
    /// An event takes back only what was still there at its replica: what has been taken back there already it does not see.
    pub(crate) fn live(
        &self,
        takes_back: impl Fn(&Write<'_, Op>, &Write<'_, Op>) -> bool,
    ) -> Vec<Write<'_, Op>> {
        self.live_at(self.known, &takes_back)
    }

    /// The same for whoever knows just these.
    pub(crate) fn live_at(
        &self,
        known: Known,
        takes_back: &impl Fn(&Write<'_, Op>, &Write<'_, Op>) -> bool,
    ) -> Vec<Write<'_, Op>> {
        let writes = (0..self.events.len()).filter(|&number| known.contains(number));
        writes
            .filter_map(|number| self.write(number))
            .filter(|write| !self.is_taken_back(write, known, takes_back))
            .collect()
    }

    fn is_taken_back(
        &self,
        write: &Write<'_, Op>,
        known: Known,
        takes_back: &impl Fn(&Write<'_, Op>, &Write<'_, Op>) -> bool,
    ) -> bool {
        (write.number + 1..self.events.len()).filter(|&later| known.contains(later)).any(|later| {
            let event = &self.events[later];
            let would = match event.what {
                What::Reset => true,
                What::Elsewhere => false,
                What::Op(_) => self.write(later).is_some_and(|later| takes_back(&later, write)),
            };
            would && event.known.contains(write.number) && !self.is_taken_back(write, event.known, takes_back)
        })
    }

    fn write(&self, number: usize) -> Option<Write<'_, Op>> {
        let event = &self.events[number];
        match &event.what {
            What::Op(op) => Some(Write { number, writer: event.writer, op }),
            What::Reset | What::Elsewhere => None,
        }
    }

    /// The same history as one place within sees it. Resets from outside reset it too.
    pub(crate) fn within<Inner>(&self, see: impl Fn(&Op) -> What<Inner>) -> History<Inner> {
        let see = |event: &Event<Op>| Event {
            writer: event.writer,
            known: event.known,
            what: match &event.what {
                What::Op(op) => see(op),
                What::Reset => What::Reset,
                What::Elsewhere => What::Elsewhere,
            },
        };
        History { events: self.events.iter().map(see).collect(), known: self.known }
    }
}
