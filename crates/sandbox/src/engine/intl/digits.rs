//! How many digits a number is shown with (ECMA-402 §16.5.3, `FormatNumericToString`).

use fixed_decimal::{
    Decimal, RoundingIncrement as Increment, SignedRoundingMode as Mode, UnsignedRoundingMode as Unsigned,
};
use serde::{Deserialize, Serialize};

/// The limits, checked and completed by `prelude/intl/digits.js`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Digits {
    minimum_integer: u8,
    /// Least and most.
    fraction: Option<(u8, u8)>,
    significant: Option<(u8, u8)>,
    #[serde(default)]
    less_precision: bool,
    increment: u16,
    mode: String,
    strip_if_integer: bool,
}

impl Digits {
    /// The number as it is shown, without a sign display.
    pub(super) fn apply(&self, number: &Decimal) -> Decimal {
        let mut rounded = match (self.fraction, self.significant) {
            (Some(fraction), None) => self.to_fraction(number, fraction),
            (None, Some(significant)) => self.to_significant(number, significant).0,
            (Some(fraction), Some(significant)) => {
                let (by_significant, magnitude) = self.to_significant(number, significant);
                let is_finer = magnitude <= -i16::from(fraction.1);
                if is_finer == self.less_precision { self.to_fraction(number, fraction) } else { by_significant }
            }
            (None, None) => number.clone(),
        };
        rounded.absolute.pad_start(i16::from(self.minimum_integer));
        if self.strip_if_integer {
            rounded.absolute.trim_end_if_integer();
        }
        rounded
    }

    fn to_fraction(&self, number: &Decimal, (least, most): (u8, u8)) -> Decimal {
        let (increment, power) = match self.increment {
            2 => (Increment::MultiplesOf2, 0),
            5 => (Increment::MultiplesOf5, 0),
            10 => (Increment::MultiplesOf1, 1),
            20 => (Increment::MultiplesOf2, 1),
            25 => (Increment::MultiplesOf25, 0),
            50 => (Increment::MultiplesOf5, 1),
            100 => (Increment::MultiplesOf1, 2),
            200 => (Increment::MultiplesOf2, 2),
            250 => (Increment::MultiplesOf25, 1),
            500 => (Increment::MultiplesOf5, 2),
            1000 => (Increment::MultiplesOf1, 3),
            2000 => (Increment::MultiplesOf2, 3),
            2500 => (Increment::MultiplesOf25, 2),
            5000 => (Increment::MultiplesOf5, 3),
            _ => (Increment::MultiplesOf1, 0),
        };
        let mut rounded = number.clone();
        rounded.round_with_mode_and_increment(power - i16::from(most), self.rounding_mode(), increment);
        trim_fraction(&mut rounded, i16::from(least));
        rounded
    }

    /// The rounded number, and the magnitude that it was rounded to.
    fn to_significant(&self, number: &Decimal, (least, most): (u8, u8)) -> (Decimal, i16) {
        let lowest = |number: &Decimal, digits: u8| number.absolute.nonzero_magnitude_start() - i16::from(digits) + 1;
        let mut rounded = number.clone();
        rounded.round_with_mode(lowest(number, most), self.rounding_mode());
        let shown = lowest(&rounded, least);
        trim_fraction(&mut rounded, -shown);
        let magnitude = lowest(&rounded, most);
        (rounded, magnitude)
    }

    fn rounding_mode(&self) -> Mode {
        match self.mode.as_str() {
            "ceil" => Mode::Ceil,
            "floor" => Mode::Floor,
            "expand" => Mode::Unsigned(Unsigned::Expand),
            "trunc" => Mode::Unsigned(Unsigned::Trunc),
            "halfCeil" => Mode::HalfCeil,
            "halfFloor" => Mode::HalfFloor,
            "halfTrunc" => Mode::Unsigned(Unsigned::HalfTrunc),
            "halfEven" => Mode::Unsigned(Unsigned::HalfEven),
            _ => Mode::Unsigned(Unsigned::HalfExpand),
        }
    }
}

/// Leaves at least `least` digits behind the point, and no zeros beyond.
fn trim_fraction(number: &mut Decimal, least: i16) {
    number.absolute.trim_end();
    number.absolute.pad_end(-least.max(0));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_met_as_the_standard_says() {
        let digits = |json: &str| {
            let rest = r#""minimumInteger":1,"increment":1,"mode":"halfExpand","stripIfInteger":false"#;
            let mut all: serde_json::Value = serde_json::from_str(&format!("{{{rest}}}")).unwrap();
            let some: serde_json::Map<_, _> = serde_json::from_str(json).unwrap();
            all.as_object_mut().unwrap().extend(some);
            serde_json::from_value::<Digits>(all).unwrap()
        };
        for (json, number, expected) in [
            (r#"{"fraction":[0,3]}"#, "1234.5678", "1234.568"),
            (r#"{"fraction":[2,2]}"#, "1234.5", "1234.50"),
            (r#"{"fraction":[0,0]}"#, "0.5", "1"),
            (r#"{"fraction":[0,3]}"#, "-0.0001", "-0"),
            (r#"{"significant":[1,3]}"#, "123456", "123000"),
            (r#"{"significant":[3,3]}"#, "9.999", "10.0"),
            (r#"{"significant":[3,5]}"#, "0", "0.00"),
            (r#"{"significant":[1,2],"fraction":[0,0]}"#, "1.25", "1.3"),
            (r#"{"significant":[1,2],"fraction":[0,0]}"#, "123.4", "123"),
            (r#"{"significant":[1,2],"fraction":[0,0],"lessPrecision":true}"#, "123.4", "120"),
            (r#"{"fraction":[0,2],"mode":"floor"}"#, "-1.234", "-1.24"),
            (r#"{"fraction":[2,2],"increment":5}"#, "1.23", "1.25"),
            (r#"{"fraction":[0,0],"increment":500}"#, "1300", "1500"),
            (r#"{"fraction":[2,2],"stripIfInteger":true}"#, "5", "5"),
            (r#"{"fraction":[0,0],"minimumInteger":3}"#, "7", "007"),
        ] {
            assert_eq!(digits(json).apply(&number.parse().unwrap()).to_string(), expected, "{json} {number}");
        }
    }
}
