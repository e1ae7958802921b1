//! Items of any shape, their attributes right, wrong, misplaced, repeated and cut short.

use crate::{pipeline::fuzz::seeded::Seeded, syntax};

/// A struct, an enum, a union, or, rarely, no type at all.
pub(super) fn item(seeded: &mut Seeded) -> String {
    let attributes = attributes(seeded);
    let name = seeded.pick(&["X", "r#X", "r#type", "Ä", "名", "Self_", "__p"]);
    let (parameters, clause) = generics(seeded);
    let head = format!("{name}{parameters}");
    let vis = seeded.pick(&["", "", "pub", "pub(crate)", "pub(in super::y)", "crate"]);
    match seeded.below(24) {
        0 => format!("{attributes} {vis} union {head} {clause} {}", named(seeded)),
        1 => format!("{attributes} {vis} struct {head} {clause};"),
        2..7 => format!("{attributes} {vis} struct {head}{} {clause};", unnamed(seeded)),
        7..12 => format!("{attributes} {vis} struct {head} {clause} {}", named(seeded)),
        12 => seeded
            .pick(&[
                "",
                "fn x() {}",
                "enum",
                "struct X",
                "trait X {}",
                "type X = u8;",
                "macro_rules! x { () => {} }",
            ])
            .to_owned(),
        _ => format!("{attributes} {vis} enum {head} {clause} {}", variants(seeded)),
    }
}

fn generics(seeded: &mut Seeded) -> (String, &'static str) {
    if !seeded.one_in(3) {
        return (String::new(), seeded.pick(&["", "", "", "where u8: Copy", "where"]));
    }
    let len = seeded.below(5);
    let parameters = seeded.several(len, ", ", |seeded| {
        let attribute = seeded.pick(&["", "", "#[cfg(all())]", "#[lattice(max)]"]);
        let parameter = seeded.pick(&[
            "'a",
            "'b: 'a",
            "T",
            "U: Copy + 'static",
            "V: ?Sized = u8",
            "const N: usize",
            "const B: bool = { 1 < 2 }",
            "W: for<'x> Fn(&'x T) -> U",
            "r#type",
            "__A",
            "__B: A<C = D>",
        ]);
        format!("{attribute} {parameter}")
    });
    let clause = seeded.pick(&[
        "",
        "",
        "where T: Copy",
        "where for<'x> &'x T: Y<'x>, 'a: 'b,",
        "where Self: Sized, [T; N]:",
    ]);
    (format!("<{parameters}>"), clause)
}

fn attributes(seeded: &mut Seeded) -> String {
    let len = [0, 1, 1, 1, 2, 3][seeded.below(6)];
    seeded.several(len, " ", |seeded| match seeded.below(10) {
        0 => seeded
            .pick(&[
                "#[doc = \"x\"]",
                "#[cfg(any())]",
                "#[cfg_attr(all(), lattice(max))]",
                "#[a::lattice(x)]",
            ])
            .to_owned(),
        1 => seeded
            .pick(&[
                "#[lattice]",
                "#[lattice = 1]",
                "#[lattice[max]]",
                "#[lattice{chain}]",
                "#[when]",
                "#[threshold]",
                "#[when = a]",
            ])
            .to_owned(),
        2 => format!("#[threshold({})]", threshold_words(seeded)),
        3 => format!("#[when({})]", conjuncts(seeded)),
        _ => format!("#[lattice({})]", words(seeded)),
    })
}

fn words(seeded: &mut Seeded) -> String {
    let len = seeded.below(4);
    seeded.several(len, ",", |seeded| {
        let word = match seeded.below(8) {
            0 => seeded.pick(&["sum", "last", "chian", "lattice", "r#max", "名", "\"max\"", "<", ""]),
            _ => seeded.pick(&syntax::all_words()),
        };
        let value = match seeded.below(6) {
            0 => format!("({})", chains(seeded)),
            1 => format!("= {}", variant_name(seeded)),
            2 => format!(
                "= {}",
                seeded.pick(&[
                    "\"T: Lattice\"",
                    "\"\"",
                    "\"T::\"",
                    "crate::x",
                    "::y",
                    "",
                    "1",
                    "'a",
                    "x::<u8>"
                ])
            ),
            3 if word == "order" => format!("({})", chains(seeded)),
            4 => format!("(reason = {})", seeded.pick(&["\"a cache\"", "\"\"", "3", "", "x, y"])),
            _ => String::new(),
        };
        format!("{word} {value}")
    })
}

fn chains(seeded: &mut Seeded) -> String {
    let len = seeded.below(4);
    seeded.several(len, ", ", |seeded| {
        let len = seeded.below(4);
        let less = if seeded.one_in(12) { seeded.pick(&[">", "<=", "", "<<", ".."]) } else { "<" };
        seeded.several(len, less, |seeded| variant_name(seeded).to_owned())
    })
}

fn variant_name(seeded: &mut Seeded) -> &'static str {
    seeded.pick(&["A", "B", "C", "r#D", "D", "r#type", "Ä", "Nowhere", "self", "(A)"])
}

fn variants(seeded: &mut Seeded) -> String {
    if seeded.one_in(3_000) {
        let (mut number, len) = (0, [1, 64, 65, 255, 256, 257, 300][seeded.below(7)]);
        let names = seeded.several(len, ", ", |_| {
            number += 1;
            format!("V{number}")
        });
        return format!("{{ {names} }}");
    }
    let names = ["A", "B", "C", "r#D", "r#type", "Ä"];
    let len = seeded.below(names.len() + 1);
    let mut next = 0;
    let variants = seeded.several(len, ", ", |seeded| {
        let name = names[next];
        // Now and then a name comes twice, which the compiler refuses, but only later.
        next += if seeded.one_in(30) { 0 } else { 1 };
        let payload = match seeded.below(8) {
            0 | 1 => unnamed(seeded),
            2 => named(seeded),
            3 => seeded.pick(&["= 7", "= -1", "= { 1 + 1 }"]).to_owned(),
            _ => String::new(),
        };
        let attributes = if seeded.one_in(2) { attributes(seeded) } else { String::new() };
        format!("{attributes} {}{payload}", name)
    });
    format!("{{ {variants} }}")
}

fn unnamed(seeded: &mut Seeded) -> String {
    let len = n_fields(seeded);
    let fields =
        seeded.several(len, ", ", |seeded| format!("{} {}", attributes_of_field(seeded), ty(seeded, 4)));
    format!("({fields})")
}

fn named(seeded: &mut Seeded) -> String {
    let (mut number, len) = (0, n_fields(seeded));
    let fields = seeded.several(len, ", ", |seeded| {
        number += 1;
        let name = seeded.pick(&["r#type", "ö", "self_", "__p", "status", "_", ""]);
        format!("{} {name}{number}: {}", attributes_of_field(seeded), ty(seeded, 4))
    });
    format!("{{ {fields} }}")
}

fn n_fields(seeded: &mut Seeded) -> usize {
    match seeded.below(2_000) {
        0 => [119, 120, 121, 200][seeded.below(4)],
        _ => seeded.below(4),
    }
}

fn attributes_of_field(seeded: &mut Seeded) -> String {
    if seeded.one_in(2) { attributes(seeded) } else { String::new() }
}

/// A type, sometimes nested deeply.
fn ty(seeded: &mut Seeded, depth: usize) -> String {
    if depth == 4 && seeded.one_in(200) {
        let (open, close) = [("Box<", ">"), ("(", ",)"), ("[", "; 2]"), ("&'static ", "")][seeded.below(4)];
        let len = 1 + seeded.below(60);
        return format!("{}u8{}", open.repeat(len), close.repeat(len));
    }
    if depth == 0 || seeded.one_in(2) {
        return seeded
            .pick(&[
                "u8",
                "u64",
                "bool",
                "f64",
                "char",
                "String",
                "T",
                "Self",
                "X",
                "Max<u8>",
                "_",
                "!",
                "r#type",
                "()",
                "&'a str",
                "&'static mut T",
                "*const T",
                "<T as Y>::Z",
                "<X>::Y",
                "::std::vec::Vec<u8>",
                "mac!(a, b)",
                "impl Fn(u8) -> T",
                "dyn Send + 'a",
                "[u8; { N + 1 }]",
                "[T; N]",
                "X<'a, T, N>",
                "X<{ 3 }, Y = u8>",
                "unsafe extern \"C\" fn(u8, ...)",
                "for<'x> fn(&'x T) -> &'x Self",
                "super::X",
                "$crate::X",
                "struct {}",
            ])
            .to_owned();
    }
    let inner = ty(seeded, depth - 1);
    match seeded.below(7) {
        0 => format!("Vec<{inner}>"),
        1 => format!("BTreeMap<{}, {inner}>", ty(seeded, depth - 1)),
        2 => format!("({inner}, {})", ty(seeded, depth - 1)),
        3 => format!("[{inner}; 3]"),
        4 => format!("Box<dyn Fn({inner}) -> u8>"),
        5 => format!("({inner})"),
        _ => format!("Option<{inner}>"),
    }
}

fn threshold_words(seeded: &mut Seeded) -> String {
    let len = seeded.below(3);
    seeded.several(len, ", ", |seeded| {
        seeded
            .pick(&[
                "on = Order",
                "on = X<'a, T>",
                "on",
                "on =",
                "on = 3",
                "crate = lvars",
                "crate",
                "no = Order",
                "on = _",
                "<",
            ])
            .to_owned()
    })
}

fn conjuncts(seeded: &mut Seeded) -> String {
    let len = seeded.below(4);
    seeded.several(len, ", ", |seeded| {
        let (left, right) = (expr(seeded, 3), expr(seeded, 3));
        match seeded.below(8) {
            0 => left,
            1 => format!(
                "{left} {} {right}",
                seeded.pick(&["==", ">", "<", "=", "&&", "||", "+", "..", "as", "? >="])
            ),
            2 => format!("!{left} >= {right}"),
            _ => format!("{left} >= {right}"),
        }
    })
}

fn expr(seeded: &mut Seeded, depth: usize) -> String {
    if depth == 0 || seeded.one_in(3) {
        return seeded
            .pick(&[
                "a",
                "self",
                "status",
                "0",
                "0.1",
                "1e3",
                "3u8",
                "\"k\"",
                "b\"k\"",
                "'c'",
                "true",
                "Status::A",
                "r#type",
                "-1",
                "()",
                "[1, 2]",
                "{ 3 }",
                "A { b: 1 }",
                "|x| x",
                "loop {}",
                "f64::NAN",
                "mac!(a)",
                "99999999999999999999.0",
            ])
            .to_owned();
    }
    let inner = expr(seeded, depth - 1);
    match seeded.below(8) {
        0 => format!("{inner}.status"),
        1 => format!("{inner}.0"),
        2 => format!("{inner}[{}]", expr(seeded, depth - 1)),
        3 => format!("{inner}.get({})", expr(seeded, depth - 1)),
        4 => format!("({inner})"),
        5 => format!("A::new({inner})"),
        6 => format!("&{inner}"),
        _ => format!("{inner}.0.1"),
    }
}
