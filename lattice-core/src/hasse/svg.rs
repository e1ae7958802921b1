//! The diagram as an SVG image: the title, the layers with the bottom at the bottom, the legend.
//!
//! All style is in attributes and the ground is white, so the image looks the same inside of a page, in a dark one and on paper. The
//! font is monospaced: only then is the width of a label known without measuring it.

use alloc::{format, string::String, vec::Vec};
use core::fmt::{self, Write as _};

use super::{
    diagram::{Drawn, Picture, Tint},
    layout::{self, Layout, Rect, Route},
};

const FONT: &str = "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace";
const FONT_SIZE: f64 = 13.0;
const LINE: f64 = 17.0;
/// The widest of the usual monospaced fonts advances by 0.602 of its size.
const ADVANCE: f64 = FONT_SIZE * 0.602;
const MARGIN: f64 = 20.0;
const INK: &str = "#1f2328";

pub(super) fn write(picture: &Picture) -> String {
    let sizes: Vec<(f64, f64)> = picture.states.iter().map(size).collect();
    let layout = layout::of(&sizes, &picture.covers);
    let legend = picture.legend();
    let widest_entry = legend.iter().map(|(_, text)| 24.0 + text_width(text)).fold(0.0, f64::max);
    let content = layout.width.max(text_width(&picture.title)).max(widest_entry);
    let (width, top) = (content + 2.0 * MARGIN, MARGIN + 2.0 * LINE);
    let legend_top = top + layout.height + LINE;
    let n_entries = legend.len() as f64;
    let below = if legend.is_empty() { MARGIN } else { LINE + n_entries * (LINE + 4.0) + MARGIN };
    let height = top + layout.height + below;

    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = open(&mut out, picture, (width, height))
        .and_then(|()| body(&mut out, picture, &layout, ((width - layout.width) / 2.0, top)))
        .and_then(|()| write_legend(&mut out, &legend, legend_top));
    out.push_str("</svg>\n");
    out
}

fn open(out: &mut String, picture: &Picture, (width, height): (f64, f64)) -> fmt::Result {
    let title = escaped(&picture.title);
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" role=\"img\" font-family=\"{FONT}\" font-size=\"{FONT_SIZE}\">"
    )?;
    writeln!(out, "<title>Hasse diagram of {title}</title>")?;
    writeln!(out, "<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"#ffffff\"/>")?;
    let baseline = MARGIN + FONT_SIZE;
    writeln!(out, "<text x=\"{MARGIN}\" y=\"{baseline}\" font-weight=\"bold\" fill=\"{INK}\">{title}</text>")
}

fn body(out: &mut String, picture: &Picture, layout: &Layout, (x, y): (f64, f64)) -> fmt::Result {
    writeln!(out, "<g transform=\"translate({x:.1} {y:.1})\">")?;
    writeln!(out, "<g fill=\"none\" stroke=\"#8c959f\" stroke-width=\"1.3\">")?;
    for route in &layout.routes {
        writeln!(out, "<path d=\"{}\"/>", path(route)?)?;
    }
    writeln!(out, "</g>")?;
    for (state, rect) in picture.states.iter().zip(&layout.rects) {
        write_state(out, state, rect)?;
    }
    writeln!(out, "</g>")
}

/// A line to a neighbouring layer is straight. A longer one bends between the layers, and is upright where it passes one.
fn path(route: &Route) -> Result<String, fmt::Error> {
    let mut d = format!("M{:.1} {:.1}", route.start.0, route.start.1);
    let mut from = route.start;
    let stops = route.passes.iter().map(|pass| (pass.0, pass.1, Some(pass.2)));
    for (x, y, upto) in stops.chain([(route.end.0, route.end.1, None)]) {
        let middle = (from.1 + y) / 2.0;
        if route.passes.is_empty() {
            write!(d, " L{x:.1} {y:.1}")?;
        } else {
            write!(d, " C{:.1} {middle:.1} {x:.1} {middle:.1} {x:.1} {y:.1}", from.0)?;
        }
        if let Some(upto) = upto {
            write!(d, " V{upto:.1}")?;
            from = (x, upto);
        }
    }
    Ok(d)
}

fn write_state(out: &mut String, state: &Drawn, rect: &Rect) -> fmt::Result {
    write_box(out, rect, state.tint(), (state.is_bottom, state.is_conflict))?;
    let lines = state.label.lines();
    let middle = rect.x + rect.width / 2.0;
    let mut baseline = rect.y + (rect.height - LINE * lines.len() as f64) / 2.0 + FONT_SIZE;
    for line in &lines {
        let text = escaped(line);
        writeln!(
            out,
            "<text x=\"{middle:.1}\" y=\"{baseline:.1}\" text-anchor=\"middle\" fill=\"{INK}\">{text}</text>"
        )?;
        baseline += LINE;
    }
    Ok(())
}

fn write_box(
    out: &mut String,
    rect: &Rect,
    tint: Tint,
    (is_bottom, is_conflict): (bool, bool),
) -> fmt::Result {
    let Rect { x, y, width, height } = rect;
    let colours = tint.colours();
    let line_width = if is_bottom { "3" } else { "1.5" };
    let dashes = if is_conflict { " stroke-dasharray=\"5 3\"" } else { "" };
    writeln!(
        out,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"5\" fill=\"{}\" \
         stroke=\"{}\" stroke-width=\"{line_width}\"{dashes}/>",
        colours.fill, colours.line
    )
}

fn write_legend(out: &mut String, legend: &[(Tint, String)], top: f64) -> fmt::Result {
    let mut y = top;
    for (tint, text) in legend {
        let swatch = Rect { x: MARGIN, y: y + 1.0, width: 16.0, height: 14.0 };
        write_box(out, &swatch, *tint, (false, *tint == Tint::Conflict))?;
        let (x, baseline, text) = (MARGIN + 24.0, y + FONT_SIZE, escaped(text));
        writeln!(out, "<text x=\"{x:.1}\" y=\"{baseline:.1}\" fill=\"{INK}\">{text}</text>")?;
        y += LINE + 4.0;
    }
    Ok(())
}

fn size(state: &Drawn) -> (f64, f64) {
    let lines = state.label.lines();
    let widest = lines.iter().map(|line| text_width(line)).fold(0.0, f64::max);
    ((widest + 18.0).max(36.0), LINE * lines.len() as f64 + 10.0)
}

/// Characters of the scripts behind Latin, Greek, Cyrillic and their neighbours may be twice as wide.
fn text_width(text: &str) -> f64 {
    text.chars().map(|c| if c < '\u{1100}' { ADVANCE } else { 2.0 * ADVANCE }).sum()
}

/// XML allows few control characters, and none of them has a shape.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_control() || c == '\u{fffe}' || c == '\u{ffff}' => {
                out.push(char::REPLACEMENT_CHARACTER)
            }
            c => out.push(c),
        }
        out
    })
}
