//! The web platform surface of a realm, in JavaScript: evaluated once per worker, before the snapshot.
//!
//! The files are fragments of one function, so they see each other's constants and scripts see none of them. `op` holds
//! the native functions. The function returns what `Hook` names, in that order.

pub(super) const PRELUDE: &str = concat!(
    "(function (op) {\n'use strict';\n",
    include_str!("base.js"),
    include_str!("console.js"),
    include_str!("text.js"),
    include_str!("clone.js"),
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

/// `Intl`, as a function of what the fragments above share: loaded into a realm when a script first asks for it.
pub(super) const INTL: &str = concat!(
    "(function (op, shared) {\n'use strict';\n",
    include_str!("intl/options.js"),
    include_str!("intl/digits.js"),
    include_str!("intl/numbers.js"),
    include_str!("intl/dates.js"),
    include_str!("intl/text.js"),
    include_str!("intl/methods.js"),
    "return { Intl, methods };\n})",
);
