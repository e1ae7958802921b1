//! What a conflict report holds: the path to the field, and the two values that cannot both be true.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

/// Two writes that cannot both be true: where they met, and both values.
///
/// ```
/// use lvars::{Flat, Lattice};
///
/// let conflict = Flat::Value(2).incompatible(&Flat::Value(3)).unwrap().at_key(&"book").in_field("lines");
/// assert_eq!(conflict.to_string(), r#"conflict at lines["book"]: 2 and 3 cannot both be true"#);
/// assert_eq!(format!("{conflict:?}"), r#"Conflict { path: lines["book"], values: Met("2", "3") }"#);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Conflict {
    /// Innermost segment first, so that each enclosing type only appends.
    #[cfg_attr(feature = "serde", serde(serialize_with = "as_text"))]
    path: Vec<Segment>,
    values: Values,
}

/// One step of the path of a conflict, or of an alarm.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Segment {
    Field(&'static str),
    Key(String),
}

impl Segment {
    pub(crate) fn of_key(key: &impl fmt::Debug) -> Self {
        Self::Key(format!("{key:?}"))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
enum Values {
    /// The two values that met.
    Met(String, String),
    /// Only the state after the fact is known.
    State(String),
}

impl Conflict {
    /// A conflict between two values. The order in which they are given does not matter: equal pairs give equal reports.
    pub fn between(left: &impl fmt::Debug, right: &impl fmt::Debug) -> Self {
        let (left, right) = (format!("{left:?}"), format!("{right:?}"));
        let (left, right) = if left <= right { (left, right) } else { (right, left) };
        Self { path: Vec::new(), values: Values::Met(left, right) }
    }

    /// A state that is already in conflict, when the values that met are no longer known.
    pub fn in_state(state: &impl fmt::Debug) -> Self {
        Self { path: Vec::new(), values: Values::State(format!("{state:?}")) }
    }

    /// The same conflict seen from the struct whose field it is in.
    #[must_use]
    pub fn in_field(mut self, name: &'static str) -> Self {
        self.path.push(Segment::Field(name));
        self
    }

    /// The same conflict seen from the map under whose key it is.
    #[must_use]
    pub fn at_key(mut self, key: &impl fmt::Debug) -> Self {
        self.path.push(Segment::of_key(key));
        self
    }

    /// The path from the outermost type to the value, such as `order.lines["book"]`; empty for a bare value.
    pub fn path(&self) -> String {
        shown(&self.path)
    }

    /// The two values that met, in a fixed order, if both are known.
    pub fn values(&self) -> Option<(&str, &str)> {
        match &self.values {
            Values::Met(left, right) => Some((left, right)),
            Values::State(_) => None,
        }
    }
}

pub(crate) fn shown(segments: &[Segment]) -> String {
    let mut path = String::new();
    for segment in segments.iter().rev() {
        match segment {
            Segment::Field(name) if path.is_empty() => path.push_str(name),
            Segment::Field(name) => path.extend([".", name]),
            Segment::Key(key) => path.extend(["[", key, "]"]),
        }
    }
    path
}

/// Readers of other languages get the path as people do.
#[cfg(feature = "serde")]
fn as_text<S: serde::Serializer>(path: &[Segment], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&shown(path))
}

/// The path is shown as in the message, outermost first.
impl fmt::Debug for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conflict")
            .field("path", &format_args!("{}", self.path()))
            .field("values", &self.values)
            .finish()
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("conflict")?;
        if !self.path.is_empty() {
            write!(f, " at {}", self.path())?;
        }
        match &self.values {
            Values::Met(left, right) => write!(f, ": {left} and {right} cannot both be true"),
            Values::State(state) => write!(f, ": the state is {state}"),
        }
    }
}

impl core::error::Error for Conflict {}
