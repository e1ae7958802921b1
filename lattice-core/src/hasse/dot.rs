//! The diagram in the DOT language of Graphviz.
//!
//! ```text
//! graph {
//!     rankdir=BT label="Any" labelloc=t ..
//!     s0 [label="false" penwidth=2.5]
//!     s1 [label="true"]
//!     s0 -- s1
//! }
//! ```

use alloc::{format, string::String, vec::Vec};
use core::fmt::{self, Write as _};

use super::diagram::{Picture, Tint};

pub(super) fn write(picture: &Picture) -> String {
    let title = escaped(&picture.title);
    let mut out = format!(
        "graph {{\n    rankdir=BT label=\"{title}\" labelloc=t fontname=\"monospace\" bgcolor=white\n"
    );
    // Writing into a string does not fail.
    let _ = write_body(picture, &mut out);
    out.push_str("}\n");
    out
}

fn write_body(picture: &Picture, out: &mut String) -> fmt::Result {
    writeln!(
        out,
        "    node [shape=box fontname=\"monospace\" fontcolor=\"#1f2328\" height=0.3 margin=\"0.1,0.05\"]"
    )?;
    for (at, state) in picture.states.iter().enumerate() {
        let lines: Vec<String> = state.label.lines().iter().map(|line| escaped(line)).collect();
        let width = if state.is_bottom { " penwidth=2.5" } else { "" };
        writeln!(
            out,
            "    s{at} [label=\"{}\"{}{width}]",
            lines.join("\\n"),
            style(state.tint(), state.is_conflict)
        )?;
    }
    for (below, above) in &picture.covers {
        writeln!(out, "    s{below} -- s{above}")?;
    }
    let legend = picture.legend();
    if !legend.is_empty() {
        writeln!(out, "    subgraph cluster_legend {{\n        label=\"legend\" color=\"#d0d7de\"")?;
        for (at, (tint, text)) in legend.iter().enumerate() {
            let is_conflict = *tint == Tint::Conflict;
            writeln!(out, "        l{at} [label=\"{}\"{}]", escaped(text), style(*tint, is_conflict))?;
        }
        writeln!(out, "    }}")?;
    }
    Ok(())
}

fn style(tint: Tint, is_conflict: bool) -> String {
    let colours = tint.colours();
    let dashes = if is_conflict { ",dashed" } else { "" };
    format!(" style=\"filled{dashes}\" fillcolor=\"{}\" color=\"{}\"", colours.fill, colours.line)
}

/// A backslash begins an escape, a quotation mark ends the text, and Graphviz reads the entities of HTML.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
        out
    })
}
