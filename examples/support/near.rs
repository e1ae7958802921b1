//! Which known word did a person mean who wrote an unknown one? For flags and for package names.

/// At most `n` of `known` that are near `word`, nearest first: few edits apart, or beginning with it.
pub(crate) fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, n: usize) -> Vec<&'a str> {
    let most = 1 + word.chars().count() / 4;
    let mut found: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|candidate| {
            let apart = edits(word, candidate);
            let begins = word.len() > 2 && candidate.starts_with(word);
            (apart <= most || begins).then_some((if begins { apart.min(most) } else { apart }, candidate))
        })
        .collect();
    found.sort_by_key(|&(apart, candidate)| (apart, candidate.len(), candidate));
    found.into_iter().take(n).map(|(_, candidate)| candidate).collect()
}

/// The Levenshtein distance: how many characters must be put in, taken out or replaced.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.iter().enumerate() {
            let replaced = if a == *b { diagonal } else { diagonal + 1 };
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn a_slip_of_the_finger_finds_its_word() {
        assert_eq!(near("--sede", ["--seed", "--act", "--data"], 3), ["--seed"]);
        assert_eq!(near("pyhton3", ["python3", "perl", "python3-all"], 1), ["python3"]);
    }

    #[test]
    fn the_start_of_a_word_finds_it() {
        assert_eq!(
            near("forensics", ["forensics-full", "forensics-all", "gimp"], 2),
            ["forensics-all", "forensics-full"]
        );
    }

    #[test]
    fn nothing_near_finds_nothing() {
        assert!(near("zzzz", ["python3", "perl"], 3).is_empty());
    }
}
