//! A message that a constant builds, piece by piece, for its panic.

/// A message built in a constant: 2 KiB, cut off after its last whole piece.
pub(crate) struct Message {
    bytes: [u8; 2048],
    len: usize,
    is_full: bool,
}

impl Message {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; 2048], len: 0, is_full: false }
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

    /// In decimal digits: a constant cannot format.
    pub(crate) const fn push_number(&mut self, number: usize) -> &mut Self {
        let mut digits = [b'0'; 20];
        let (mut at, mut rest) = (digits.len() - 1, number);
        digits[at] += (rest % 10) as u8;
        while rest >= 10 {
            rest /= 10;
            at -= 1;
            digits[at] += (rest % 10) as u8;
        }
        match core::str::from_utf8(digits.split_at(at).1) {
            Ok(text) => self.push(text),
            Err(_) => self,
        }
    }

    pub(crate) const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "this does not compile",
        }
    }
}
