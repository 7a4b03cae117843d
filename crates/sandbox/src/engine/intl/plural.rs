//! `Intl.PluralRules`.

use super::digits::Digits;
use super::kept::Kept;
use super::locale::parse;
use super::value::Value;
use super::{Refusal, read};
use icu_plurals::{PluralCategory, PluralOperands, PluralRuleType, PluralRules, PluralRulesOptions};
use serde::Deserialize;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Specification {
    locale: String,
    ordinal: bool,
    digits: Digits,
}

pub(in super::super) struct Rules {
    rules: PluralRules,
    digits: Digits,
}

thread_local! {
    static RULES: RefCell<Kept<Rules>> = const { RefCell::new(Kept::new()) };
}

/// The rules that a specification says all about.
pub(in super::super) fn rules(specification: &str) -> Result<Rc<Rules>, Refusal> {
    RULES.with_borrow_mut(|kept| kept.get(specification, || Rules::build(read(specification)?)))
}

impl Rules {
    fn build(wanted: Specification) -> Result<Self, Refusal> {
        let kind = if wanted.ordinal { PluralRuleType::Ordinal } else { PluralRuleType::Cardinal };
        let options = PluralRulesOptions::default().with_type(kind);
        let rules = PluralRules::try_new((&parse(&wanted.locale)?).into(), options).map_err(Refusal::no_data)?;
        Ok(Self { rules, digits: wanted.digits })
    }

    /// The category of a number as it is shown: "1.0" is not always "one".
    pub(in super::super) fn select(&self, number: &str) -> Result<&'static str, Refusal> {
        Ok(match Value::read(number)? {
            Value::Finite(number) => {
                let shown = self.digits.apply(&number).absolute;
                name(self.rules.category_for(PluralOperands::from_significand_and_exponent(&shown, 0)))
            }
            Value::Infinite(_) | Value::NotANumber => name(PluralCategory::Other),
        })
    }

    pub(in super::super) fn categories(&self) -> Vec<&'static str> {
        self.rules.categories().map(name).collect()
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}
