//! Colours, fonts and the rest of what a chart looks like.
//!
//! Colours are those of Okabe and Ito (Color Universal Design, 2008), which people with any common
//! colour vision tell apart, and greys. Nothing is told by colour alone.

use serde_json::{Value, json};

use super::Theme;
use crate::verdict::Scale;

/// Fonts with Latin and Chinese letters, of every common system.
const FONTS: &str =
    "'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Helvetica Neue', Arial, sans-serif";

pub(super) const BLUE: &str = "#0072B2";
pub(super) const SKY: &str = "#56B4E9";
pub(super) const ORANGE: &str = "#E69F00";
pub(super) const VERMILLION: &str = "#D55E00";
pub(super) const YELLOW: &str = "#F0E442";

/// The inks of a theme.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    pub(super) paper: &'static str,
    /// Text, and whatever is most important.
    pub(super) text: &'static str,
    /// Secondary text.
    pub(super) soft: &'static str,
    /// Lines that stand back.
    pub(super) faint: &'static str,
    /// The grid.
    pub(super) grid: &'static str,
    /// What was observed.
    pub(super) seen: &'static str,
    /// What is projected.
    pub(super) ahead: &'static str,
    /// What is behind.
    pub(super) behind: &'static str,
}

impl Ink {
    pub(super) fn new(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self {
                paper: "#FFFFFF",
                text: "#222222",
                soft: "#595959",
                faint: "#8C8C8C",
                grid: "#E6E6E6",
                seen: BLUE,
                ahead: VERMILLION,
                behind: VERMILLION,
            },
            Theme::Dark => Self {
                paper: "#1B1B1B",
                text: "#F0F0F0",
                soft: "#BDBDBD",
                faint: "#8C8C8C",
                grid: "#3A3A3A",
                seen: SKY,
                ahead: ORANGE,
                behind: ORANGE,
            },
        }
    }

    pub(super) fn config(&self) -> Value {
        json!({
            "font": FONTS,
            "background": self.paper,
            "view": { "stroke": null },
            "title": { "color": self.text, "subtitleColor": self.soft, "fontSize": 14, "subtitleFontSize": 11, "fontWeight": 600, "subtitleFontWeight": "normal", "anchor": "start" },
            "axis": {
                "labelColor": self.soft, "titleColor": self.soft, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal",
                "gridColor": self.grid, "domainColor": self.faint, "tickColor": self.faint, "labelLimit": 260
            },
            "text": { "color": self.text, "fontSize": 11 }
        })
    }
}

/// From blue over yellow to vermillion: the same order for every reader.
pub(super) fn scale_colour(scale: Scale) -> &'static str {
    match scale {
        Scale::Done => BLUE,
        Scale::OnTrack => SKY,
        Scale::Near => YELLOW,
        Scale::Behind => ORANGE,
        Scale::Away => VERMILLION,
    }
}

/// Text that can be read on the colour of a class.
pub(super) fn on_scale(scale: Scale) -> &'static str {
    if scale == Scale::Done { "#FFFFFF" } else { "#222222" }
}

/// The sign of a class.
pub(super) fn scale_sign(scale: Scale) -> &'static str {
    match scale {
        Scale::Done => "✓",
        Scale::OnTrack => "↗",
        Scale::Near => "→",
        Scale::Behind => "↘",
        Scale::Away => "↓",
    }
}
