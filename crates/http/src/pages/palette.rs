//! The brand's colours as CSS variables, made so that every text on them can be read whatever colour was chosen.
//!
//! The text is built from parsed colours alone, so it is safe inside a `<style>` element.

use super::colour::{Colour, VISIBLE};

/// What text of the brand's colour stands on: the page and the card of `pages.css`.
const LIGHT: [Colour; 2] = [Colour::new(0xf4, 0xf5, 0xf7), Colour::WHITE];
const DARK: [Colour; 2] = [Colour::new(0x10, 0x12, 0x16), Colour::new(0x1a, 0x1d, 0x23)];

/// The colours of one scheme.
struct Palette {
    primary: Colour,
    on_primary: Colour,
    primary_hover: Colour,
    /// For links, outlines and marks.
    accent: Colour,
    /// Around a button whose own colour hardly differs from the card's.
    edge: Colour,
}

/// The variables, and with `dark` those for people who prefer dark pages.
pub(super) fn css(light: Colour, dark: Option<Colour>) -> String {
    let mut css = format!(":root{{{}}}", Palette::of(light, LIGHT, Colour::BLACK).variables());
    if let Some(dark) = dark {
        let variables = Palette::of(dark, DARK, Colour::WHITE).variables();
        css.push_str("@media (prefers-color-scheme:dark){.has-dark{");
        css.push_str(&variables);
        css.push_str("}}");
    }
    css
}

/// A dark scheme's colour when none was chosen: the light one's, lighter.
pub(super) fn darker_scheme(light: Colour) -> Colour {
    light.mixed(Colour::WHITE, 5)
}

impl Palette {
    fn of(primary: Colour, surfaces: [Colour; 2], end: Colour) -> Self {
        let on_primary = primary.ink();
        // Away from the ink, so that hovering never makes the label harder to read.
        let away = if on_primary == Colour::WHITE { Colour::BLACK } else { Colour::WHITE };
        let accent = primary.readable_on(&surfaces, end);
        let is_visible = surfaces.iter().all(|surface| primary.contrast(*surface) >= VISIBLE);
        let edge = if is_visible { primary } else { accent };
        Self { primary, on_primary, primary_hover: primary.mixed(away, 3), accent, edge }
    }

    fn variables(&self) -> String {
        let Self { primary, on_primary, primary_hover, accent, edge } = self;
        format!(
            "--primary:{primary};--on-primary:{on_primary};--primary-hover:{primary_hover};--accent:{accent};--edge:{edge}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::colour::READABLE;
    use super::*;

    #[test]
    fn whatever_colour_is_chosen_its_texts_can_be_read() {
        let ends = [(LIGHT, Colour::BLACK), (DARK, Colour::WHITE)];
        for text in ["#6139F6", "#000", "#fff", "#ff0", "#777", "#f4f5f7", "#1a1d23", "#00ff7f", "#c0392b"] {
            let chosen: Colour = text.parse().unwrap();
            for (surfaces, end) in &ends {
                let palette = Palette::of(chosen, *surfaces, *end);
                assert!(palette.on_primary.contrast(palette.primary) >= READABLE, "button of {text}");
                assert!(palette.on_primary.contrast(palette.primary_hover) >= READABLE, "hovered button of {text}");
                for surface in surfaces {
                    assert!(palette.accent.contrast(*surface) >= READABLE, "link of {text}");
                    assert!(palette.edge.contrast(*surface) >= VISIBLE, "edge of {text}");
                }
            }
        }
    }

    #[test]
    fn dark_colours_are_there_when_the_experience_has_them() {
        let violet: Colour = "#6139F6".parse().unwrap();
        assert!(!css(violet, None).contains("@media"));
        assert!(
            css(violet, Some(darker_scheme(violet)))
                .contains("@media (prefers-color-scheme:dark){.has-dark{--primary:#")
        );
    }

    #[test]
    fn the_surfaces_are_those_of_the_stylesheet() {
        let css = include_str!("../../templates/pages.css");
        for (name, colour) in [("--page", LIGHT[0]), ("--page", DARK[0]), ("--card", DARK[1])] {
            assert!(css.contains(&format!("{name}: {colour};")), "{name} {colour}");
        }
        assert!(css.contains("--card: #fff;"));
    }
}
