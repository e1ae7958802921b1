//! What a picture writes into a state: a word, or the fields of a product, which may themselves be products.

use alloc::{
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};

/// How many characters a line holds before it is broken at a comma: six flags then take two lines, and a picture of 64 states fits
/// on a wall instead of along it.
const WIDEST: usize = 24;

/// What a picture writes into a state, line by line.
///
/// ```
/// use lvars::hasse::Label;
///
/// let label = Label::fields([("status", Label::from("Paid")), ("late", Label::from("true"))]);
/// assert_eq!(label.lines(), ["status: Paid", "late: true"]);
/// assert_eq!(label.in_one_line(), "status: Paid, late: true");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    lines: Vec<String>,
    /// Fields inside of a larger label stand in parentheses, a word does not.
    has_fields: bool,
}

impl Label {
    /// The label of a struct: a line a field.
    pub fn fields(fields: impl IntoIterator<Item = (&'static str, Self)>) -> Self {
        let lines: Vec<String> =
            fields.into_iter().map(|(name, label)| format!("{name}: {}", label.nested())).collect();
        if lines.is_empty() { Self::from("()") } else { Self { lines, has_fields: true } }
    }

    /// The label of a tuple or a tuple struct: one line.
    pub fn positions(positions: impl IntoIterator<Item = Self>) -> Self {
        let parts: Vec<String> = positions.into_iter().map(|label| label.nested()).collect();
        let comma = if parts.len() == 1 { "," } else { "" };
        Self::from(&*format!("({}{comma})", parts.join(", ")))
    }

    /// The lines: one a field, and more for what is too long to stand in one.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for whole in &self.lines {
            let mut line = String::new();
            for part in whole.split_inclusive(", ") {
                if !line.is_empty() && line.chars().count() + part.trim_end().chars().count() > WIDEST {
                    lines.push(line.trim_end().to_string());
                    line.clear();
                }
                line.push_str(part);
            }
            lines.push(line);
        }
        lines
    }

    /// The label in one line.
    #[must_use]
    pub fn in_one_line(&self) -> String {
        self.lines.join(", ")
    }

    fn nested(&self) -> String {
        if self.has_fields { format!("({})", self.in_one_line()) } else { self.in_one_line() }
    }
}

impl From<&str> for Label {
    fn from(word: &str) -> Self {
        Self { lines: vec![word.to_string()], has_fields: false }
    }
}
