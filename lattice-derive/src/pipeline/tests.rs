//! The derives as functions on tokens: what they write (snapshots), that it is always the same, and that no input makes them panic.
//!
//! `cargo xtask bless` (or `BLESS=1 cargo test`) rewrites the snapshots in `tests/expand`; they are never edited by hand.

use std::{fs, path::Path};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::*;

const DERIVES: [fn(TokenStream) -> TokenStream; 5] =
    [derive_lattice, derive_lvar, derive_replicate, derive_dot_store, derive_threshold];

fn pretty(tokens: TokenStream) -> String {
    let file: syn::File = syn::parse2(tokens).expect("a derive emits items");
    prettyplease::unparse(&file)
}

/// Runs `derives` on `tests/expand/NAME.rs` and compares with `NAME.expanded.rs`.
fn check_snapshot(name: &str, derives: &[fn(TokenStream) -> TokenStream]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/expand");
    let source = fs::read_to_string(folder.join(format!("{name}.rs"))).expect("the input is there");
    let input: syn::File = syn::parse_str(&source).expect("the input is a file with one item");
    let input = input.items[0].to_token_stream();
    let found: TokenStream = derives.iter().map(|derive| derive(input.clone())).collect();
    let found = pretty(found);
    let path = folder.join(format!("{name}.expanded.rs"));
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, found).expect("the snapshot can be written");
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let first = expected.lines().zip(found.lines()).position(|(expected, found)| expected != found);
    assert!(
        expected == found,
        "{name}.expanded.rs differs, first in line {:?}; BLESS=1 rewrites it:\n{found}",
        first.map(|line| line + 1)
    );
}

#[test]
fn the_lattice_of_a_struct_is_as_recorded() {
    check_snapshot("struct", &[derive_lattice]);
}

#[test]
fn a_struct_with_every_word_is_as_recorded() {
    check_snapshot("words", &[derive_lattice, derive_lvar, derive_replicate]);
}

#[test]
fn the_lattice_of_an_enum_is_as_recorded() {
    check_snapshot("enum", &[derive_lattice, derive_lvar, derive_replicate]);
}

#[test]
fn the_lattice_of_an_enum_with_data_is_as_recorded() {
    check_snapshot("sum", &[derive_lattice, derive_lvar, derive_replicate]);
}

#[test]
fn a_struct_of_keys_is_as_recorded() {
    check_snapshot("lex", &[derive_lattice, derive_lvar]);
}

#[test]
fn an_enum_without_a_bottom_is_as_recorded() {
    check_snapshot("no_bottom", &[derive_lattice]);
}

#[test]
fn a_join_by_hand_is_as_recorded() {
    check_snapshot("with", &[derive_lattice, derive_replicate]);
}

#[test]
fn the_lvar_of_a_struct_is_as_recorded() {
    check_snapshot("lvar", &[derive_lvar]);
}

#[test]
fn the_deltas_of_a_struct_are_as_recorded() {
    check_snapshot("replicate", &[derive_replicate]);
}

#[test]
fn a_struct_of_stores_is_as_recorded() {
    check_snapshot("stores", &[derive_dot_store]);
}

#[test]
fn what_stands_in_after_a_mistake_in_a_struct_of_stores_is_as_recorded() {
    check_snapshot("stores_fallback", &[derive_dot_store]);
}

#[test]
fn a_threshold_set_is_as_recorded() {
    check_snapshot("threshold", &[derive_threshold]);
}

#[test]
fn what_stands_in_after_a_mistake_in_a_threshold_set_is_as_recorded() {
    check_snapshot("threshold_fallback", &[derive_threshold]);
}

#[test]
fn what_stands_in_after_a_mistake_is_as_recorded() {
    check_snapshot("fallback", &[derive_lattice, derive_lvar, derive_replicate]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for input in odd_inputs() {
        for derive in DERIVES {
            assert_eq!(derive(input.clone()).to_string(), derive(input.clone()).to_string());
        }
    }
}

/// Each process seeds std's hashed collections anew, so an iteration over one could write other bytes in the next build. None is
/// named, and so the test above speaks of all processes.
#[test]
fn no_derive_asks_a_hashed_collection_for_its_order() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut n_files = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            n_files += 1;
            let source = fs::read_to_string(&path).expect("a source is text");
            let hashed = source.lines().find(|line| {
                line.contains(concat!("collections", "::")) && line.contains(concat!("Ha", "sh"))
            });
            assert_eq!(hashed, None, "{}", path.display());
        }
    }
    assert!(n_files > 50, "{n_files}");
}

#[test]
fn no_input_makes_a_derive_panic_and_each_gives_items() {
    let inputs = odd_inputs();
    assert!(inputs.len() > 400, "{}", inputs.len());
    for input in inputs {
        for derive in DERIVES {
            let output = derive(input.clone());
            assert!(syn::parse2::<syn::File>(output.clone()).is_ok(), "{input}\n{output}");
        }
    }
}

/// Attributes, right and wrong, on types, right and wrong, in all combinations.
fn odd_inputs() -> Vec<TokenStream> {
    let attributes = [
        "",
        "#[lattice]",
        "#[lattice()]",
        "#[lattice = 3]",
        "#[lattice(chain)]",
        "#[lattice(order(A < B, A < C))]",
        "#[lattice(order(A < B < A), conflict = B, bottom = B)]",
        "#[lattice(order(,,<), order{}, chain chain)]",
        "#[lattice(order(A), conflict = , bottom, max, flat)]",
        "#[lattice(bound = \"T:\", crate = r#crate)]",
        "#[lattice(bound = \"\", crate = crate::x)]",
        "#[lattice(::, #, $, 'a, \"\\u{0}\", 1.5e3, r#max)]",
        "#[lattice(order(r#A < r#B))] #[lattice(conflict = B)] #[doc = \"x\"]",
        "#[threshold] #[when]",
        "#[threshold(on = T, crate = x)]",
        "#[threshold(on = A)] #[when(a >= 1)] #[when(a[b].0 >= B, ..)]",
        "#[when(>=)] #[threshold(on = )]",
        "#[threshold(on = Order, on = Order)] #[when()]",
        "#[lattice(chain, conflict = Ä, bottom = 名)]",
        "#[cfg(all())] #[lattice(order(A < B, C < B, A < D, C < D))]",
        "#[lattice(flat)]",
        "#[lattice(flat, flat = 1, max)] #[lattice(order(A < B < C))]",
    ];
    let shapes = [
        "struct X;",
        "struct X();",
        "struct X {}",
        "struct X(u8, ATTR u16);",
        "struct X { a: u8, ATTR r#type: Vec<X> }",
        "struct X<'a, T: ?Sized + 'a, const N: usize = 3>(&'a [T; N], ATTR PhantomData<T>) where T: for<'b> Fn(&'b T);",
        "pub(in super::y) struct X<T = u8> { ATTR pub f: fn(T) -> !, g: (T,), h: [Self; { 1 + 1 }] }",
        "struct X { ATTR m: mac!(a, b), n: impl Fn(), o: dyn Send, p: _ }",
        "struct X(ATTR dyn Send +, dyn 'static + Send);",
        "struct r#X { ATTR r#self_: <u8 as T>::Y }",
        "enum X {}",
        "enum X { A }",
        "enum X { A, B, C }",
        "enum X { A, B, C, D }",
        "enum X { ATTR A = 7, B = -1 }",
        "enum X<T> { A(T), ATTR B { a: u8 }, C }",
        "enum X<'a, T: 'a> where T: Y { A {}, B(ATTR T, &'a str), ATTR C(Box<Self>), D() }",
        "enum X { A, A, B }",
        "enum X<const N: usize> { ATTR A, B }",
        "enum r#X { r#A, ATTR r#B }",
        "enum X { ATTR A(u8), #[when(a >= 1)] B, #[when(a[\"k\"])] C(u32, u8) }",
        "union X { ATTR a: u8, b: () }",
        "fn x() {}",
        "",
        "struct",
        "enum X { A(}",
        "struct Ä { ATTR ö: 名 }",
    ];
    let mut inputs = Vec::new();
    for attribute in attributes {
        for shape in shapes {
            let inside = shape.replace("ATTR", attribute);
            for text in [format!("{attribute} {inside}"), inside] {
                // What is no token stream cannot reach a derive.
                inputs.extend(text.parse::<TokenStream>());
            }
        }
    }
    inputs.push(many_variants(300));
    inputs.push(many_variants(256));
    inputs
}

fn many_variants(len: usize) -> TokenStream {
    let variants = (0..len).map(|index| quote::format_ident!("V{index}"));
    quote!(#[lattice(chain)] enum Many { #(#variants),* })
}
