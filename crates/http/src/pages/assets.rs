//! Files that pages refer to, named after their content so that browsers keep them for good, and the two little scripts.
//!
//! Pages work without script: one shows a typed password, the other presses a button that people can press themselves.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The stylesheet of all pages.
pub(super) const CSS: &str = include_str!("../../templates/pages.css");
/// The picture of a browser's tab, for tenants without their own.
pub(super) const ICON: &str = include_str!("../../templates/icon.svg");
/// Shows and hides what was typed into a password field.
pub(super) const TOGGLE: &str = include_str!("../../templates/toggle.js");
/// Sends the only form of a page.
pub(super) const SUBMIT: &str = include_str!("../../templates/submit.js");

/// Where the stylesheet is.
pub(super) static CSS_PATH: LazyLock<String> = LazyLock::new(|| format!("/assets/pages.{}.css", version(CSS)));
/// Where the icon is.
pub(super) static ICON_PATH: LazyLock<String> = LazyLock::new(|| format!("/assets/icon.{}.svg", version(ICON)));

/// Where a tenant's custom CSS is. As a file of its own it cannot end an element: `</style>` is just bad CSS there.
pub(super) fn custom_css_path(css: &str) -> String {
    format!("/assets/custom.{}.css", version(css))
}

/// Enough of the digest to tell two versions apart.
pub(super) fn version(content: &str) -> String {
    let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(content));
    digest.get(..16).unwrap_or(&digest).to_owned()
}

/// What a Content-Security-Policy says of an inline script or style: it may run if it is exactly this.
pub(super) fn hash_source(content: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(content)))
}

/// The sources of both scripts, in the words of a Content-Security-Policy.
pub(super) static SCRIPT_SOURCES: LazyLock<String> =
    LazyLock::new(|| format!("{} {}", hash_source(TOGGLE), hash_source(SUBMIT)));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_content() {
        assert_eq!(*CSS_PATH, format!("/assets/pages.{}.css", version(CSS)));
        assert_ne!(custom_css_path("a{}"), custom_css_path("b{}"));
    }

    #[test]
    fn scripts_cannot_end_their_element() {
        for script in [TOGGLE, SUBMIT] {
            assert!(!script.contains("</") && !script.contains("<!--"));
        }
    }
}
