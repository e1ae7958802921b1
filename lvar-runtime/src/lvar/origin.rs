//! Where an LVar stands in the LVar around it, so that an error can name the path.

use std::{fmt::Debug, sync::Arc};

use lattice_core::Conflict;

/// The place of an LVar in the enclosing LVars: a field, a map's key, or the root.
///
/// Cheap for what is common: no allocation for the fields of a root struct or of a map's values, one for each key of a map.
#[derive(Clone, Default)]
pub struct Origin {
    parent: Option<Arc<Step<dyn Segment>>>,
    /// The last field, kept apart so that siblings share `parent`.
    field: Option<&'static str>,
}

/// A segment of a path and what it is in.
struct Step<S: ?Sized> {
    parent: Origin,
    segment: S,
}

/// A segment of a path; only names how it is added to a conflict's path.
trait Segment: Send + Sync {
    fn add_to(&self, conflict: Conflict) -> Conflict;
}

struct FieldName(&'static str);

impl Segment for FieldName {
    fn add_to(&self, conflict: Conflict) -> Conflict {
        conflict.in_field(self.0)
    }
}

struct Key<K>(K);

impl<K: Debug + Send + Sync> Segment for Key<K> {
    fn add_to(&self, conflict: Conflict) -> Conflict {
        conflict.at_key(&self.0)
    }
}

impl Origin {
    /// The origin of an LVar that is in no other.
    pub const fn root() -> Self {
        Self { parent: None, field: None }
    }

    /// The origin of the field `name` of the LVar whose origin this is.
    #[must_use]
    pub fn field(&self, name: &'static str) -> Self {
        let parent = match self.field {
            None => self.parent.clone(),
            Some(field) => {
                let parent = Self { parent: self.parent.clone(), field: None };
                Some(Arc::new(Step { parent, segment: FieldName(field) }) as Arc<Step<dyn Segment>>)
            }
        };
        Self { parent, field: Some(name) }
    }

    /// The origin of what stands under `key` in the map whose origin this is. The key is formatted only when an error asks for it.
    #[must_use]
    pub fn key(&self, key: impl Debug + Send + Sync + 'static) -> Self {
        Self { parent: Some(Arc::new(Step { parent: self.clone(), segment: Key(key) })), field: None }
    }

    /// A conflict of this LVar, as the outermost LVar sees it.
    pub(crate) fn locate(&self, mut conflict: Conflict) -> Conflict {
        let mut origin = self;
        loop {
            if let Some(field) = origin.field {
                conflict = conflict.in_field(field);
            }
            let Some(step) = &origin.parent else { return conflict };
            conflict = step.segment.add_to(conflict);
            origin = &step.parent;
        }
    }

    /// The path from the outermost LVar, such as `order.lines["book"]`; empty at the root.
    pub fn path(&self) -> String {
        // Only a conflict knows how a path is written.
        self.locate(Conflict::in_state(&())).path()
    }
}

impl Debug for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Origin").field(&self.path()).finish()
    }
}
