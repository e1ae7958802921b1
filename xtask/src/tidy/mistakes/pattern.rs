//! A message with what varies left open.

/// The fixed pieces of a message, between any two of which something stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pattern {
    pieces: Vec<String>,
}

impl Pattern {
    /// Of a format string: `` `{name}` has no variant `{wanted}` ``. Only the first line: the others are notes and helps.
    pub(super) fn of_format(text: &str) -> Self {
        let mut pieces = vec![String::new()];
        let mut rest = text.lines().next().unwrap_or_default().chars().peekable();
        while let Some(c) = rest.next() {
            let is_doubled = matches!(c, '{' | '}') && rest.next_if_eq(&c).is_some();
            if c == '{' && !is_doubled {
                while rest.next().is_some_and(|c| c != '}') {}
                pieces.push(String::new());
            } else {
                push(&mut pieces, c);
            }
        }
        Self { pieces }
    }

    /// Of pieces, where `None` varies.
    pub(super) fn of_pieces(given: &[Option<&str>]) -> Self {
        let mut pieces = vec![String::new()];
        for piece in given {
            match piece {
                Some(text) => text.chars().for_each(|c| push(&mut pieces, c)),
                None => pieces.push(String::new()),
            }
        }
        Self { pieces }
    }

    /// Of the heading of an entry, where a capital letter alone stands for what varies: `` `E` has no variant `V` ``.
    pub(super) fn of_heading(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let is_word = |at: Option<usize>| {
            at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric() || *c == '_')
        };
        let mut pieces = vec![String::new()];
        for (at, c) in chars.iter().enumerate() {
            if c.is_ascii_uppercase() && !is_word(at.checked_sub(1)) && !is_word(Some(at + 1)) {
                pieces.push(String::new());
            } else {
                push(&mut pieces, *c);
            }
        }
        Self { pieces }
    }

    /// Whether `text` is this message, with something in the place of whatever varies.
    pub(super) fn fits(&self, text: &str) -> bool {
        let [first, inner @ .., last] = self.pieces.as_slice() else { return self.pieces == [text] };
        let Some(mut rest) =
            text.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(last.as_str()))
        else {
            return false;
        };
        for piece in inner {
            // Something stands before it.
            let Some(skipped) = rest.chars().next().map(char::len_utf8) else { return false };
            let Some(at) = rest[skipped..].find(piece.as_str()) else { return false };
            rest = &rest[skipped + at + piece.len()..];
        }
        !rest.is_empty()
    }

    /// How much of it is fixed: of two that fit, the one with more is meant.
    pub(super) fn n_fixed(&self) -> usize {
        self.pieces.iter().map(String::len).sum()
    }
}

fn push(pieces: &mut [String], c: char) {
    if let Some(last) = pieces.last_mut() {
        last.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_string_fits_what_it_writes() {
        let pattern = Pattern::of_format("`{}` of `{name:?}` has {{x}}\nnote: {why}");
        assert!(pattern.fits("`a` of `b` has {x}"));
        assert!(!pattern.fits("`a` of `b` has {y}") && !pattern.fits("`a` has {x}"));
        assert!(!pattern.fits("`` of `b` has {x}"), "something stands in each place");
    }

    #[test]
    fn a_message_that_does_not_vary_is_itself() {
        let pattern = Pattern::of_format("the order is empty");
        assert!(pattern.fits("the order is empty") && !pattern.fits("the order is empty here"));
    }

    #[test]
    fn a_capital_letter_alone_varies_in_a_heading() {
        let pattern = Pattern::of_heading("`A` and `B` have no LVar: E0446");
        assert!(pattern.fits("`Done`, `New` and `Failed` have no LVar: E0446"));
        assert!(!pattern.fits("`Done` has no LVar: E0446"));
    }

    #[test]
    fn the_more_that_is_fixed_the_more_specific() {
        let (general, special) =
            (Pattern::of_format("{} have no join"), Pattern::of_format("two values of {} have no join"));
        assert!(general.fits("two values of V have no join") && general.n_fixed() < special.n_fixed());
    }
}
