//! The user's tokens as text for messages.

use quote::ToTokens;

/// Tokens as a reader writes them; the printer of tokens puts spaces around each.
pub(crate) fn text_of(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    // Text in quotes must not change, even for a message.
    if text.contains('"') || text.contains('\'') {
        return text;
    }
    for (printed, written) in [
        (" :: ", "::"),
        (" . ", "."),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" [", "["),
        ("[ ", "["),
        (" ]", "]"),
        (" ,", ","),
        ("- ", "-"),
    ] {
        text = text.replace(printed, written);
    }
    text
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn a_constant_path_has_no_spaces() {
        assert_eq!(text_of(&quote!(Status::Shipped)), "Status::Shipped");
        assert_eq!(text_of(&quote!(-1)), "-1");
        assert_eq!(text_of(&quote!(Sku::new(1, 2))), "Sku::new(1, 2)");
    }

    #[test]
    fn a_key_has_no_spaces() {
        assert_eq!(text_of(&quote!(lines[Sku::BOOK].status)), "lines[Sku::BOOK].status");
    }

    #[test]
    fn text_in_quotes_is_kept() {
        assert_eq!(text_of(&quote!("a :: b")), "\"a :: b\"");
    }
}
