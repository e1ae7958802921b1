//! Small changes to the tokens of an input: what typing, deleting, pasting and macros do to them.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

use super::seeded::Seeded;
use crate::syntax;

/// The input with one to four changes, at any depth.
pub(super) fn mutated(mut input: TokenStream, seeded: &mut Seeded) -> TokenStream {
    for _ in 0..=seeded.below(4) {
        input = change(input, seeded);
    }
    input
}

fn change(input: TokenStream, seeded: &mut Seeded) -> TokenStream {
    let mut tokens: Vec<TokenTree> = input.into_iter().collect();
    if tokens.is_empty() {
        return token(seeded).into();
    }
    let at = seeded.below(tokens.len());
    match tokens[at].clone() {
        // Most tokens are inside a group, and most of what a derive reads.
        TokenTree::Group(group) if !seeded.one_in(4) => {
            tokens[at] = Group::new(group.delimiter(), change(group.stream(), seeded)).into();
        }
        found => match seeded.below(7) {
            0 => drop(tokens.remove(at)),
            1 => tokens.insert(at, found),
            2 => tokens[at] = token(seeded),
            3 => tokens.insert(at, token(seeded)),
            4 => {
                let other = seeded.below(tokens.len());
                tokens.swap(at, other);
            }
            5 => tokens[at] = Group::new(delimiter(seeded), found.into()).into(),
            _ => tokens.truncate(at),
        },
    }
    tokens.into_iter().collect()
}

/// Invisible brackets too: a `macro_rules!` puts them around what it passes on.
fn delimiter(seeded: &mut Seeded) -> Delimiter {
    [Delimiter::None, Delimiter::Parenthesis, Delimiter::Bracket, Delimiter::Brace][seeded.below(4)]
}

fn token(seeded: &mut Seeded) -> TokenTree {
    match seeded.below(6) {
        0 => Group::new(delimiter(seeded), TokenStream::new()).into(),
        1 => {
            let spacing = if seeded.one_in(2) { Spacing::Joint } else { Spacing::Alone };
            let characters: Vec<char> = "<>=,;:#&|!.?*-+/%^~@$'".chars().collect();
            Punct::new(characters[seeded.below(characters.len())], spacing).into()
        }
        2 => Literal::usize_unsuffixed(seeded.below(300)).into(),
        3 => Literal::string(seeded.pick(&["", "T: Lattice", "T:", ",", "\u{0}", "'a: 'static, T: Copy"]))
            .into(),
        4 => Ident::new(seeded.pick(&syntax::all_words()), Span::call_site()).into(),
        _ => {
            let words = [
                "A", "B", "self", "crate", "super", "Self", "_", "where", "for", "impl", "dyn", "fn",
                "const", "名",
            ];
            Ident::new(seeded.pick(&words), Span::call_site()).into()
        }
    }
}
