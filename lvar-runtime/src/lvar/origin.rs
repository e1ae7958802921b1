//! Where an LVar stands in the LVar around it, so that an error can name the path.
//!
//! A leaf keeps its place in a pointer and a small number, which has room in its state word. What the pointer leads to is shared by the
//! fields of a struct.

use std::{fmt::Debug, sync::Arc};

use lattice_core::Conflict;

/// The place of an LVar in the enclosing LVars: a field, a map's key, or the root.
///
/// Nothing is allocated for a root; for each struct that stands somewhere, and for each key of a map, the place of it.
#[derive(Clone, Default)]
pub struct Origin {
    step: Step,
    /// Which of the fields, where the step leads into a struct.
    field: u16,
}

/// What an LVar stands in; nothing at the root.
pub(crate) type Step = Option<Arc<Within>>;

/// A step of a path, and where it begins.
pub(crate) struct Within {
    around: Origin,
    segment: Segment,
}

/// A segment of a path.
enum Segment {
    /// One of the fields of a struct, which have these names.
    OneOf(&'static [&'static str]),
    /// The field with this name.
    Field(&'static str),
    /// Under a key, which is formatted only when an error asks for it.
    Key(Box<dyn ShownKey>),
}

/// A key, which only knows how it is added to a conflict's path.
trait ShownKey: Send + Sync {
    fn add_to(&self, conflict: Conflict) -> Conflict;
}

impl<K: Debug + Send + Sync> ShownKey for K {
    fn add_to(&self, conflict: Conflict) -> Conflict {
        conflict.at_key(self)
    }
}

impl Origin {
    /// The origin of an LVar that is in no other.
    pub const fn root() -> Self {
        Self { step: None, field: 0 }
    }

    /// The origin of the field `name` of the LVar whose origin this is.
    #[must_use]
    pub fn field(&self, name: &'static str) -> Self {
        self.within(Segment::Field(name))
    }

    /// What is around the fields of the struct of LVars whose origin this is, which have these names: [`nth`](Self::nth) tells the field.
    #[must_use]
    pub(crate) fn fields(&self, names: &'static [&'static str]) -> Self {
        self.within(Segment::OneOf(names))
    }

    /// The origin of the field at a position; of what [`fields`](Self::fields) answers.
    #[must_use]
    pub(crate) fn nth(&self, at: usize) -> Self {
        // No struct has more fields than the compiler can stand.
        Self { step: self.step.clone(), field: u16::try_from(at).unwrap_or(u16::MAX) }
    }

    /// The origin of what stands under `key` in the map whose origin this is. The key is formatted only when an error asks for it.
    #[must_use]
    pub fn key(&self, key: impl Debug + Send + Sync + 'static) -> Self {
        self.within(Segment::Key(Box::new(key)))
    }

    fn within(&self, segment: Segment) -> Self {
        Self { step: Some(Arc::new(Within { around: self.clone(), segment })), field: 0 }
    }

    /// The origin in its two parts, for who has room for them elsewhere.
    pub(crate) fn into_parts(self) -> (Step, u16) {
        (self.step, self.field)
    }

    /// The path from the outermost LVar, such as `order.lines["book"]`; empty at the root.
    pub fn path(&self) -> String {
        path(&self.step, self.field)
    }
}

/// A conflict of the LVar whose origin has these parts, as the outermost LVar sees it.
pub(crate) fn locate(mut step: &Step, mut field: u16, mut conflict: Conflict) -> Conflict {
    while let Some(within) = step {
        conflict = match &within.segment {
            Segment::OneOf(names) => match names.get(usize::from(field)) {
                Some(name) => conflict.in_field(name),
                None => conflict,
            },
            Segment::Field(name) => conflict.in_field(name),
            Segment::Key(key) => key.add_to(conflict),
        };
        (step, field) = (&within.around.step, within.around.field);
    }
    conflict
}

/// [`Origin::path`], of the parts of an origin.
pub(crate) fn path(step: &Step, field: u16) -> String {
    // Only a conflict knows how a path is written.
    locate(step, field, Conflict::in_state(&())).path()
}

impl Debug for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Origin").field(&self.path()).finish()
    }
}
