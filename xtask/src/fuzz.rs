//! `cargo xtask fuzz`: tries the derives on a million written inputs, right ones, wrong ones and mangled ones; `cargo xtask fuzz decoders` the
//! decoders on ten million mangled states.
//!
//! What is promised of each input, and how one is tried again by its seed, is said in `lattice-derive/src/pipeline/fuzz.rs` and in
//! `lattice-core/tests/decoder_fuzz.rs`.

use crate::process::{cargo, run as run_command};

/// What is tried, and how often: in the long form, and as the test does by itself.
struct Fuzz {
    words: &'static [&'static str],
    setting: &'static str,
    n_inputs: [&'static str; 2],
    is_of_macros: bool,
}

const DERIVES: Fuzz = Fuzz {
    words: &["--package", "lvars-lattice-derive", "--lib", "fuzz"],
    setting: "FUZZ_INPUTS",
    n_inputs: ["1000000", "2000"],
    is_of_macros: true,
};

const DECODERS: Fuzz = Fuzz {
    words: &["--package", "lvars-lattice-core", "--test", "decoder_fuzz"],
    setting: "DECODER_INPUTS",
    n_inputs: ["10000000", "40000"],
    is_of_macros: false,
};

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (fuzz, form) = match arguments[..] {
        [] => (DERIVES, 0),
        ["--short"] => (DERIVES, 1),
        ["decoders"] => (DECODERS, 0),
        ["decoders", "--short"] => (DECODERS, 1),
        _ => {
            let all = arguments.join(" ");
            return Err(format!("`fuzz` knows `decoders` and then `--short` only, not `{all}`"));
        }
    };
    let words = ["test", "--release"].iter().chain(fuzz.words).chain(&["--", "--nocapture"]).copied();
    let mut command = cargo(words);
    command.env(fuzz.setting, fuzz.n_inputs[form]);
    if fuzz.is_of_macros {
        // What a procedural macro depends on is compiled without optimisation, also in release, unless one says otherwise.
        command.env("CARGO_PROFILE_RELEASE_BUILD_OVERRIDE_OPT_LEVEL", "3");
    }
    run_command(&mut command)
}
