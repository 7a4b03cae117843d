//! The console that this program carries with it: what `npm run build` left in `console/dist`, when the program was built
//! with the feature `console`.

use signet_http::ConsoleFiles;

#[cfg(feature = "console")]
mod embedded {
    use bytes::Bytes;
    use rust_embed::RustEmbed;
    use std::borrow::Cow;

    #[derive(RustEmbed)]
    #[folder = "../../console/dist"]
    // Three times the size of what is beside them: `app.js.br` and `app.js.gz`.
    #[exclude = "assets/*.js"]
    #[exclude = "assets/*.css"]
    struct Dist;

    pub(super) fn files() -> impl Iterator<Item = (String, Bytes)> {
        Dist::iter().filter_map(|path| {
            let content = match Dist::get(&path)?.data {
                Cow::Borrowed(content) => Bytes::from_static(content),
                Cow::Owned(content) => content.into(),
            };
            Some((path.into_owned(), content))
        })
    }
}

#[cfg(feature = "console")]
pub(crate) fn files() -> ConsoleFiles {
    ConsoleFiles::of(embedded::files())
}

#[cfg(not(feature = "console"))]
pub(crate) fn files() -> ConsoleFiles {
    ConsoleFiles::default()
}
