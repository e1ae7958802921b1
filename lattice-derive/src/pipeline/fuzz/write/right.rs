//! Types that obey every rule, as far as a derive can see: whether the types of fields are lattices is the compiler's question.

use crate::pipeline::fuzz::seeded::Seeded;

/// A struct or an enum that is a lattice, with `also` among its attributes.
pub(super) fn lattice(seeded: &mut Seeded, also: &str) -> String {
    if seeded.one_in(2) { product(seeded, also) } else { sum(seeded, also) }
}

fn product(seeded: &mut Seeded, also: &str) -> String {
    let parameters = seeded.pick(&["", "<T>", "<'a, T: 'a + Copy, const N: usize = 3>", "<T: ?Sized = u8>"]);
    let clause = if parameters.is_empty() { "" } else { seeded.pick(&["", "where T: Send,"]) };
    let len = match seeded.below(400) {
        0 => 119,
        _ => seeded.below(6),
    };
    let shape = seeded.below(3);
    // What has no parameters may join by hand, and what has two fields may have a key.
    let by_hand = parameters.is_empty() && seeded.one_in(4);
    let lex = if shape < 2 && len > 1 && seeded.one_in(4) { "#[lattice(lex)]" } else { "" };
    let head = format!("{also} {} {lex} pub struct r#Order{parameters}", container(seeded));
    let mut number = 0;
    let field = |seeded: &mut Seeded| {
        if by_hand && seeded.one_in(3) {
            ("#[lattice(with = self::r#type)]", "Vec<Self>")
        } else {
            field(seeded)
        }
    };
    let mut named = |seeded: &mut Seeded| {
        number += 1;
        let (attribute, ty) = field(seeded);
        format!("{attribute} pub r#f{number}: {ty}")
    };
    match shape {
        0 => format!("{head} {clause} {{ {} }}", seeded.several(len, ", ", &mut named)),
        1 => {
            let fields = seeded.several(len, ", ", |seeded| {
                let (attribute, ty) = field(seeded);
                format!("{attribute} {ty}")
            });
            format!("{head}({fields}) {clause};")
        }
        _ => format!("{head} {clause};"),
    }
}

/// A least variant, some that exclude each other, and their conflict; or a chain.
fn sum(seeded: &mut Seeded, also: &str) -> String {
    let len = match seeded.below(3_000) {
        0 => 254,
        1..4 => 63,
        _ => 1 + seeded.below(6),
    };
    let middles: Vec<String> = (0..len).map(|index| format!("V{index}")).collect();
    let is_chain = seeded.one_in(2);
    let order = if is_chain {
        // `also` may say `chain` a second time, which is then the mistake.
        "chain".to_owned()
    } else {
        let chains: Vec<String> =
            middles.iter().map(|middle| format!("Start < {middle} < r#Conflict")).collect();
        format!("order({})", chains.join(", "))
    };
    let conflict = seeded.pick(&["", ", conflict = Conflict", ", bottom = r#Start, conflict = Conflict"]);
    let variants: Vec<String> = middles.iter().map(|middle| variant(middle, is_chain, seeded)).collect();
    format!(
        "{also} #[lattice({order}{conflict})] {} enum Status {{ Start, {}, Conflict }}",
        container(seeded),
        variants.join(", ")
    )
}

/// Two values of a `flat` payload join to the variant above, which in a chain would be the next one.
fn variant(name: &str, in_chain: bool, seeded: &mut Seeded) -> String {
    match seeded.below(5) {
        0 => {
            let (attribute, ty) = field(seeded);
            format!("{name}({attribute} {ty})")
        }
        1 => {
            let (first, second) = (field(seeded), field(seeded));
            format!("{name} {{ {} a: {}, {} r#type: {} }}", first.0, first.1, second.0, second.1)
        }
        2 if !in_chain => format!("#[lattice(flat)] {name}(i64, &'static str)"),
        3 if !in_chain => format!("{name}(#[lattice(flat)] u8)"),
        _ => name.to_owned(),
    }
}

/// Attributes of a type that say nothing wrong.
fn container(seeded: &mut Seeded) -> &'static str {
    seeded.pick(&[
        "",
        "#[lattice()]",
        "#[doc = \"a state\"] #[cfg(all())]",
        "#[lattice(bound = \"\")]",
        "#[lattice(crate = crate::r#lvars)]",
        "#[lattice(bound = \"u8: Copy, for<'x> &'x u8: Copy\", crate = lvars)]",
    ])
}

/// A field's attribute and a type that it fits.
fn field(seeded: &mut Seeded) -> (&'static str, &'static str) {
    const FIELDS: [(&str, &str); 12] = [
        ("", "Max<u64>"),
        ("", "BTreeMap<String, Box<Self>>"),
        ("", "Option<super::Status>"),
        ("", "(Any, [All; 4])"),
        ("#[lattice(max)]", "u64"),
        ("#[doc = \"least\"] #[lattice(min)]", "(u8, String)"),
        ("#[lattice(any)]", "bool"),
        ("#[lattice(all)]", "bool"),
        ("#[lattice(union)]", "BTreeSet<Vec<u8>>"),
        ("#[cfg(all())]", "<Status as Trait>::Lattice"),
        ("#[lattice(intersect)]", "Option<BTreeSet<u8>>"),
        ("#[lattice(by = crate::ByLength<3>)]", "String"),
    ];
    FIELDS[seeded.below(FIELDS.len())]
}

/// An enum that is a threshold set.
pub(super) fn threshold(seeded: &mut Seeded) -> String {
    let len = 1 + seeded.below(5);
    let mut number = 0;
    let outcomes = seeded.several(len, ", ", |seeded| {
        number += 1;
        if seeded.one_in(4) {
            let path = path(seeded);
            return format!("#[when({path})] Out{number}(u32)");
        }
        let n_whens = 1 + seeded.below(3);
        let whens = seeded.several(n_whens, " ", |seeded| {
            let n_conjuncts = 1 + seeded.below(3);
            let conjuncts =
                seeded.several(n_conjuncts, ", ", |seeded| format!("{} >= {}", path(seeded), point(seeded)));
            format!("#[when({conjuncts})]")
        });
        format!("{whens} Out{number}")
    });
    let on = seeded.pick(&["Order", "super::Order", "BTreeMap<u8, Max<u8>>", "Order, crate = crate::lvars"]);
    format!("#[threshold(on = {on})] #[doc = \"what became of it\"] pub(crate) enum Outcome {{ {outcomes} }}")
}

fn path(seeded: &mut Seeded) -> String {
    let first =
        seeded.pick(&["status", "self", "0", "0.1", "r#type", "self.status", "self[3]", "lines[Sku::BOOK]"]);
    let rest = seeded.pick(&["", "", "[\"book\"]", "[KEYS.0].status", "[-1]"]);
    format!("{first}{rest}")
}

fn point(seeded: &mut Seeded) -> &'static str {
    seeded.pick(&[
        "3",
        "-1",
        "Status::Shipped",
        "\"ann\"",
        "true",
        "'x'",
        "Lot::Bid(30)",
        "LIMIT",
        "Rev { major: 1 }",
    ])
}
