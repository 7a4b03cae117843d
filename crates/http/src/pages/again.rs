//! What a form is shown with: what was typed before, and what was wrong with it.

use super::form::Alert;

/// Empty for a form that is shown for the first time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Again {
    pub(crate) alert: Option<Alert>,
    values: Vec<(&'static str, String)>,
    wrong: Vec<(&'static str, String)>,
}

impl Again {
    /// With something said above the form.
    pub(crate) fn with_alert(alert: Alert) -> Self {
        Self { alert: Some(alert), ..Self::default() }
    }

    /// With something wrong that is not about one field.
    #[must_use]
    pub(crate) fn alerting(self, text: &str) -> Self {
        Self { alert: Some(Alert::wrong(text)), ..self }
    }

    /// With a field that was filled in. Never a password: it would be in the page's text.
    #[must_use]
    pub(crate) fn typed(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// With something wrong in a field.
    #[must_use]
    pub(crate) fn wrong(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.wrong.push((name, text.into()));
        self
    }

    pub(crate) fn is_refused(&self) -> bool {
        !self.wrong.is_empty() || self.alert.as_ref().is_some_and(|alert| !alert.is_calm)
    }

    pub(super) fn value_of(&self, name: &str) -> &str {
        self.values.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value)
    }

    pub(super) fn wrong_in(&self, name: &str) -> Vec<String> {
        self.wrong.iter().filter(|(field, _)| *field == name).map(|(_, text)| text.clone()).collect()
    }
}
