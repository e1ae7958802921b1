//! Rust text taken apart: what is code, what is comment, and where the tokens are.
//!
//! A small lexer and no parser: the compile-fail tests hold files that no parser accepts, and comments, which half of
//! the rules are about, are what a parser throws away.

/// One Rust file. `code` and `comments` have the lines and columns of the file itself, with everything else blanked;
/// the contents of strings are in neither, but in `strings`, in order.
pub(super) struct Source {
    pub(super) code: Vec<String>,
    pub(super) comments: Vec<String>,
    pub(super) tokens: Vec<Token>,
    strings: Vec<String>,
}

/// A word, a number, or a single punctuation mark of the code.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) text: String,
    /// From 1, as editors count.
    pub(super) line: usize,
}

impl Source {
    pub(super) fn new(text: &str) -> Self {
        let mut lexer = Lexer {
            rest: text.chars().collect(),
            at: 0,
            code: String::new(),
            comments: String::new(),
            strings: Vec::new(),
        };
        lexer.run();
        let code: Vec<String> = lexer.code.lines().map(str::to_owned).collect();
        let comments = lexer.comments.lines().map(str::to_owned).collect();
        let tokens = tokens_of(&code);
        Self { code, comments, tokens, strings: lexer.strings }
    }

    /// What the string says whose opening quote is the token `at`.
    pub(super) fn string(&self, at: usize) -> Option<&str> {
        let is_quote = |token: &&Token| token.text == "\"";
        self.tokens.get(at).filter(is_quote)?;
        let n_before = self.tokens[..at].iter().filter(is_quote).count();
        // Each string has two quotes, and a token of each.
        (n_before % 2 == 0).then(|| self.strings.get(n_before / 2).map(String::as_str))?
    }

    /// Whether the tokens from `at` on read as `words`.
    pub(super) fn reads(&self, at: usize, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(i, word)| self.tokens.get(at + i).is_some_and(|token| token.text == *word))
    }

    /// The index of the token that closes the delimiter at `open`.
    pub(super) fn closing(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        for (i, token) in self.tokens.iter().enumerate().skip(open) {
            match token.text.as_str() {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                _ => continue,
            }
            if depth == 0 {
                return i;
            }
        }
        self.tokens.len().saturating_sub(1)
    }
}

impl Token {
    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(is_word_char)
    }
}

pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn tokens_of(code: &[String]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (i, line) in code.iter().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let end = match is_word_char(first) {
                true => rest.find(|c| !is_word_char(c)).unwrap_or(rest.len()),
                false => first.len_utf8(),
            };
            tokens.push(Token { text: rest[..end].to_owned(), line: i + 1 });
            rest = rest[end..].trim_start();
        }
    }
    tokens
}

/// Where a character belongs.
#[derive(Clone, Copy)]
enum Class {
    Code,
    Comment,
    /// Inside a string or a character literal.
    Literal,
}

struct Lexer {
    rest: Vec<char>,
    at: usize,
    code: String,
    comments: String,
    strings: Vec<String>,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest.get(self.at + ahead).copied()
    }

    fn take(&mut self, class: Class) {
        let Some(c) = self.peek(0) else { return };
        self.at += 1;
        // A line ends in both texts, whatever it ends in, so that they stay in step.
        let blank = if c == '\n' { '\n' } else { ' ' };
        let (code, comment) = match class {
            Class::Code => (c, blank),
            Class::Comment => (blank, c),
            Class::Literal => (blank, blank),
        };
        self.code.push(code);
        self.comments.push(comment);
    }

    fn run(&mut self) {
        while let Some(c) = self.peek(0) {
            match (c, self.peek(1)) {
                ('/', Some('/')) => self.line_comment(),
                ('/', Some('*')) => self.block_comment(),
                ('"', _) => self.string(),
                ('\'', _) => self.quote(),
                _ if is_word_char(c) => self.word(),
                _ => self.take(Class::Code),
            }
        }
    }

    fn line_comment(&mut self) {
        while self.peek(0).is_some_and(|c| c != '\n') {
            self.take(Class::Comment);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                (Some(_), _) => {
                    self.take(Class::Comment);
                    continue;
                }
                (None, _) => return,
            }
            self.take(Class::Comment);
            self.take(Class::Comment);
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        self.take(Class::Code);
        let start = self.at;
        while let Some(c) = self.peek(0).filter(|c| *c != '"') {
            if c == '\\' {
                self.take(Class::Literal);
            }
            self.take(Class::Literal);
        }
        self.strings.push(unescaped(&self.rest[start..self.at]));
        self.take(Class::Code);
    }

    /// A character literal or a lifetime: only the former is closed by a second quote.
    fn quote(&mut self) {
        let is_escape = self.peek(1) == Some('\\');
        if !is_escape && self.peek(2) != Some('\'') {
            return self.take(Class::Code);
        }
        self.take(Class::Code);
        // The first character is taken unseen: it may be a quote or a backslash, each with the other before or after it.
        self.take(Class::Literal);
        if is_escape {
            self.take(Class::Literal);
        }
        while self.peek(0).is_some_and(|c| c != '\'') {
            self.take(Class::Literal);
        }
        self.take(Class::Code);
    }

    fn word(&mut self) {
        let start = self.at;
        while self.peek(0).is_some_and(is_word_char) {
            self.take(Class::Code);
        }
        let word: String = self.rest[start..self.at].iter().collect();
        let n_hashes = self.rest[self.at..].iter().take_while(|c| **c == '#').count();
        if matches!(word.as_str(), "r" | "br" | "cr") && self.peek(n_hashes) == Some('"') {
            self.raw_string(n_hashes);
        }
    }

    fn raw_string(&mut self, n_hashes: usize) {
        for _ in 0..=n_hashes {
            self.take(Class::Code);
        }
        let start = self.at;
        while let Some(c) = self.peek(0) {
            if c == '"' && (1..=n_hashes).all(|ahead| self.peek(ahead) == Some('#')) {
                self.strings.push(self.rest[start..self.at].iter().collect());
                for _ in 0..=n_hashes {
                    self.take(Class::Code);
                }
                return;
            }
            self.take(Class::Literal);
        }
    }
}

/// A string as it is meant. Of the escapes only those have a meaning here that messages are written with.
fn unescaped(written: &[char]) -> String {
    let mut text = String::new();
    let mut rest = written.iter().copied().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('\\', Some('\n')) => while rest.next_if(|c| c.is_whitespace()).is_some() {},
            ('\\', Some('n')) => text.extend(rest.next().map(|_| '\n')),
            ('\\', Some(_)) => text.extend(rest.next()),
            _ => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        Source::new(text).code.join("\n")
    }

    #[test]
    fn strings_and_comments_are_not_code() {
        assert_eq!(code("a(\"fn // x\"); // fn b").trim_end(), "a(\"       \");");
        assert_eq!(code("r#\"fn \" x\"# + c").trim_end(), "r#\"      \"# + c");
        assert_eq!(code("/* a /* b */ fn */d").trim(), "d");
        assert_eq!(code(r#""\" fn" x"#), r#""     " x"#);
    }

    #[test]
    fn a_string_is_read_as_it_is_meant() {
        let source = Source::new("f('\"', \"a \\\"b\\\" \\n \\\n   c\", r#\"\\d \"e\"\"#)");
        let quotes = (0..source.tokens.len()).filter_map(|at| source.string(at));
        assert_eq!(quotes.collect::<Vec<_>>(), ["a \"b\" \n c", "\\d \"e\""]);
    }

    #[test]
    fn a_lifetime_is_no_character_literal() {
        assert_eq!(code("&'a str + '\"' + '\\'' + '\\\\' + b'x'"), "&'a str + ' ' + '  ' + '  ' + b' '");
        assert_eq!(code("'\\u{1F600}' fn"), "'         ' fn");
    }

    #[test]
    fn comments_keep_their_line_and_column() {
        let source = Source::new("a /* x\ny */ b\nc // z");
        assert_eq!(source.comments, ["  /* x", "y */  ", "  // z"]);
    }

    #[test]
    fn a_delimiter_finds_its_closing_one() {
        let source = Source::new("f(a[1], {\n\")\"\n}) x");
        assert_eq!(source.tokens[source.closing(1)], Token { text: ")".into(), line: 3 });
        assert!(source.reads(source.closing(1) + 1, &["x"]));
    }
}
