//! The web platform surface of a realm, in JavaScript: evaluated once per worker, before the snapshot.
//!
//! The files are fragments of one function, so they see each other's constants and scripts see none of them. `op` holds
//! the native functions. The function returns what `Hook` names, in that order.

pub(super) const PRELUDE: &str = concat!(
    "(function (op) {\n'use strict';\n",
    include_str!("base.js"),
    include_str!("parts.js"),
    include_str!("text.js"),
    include_str!("timers.js"),
    include_str!("events.js"),
    include_str!("url.js"),
    include_str!("crypto.js"),
    include_str!("headers.js"),
    include_str!("fetch.js"),
    include_str!("locale.js"),
    include_str!("contract.js"),
    "return [finish, describe, tick, settle, api];\n})",
);

macro_rules! part {
    ($($file:literal),+; $result:literal) => {
        concat!("(function (op, base) {\n'use strict';\n", $(include_str!($file),)+ $result, "\n})")
    };
    ($file:literal) => {
        part!($file; "")
    };
}

/// Fragments that `op.part` reads by their number, each a function of `op` and of what it needs from the others.
pub(super) const PARTS: &[&str] = &[
    part!("parts/subtle.js"),
    part!("parts/clone.js"),
    part!("parts/console.js"),
    part!("parts/fetch.js"),
    part!(
        "intl/options.js", "intl/digits.js", "intl/numbers.js", "intl/dates.js", "intl/text.js", "intl/methods.js";
        "return { Intl, methods };"
    ),
];
