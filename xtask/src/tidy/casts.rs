//! Casts that the compiler gets wrong.

use super::Report;
use super::repository::Repository;
use super::source::Source;

const INTEGERS: [&str; 12] =
    ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];

/// rustc 1.95.0 can lose the addition when a comparison that is cast to an integer is inlined into a branch on the same
/// comparison (rust-lang/rust#158206). `if fresh { n += 1 }` says the same and is compiled right.
pub(super) fn no_bool_becomes_an_integer(repository: &Repository, report: &mut Report) {
    for (file, source) in repository.sources() {
        for at in 0..source.tokens.len() {
            let is_integer = |at: usize| {
                source.tokens.get(at).is_some_and(|token| INTEGERS.contains(&token.text.as_str()))
            };
            let is_cast =
                at > 0 && source.reads(at, &["as"]) && is_integer(at + 1) && is_bool_before(source, at);
            let is_conversion = is_integer(at)
                && source.reads(at + 1, &[":", ":", "from", "("])
                && is_bool(source, at + 5, source.closing(at + 4));
            if is_cast || is_conversion {
                let message =
                    "a boolean becomes an integer, which rustc 1.95.0 miscompiles; write `if b { n += 1 }`";
                report.add(&file.path, source.tokens[at].line, message);
            }
        }
    }
}

/// Whether the operand of the `as` at `at` is a boolean beyond doubt.
fn is_bool_before(source: &Source, at: usize) -> bool {
    if !source.reads(at - 1, &[")"]) {
        return source.reads(at - 1, &["true"]) || source.reads(at - 1, &["false"]);
    }
    let open = (0..at - 1).rev().find(|open| source.reads(*open, &["("]) && source.closing(*open) == at - 1);
    let Some(open) = open else { return false };
    match open.checked_sub(1).map(|callee| &source.tokens[callee]) {
        Some(callee) if callee.is_word() && callee.text != "return" => is_predicate(&callee.text),
        _ => is_bool(source, open + 1, at - 1),
    }
}

fn is_predicate(name: &str) -> bool {
    ["is_", "has_"].iter().any(|prefix| name.starts_with(prefix)) || name == "contains"
}

/// Whether the expression of the tokens from `first` to before `end` is a comparison, a conjunction or a predicate's answer.
fn is_bool(source: &Source, first: usize, end: usize) -> bool {
    let mut at = first;
    let mut callee = None;
    let mut saw_angle = false;
    while at < end {
        let text = source.tokens[at].text.as_str();
        let reads = |words: &[&str]| at > first && at + words.len() < end && source.reads(at, words);
        if [["=", "="], ["!", "="], ["&", "&"], ["|", "|"], ["<", "="], [">", "="]]
            .iter()
            .any(|pair| reads(pair))
        {
            return true;
        }
        let is_lone = |mark: &str| {
            at > first && text == mark && !source.reads(at - 1, &[mark]) && !source.reads(at + 1, &[mark])
        };
        if is_lone("<") && !source.reads(at - 1, &[":"]) || (is_lone(">") && !saw_angle) {
            return true;
        }
        saw_angle |= text == "<";
        callee = match text {
            "(" if at > first => Some(source.tokens[at - 1].text.as_str()),
            _ => None,
        };
        at = if matches!(text, "(" | "[" | "{") { source.closing(at) + 1 } else { at + 1 };
    }
    callee.is_some_and(is_predicate)
        || (end == first + 1 && matches!(source.tokens[first].text.as_str(), "true" | "false"))
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    #[test]
    fn a_comparison_cast_to_an_integer_is_found() {
        for code in [
            "(a == b) as usize",
            "n += (w & m != 0) as u64",
            "u64::from(a < b)",
            "x.is_empty() as u8",
            "u32::from(x.is_empty())",
            "(a && b) as i32",
            "true as u8",
            "usize::from(a.b > 3)",
        ] {
            assert_eq!(found(no_bool_becomes_an_integer, &[("a.rs", code)]).len(), 1, "{code}");
        }
    }

    #[test]
    fn other_casts_are_left_alone() {
        for code in [
            "(a << 3) as u64",
            "(a >> 3) as u64",
            "u64::from(a)",
            "f(a == b) as usize",
            "size_of::<T>() as u32",
            "(Vec::<u8>::new().len()) as u32",
            "(!mask) as u8",
            "u64::from(f(|x| x == 1))",
            "(<T as A>::B) as usize",
            "(&mut a) as usize",
            "if a == b { c as usize }",
        ] {
            assert!(found(no_bool_becomes_an_integer, &[("a.rs", code)]).is_empty(), "{code}");
        }
    }
}
