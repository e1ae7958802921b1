//! Which functions can flow where in a Scheme program: `cargo run --release --example kcfa`.
//!
//! k-CFA was the workload of the papers on LVars. A program is read ([`syntax`]), converted to continuation-passing style ([`cps`]) and run
//! on an abstract machine ([`machine`]) whose states and whose store are LVars ([`by_lvars`]). It is checked against a work list on one
//! thread ([`sequential`]). Of a variable `k` calls are remembered that led to where it was bound: the more, the fewer values
//! come to one address, and the more addresses there are. Of the family `worst` one call suffices for a function with exponentially many
//! environments.
//!
//! ```text
//! program  k  states  addresses  values  largest set  result      agree
//! blur     0      13         20      38            4  #f #t        true
//! blur     1      29         35      48            3  #f #t        true
//! blur     2      34         42      53            2  #f #t        true
//! blur 8x  0      97        160     304            4  #f #t        true
//! blur 8x  1     323        301     475            4  #f #t        true
//! blur 8x  2     489        406     662            6  #f #t        true
//! worst 8  0      28         52     157            9  #f #t        true
//! worst 8  1     785         68     404          128  #f #t        true
//! worst 8  2     799         84     468           64  #f #t        true
//! ```

mod by_lvars;
mod cps;
mod machine;
mod programs;
mod sequential;
mod syntax;

use std::{
    error::Error,
    io::{self, Write},
    num::NonZero,
    thread,
};

use cps::Program;
use machine::{Flows, Value};

fn main() -> Result<(), Box<dyn Error>> {
    play(&mut io::stdout().lock())
}

/// Analyses each program for each `k`, and says whether both solvers agree.
pub(crate) fn play(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let n_workers = thread::available_parallelism().map_or(2, NonZero::get).max(2);
    let texts =
        [("blur", programs::blur(1)), ("blur 8x", programs::blur(8)), ("worst 8", programs::worst(8))];
    writeln!(out, "program  k  states  addresses  values  largest set  result      agree")?;
    for (name, text) in &texts {
        let (expression, n_variables) = syntax::read(text)?;
        let program = cps::convert(&expression, n_variables);
        for k in 0..=2 {
            let flows = by_lvars::analyse(&program, k, n_workers)?;
            let n_values: usize = flows.store.values().map(|values| values.len()).sum();
            let largest = flows.store.values().map(|values| values.len()).max().unwrap_or_default();
            let agree = flows == sequential::analyse(&program, k);
            writeln!(
                out,
                "{name:8} {k} {:>7} {:>10} {n_values:>7} {largest:>12}  {:10} {agree:>6}",
                flows.states.len(),
                flows.store.len(),
                result(&program, &flows),
            )?;
        }
    }
    Ok(())
}

/// What the program may answer.
fn result(program: &Program, flows: &Flows) -> String {
    let results = flows.store.iter().filter(|(address, _)| address.variable == program.result);
    let mut shown: Vec<&str> = results
        .flat_map(|(_, values)| values)
        .map(|value| match value {
            Value::Number => "number",
            Value::Truth(true) => "#t",
            Value::Truth(false) => "#f",
            Value::Closure(..) => "function",
        })
        .collect();
    shown.sort_unstable();
    shown.dedup();
    shown.join(" ")
}
