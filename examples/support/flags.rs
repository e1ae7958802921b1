//! What a person asked for on the command line: flags with or without a value, `--help`, and errors that say what to write.
//!
//! Written by hand because the examples have half a dozen flags between them; a parser crate would be their largest dependency.

use std::fmt;

use super::near::near;

/// A flag that the program knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flag {
    /// With its dashes.
    pub(crate) name: &'static str,
    /// What its value is called in the help; `None` for a flag without one.
    pub(crate) value: Option<&'static str>,
    /// What it does.
    pub(crate) help: &'static str,
}

/// `--help`, which every program here has.
const HELP: Flag = Flag { name: "--help", value: None, help: "print this text and end" };

/// The flags that were given.
#[derive(Debug)]
pub(crate) struct Flags {
    given: Vec<(&'static str, String)>,
}

/// A command line that the program does not understand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UsageError(pub(crate) String);

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; `--help` explains", self.0)
    }
}

impl Flags {
    /// Reads the arguments, the program's own name not among them. A value follows its flag or stands behind `=`.
    ///
    /// # Errors
    ///
    /// If a flag is unknown, given twice, lacks its value or has one it does not take.
    pub(crate) fn parse(
        arguments: impl IntoIterator<Item = String>,
        known: &[Flag],
    ) -> Result<Self, UsageError> {
        let mut given: Vec<(&'static str, String)> = Vec::new();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            let name = if name == "-h" { HELP.name } else { name };
            let flag = known
                .iter()
                .chain([&HELP])
                .find(|flag| flag.name == name)
                .ok_or_else(|| unknown(name, known))?;
            let value = match (flag.value, inline) {
                (None, None) => String::new(),
                (None, Some(value)) => {
                    return Err(UsageError(format!("`{name}` takes no value, but was given `{value}`")));
                }
                (Some(_), Some(value)) => value,
                (Some(what), None) => arguments
                    .next()
                    .ok_or_else(|| UsageError(format!("`{name}` needs a value, as in `{name} {what}`")))?,
            };
            if given.iter().any(|(earlier, _)| *earlier == flag.name) {
                return Err(UsageError(format!("`{name}` is given twice")));
            }
            given.push((flag.name, value));
        }
        Ok(Self { given })
    }

    /// Whether `--help` is asked for.
    pub(crate) fn asks_for_help(&self) -> bool {
        self.text(HELP.name).is_some()
    }

    /// The value of a flag, if it was given.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.given.iter().find(|(given, _)| *given == name).map(|(_, value)| value.as_str())
    }
}

fn unknown(name: &str, known: &[Flag]) -> UsageError {
    let names = || known.iter().chain([&HELP]).map(|flag| flag.name);
    let list: Vec<String> = names().map(|name| format!("`{name}`")).collect();
    let meant =
        near(name, names(), 1).first().map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
    let what = if name.starts_with('-') { "flag" } else { "argument" };
    UsageError(format!("unknown {what} `{name}`{meant}; the flags are {}", list.join(", ")))
}

/// The help text of the flags, one a line.
pub(crate) fn describe(known: &[Flag]) -> String {
    let mut text = String::new();
    for flag in known.iter().chain([&HELP]) {
        let left = format!("{} {}", flag.name, flag.value.unwrap_or_default());
        text += &format!("  {left:<16} {}\n", flag.help);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Flag, Flags};

    const KNOWN: [Flag; 2] = [
        Flag { name: "--seed", value: Some("N"), help: "the seed" },
        Flag { name: "--quick", value: None, help: "be quick" },
    ];

    fn parse(line: &str) -> Result<Flags, String> {
        Flags::parse(line.split_whitespace().map(str::to_owned), &KNOWN).map_err(|error| error.to_string())
    }

    #[test]
    fn a_value_follows_its_flag_or_an_equals_sign() {
        for line in ["--seed 7", "--seed=7", "--quick --seed 7"] {
            assert_eq!(parse(line).unwrap().text("--seed"), Some("7"), "{line}");
        }
        assert_eq!(parse("").unwrap().text("--seed"), None);
    }

    #[test]
    fn an_unknown_flag_is_refused_with_the_one_that_was_meant() {
        let error = parse("--sed 7").unwrap_err();
        assert!(error.contains("unknown flag `--sed` (did you mean `--seed`?)"), "{error}");
        assert!(error.contains("`--seed`, `--quick`, `--help`"), "{error}");
        assert!(parse("fast").unwrap_err().contains("unknown argument `fast`"));
    }

    #[test]
    fn a_value_that_is_missing_unwanted_or_given_twice_is_refused() {
        assert!(parse("--seed").unwrap_err().contains("as in `--seed N`"));
        assert!(parse("--quick=yes").unwrap_err().contains("takes no value"));
        assert!(parse("--seed 1 --seed 2").unwrap_err().contains("given twice"));
    }

    #[test]
    fn help_is_always_known() {
        assert!(parse("--help").unwrap().asks_for_help());
        assert!(parse("-h").unwrap().asks_for_help());
        assert!(!parse("--quick").unwrap().asks_for_help());
    }
}
