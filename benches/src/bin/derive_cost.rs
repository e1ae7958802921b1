//! What the derives cost who compiles them: `cargo check` of generated crates of a hundred types, with ours, with std's and with
//! hydro's derives.
//!
//! The crates lie in one workspace under this package's target folder and share what they depend on, which is built before the
//! first round counts. Counted is the CPU time of cargo and of the one compiler that it starts, without incremental files.

use std::path::Path;
use std::process::Command;
use std::time::Duration;
use std::{env, fs, io};

use lvars_benches::{Contest, Figures, Goal, clock, is_short};

const N_TYPES: u32 = 100;

/// The design's bounds on ours against five std derives, all of `cargo check` on both sides.
const GOAL: Goal = Goal { must: 1.5, stretch: 1.1 };

/// The bare crate, and the derives that a plain data type has in practice: what ours is measured against.
const NONE: &str = "no derive";
const FIVE: &str = "five of std";
/// Ours, with the derives of std that it demands, and those alone: the difference is what ours adds.
const OURS: &str = "Lattice";
const DEMANDED: &str = "what it demands";

const STRUCT_IMPORTS: &str = "use std::collections::{BTreeMap, BTreeSet};\nuse lvars::prelude::*;\n";
const STRUCT: &str = "pub struct Type@ {
    pub votes: Max<u64>,
    pub stock: BTreeMap<u32, Max<u64>>,
    pub tags: BTreeSet<u32>,
    pub limit: Option<Max<u32>>,
    pub level: Max<i32>,
}
";

const HYDRO_IMPORTS: &str = "use lattices::map_union::MapUnionBTreeMap;\n\
    use lattices::set_union::SetUnionBTreeSet;\nuse lattices::{Max, WithBot};\n";
const HYDRO_STRUCT: &str = "pub struct Type@ {
    pub votes: Max<u64>,
    pub stock: MapUnionBTreeMap<u32, Max<u64>>,
    pub tags: SetUnionBTreeSet<u32>,
    pub limit: WithBot<Max<u32>>,
    pub level: Max<i32>,
}
";

// Also where nothing is used, so that the bare crate does not win by what it need not load.
const ENUM_IMPORTS: &str = "#![allow(unused_imports)]\nuse lvars::prelude::*;\n";
const ENUM: &str = "pub enum Type@ { New, Paid, Packed, Sent, Cancelled, Broken }\n";
const ORDER: &str = "#[lattice(order(New < Paid < Packed < Broken, Paid < Sent < Broken, New < Cancelled < Broken), conflict = Broken)]\n";

/// A generated crate: a hundred times the same declaration under the same attributes.
struct Variant {
    /// The package's name and its name in the table.
    package: &'static str,
    name: &'static str,
    imports: &'static str,
    attributes: String,
    declaration: &'static str,
}

impl Variant {
    /// Written anew, the source is checked anew.
    fn write_source(&self, folder: &Path) -> io::Result<()> {
        let types =
            (0..N_TYPES).map(|i| self.attributes.clone() + &self.declaration.replace('@', &i.to_string()));
        let source = types.fold(self.imports.to_owned(), |source, text| source + &text);
        fs::write(folder.join(self.package).join("src/lib.rs"), source)
    }
}

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/derive-cost");
    let (structs, enums) = (structs(), enums());
    write_workspace(&folder, structs.iter().chain(&enums))?;
    let (structs, enums) = (measure(&folder, &structs), measure(&folder, &enums));
    report("structs of five fields", &structs);
    report("enums of six variants", &enums);
    judge("structs", &[&structs]);
    judge("enums", &[&enums]);
    judge("both", &[&structs, &enums]);
    Ok(())
}

fn structs() -> Vec<Variant> {
    let ours = |package, name, attributes: &str| Variant {
        package,
        name,
        imports: STRUCT_IMPORTS,
        attributes: attributes.to_owned(),
        declaration: STRUCT,
    };
    let hydro = |package, name, attributes: &str| Variant {
        imports: HYDRO_IMPORTS,
        declaration: HYDRO_STRUCT,
        ..ours(package, name, attributes)
    };
    vec![
        ours("struct-none", NONE, ""),
        ours("struct-five", FIVE, "#[derive(Clone, Debug, PartialEq, Eq, Hash)]\n"),
        ours("struct-demanded", DEMANDED, "#[derive(Clone)]\n"),
        ours("struct-lattice", OURS, "#[derive(Lattice, Clone)]\n"),
        ours("struct-all", "Lattice, LVar, Replicate", "#[derive(Lattice, LVar, Replicate, Clone)]\n"),
        hydro("hydro-none", "hydro: no derive", ""),
        // It demands nothing: comparisons are among what it writes.
        hydro("hydro-lattice", "hydro: Lattice", "#[derive(lattices::Lattice)]\n"),
    ]
}

fn enums() -> Vec<Variant> {
    let variant = |package, name, attributes: &str, order: &str| Variant {
        package,
        name,
        imports: ENUM_IMPORTS,
        attributes: format!("{attributes}{order}"),
        declaration: ENUM,
    };
    let std = |package, name, attributes| variant(package, name, attributes, "");
    let ours = |package, name, attributes| variant(package, name, attributes, ORDER);
    vec![
        std("enum-none", NONE, ""),
        std("enum-five", FIVE, "#[derive(Clone, Debug, PartialEq, Eq, Hash)]\n"),
        std("enum-demanded", DEMANDED, "#[derive(Clone, Copy, PartialEq, Eq)]\n"),
        ours("enum-lattice", OURS, "#[derive(Lattice, Clone, Copy, PartialEq, Eq)]\n"),
        ours(
            "enum-all",
            "Lattice, LVar, Replicate",
            "#[derive(Lattice, LVar, Replicate, Clone, Copy, PartialEq, Eq)]\n",
        ),
    ]
}

fn write_workspace<'a>(folder: &Path, variants: impl Iterator<Item = &'a Variant>) -> io::Result<()> {
    let benches = Path::new(env!("CARGO_MANIFEST_DIR"));
    let facade = benches.parent().expect("the benches lie in the repository");
    fs::create_dir_all(folder)?;
    fs::write(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"*-*\"]\n")?;
    // The same versions as here, which are on this machine already, so nothing is downloaded.
    fs::copy(benches.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    for variant in variants {
        let package = folder.join(variant.package);
        fs::create_dir_all(package.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
            [dependencies]\nlvars = {{ path = {facade:?} }}\nlattices = \"0.7\"\n",
            variant.package
        );
        fs::write(package.join("Cargo.toml"), manifest)?;
        variant.write_source(folder)?;
    }
    Ok(())
}

fn measure<'a>(folder: &'a Path, variants: &'a [Variant]) -> Vec<Figures<'a>> {
    let mut contest = Contest::new("", 1);
    for variant in variants {
        contest = contest.side(variant.name, move || check(folder, variant));
    }
    contest.measure(if is_short() { 3 } else { 15 })
}

/// The CPU time of `cargo check` of one crate.
fn check(folder: &Path, variant: &Variant) -> Duration {
    variant.write_source(folder).expect("the target folder takes files");
    let before = clock::children();
    let status = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(["check", "--quiet", "--offline", "--package", variant.package])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .status()
        .expect("cargo runs");
    assert!(status.success(), "`{}` does not compile", variant.package);
    clock::children() - before
}

/// The least time of a side, since whatever else the machine does only adds to it.
fn least(table: &[Figures<'_>], name: &str) -> f64 {
    table.iter().find(|side| side.name == name).map_or(f64::NAN, |side| side.least)
}

fn report(title: &str, table: &[Figures<'_>]) {
    let least = |name| least(table, name);
    let std = least(FIVE) - least(NONE);
    println!("\n{N_TYPES} {title}: CPU time of `cargo check`, and as a multiple of {FIVE}");
    println!("{:>10} {:>10} {:>8} {:>8} {:>8}  side", "least", "median", "spread", "ratio", "net");
    for side in table {
        let bare = least(if side.name.starts_with("hydro") { "hydro: no derive" } else { NONE });
        println!(
            "{:>7.1} ms {:>7.1} ms {:>7.0}% {:>8.2} {:>8.2}  {}",
            side.least / 1e6,
            side.median / 1e6,
            100.0 * side.spread,
            side.least / least(FIVE),
            (side.least - bare) / std,
            side.name
        );
    }
}

/// Judges by what the user waits for, `cargo check` as a whole, with and without the derives of std that ours demands.
fn judge(title: &str, tables: &[&[Figures<'_>]]) {
    let sum = |name| tables.iter().map(|table| least(table, name)).sum::<f64>();
    println!("\n{title}:");
    GOAL.judge(sum(OURS) / sum(FIVE), "times five of std: `Lattice` and what it demands");
    let alone = sum(OURS) - sum(DEMANDED) + sum(NONE);
    GOAL.judge(alone / sum(FIVE), "times five of std: `Lattice` alone");
    let net = (sum(OURS) - sum(DEMANDED)) / (sum(FIVE) - sum(NONE));
    println!("{net:.2} times what five of std add: what `Lattice` adds alone");
}
