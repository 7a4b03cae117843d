//! Pages of lists: `page` and `page_size`, and the headers that lead to the other pages (RFC 8288).

use crate::error::ApiError;
use crate::extract::json::Json;
use crate::state::TenantState;
use axum::extract::{FromRef, FromRequestParts, OriginalUri};
use axum::response::{IntoResponse, Response};
use http::header::{HeaderName, HeaderValue, LINK};
use http::request::Parts;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_storage::Listed;
use std::sync::Arc;
use url::form_urlencoded;

const DEFAULT_SIZE: u32 = 20;
const MAX_SIZE: u32 = 100;
const TOTAL_NUMBER: HeaderName = HeaderName::from_static("total-number");
const TOTAL_NUMBER_IS_CAPPED: HeaderName = HeaderName::from_static("total-number-is-capped");

/// The public URL of the tenant, without a slash at its end. Links start with it.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint(pub(crate) Arc<str>);

impl FromRef<TenantState> for Endpoint {
    fn from_ref(state: &TenantState) -> Self {
        Self(state.endpoint.as_str().into())
    }
}

/// The page that a list is asked for. Lists that always come in pages take it.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    number: u32,
    size: u32,
    /// The request's URL without its query.
    url: String,
    query: String,
}

/// The page of a list that comes whole unless a page is asked for.
#[derive(Debug, Clone)]
pub(crate) struct OptionalPage(pub(crate) Option<Page>);

/// How many rows a list has on all its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Total {
    Exactly(i64),
    /// Counting stopped here.
    AtLeast(i64),
}

/// One page of rows inside an object, with its headers.
#[derive(Debug)]
pub(crate) struct PagedMember<T> {
    body: T,
    page: Page,
    total: Total,
}

/// One page of rows with its headers, or a whole list without.
#[derive(Debug)]
pub(crate) struct Paged<T> {
    rows: Vec<T>,
    page: Option<(Page, Total)>,
}

impl Page {
    /// The rows to ask the database for.
    pub(crate) fn rows(&self) -> signet_storage::Page {
        signet_storage::Page { number: self.number, size: self.size }
    }

    pub(crate) fn of<T>(self, rows: Vec<T>, total: Total) -> Paged<T> {
        Paged { rows, page: Some((self, total)) }
    }

    /// `body` has the rows of this page.
    pub(crate) fn member<T>(self, body: T, total: Total) -> PagedMember<T> {
        PagedMember { body, page: self, total }
    }

    /// Says on an answer how many rows there are, and where the other pages are.
    fn tell(&self, total: Total, mut response: Response) -> Response {
        let headers = response.headers_mut();
        let (Total::Exactly(rows) | Total::AtLeast(rows)) = total;
        headers.insert(TOTAL_NUMBER, HeaderValue::from(rows));
        if matches!(total, Total::AtLeast(_)) {
            headers.insert(TOTAL_NUMBER_IS_CAPPED, HeaderValue::from_static("true"));
        }
        // A path that came in a request line fits a header; a link that does not is left out.
        for link in self.links(total).into_iter().filter_map(|link| HeaderValue::try_from(link).ok()) {
            headers.append(LINK, link);
        }
        response
    }

    fn links(&self, total: Total) -> Vec<String> {
        let (number, size) = (i64::from(self.number), i64::from(self.size));
        let mut links = vec![self.link("first", 1)];
        if number > 1 {
            links.push(self.link("prev", number - 1));
        }
        if let Total::Exactly(rows) = total {
            let last = rows.max(1).saturating_add(size - 1) / size;
            if number < last {
                links.push(self.link("next", number + 1));
            }
            links.push(self.link("last", last));
        }
        links
    }

    /// This request's URL with another `page`.
    fn link(&self, relation: &str, number: i64) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(form_urlencoded::parse(self.query.as_bytes()).filter(|(name, _)| name != "page"));
        query.append_pair("page", &number.to_string());
        format!("<{}?{}>; rel=\"{relation}\"", self.url, query.finish())
    }
}

impl OptionalPage {
    /// The rows to ask the database for. `None`: all of them.
    pub(crate) fn rows(&self) -> Option<signet_storage::Page> {
        self.0.as_ref().map(Page::rows)
    }

    /// What the database found, with each row as the client sees it.
    pub(crate) fn listed<T, U>(self, listed: Listed<T>, show: impl FnMut(T) -> U) -> Paged<U> {
        self.of(listed.items, Total::Exactly(listed.total)).map(show)
    }

    pub(crate) fn of<T>(self, rows: Vec<T>, total: Total) -> Paged<T> {
        Paged { rows, page: self.0.map(|page| (page, total)) }
    }
}

impl<T> Paged<T> {
    /// The same page with rows of another type.
    pub(crate) fn map<U>(self, change: impl FnMut(T) -> U) -> Paged<U> {
        Paged { rows: self.rows.into_iter().map(change).collect(), page: self.page }
    }
}

impl<S> FromRequestParts<S> for OptionalPage
where
    S: Send + Sync,
    Endpoint: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let asked = parameter(parts, "page")?.is_some() || parameter(parts, "page_size")?.is_some();
        if !asked {
            return Ok(Self(None));
        }
        Page::from_request_parts(parts, state).await.map(|page| Self(Some(page)))
    }
}

impl<S> FromRequestParts<S> for Page
where
    S: Send + Sync,
    Endpoint: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let number = parameter(parts, "page")?.unwrap_or(1);
        let size = parameter(parts, "page_size")?.unwrap_or(DEFAULT_SIZE);
        if size > MAX_SIZE {
            return Err(ErrorCode::GuardInvalidPagination.into());
        }
        let path = parts.extensions.get::<OriginalUri>().map_or_else(|| parts.uri.path(), |uri| uri.0.path());
        let Endpoint(endpoint) = Endpoint::from_ref(state);
        let query = parts.uri.query().unwrap_or_default().to_owned();
        Ok(Self { number, size, url: format!("{}{path}", endpoint.trim_end_matches('/')), query })
    }
}

/// A positive number. Absent and empty are the same.
fn parameter(parts: &Parts, name: &str) -> Result<Option<u32>, ApiError> {
    let query = parts.uri.query().unwrap_or_default();
    let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name).map(|(_, value)| value);
    let value = values.next().filter(|value| !value.is_empty());
    let number = value.map(|text| {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u32>().ok().filter(|number| digits && *number > 0)
    });
    match (number, values.next()) {
        (None, None) => Ok(None),
        (Some(Some(number)), None) => Ok(Some(number)),
        (Some(None), _) | (_, Some(_)) => Err(ErrorCode::GuardInvalidPagination.into()),
    }
}

impl<T: Serialize> IntoResponse for Paged<T> {
    fn into_response(self) -> Response {
        let response = Json(self.rows).into_response();
        match self.page {
            Some((page, total)) => page.tell(total, response),
            None => response,
        }
    }
}

impl<T: Serialize> IntoResponse for PagedMember<T> {
    fn into_response(self) -> Response {
        self.page.tell(self.total, Json(self.body).into_response())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone)]
    struct App;

    impl FromRef<App> for Endpoint {
        fn from_ref(_: &App) -> Self {
            Self("https://id.example/".into())
        }
    }

    fn parts(query: &str) -> Parts {
        http::Request::get(format!("/api/roles?{query}")).body(()).unwrap().into_parts().0
    }

    fn page(query: &str) -> Result<Page, ApiError> {
        futures_util::FutureExt::now_or_never(Page::from_request_parts(&mut parts(query), &App)).unwrap()
    }

    fn optional(query: &str) -> Result<OptionalPage, ApiError> {
        futures_util::FutureExt::now_or_never(OptionalPage::from_request_parts(&mut parts(query), &App)).unwrap()
    }

    fn links(query: &str, total: Total) -> Vec<String> {
        let response = page(query).unwrap().of(vec![1], total).into_response();
        response.headers().get_all(LINK).iter().map(|link| link.to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn numbers_have_defaults_and_bounds() {
        for (query, number, size) in
            [("", 1, 20), ("page=3&page_size=10", 3, 10), ("page=&page_size=", 1, 20), ("page_size=100", 1, 100)]
        {
            let page = page(query).unwrap();
            assert_eq!((page.number, page.size), (number, size), "{query}");
        }
        for query in [
            "page=0",
            "page=-1",
            "page=x",
            "page=1.5",
            "page=1e99",
            "page=%2B1",
            "page=1&page=2",
            "page_size=0",
            "page_size=101",
            "page=4294967296",
            "page=99999999999999999999",
            "page=%00",
        ] {
            assert!(matches!(page(query), Err(ApiError::Refused(_))), "{query}");
            assert!(matches!(optional(query), Err(ApiError::Refused(_))), "{query}");
        }
    }

    #[test]
    fn links_lead_to_the_other_pages() {
        let url = "https://id.example/api/roles";
        assert_eq!(
            links("page=2&search=%25a%25&page_size=2", Total::Exactly(5)),
            [("first", 1), ("prev", 1), ("next", 3), ("last", 3)].map(|(relation, number)| format!(
                "<{url}?search=%25a%25&page_size=2&page={number}>; rel=\"{relation}\""
            ))
        );
        for (query, total, expected) in [
            ("", Total::Exactly(0), "first last"),
            ("page=3&page_size=2", Total::Exactly(5), "first prev last"),
            ("page=9", Total::Exactly(5), "first prev last"),
            ("", Total::AtLeast(10_001), "first"),
            ("", Total::Exactly(i64::MAX), "first next last"),
        ] {
            let relations: Vec<String> = links(query, total)
                .iter()
                .map(|link| link.rsplit("rel=").next().unwrap().trim_matches('"').to_owned())
                .collect();
            assert_eq!(relations.join(" "), expected, "{query} {total:?}");
        }
    }

    #[test]
    fn a_whole_list_has_no_headers_and_a_capped_total_says_so() {
        let whole = optional("search=a&page=").unwrap().of(vec![1, 2], Total::Exactly(2)).map(|row| row + 1);
        let headers = whole.into_response().headers().clone();
        assert!(!headers.contains_key(TOTAL_NUMBER) && !headers.contains_key(LINK));

        let capped = page("").unwrap().of(vec![1], Total::AtLeast(10_001)).into_response();
        assert_eq!(capped.headers()["total-number"], "10001");
        assert_eq!(capped.headers()["total-number-is-capped"], "true");

        let asked = optional("page_size=1").unwrap().of(vec![1], Total::Exactly(7)).into_response();
        assert_eq!(asked.headers()["total-number"], "7");
    }

    proptest! {
        #[test]
        fn any_query_is_a_page_or_a_refusal(name in "page|page_size|x", value in "[ -~]{0,24}", total in any::<i64>()) {
            let query: String = form_urlencoded::Serializer::new(String::new()).append_pair(&name, &value).finish();
            if let Ok(page) = page(&query) {
                prop_assert!(page.number > 0 && (1..=MAX_SIZE).contains(&page.size));
                let _ = page.of(vec![1], Total::Exactly(total)).into_response();
            }
        }
    }
}
