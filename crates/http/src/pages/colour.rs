//! Colours of a brand, and what must be done to them so that text stays readable: WCAG 2.2 §1.4.3 asks for a contrast
//! of 4.5 between text and what is behind it.

use std::fmt;
use std::str::FromStr;

/// The contrast that text needs.
pub(super) const READABLE: f64 = 4.5;
/// The contrast that the edge of a control needs (WCAG 2.2 §1.4.11).
pub(super) const VISIBLE: f64 = 3.0;
/// Colours are mixed in steps of one twentieth.
const STEPS: u16 = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour([u8; 3]);

/// Not a colour in hexadecimal notation.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a hexadecimal colour")]
pub(crate) struct NotAColour;

impl FromStr for Colour {
    type Err = NotAColour;

    /// `#rgb`, `#rrggbb`, and both with an alpha, which is left out: a button has no background to shine through.
    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.trim().strip_prefix('#').ok_or(NotAColour)?;
        let digits = digits.chars().map(|digit| digit.to_digit(16)).collect::<Option<Vec<_>>>().ok_or(NotAColour)?;
        let channels = match *digits.as_slice() {
            [red, green, blue] | [red, green, blue, _] => [red * 17, green * 17, blue * 17],
            [r1, r2, g1, g2, b1, b2] | [r1, r2, g1, g2, b1, b2, _, _] => [r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2],
            _ => return Err(NotAColour),
        };
        // Two hexadecimal digits are at most 255.
        Ok(Self(channels.map(|channel| u8::try_from(channel).unwrap_or(u8::MAX))))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Colour {
    pub(super) const BLACK: Self = Self([0, 0, 0]);
    pub(super) const WHITE: Self = Self([255, 255, 255]);

    pub(super) const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// The contrast of two colours, 1 to 21.
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Black or white, whichever reads better on this colour. One of the two always reaches 4.5.
    pub(super) fn ink(self) -> Self {
        if self.contrast(Self::WHITE) >= self.contrast(Self::BLACK) { Self::WHITE } else { Self::BLACK }
    }

    /// This colour, moved towards `end` only as far as text of it can be read on each of `surfaces`.
    pub(super) fn readable_on(self, surfaces: &[Self], end: Self) -> Self {
        let reads = |colour: &Self| surfaces.iter().all(|surface| colour.contrast(*surface) >= READABLE);
        (0..=STEPS).map(|step| self.mixed(end, step)).find(reads).unwrap_or(end)
    }

    /// `share` twentieths of `other`.
    pub(super) fn mixed(self, other: Self, share: u16) -> Self {
        let ([r1, g1, b1], [r2, g2, b2]) = (self.0, other.0);
        let mix = |a: u8, b: u8| {
            let sum = u16::from(a) * (STEPS - share.min(STEPS)) + u16::from(b) * share.min(STEPS);
            u8::try_from(sum / STEPS).unwrap_or(u8::MAX)
        };
        Self([mix(r1, r2), mix(g1, g2), mix(b1, b2)])
    }

    /// Relative luminance (WCAG 2.2, definitions).
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hexadecimal_colours_are_colours() {
        for (text, expected) in [
            ("#6139F6", Some("#6139f6")),
            ("#fff", Some("#ffffff")),
            ("#0a0c", Some("#00aa00")),
            (" #11223344 ", Some("#112233")),
            ("6139F6", None),
            ("#12345", None),
            ("#ggg", None),
            ("red", None),
            ("#fff}</style>", None),
            ("", None),
        ] {
            assert_eq!(text.parse().ok().map(|colour: Colour| colour.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 0.001);
        assert!((Colour::new(0x77, 0x77, 0x77).contrast(Colour::WHITE) - 4.478).abs() < 0.01);
    }

    #[test]
    fn every_colour_has_an_ink_that_reads() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let colour = Colour::new(red, green, blue);
                    assert!(colour.ink().contrast(colour) >= READABLE, "{colour}");
                }
            }
        }
    }

    #[test]
    fn a_colour_moves_only_as_far_as_it_must() {
        let surfaces = [Colour::WHITE, Colour::new(0xf4, 0xf5, 0xf7)];
        let violet = Colour::new(0x61, 0x39, 0xf6);
        assert_eq!(violet.readable_on(&surfaces, Colour::BLACK), violet);

        let yellow = Colour::new(0xff, 0xe0, 0x00).readable_on(&surfaces, Colour::BLACK);
        assert_ne!(yellow, Colour::BLACK);
        assert!(surfaces.iter().all(|surface| yellow.contrast(*surface) >= READABLE));
    }
}
