//! Every difference between the two SQLs, by name. Keep it short.

use std::borrow::Cow;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// `$1` becomes `?1`: SQLite numbers `$` names in the order in which they appear.
    pub(crate) fn placeholders(self, sql: &str) -> Cow<'_, str> {
        match self {
            Self::Sqlite if sql.contains('$') => Cow::Owned(sql.replace('$', "?")),
            Self::Sqlite | Self::Postgres => Cow::Borrowed(sql),
        }
    }

    /// Keeps rows in their primary key instead of a table beside an index.
    pub(crate) fn clustered(self) -> &'static str {
        match self {
            Self::Sqlite => "WITHOUT ROWID",
            Self::Postgres => "",
        }
    }

    /// The order of rows that something narrower than it finds. SQLite would rather walk through all rows of a tenant in
    /// this order and leave out what does not fit, however little fits; behind a `+` it sees no index to walk through.
    pub(crate) fn sorted(self, order: &str) -> Cow<'_, str> {
        match self {
            Self::Sqlite => Cow::Owned(format!("+{}", order.replace(", ", ", +"))),
            Self::Postgres => Cow::Owned(order.to_owned()),
        }
    }

    /// A text match. On SQLite the functions are ours (`db::text_functions`), so that both fold case beyond ASCII.
    pub(crate) fn matches(self, mode: TextMatch, column: &str, parameter: &str) -> String {
        match (self, mode) {
            (Self::Postgres, TextMatch::Like) => format!("{column} LIKE {parameter}"),
            (Self::Postgres, TextMatch::LikeAnyCase) => format!("{column} ILIKE {parameter}"),
            (Self::Postgres, TextMatch::Regex) => format!("{column} ~ {parameter}"),
            (Self::Postgres, TextMatch::RegexAnyCase) => format!("{column} ~* {parameter}"),
            (Self::Postgres, TextMatch::SimilarTo) => format!("{column} SIMILAR TO {parameter}"),
            (Self::Sqlite, mode) => format!("{}({parameter}, {column})", mode.sqlite_function()),
        }
    }

    /// A text column folded to lower case.
    pub(crate) fn lower(self, expression: &str) -> String {
        match self {
            Self::Postgres => format!("LOWER({expression})"),
            Self::Sqlite => format!("signet_lower({expression})"),
        }
    }

    /// Holds a name until the transaction ends. PostgreSQL only: SQLite has one writer.
    pub(crate) const LOCK_NAME: &'static str = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

    /// Says to the other processes that some topics changed, when the transaction commits. PostgreSQL only: one
    /// process has an SQLite file.
    pub(crate) const NOTIFY: &'static str = "SELECT pg_notify('signet_cache', $1)";
    pub(crate) const LISTEN: &'static str = "LISTEN signet_cache";
}

/// How a pattern is compared with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextMatch {
    Like,
    LikeAnyCase,
    Regex,
    RegexAnyCase,
    SimilarTo,
}

impl TextMatch {
    pub(crate) const ALL: [Self; 5] = [Self::Like, Self::LikeAnyCase, Self::Regex, Self::RegexAnyCase, Self::SimilarTo];

    pub(crate) fn sqlite_function(self) -> &'static str {
        match self {
            Self::Like => "signet_like",
            Self::LikeAnyCase => "signet_like_any_case",
            Self::Regex => "signet_regex",
            Self::RegexAnyCase => "signet_regex_any_case",
            Self::SimilarTo => "signet_similar_to",
        }
    }
}
