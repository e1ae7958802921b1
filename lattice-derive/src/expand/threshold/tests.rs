//! Whatever is written on an enum, the derive answers with items that parse: it never panics, and says nothing malformed.

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::pipeline::derive_threshold;

const PROGRAMS: [&str; 4] = [
    "#[threshold(on = Order)] enum Outcome { #[when(status >= Status::Shipped)] Delivered, #[when(status >= Status::Cancelled)] Failed }",
    "#[threshold(on = Order, crate = a::b)] enum Price { #[when(lines[Sku::BOOK].0.1, n >= 3, self >= 1, self[2] >= 3, self.a.0 >= 4)] #[when(lines[Sku::BOOK].0.1)] Known(u32) }",
    r#"#[threshold(on = Map<u8, Flat<u8>>)] pub enum Key { #[when(named["book"] >= 1 + 2)] A, #[when(r#type[-1] >= 'a' && !b || c == 4, d.e())] B { c: u8 } }"#,
    "#[threshold(of)] struct Outcome<'a, T>(#[when] T, #[threshold] &'a u8);",
];

/// Whether the derive's answer to these tokens is a list of items.
fn answers(tokens: TokenStream) {
    let written = tokens.to_string();
    let answer = derive_threshold(tokens).to_string();
    assert!(syn::parse_str::<syn::File>(&answer).is_ok(), "to `{written}`: `{answer}`");
}

/// Every stream that differs from `tokens` in one token, at any depth: left out, said twice, or swapped with the next.
fn slips(tokens: &TokenStream) -> Vec<TokenStream> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut slips = Vec::new();
    for at in 0..trees.len() {
        let (before, rest) = trees.split_at(at);
        let with = |middle: &[TokenTree], skipped: usize| -> TokenStream {
            before.iter().chain(middle).chain(&rest[skipped..]).cloned().collect()
        };
        slips.push(with(&[], 1));
        slips.push(with(&[rest[0].clone()], 0));
        if let [first, second, ..] = rest {
            slips.push(with(&[second.clone(), first.clone()], 2));
        }
        if let TokenTree::Group(group) = &rest[0] {
            for inner in self::slips(&group.stream()) {
                slips.push(with(&[Group::new(group.delimiter(), inner).into()], 1));
            }
        }
    }
    slips
}

#[test]
fn no_slip_makes_the_derive_panic() {
    let mut n_slips = 0;
    for program in PROGRAMS {
        let tokens: TokenStream = program.parse().expect("tokens");
        answers(tokens.clone());
        for slip in slips(&tokens) {
            answers(slip);
            n_slips += 1;
        }
    }
    assert!(n_slips > 400, "{n_slips} slips");
}

#[test]
fn every_mistake_is_reported_at_once() {
    let tokens: TokenStream = PROGRAMS[2].parse().expect("tokens");
    let answer = derive_threshold(tokens).to_string();
    for mistake in ["`&&` has no place", "`||` has no place", "absence", "call a method", "payload of `B`"] {
        assert!(answer.contains(mistake), "{mistake}: {answer}");
    }
}

#[test]
fn the_same_input_gives_the_same_output() {
    for program in PROGRAMS {
        let answer = || derive_threshold(program.parse().expect("tokens")).to_string();
        assert_eq!(answer(), answer());
    }
}
