//! The marks of a leaf: one for each LVar that it is a part of, and for itself, once that is followed.

use std::sync::Arc;

use crate::{lvar::changes::Mark, sync::OnceLock};

/// Whose handlers a mark is for. A leaf has at most one mark of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(unnameable_types, reason = "nobody can name it, so nobody else implements `FollowedAsOne`")]
pub enum MarkOf {
    /// The LVar so many steps out: the leaf itself at 0, the struct that it is a field of at 1, and so on.
    Around(u8),
    /// The map in which the leaf is a value, or a part of one.
    Map,
}

impl MarkOf {
    /// The handlers of an LVar.
    pub(crate) const ITSELF: Self = Self::Around(0);

    /// The same handlers, as the parts of this LVar see them.
    pub(crate) fn of_parts(self) -> Self {
        match self {
            // No type is nested so deep that the compiler could stand it.
            Self::Around(steps) => Self::Around(steps + 1),
            Self::Map => Self::Map,
        }
    }
}

/// The marks, a chain to which they are added one by one: most leaves have none, and few have two.
#[derive(Default)]
pub(crate) struct Marks(OnceLock<Link>);

struct Link {
    mark_of: MarkOf,
    mark: Arc<Mark>,
    next: OnceLock<Box<Link>>,
}

impl Marks {
    pub(crate) fn are_there(&self) -> bool {
        self.0.get().is_some()
    }

    /// Says to all of them that the leaf has grown; after it has.
    pub(crate) fn note(&self) {
        let mut link = self.0.get();
        while let Some(Link { mark, next, .. }) = link {
            mark.note();
            link = next.get().map(|next| &**next);
        }
    }

    /// The mark for these handlers, made if it is not there. Of several that are made at once for one place in the chain the first stays, and the
    /// others look whether it is theirs.
    pub(crate) fn get_or_make(&self, mark_of: MarkOf, make: &dyn Fn() -> Arc<Mark>) -> &Arc<Mark> {
        let make = || Link { mark_of, mark: make(), next: OnceLock::new() };
        let mut link = self.0.get_or_init(make);
        while link.mark_of != mark_of {
            link = link.next.get_or_init(|| Box::new(make()));
        }
        &link.mark
    }
}
