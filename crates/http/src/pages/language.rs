//! Which language a page speaks, and which way it runs.

/// The languages that a file may be written for. Those with one are in `wording.rs`.
#[cfg(test)]
pub(crate) const KNOWN: [&str; 20] = [
    "ar", "cs", "de", "en", "es", "fa-IR", "fr", "it", "ja", "ko", "pl-PL", "pt-BR", "pt-PT", "ru", "th", "tr-TR",
    "uk-UA", "zh-CN", "zh-HK", "zh-TW",
];

/// What is left when nothing else fits.
pub(crate) const DEFAULT: &str = "en";

/// Languages, by their first subtag, that run from right to left.
const RIGHT_TO_LEFT: [&str; 13] = ["ar", "arc", "cb", "ckb", "dv", "fa", "he", "ps", "sd", "sy", "ug", "ur", "yi"];

/// More candidates than a person has languages are not read.
const MOST: usize = 32;

/// What a request says about languages.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// `ui_locales` of the authorization request, best first (OIDC Core §3.1.2.1).
    pub(crate) ui_locales: Option<&'a str>,
    /// The query's `locale`.
    pub(crate) locale: Option<&'a str>,
    /// The header (RFC 9110 §12.5.4).
    pub(crate) accept_language: Option<&'a str>,
}

/// What the tenant says about languages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offered<'a> {
    /// Whether the browser's wishes count.
    pub(crate) auto_detect: bool,
    pub(crate) fallback: &'a str,
    /// Languages that the product speaks.
    pub(crate) built_in: &'a [&'a str],
    /// Languages that the tenant wrote phrases for.
    pub(crate) custom: &'a [String],
}

/// The language of a page. The answer is always one of `offered` or [`DEFAULT`], never text of the request.
pub(crate) fn choose<'a>(asked: &Asked<'_>, offered: &Offered<'a>) -> &'a str {
    let asked_for = asked.ui_locales.unwrap_or_default().split_ascii_whitespace().map(str::to_owned);
    let mut candidates: Vec<String> = asked_for.take(MOST).collect();
    if offered.auto_detect {
        candidates.extend(asked.locale.map(str::to_owned));
        candidates.extend(preferred(asked.accept_language.unwrap_or_default()));
    }
    candidates.push(offered.fallback.to_owned());
    candidates.iter().find_map(|candidate| matching(candidate, offered)).unwrap_or(DEFAULT)
}

/// The tag of what is offered that serves `candidate` best: exactly it, or else the same base language.
fn matching<'a>(candidate: &str, offered: &Offered<'a>) -> Option<&'a str> {
    let custom = || offered.custom.iter().map(String::as_str);
    let built_in = || offered.built_in.iter().copied();
    let is_exact = |tag: &&str| tag.eq_ignore_ascii_case(candidate);
    let is_related = |tag: &&str| base(tag).eq_ignore_ascii_case(base(candidate));
    custom()
        .find(is_exact)
        .or_else(|| built_in().find(is_exact))
        .or_else(|| built_in().find(is_related))
        .or_else(|| custom().find(is_related))
}

fn base(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// The tags of an `Accept-Language` header, best first. What cannot be read is left out.
pub(crate) fn preferred(header: &str) -> Vec<String> {
    let weighed = header.split(',').take(MOST).filter_map(|item| {
        let mut parts = item.split(';').map(str::trim);
        let tag = parts.next().filter(|tag| !tag.is_empty() && *tag != "*")?;
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |weight| weight.parse().ok())?;
        (weight > 0.0_f64).then(|| (tag.to_owned(), weight))
    });
    let mut weighed: Vec<_> = weighed.collect();
    // The sort keeps the order of equals.
    weighed.sort_by(|(_, one), (_, two)| two.total_cmp(one));
    weighed.into_iter().map(|(tag, _)| tag).collect()
}

/// The `dir` of pages in a language.
pub(crate) fn direction(tag: &str) -> &'static str {
    let base = base(tag);
    if RIGHT_TO_LEFT.iter().any(|language| language.eq_ignore_ascii_case(base)) { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT_IN: [&str; 4] = ["en", "zh-CN", "pt-BR", "pt-PT"];

    fn chosen(ui_locales: &str, locale: &str, accept: &str, auto_detect: bool, custom: &[&str]) -> String {
        let some = |text| Some(text).filter(|text: &&str| !text.is_empty());
        let asked = Asked { ui_locales: some(ui_locales), locale: some(locale), accept_language: some(accept) };
        let custom: Vec<String> = custom.iter().map(|tag| (*tag).to_owned()).collect();
        choose(&asked, &Offered { auto_detect, fallback: "zh-CN", built_in: &BUILT_IN, custom: &custom }).to_owned()
    }

    #[test]
    fn the_first_wish_that_can_be_served_is_served() {
        for (ui_locales, locale, accept, expected) in [
            ("en", "zh-CN", "zh-CN", "en"),
            ("xx fr en zh-CN", "", "", "en"),
            ("", "en", "zh-CN", "en"),
            ("", "", "en", "en"),
            ("", "", "fr;q=0.9, en;q=0.5, zh-CN;q=0.6", "zh-CN"),
            ("", "", "zh-CN;q=0, en;q=0.1", "en"),
            ("", "", "en;q=x, *;q=0.5", "zh-CN"),
            ("", "", "pt", "pt-BR"),
            ("", "", "pt-PT", "pt-PT"),
            ("pt-AO", "", "", "pt-BR"),
            ("zh-Hans-CN", "", "en", "zh-CN"),
            ("EN-us", "", "", "en"),
            ("en_GB", "", "", "en"),
            ("", "", "", "zh-CN"),
            ("fr", "it", "es", "zh-CN"),
        ] {
            assert_eq!(chosen(ui_locales, locale, accept, true, &[]), expected, "{ui_locales} {locale} {accept}");
        }
    }

    #[test]
    fn the_browser_counts_only_when_the_tenant_wants_it() {
        assert_eq!(chosen("", "en", "en", false, &[]), "zh-CN");
        assert_eq!(chosen("en", "", "", false, &[]), "en");
    }

    #[test]
    fn own_phrases_come_first_and_last() {
        for (wish, custom, expected) in [
            ("en", vec!["en"], "en"),
            ("fr", vec!["fr"], "fr"),
            ("fr-CA", vec!["fr-FR"], "fr-FR"),
            // The base language as built in comes before one's own of another region.
            ("en-US", vec!["en-GB"], "en"),
            ("en-GB", vec!["en-GB"], "en-GB"),
        ] {
            assert_eq!(chosen(wish, "", "", true, &custom), expected, "{wish} {custom:?}");
        }
    }

    #[test]
    fn without_anything_that_fits_a_page_speaks_english() {
        let offered = Offered { auto_detect: true, fallback: "fr", built_in: &BUILT_IN, custom: &[] };
        assert_eq!(choose(&Asked::default(), &offered), "en");
    }

    #[test]
    fn attack_38_nothing_of_the_request_is_the_answer() {
        let evil = "\"><script>alert(1)</script> fr\r\nset-cookie:x=1";
        assert_eq!(chosen(evil, evil, evil, true, &[]), "zh-CN");
    }

    #[test]
    fn some_languages_run_from_right_to_left() {
        for (tag, expected) in [
            ("ar", "rtl"),
            ("fa-IR", "rtl"),
            ("he-IL", "rtl"),
            ("ur-PK", "rtl"),
            ("en", "ltr"),
            ("zh-CN", "ltr"),
            ("ku-TR", "ltr"),
        ] {
            assert_eq!(direction(tag), expected, "{tag}");
        }
    }
}
