//! The URL standard, by the `url` crate. The prelude turns it into `URL` and `URLSearchParams`.

use crate::engine::call::{Answer, Call};
use ::url::{Position, Url, form_urlencoded, quirks};

/// Longer texts are refused: parsing makes several copies outside the script's heap.
const MAX_TEXT: usize = 1 << 20;

/// `(text, base?)`: the parts of [`answer`], or nothing when it is no URL.
pub(super) fn parse(call: &Call<'_>) -> Answer {
    let Some(text) = call.text(0).filter(|text| text.len() <= MAX_TEXT) else { return call.nothing() };
    let parsed = if call.is_absent(1) {
        Url::parse(&text).ok()
    } else {
        let base = call.text(1).filter(|base| base.len() <= MAX_TEXT);
        base.and_then(|base| Url::parse(&base).ok()).and_then(|base| resolve(&base, &text))
    };
    parsed.map_or_else(|| call.nothing(), |url| answer(call, &mended(url)))
}

/// Against a base of the web, a text that begins with slashes names a host after any number of them. The crate stops at
/// the third.
fn resolve(base: &Url, text: &str) -> Option<Url> {
    let start = text.trim_start_matches(|c: char| c <= ' ');
    let slashes =
        start.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).take_while(|c| matches!(c, '/' | '\\')).count();
    if slashes > 2 && matches!(base.scheme(), "http" | "https" | "ws" | "wss" | "ftp") {
        return Url::parse(&format!("{}:{start}", base.scheme())).ok();
    }
    base.join(text).ok()
}

/// What the standard has changed since the crate was written: `^` in a path is encoded, and so is the last space of a
/// path that is not made of segments when something follows it.
fn mended(url: Url) -> Url {
    let (before, path, after) =
        (&url[..Position::BeforePath], &url[Position::BeforePath..Position::AfterPath], &url[Position::AfterPath..]);
    let mended = if url.cannot_be_a_base() {
        let shorter = path.strip_suffix(' ').filter(|_| !after.is_empty());
        shorter.map(|shorter| format!("{before}{shorter}%20{after}"))
    } else if path.starts_with("//") && !url.has_host() && url.scheme() != "file" && !before.ends_with("/.") {
        // Without the dot, the path would be read as a host.
        Some(format!("{before}/.{}{after}", path.replace('^', "%5E")))
    } else {
        path.contains('^').then(|| format!("{before}{}{after}", path.replace('^', "%5E")))
    };
    mended.and_then(|text| Url::parse(&text).ok()).unwrap_or(url)
}

/// `(href, part, value)`: the parts after the change; a change that the standard ignores changes nothing.
pub(super) fn change(call: &Call<'_>) -> Answer {
    let (Some(href), Some(part), Some(value)) = (call.text(0), call.text(1), call.text(2)) else {
        return call.type_error(c"expected strings");
    };
    let Ok(mut url) = Url::parse(&href) else { return call.nothing() };
    if value.len() > MAX_TEXT {
        return call.type_error(c"the value is too long");
    }
    // A refused value leaves the URL as it was, which is what the standard's setters do.
    let _ignored = match &*part {
        "protocol" => quirks::set_protocol(&mut url, &value),
        "username" => quirks::set_username(&mut url, &value),
        "password" => quirks::set_password(&mut url, &value),
        "host" => quirks::set_host(&mut url, &value),
        "hostname" => quirks::set_hostname(&mut url, &value),
        "port" => quirks::set_port(&mut url, &value),
        "pathname" => {
            quirks::set_pathname(&mut url, &value);
            Ok(())
        }
        "search" => {
            quirks::set_search(&mut url, &value);
            Ok(())
        }
        "hash" => {
            quirks::set_hash(&mut url, &value);
            Ok(())
        }
        _ => Ok(()),
    };
    answer(call, &mended(url))
}

/// The order of `urlParts` in `prelude/url.js`.
fn answer(call: &Call<'_>, url: &Url) -> Answer {
    let origin = origin(url);
    call.new_list([
        quirks::href(url),
        quirks::protocol(url),
        quirks::username(url),
        quirks::password(url),
        quirks::host(url),
        quirks::hostname(url),
        quirks::port(url),
        quirks::pathname(url),
        quirks::search(url),
        quirks::hash(url),
        &origin,
    ])
}

/// Only blobs of web pages have the origin of the address inside.
fn origin(url: &Url) -> String {
    let is_web = |inner: &Url| matches!(inner.scheme(), "http" | "https");
    if url.scheme() == "blob" && !Url::parse(url.path()).is_ok_and(|inner| is_web(&inner)) {
        return "null".to_owned();
    }
    quirks::origin(url)
}

/// `(text)`: names and values of a form body, one after the other.
pub(super) fn parse_form(call: &Call<'_>) -> Answer {
    let Some(text) = call.text(0).filter(|text| text.len() <= MAX_TEXT) else {
        return call.type_error(c"the text is too long");
    };
    let pairs: Vec<_> = form_urlencoded::parse(text.as_bytes()).collect();
    call.new_list(pairs.iter().flat_map(|(name, value)| [&**name, &**value]))
}

/// `(text)`: one name or value, encoded for a form body.
pub(super) fn write_form(call: &Call<'_>) -> Answer {
    let Some(text) = call.text(0) else { return call.type_error(c"expected a string") };
    let mut encoded = String::new();
    // Made outside the script's heap: the worker must not die of it.
    if encoded.try_reserve_exact(text.len().saturating_mul("%00".len())).is_err() {
        return call.out_of_memory();
    }
    encoded.extend(form_urlencoded::byte_serialize(text.as_bytes()));
    call.new_text(&encoded)
}
