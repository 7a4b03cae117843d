//! A search of the Management API, parsed: which fields, how compared, how joined.

/// How the conditions of different fields are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    Or,
    And,
}

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// SQL LIKE; the caller supplies `%`.
    Like,
    Exact,
    /// SQL SIMILAR TO, always case-sensitive.
    SimilarTo,
    /// A regular expression.
    Posix,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// In camel case, one of the resource's searchable fields.
    pub field: String,
    pub mode: Mode,
    /// At least one; more than one only with [`Mode::Exact`], where any may match.
    pub values: Vec<String>,
    pub case_sensitive: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    pub joint: Joint,
    /// At least one.
    pub conditions: Vec<Condition>,
}
