//! A number as scripts hand it over: decimal text of any length, or what is none.

use super::Refusal;
use fixed_decimal::{Decimal, Sign};

/// Characters of a number. Each step of formatting takes time in proportion.
const MAX_NUMBER: usize = 20_000;

/// ECMA-402's mathematical value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Finite(Decimal),
    Infinite(Sign),
    NotANumber,
}

impl Value {
    /// Reads what `String(x)` writes for numbers and bigints, and decimal text with a sign, a fraction or an exponent.
    pub(super) fn read(text: &str) -> Result<Self, Refusal> {
        if text.len() > MAX_NUMBER {
            return Err(Refusal::new("the number has too many digits"));
        }
        Ok(match text {
            "NaN" => Self::NotANumber,
            "Infinity" | "+Infinity" => Self::Infinite(Sign::None),
            "-Infinity" => Self::Infinite(Sign::Negative),
            _ => Self::Finite(decimal(text).ok_or(Refusal::new("the number is out of range"))?),
        })
    }
}

/// ICU4X reads no sign in front of a positive exponent, and no point without a digit behind it.
fn decimal(text: &str) -> Option<Decimal> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let digits = digits.strip_suffix('.').unwrap_or(digits);
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let mut decimal = Decimal::try_from_str(&format!("{digits}e{exponent}")).ok()?;
    if decimal.sign() == Sign::Positive {
        decimal.set_sign(Sign::None);
    }
    decimal.absolute.trim_start();
    Some(decimal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_scripts_write_them() {
        for (text, expected) in [
            ("0", "0"),
            ("-0", "-0"),
            ("1e+21", "1000000000000000000000"),
            ("1.5e-7", "0.00000015"),
            ("+007.50", "7.5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
        ] {
            let Ok(Value::Finite(decimal)) = Value::read(text) else { panic!("{text}") };
            assert_eq!(decimal.to_string(), expected, "{text}");
        }
        assert_eq!(Value::read("-Infinity"), Ok(Value::Infinite(Sign::Negative)));
        for text in ["", "x", "1e", "1e99999", "--1", "1.2.3", &"9".repeat(MAX_NUMBER + 1)] {
            assert!(Value::read(text).is_err(), "{text}");
        }
    }
}
