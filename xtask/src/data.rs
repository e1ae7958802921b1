//! `cargo xtask data FOLDER`: rebuilds `examples/data` from the sources it was made from.
//!
//! For maintainers only: users have the result in the repository. It needs `xz` and `gzip`, and a folder that holds
//! `retail-cart/*.tsv.xz` and `debian-deps/*.xz`, as `examples/data/README.md` describes them. Without a time stamp and a
//! name in it, the output depends on the input alone.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::process::root;

/// Each source, below the given folder, and its copy, below `examples/data`.
const FILES: &[(&str, &str)] = &[
    ("retail-cart/retail_events.tsv.xz", "retail_events.tsv.gz"),
    ("retail-cart/retail_items.tsv.xz", "retail_items.tsv.gz"),
    ("retail-cart/retail_countries.tsv.xz", "retail_countries.tsv.gz"),
    ("debian-deps/deb_nodes.tsv.xz", "deb_nodes.tsv.gz"),
    ("debian-deps/deb_edges.tsv.xz", "deb_edges.tsv.gz"),
    ("debian-deps/deb_closure_sizes.txt.xz", "deb_closure_sizes.txt.gz"),
];

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let [folder] = arguments else {
        return Err(
            "usage: cargo xtask data FOLDER, where FOLDER holds retail-cart/ and debian-deps/".to_owned()
        );
    };
    let target = root().join("examples/data");
    fs::create_dir_all(&target).map_err(|error| format!("{}: {error}", target.display()))?;
    for (source, copy) in FILES {
        recompress(&Path::new(folder).join(source), &target.join(copy))?;
        println!("examples/data/{copy}");
    }
    Ok(())
}

/// `xz -dc SOURCE | gzip -9n > COPY`.
fn recompress(source: &Path, copy: &Path) -> Result<(), String> {
    // Checked here because `xz` would name the file only after the copy was already emptied.
    File::open(source).map_err(|error| format!("{}: {error}", source.display()))?;
    let output = File::create(copy).map_err(|error| format!("{}: {error}", copy.display()))?;
    let mut unpack = start(Command::new("xz").arg("-dc").arg(source).stdout(Stdio::piped()))?;
    let plain = unpack.stdout.take().ok_or("`xz` has no output")?;
    let mut pack = start(Command::new("gzip").arg("-9n").stdin(plain).stdout(output))?;
    let both = [unpack.wait(), pack.wait()];
    match both.iter().all(|status| status.as_ref().is_ok_and(std::process::ExitStatus::success)) {
        true => Ok(()),
        false => Err(format!("could not recompress {}", source.display())),
    }
}

fn start(command: &mut Command) -> Result<std::process::Child, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.spawn().map_err(|error| format!("`{program}` is needed for this verb: {error}"))
}
