//! The diagram as a Mermaid flowchart.
//!
//! ```text
//! flowchart BT
//!     accTitle: Hasse diagram of Any
//!     s0["false"]
//!     s1["true"]
//!     s0 --- s1
//!     style s0 stroke-width:3px
//! ```

use alloc::{collections::BTreeSet, format, string::String, vec::Vec};
use core::fmt::{self, Write as _};

use super::diagram::{Picture, Tint};

pub(super) fn write(picture: &Picture) -> String {
    let mut out = format!("flowchart BT\n    accTitle: Hasse diagram of {}\n", escaped(&picture.title));
    // Writing into a string does not fail.
    let _ = write_states(picture, &mut out).and_then(|()| write_colours(picture, &mut out));
    out
}

fn write_states(picture: &Picture, out: &mut String) -> fmt::Result {
    for (at, state) in picture.states.iter().enumerate() {
        let lines: Vec<String> = state.label.lines().iter().map(|line| escaped(line)).collect();
        writeln!(out, "    s{at}[\"{}\"]{}", lines.join("<br/>"), class(state.tint()))?;
    }
    for (below, above) in &picture.covers {
        writeln!(out, "    s{below} --- s{above}")?;
    }
    for at in (0..picture.states.len()).filter(|&at| picture.states[at].is_bottom) {
        writeln!(out, "    style s{at} stroke-width:3px")?;
    }
    Ok(())
}

fn write_colours(picture: &Picture, out: &mut String) -> fmt::Result {
    let legend = picture.legend();
    if !legend.is_empty() {
        writeln!(out, "    subgraph legend")?;
        for (at, (tint, text)) in legend.iter().enumerate() {
            writeln!(out, "        l{at}[\"{}\"]{}", escaped(text), class(*tint))?;
        }
        writeln!(out, "    end")?;
    }
    let drawn = picture.states.iter().map(|state| state.tint());
    let used: BTreeSet<Tint> = drawn.chain(legend.iter().map(|(tint, _)| *tint)).collect();
    for tint in used.into_iter().filter(|tint| *tint != Tint::Plain) {
        let dashes = if tint == Tint::Conflict { ",stroke-dasharray:4 3" } else { "" };
        let (name, colours) = (tint.name(), tint.colours());
        writeln!(
            out,
            "    classDef {name} fill:{},stroke:{},color:#1f2328{dashes}",
            colours.fill, colours.line
        )?;
    }
    Ok(())
}

/// Plain states have no class, so that the page's theme draws them.
fn class(tint: Tint) -> String {
    if tint == Tint::Plain { String::new() } else { format!(":::{}", tint.name()) }
}

/// All but what is known to be harmless as one of Mermaid's entities, so that no text ends a label.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        let is_harmless = c.is_alphanumeric() || " _:,.()".contains(c);
        // Writing into a string does not fail.
        let _ = if is_harmless { write!(out, "{c}") } else { write!(out, "#{};", u32::from(c)) };
        out
    })
}
