//! The URL standard, by the `url` crate. The prelude turns it into `URL` and `URLSearchParams`.

use crate::engine::call::{Answer, Call};
use ::url::{Url, form_urlencoded, quirks};

/// Longer texts are refused: parsing makes several copies outside the script's heap.
const MAX_TEXT: usize = 1 << 20;

/// `(text, base?)`: the parts of [`answer`], or nothing when it is no URL.
pub(super) fn parse(call: &Call<'_>) -> Answer {
    let Some(text) = call.text(0).filter(|text| text.len() <= MAX_TEXT) else { return call.nothing() };
    let parsed = if call.is_absent(1) {
        Url::parse(&text).ok()
    } else {
        let base = call.text(1).filter(|base| base.len() <= MAX_TEXT);
        base.and_then(|base| Url::parse(&base).ok()).and_then(|base| base.join(&text).ok())
    };
    parsed.map_or_else(|| call.nothing(), |url| answer(call, &url))
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
    answer(call, &url)
}

/// The order of `urlParts` in `prelude/url.js`.
fn answer(call: &Call<'_>, url: &Url) -> Answer {
    let origin = quirks::origin(url);
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
