//! A message that a constant builds, piece by piece, for its panic.

/// A message built in a constant: 2 KiB, cut off after its last whole piece.
pub(crate) struct Message {
    bytes: [u8; 2048],
    len: usize,
    is_full: bool,
}

impl Message {
    /// What is wrong, in pieces.
    pub(crate) const fn new(pieces: &[&str]) -> Self {
        let mut message = Self { bytes: [0; 2048], len: 0, is_full: false };
        message.push_all(pieces);
        message
    }

    /// Adds why this is a rule.
    pub(crate) const fn note(&mut self, pieces: &[&str]) -> &mut Self {
        self.push("\nnote: ").push_all(pieces)
    }

    /// Adds what to write instead.
    pub(crate) const fn help(&mut self, pieces: &[&str]) -> &mut Self {
        self.push("\nhelp: ").push_all(pieces)
    }

    const fn push_all(&mut self, pieces: &[&str]) -> &mut Self {
        let mut at = 0;
        while at < pieces.len() {
            self.push(pieces[at]);
            at += 1;
        }
        self
    }

    pub(crate) const fn push(&mut self, text: &str) -> &mut Self {
        let text = text.as_bytes();
        // Once a piece was left out, the pieces behind it would make no sense.
        self.is_full |= self.len + text.len() > self.bytes.len();
        if !self.is_full {
            let mut at = 0;
            while at < text.len() {
                self.bytes[self.len + at] = text[at];
                at += 1;
            }
            self.len += text.len();
        }
        self
    }

    pub(crate) const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "this does not compile",
        }
    }
}

/// A number in decimal digits: a constant cannot format.
pub(crate) struct Digits {
    digits: [u8; 20],
    start: usize,
}

impl Digits {
    pub(crate) const fn of(number: usize) -> Self {
        let mut digits = [b'0'; 20];
        let (mut start, mut rest) = (digits.len() - 1, number);
        digits[start] += (rest % 10) as u8;
        while rest >= 10 {
            rest /= 10;
            start -= 1;
            digits[start] += (rest % 10) as u8;
        }
        Self { digits, start }
    }

    pub(crate) const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.digits.split_at(self.start).1) {
            Ok(text) => text,
            Err(_) => "many",
        }
    }
}
