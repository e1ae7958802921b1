//! Where two states differ, as a path of fields, positions and keys: `lines["book"].price`.
//!
//! It is read off what `{:#?}` prints, so it works for every type with a derived `Debug`, asks for no trait, and costs nothing
//! while the laws hold. Pretty output is a tree of lines: one that ends in a bracket opens a branch, one that begins with a bracket
//! closes it, and every other is a leaf. A `Debug` written by hand may print anything: at worst the path stops early.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

/// The path to the first difference between two states; empty if they differ as a whole, or look the same.
pub(super) fn difference<T: fmt::Debug>(left: &T, right: &T) -> String {
    let mut path = String::new();
    differ(&Node::read(&format!("{left:#?}")), &Node::read(&format!("{right:#?}")), &mut path);
    path
}

/// Whether two nodes differ; if so, `path` then leads to the first difference in them.
fn differ(left: &Node<'_>, right: &Node<'_>, path: &mut String) -> bool {
    if left.head != right.head {
        return true;
    }
    let transparent = left.is_wrapper() && right.is_wrapper();
    for (label, child) in &left.children {
        let before = path.len();
        if !transparent {
            label.append_to(path);
        }
        if right.child(label).is_none_or(|other| differ(child, other, path)) {
            return true;
        }
        path.truncate(before);
    }
    let only_right = right.children.iter().find(|(label, _)| left.child(label).is_none());
    only_right.inspect(|(label, _)| label.append_to(path)).is_some()
}

/// A value as it was printed.
struct Node<'a> {
    /// All of a leaf; of a branch the name and the bracket.
    head: &'a str,
    children: Vec<(Label, Node<'a>)>,
}

/// What leads from a branch to one of its children.
#[derive(PartialEq)]
enum Label {
    Field(String),
    /// The key of a map, or the element of a set; the index of a list.
    Key(String),
}

impl Label {
    fn append_to(&self, path: &mut String) {
        match self {
            Self::Field(name) if path.is_empty() => path.push_str(name),
            Self::Field(name) => path.extend([".", name]),
            Self::Key(key) => path.extend(["[", key, "]"]),
        }
    }
}

impl<'a> Node<'a> {
    fn read(text: &'a str) -> Self {
        let mut reader = Reader { lines: text.lines().map(str::trim_start).collect(), n_read: 0 };
        let first = reader.next().unwrap_or_default();
        reader.node(first).0
    }

    fn child(&self, label: &Label) -> Option<&Self> {
        self.children.iter().find(|(other, _)| other == label).map(|(_, child)| child)
    }

    /// Whether this is one value in a name, such as `Some(..)` and `Max(..)`: no step of a path, as in the path of a conflict.
    fn is_wrapper(&self) -> bool {
        self.head.len() > 1 && self.head.ends_with('(') && self.children.len() == 1
    }
}

struct Reader<'a> {
    /// Without their indentation.
    lines: Vec<&'a str>,
    n_read: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let line = self.lines.get(self.n_read).copied();
        self.n_read += 1;
        line
    }

    /// Reads the node that begins with `text`, the rest of the line that was read last. Answers also what follows the node on its
    /// last line: a comma or, behind the key of a map, the value.
    fn node(&mut self, text: &'a str) -> (Node<'a>, &'a str) {
        let closer = match text.chars().next_back() {
            Some('(') => ')',
            Some('[') => ']',
            Some('{') => '}',
            _ => return (leaf(text.strip_suffix(',').unwrap_or(text)), ""),
        };
        let mut node = Node { head: text, children: Vec::new() };
        while let Some(line) = self.next() {
            if let Some(rest) = line.strip_prefix(closer) {
                return (node, rest);
            }
            let child = self.child(text, node.children.len(), line);
            node.children.push(child);
        }
        (node, "")
    }

    /// Reads the child that begins with `line`, at a position of the branch that begins with `head`.
    fn child(&mut self, head: &str, position: usize, line: &'a str) -> (Label, Node<'a>) {
        if head.ends_with('(') {
            return (Label::Field(position.to_string()), self.node(line).0);
        }
        if head.ends_with('[') {
            return (Label::Key(position.to_string()), self.node(line).0);
        }
        if let Some((key, value)) = split_key(line) {
            let label = if head == "{" { Label::Key(key.into()) } else { Label::Field(key.into()) };
            return (label, self.node(value).0);
        }
        // The element of a set, or a key of several lines.
        let first = self.n_read - 1;
        let (element, rest) = self.node(line);
        let label = Label::Key(compact(&self.lines[first..self.n_read.min(self.lines.len())], rest));
        match rest.strip_prefix(": ") {
            Some(value) => (label, self.node(value).0),
            None => (label, leaf(element.head)),
        }
    }
}

/// A node without children. What is empty has the head that it would have with children.
fn leaf(text: &str) -> Node<'_> {
    let is_empty = ["{}", "[]", "()"].iter().any(|empty| text.ends_with(empty));
    Node { head: if is_empty { &text[..text.len() - 1] } else { text }, children: Vec::new() }
}

/// Splits `key: value` at the first colon that is in no quotes and in no brackets.
fn split_key(line: &str) -> Option<(&str, &str)> {
    let (mut depth, mut quote, mut is_escaped) = (0_usize, None, false);
    for (at, char) in line.char_indices() {
        match (quote, char) {
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(open), _) if open == char => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(char),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, ':') if depth == 0 && line[at..].starts_with(": ") => {
                return Some((&line[..at], &line[at + 2..]));
            }
            (None, _) => {}
        }
    }
    None
}

/// The lines of a node, less the `rest` behind it, as `{:?}` prints them, but for the spaces inside braces.
fn compact(lines: &[&str], rest: &str) -> String {
    let mut text = String::new();
    for line in lines {
        if line.starts_with([')', ']', '}']) && text.ends_with(", ") {
            text.truncate(text.len() - 2);
        }
        text.push_str(line);
        if line.ends_with(',') {
            text.push(' ');
        }
    }
    let text = text.trim_end();
    text.strip_suffix(rest).unwrap_or(text).trim_end_matches(',').to_string()
}

#[cfg(test)]
mod tests {
    use alloc::{string::String, vec, vec::Vec};
    use core::fmt;
    use std::collections::{BTreeMap, BTreeSet, HashMap};

    use super::difference;
    use crate::{Flat, Max};

    #[derive(Clone, Debug)]
    struct Order {
        lines: BTreeMap<&'static str, Line>,
        tags: BTreeSet<(u8, char)>,
        note: Option<Max<u8>>,
    }

    #[derive(Clone, Debug)]
    struct Line {
        price: Flat<u8>,
        history: Vec<(u8, Option<u8>)>,
    }

    fn order() -> Order {
        let line = Line { price: Flat::Value(3), history: vec![(1, None), (2, Some(3))] };
        Order {
            lines: BTreeMap::from([("a \"book\": {", line.clone()), ("pen", line)]),
            tags: BTreeSet::from([(1, '"'), (2, ':')]),
            note: Some(Max(3)),
        }
    }

    /// The path from an order to the same order changed.
    fn changed(change: impl FnOnce(&mut Order)) -> String {
        let (before, mut after) = (order(), order());
        change(&mut after);
        let path = difference(&before, &after);
        assert_eq!(path, difference(&after, &before));
        path
    }

    #[test]
    fn a_path_leads_through_fields_keys_positions_and_indices() {
        let price = |order: &mut Order| order.lines.get_mut("pen").unwrap().price = Flat::Value(4);
        assert_eq!(changed(price), r#"lines["pen"].price"#);
        let history = |order: &mut Order| order.lines.get_mut("pen").unwrap().history[1].1 = None;
        assert_eq!(changed(history), r#"lines["pen"].history[1].1"#);
        assert_eq!(changed(|order| order.note = Some(Max(4))), "note");
    }

    #[test]
    fn a_key_may_hold_what_looks_like_the_end_of_one() {
        let price = |order: &mut Order| order.lines.get_mut("a \"book\": {").unwrap().price = Flat::Bottom;
        assert_eq!(changed(price), r#"lines["a \"book\": {"].price"#);
    }

    #[test]
    fn what_only_one_side_holds_is_where_they_differ() {
        assert_eq!(changed(|order| _ = order.lines.remove("pen")), r#"lines["pen"]"#);
        assert_eq!(changed(|order| order.lines.clear()), r#"lines["a \"book\": {"]"#);
        assert_eq!(changed(|order| _ = order.tags.insert((3, 'c'))), "tags[(3, 'c')]");
        assert_eq!(difference(&vec![1], &vec![1, 2]), "[1]");
    }

    #[test]
    fn maps_are_compared_by_key_in_any_order() {
        let numbered = |keys: &[u8]| keys.iter().map(|&key| (vec![key], Max(key))).collect::<HashMap<_, _>>();
        assert_eq!(difference(&numbered(&[1, 2, 3, 4, 5]), &numbered(&[5, 4, 3, 1])), "[[2]]");
    }

    #[test]
    fn plain_and_equal_values_have_no_path() {
        assert_eq!(difference(&1, &2), "");
        assert_eq!(difference(&Flat::Value(1), &Flat::Conflict), "");
        assert_eq!(difference(&order(), &order()), "");
        assert_eq!(difference(&f64::NAN, &f64::NAN), "");
    }

    struct Odd(&'static str);

    impl fmt::Debug for Odd {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    #[test]
    fn what_no_derive_prints_is_read_without_panic() {
        let map = Odd("{\n    1: 2,\n}");
        for text in [
            "",
            "(",
            "{",
            "}\n{",
            "a {\n(",
            "{\n{\n: (\n)",
            "\"",
            "{\n'",
            "[\n]]\n",
            "é{\né: é",
            "{\n[\n1,\n",
        ] {
            difference(&Odd(text), &map);
            difference(&map, &Odd(text));
        }
    }
}
