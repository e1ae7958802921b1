//! Words for messages: what the user may have meant, and lists of what is allowed.

/// The candidate nearest to `word`, if it is near enough to be a slip of the finger.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// What somebody means who takes the word for a field from elsewhere.
pub(crate) fn advice(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "and" | "every" => "did you mean `all`? it stays true while every write says true",
        "or" | "some" | "flag" => "did you mean `any`? it is true once one write said true",
        "set" | "map" => "did you mean `union`?",
        "greatest" | "largest" | "highest" => "did you mean `max`?",
        "least" | "smallest" | "lowest" => "did you mean `min`?",
        "sum" | "add" | "count" | "counter" => {
            "a sum is a type of its own: make the field a `GCounter`, or a `PnCounter` if it also goes down"
        }
        "last" | "latest" | "lww" => {
            "which write was the last depends on the schedule, so no join keeps it; a value that is written once is a `Flat<T>`"
        }
        _ => return None,
    })
}

/// `` `a`, `b` and `c` ``.
pub(crate) fn list(words: impl IntoIterator<Item: AsRef<str>>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{}`", word.as_ref())).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// The number of insertions, deletions, replacements and swaps of neighbours between two words, regardless of case.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.to_lowercase().chars().collect();
    let right: Vec<char> = right.to_lowercase().chars().collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=right.len()).collect()];
    for i in 1..=left.len() {
        let mut row = vec![i];
        for j in 1..=right.len() {
            let replaced = rows[i - 1][j - 1] + if left[i - 1] == right[j - 1] { 0 } else { 1 };
            let mut best = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        assert_eq!(did_you_mean("mxa", ["min", "max"]), Some("max"));
        assert_eq!(did_you_mean("Shiped", ["New", "Shipped"]), Some("Shipped"));
        assert_eq!(did_you_mean("shipped", ["New", "Shipped"]), Some("Shipped"));
        assert_eq!(did_you_mean("conflict", ["bottom", "chain"]), None);
    }

    #[test]
    fn the_words_of_others_have_advice_and_ours_have_none() {
        assert!(advice("And").is_some_and(|text| text.contains("`all`")));
        assert!(["max", "min", "any", "all", "union"].iter().all(|word| advice(word).is_none()));
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(list(["a"]), "`a`");
        assert_eq!(list(["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
