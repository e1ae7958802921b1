//! What carts are told apart by: invoices, and the items on them. Plain values, so their canonical bytes are written by hand.

use std::{fmt, str::FromStr};

use lvars::{
    codec::{Codec, DecodeError, Decoder},
    schema::Description,
};

/// An item, by its row in the shop's table of items. The two of the paper have numbers of their own beyond any table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Sku(pub(super) u32);

impl Sku {
    /// The book of the paper.
    pub(super) const BOOK: Self = Self(u32::MAX - 1);
    /// The shoes of the paper.
    pub(super) const SHOES: Self = Self(u32::MAX);
}

impl fmt::Debug for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::BOOK => f.write_str("Book"),
            Self::SHOES => f.write_str("Shoes"),
            Self(row) => write!(f, "item {row}"),
        }
    }
}

impl Codec for Sku {
    fn encode(&self, out: &mut Vec<u8>) {
        self.0.encode(out);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        u32::decode(input).map(Self)
    }

    fn describe(out: &mut Description) {
        out.is("Sku").part("of", u32::describe);
    }
}

/// The number of an invoice, such as `536365` or `C536379`: ASCII, filled up with spaces.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Invoice([u8; Self::LEN]);

impl Invoice {
    /// The longest number in the shop's log.
    const LEN: usize = 7;

    /// The first one in the log that takes an earlier one back.
    pub(super) const FIRST_CANCELLATION: Self = Self(*b"C536379");

    /// Whether it takes an earlier invoice back: a leading `C`.
    pub(super) fn is_cancellation(self) -> bool {
        self.0[0] == b'C'
    }
}

impl Codec for Invoice {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0);
    }

    fn decode(input: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let bytes = input.bytes(Self::LEN)?;
        let text = std::str::from_utf8(bytes).ok().and_then(|text| text.trim_end_matches(' ').parse().ok());
        text.ok_or_else(|| input.error("these bytes are no invoice"))
    }

    fn describe(out: &mut Description) {
        out.is("Invoice");
    }
}

/// Text that is no invoice number.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoInvoice;

impl FromStr for Invoice {
    type Err = NoInvoice;

    fn from_str(text: &str) -> Result<Self, NoInvoice> {
        let mut number = [b' '; Self::LEN];
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(NoInvoice);
        }
        number.get_mut(..text.len()).ok_or(NoInvoice)?.copy_from_slice(text.as_bytes());
        Ok(Self(number))
    }
}

impl fmt::Display for Invoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .take_while(|byte| **byte != b' ')
            .try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

impl fmt::Debug for Invoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::{Invoice, NoInvoice};

    #[test]
    fn an_invoice_is_read_and_shown_alike() {
        for text in ["536365", "C536379", "A563185"] {
            let invoice: Invoice = text.parse().unwrap();
            assert_eq!(invoice.to_string(), text);
            assert_eq!(invoice.is_cancellation(), text.starts_with('C'));
        }
    }

    #[test]
    fn what_is_no_invoice_is_refused() {
        for text in ["", "12345678", "53 365", "53636ß"] {
            assert_eq!(text.parse::<Invoice>(), Err(NoInvoice), "{text}");
        }
    }
}
