//! Lists: a select put together from conditions, with a page and a total.

use crate::dialect::{Dialect, TextMatch};
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::store::Reader;
use crate::value::Value;
use signet_core::search::{Joint, Mode, Search};
use std::borrow::Cow;

/// A part of a list. `number` starts at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    pub number: u32,
    pub size: u32,
}

/// Rows of a page, and how many there are in all.
#[derive(Debug, Clone)]
pub struct Listed<T> {
    pub items: Vec<T>,
    pub total: i64,
}

struct Count(i64);

impl FromRow for Count {
    const TABLE: &'static str = "count";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

/// A select under construction. `$1` is the tenant; conditions bind the rest in order.
pub(crate) struct Select<'a> {
    dialect: Dialect,
    columns: &'static str,
    from: &'static str,
    conditions: Vec<String>,
    values: Vec<Value<'a>>,
    order: &'static str,
    /// Whether a condition names the rows, so that they are found first and put in order then.
    names_rows: bool,
}

impl<'a> Select<'a> {
    /// `from` starts with the table name and holds the tenant condition: `roles WHERE tenant_id = $1`.
    pub(crate) fn new(dialect: Dialect, columns: &'static str, from: &'static str, order: &'static str) -> Self {
        debug_assert!(from.ends_with(" WHERE tenant_id = $1"), "`{from}` forgets its tenant");
        Self { dialect, columns, from, conditions: Vec::new(), values: Vec::new(), order, names_rows: false }
    }

    fn bind(&mut self, value: Value<'a>) -> String {
        self.values.push(value);
        format!("${}", self.values.len() + 1)
    }

    /// `condition` holds `?` where the value goes.
    pub(crate) fn and(&mut self, condition: &str, value: impl Into<Value<'a>>) -> &mut Self {
        let keeps_to_tenant = !condition.contains("SELECT") || condition.contains(" WHERE tenant_id = $1 AND ");
        debug_assert!(keeps_to_tenant, "`{condition}` forgets its tenant");
        self.names_rows |= is_list(condition);
        let parameter = self.bind(value.into());
        self.conditions.push(condition.replace('?', &parameter));
        self
    }

    /// Each `?` of `condition` is the next of `values`.
    pub(crate) fn and_each<const N: usize>(&mut self, condition: &str, values: [&'a str; N]) -> &mut Self {
        let keeps_to_tenant = !condition.contains("SELECT") || condition.contains(" WHERE tenant_id = $1 AND ");
        debug_assert!(keeps_to_tenant, "`{condition}` forgets its tenant");
        self.names_rows |= is_list(condition);
        let mut text = condition.to_owned();
        for value in values {
            let parameter = self.bind(Value::Text(value));
            text = text.replacen('?', &parameter, 1);
        }
        self.conditions.push(text);
        self
    }

    /// A column is one of several values. No values match no row.
    pub(crate) fn and_in(&mut self, column: &str, values: impl IntoIterator<Item = &'a str>) -> &mut Self {
        self.names_rows = true;
        let parameters: Vec<String> = values.into_iter().map(|value| self.bind(Value::Text(value))).collect();
        let condition =
            if parameters.is_empty() { "1 = 0".to_owned() } else { format!("{column} IN ({})", parameters.join(", ")) };
        self.conditions.push(condition);
        self
    }

    /// `column` maps a field of the search to its column.
    pub(crate) fn search(
        &mut self,
        search: Option<&'a Search>,
        column: impl Fn(&str) -> Option<&'static str>,
    ) -> &mut Self {
        let Some(search) = search else { return self };
        let mut alternatives = Vec::new();
        for condition in &search.conditions {
            let Some(column) = column(&condition.field) else { continue };
            alternatives.push(self.search_condition(
                column,
                condition.mode,
                condition.case_sensitive,
                &condition.values,
            ));
        }
        if !alternatives.is_empty() {
            let joint = match search.joint {
                Joint::Or => " OR ",
                Joint::And => " AND ",
            };
            self.conditions.push(format!("({})", alternatives.join(joint)));
        }
        self
    }

    fn search_condition(&mut self, column: &str, mode: Mode, case_sensitive: bool, values: &'a [String]) -> String {
        let one_of: Vec<String> = values
            .iter()
            .map(|value| {
                let parameter = self.bind(Value::Text(value));
                let matching = match (mode, case_sensitive) {
                    (Mode::Exact, true) => return format!("{column} = {parameter}"),
                    (Mode::Exact, false) => {
                        let (left, right) = (self.dialect.lower(column), self.dialect.lower(&parameter));
                        return format!("{left} = {right}");
                    }
                    (Mode::Like, true) => TextMatch::Like,
                    (Mode::Like, false) => TextMatch::LikeAnyCase,
                    (Mode::SimilarTo, _) => TextMatch::SimilarTo,
                    (Mode::Posix, true) => TextMatch::Regex,
                    (Mode::Posix, false) => TextMatch::RegexAnyCase,
                };
                self.dialect.matches(matching, column, &parameter)
            })
            .collect();
        format!("({})", one_of.join(" OR "))
    }

    fn order(&self) -> Cow<'_, str> {
        if self.names_rows { self.dialect.sorted(self.order) } else { Cow::Borrowed(self.order) }
    }

    fn condition(&self) -> String {
        let mut text = self.from.to_owned();
        for condition in &self.conditions {
            text.push_str(" AND ");
            text.push_str(condition);
        }
        text
    }

    /// Runs it. Without a page, every row comes back and the total is their number.
    pub(crate) async fn run<T: FromRow>(&self, reader: &Reader, page: Option<Page>) -> Result<Listed<T>, StoreError> {
        let select = format!("SELECT {} FROM {} ORDER BY {}", self.columns, self.condition(), self.order());
        let Some(page) = page else {
            let items: Vec<T> = reader.all_text(&select, &self.values).await?;
            let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
            return Ok(Listed { items, total });
        };
        let total = self.count(reader).await?;
        let offset = i64::from(page.number.saturating_sub(1)).saturating_mul(i64::from(page.size));
        let items = reader.all_text(&format!("{select} LIMIT {} OFFSET {offset}", page.size), &self.values).await?;
        Ok(Listed { items, total })
    }

    pub(crate) async fn count(&self, reader: &Reader) -> Result<i64, StoreError> {
        let counts: Vec<Count> =
            reader.all_text(&format!("SELECT COUNT(*) FROM {}", self.condition()), &self.values).await?;
        Ok(counts.first().map_or(0, |count| count.0))
    }

    /// Counts, but no further than `cap`.
    pub(crate) async fn count_up_to(&self, reader: &Reader, cap: u32) -> Result<i64, StoreError> {
        let inner = format!("SELECT 1 AS one FROM {} LIMIT {cap}", self.condition());
        let counts: Vec<Count> =
            reader.all_text(&format!("SELECT COUNT(*) FROM ({inner}) AS capped"), &self.values).await?;
        Ok(counts.first().map_or(0, |count| count.0))
    }

    /// Rows of a page, without a total.
    pub(crate) async fn page<T: FromRow>(&self, reader: &Reader, page: Page) -> Result<Vec<T>, StoreError> {
        let offset = i64::from(page.number.saturating_sub(1)).saturating_mul(i64::from(page.size));
        let text = format!(
            "SELECT {} FROM {} ORDER BY {} LIMIT {} OFFSET {offset}",
            self.columns,
            self.condition(),
            self.order(),
            page.size
        );
        reader.all_text(&text, &self.values).await
    }
}

/// Whether a condition asks for the rows of a list that another query makes.
fn is_list(condition: &str) -> bool {
    condition.contains(" IN (SELECT ") && !condition.contains(" NOT IN ")
}
