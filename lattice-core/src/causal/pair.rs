//! Two stores side by side, in one document, without a name.

use crate::causal::{DotStore, fields::StoreStruct};

/// In which of two stores a dot lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side<A, B> {
    /// In the first.
    First(A),
    /// In the second.
    Second(B),
}

/// A struct of two stores.
impl<A: DotStore, B: DotStore> StoreStruct for (A, B) {
    type Fields = (A, (B, ()));
    const NAMES: &'static [&'static str] = &["side by side", "0", "1"];

    #[inline]
    fn from_fields((first, (second, ())): Self::Fields) -> Self {
        (first, second)
    }

    #[inline]
    fn into_fields(self) -> Self::Fields {
        (self.0, (self.1, ()))
    }

    #[inline]
    fn fields(&self) -> (&A, (&B, ())) {
        (&self.0, (&self.1, ()))
    }

    #[inline]
    fn fields_mut(&mut self) -> (&mut A, (&mut B, ())) {
        (&mut self.0, (&mut self.1, ()))
    }
}
