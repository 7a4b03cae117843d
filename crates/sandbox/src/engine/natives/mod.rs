//! The functions behind the prelude. Each checks its arguments itself: a script may get hold of any of them.

mod console;
mod contract;
mod crypto;
mod fetch;
mod intl;
mod objects;
mod random;
mod text;
mod url;

pub(super) use objects::keep_parts;

#[expect(unsafe_code, reason = "the entry points that C calls; argued below")]
mod table {
    use super::super::call::{Native, enter};
    use super::{console, contract, crypto, fetch, intl, objects, random, text, url};
    use rquickjs_sys::{JSContext, JSValue};
    use std::ffi::{CStr, c_int};

    pub(in super::super) type EntryPoint =
        unsafe extern "C" fn(*mut JSContext, JSValue, c_int, *mut JSValue) -> JSValue;

    macro_rules! natives {
        ($($name:literal => $native:path),* $(,)?) => {
            /// Every native function with the name that the prelude knows it by.
            pub(in super::super) const NATIVES: &[(&CStr, EntryPoint)] = &[$(($name, {
                unsafe extern "C" fn entry(
                    ctx: *mut JSContext, _this: JSValue, count: c_int, first: *mut JSValue,
                ) -> JSValue {
                    const NATIVE: Native = $native;
                    // SAFETY: QuickJS calls this as a C function and passes its own arguments.
                    unsafe { enter(ctx, count, first, NATIVE) }
                }
                entry
            })),*];
        };
    }

    natives! {
        c"log" => console::log,
        c"now" => console::now,
        c"deny" => contract::deny,
        c"beginCheck" => contract::begin_check,
        c"check" => contract::check,
        c"refused" => contract::refused,
        c"part" => objects::part,
        c"classOf" => objects::class_of,
        c"random" => random::random,
        c"randomBytes" => random::random_bytes,
        c"digest" => crypto::digest,
        c"hmac" => crypto::hmac,
        c"hmacVerify" => crypto::hmac_verify,
        c"publicKey" => crypto::public_key,
        c"keyFromParts" => crypto::key_from_parts,
        c"rsaNumber" => crypto::rsa_number,
        c"ed25519Private" => crypto::ed25519_private,
        c"ed25519Seed" => crypto::ed25519_seed,
        c"sign" => crypto::sign,
        c"verify" => crypto::verify,
        c"utf8Encode" => text::utf8_encode,
        c"encoding" => text::encoding,
        c"decode" => text::decode,
        c"decodeNext" => text::decode_next,
        c"parseUrl" => url::parse,
        c"changeUrl" => url::change,
        c"parseForm" => url::parse_form,
        c"writeForm" => url::write_form,
        c"fetch" => fetch::fetch,
        c"abort" => fetch::abort,
        c"canonicalTag" => intl::canonical_tag,
        c"supportedTag" => intl::supported_tag,
        c"intlNames" => intl::names,
        c"currencyDigits" => intl::currency_digits,
        c"openNumbers" => intl::open_numbers,
        c"formatNumber" => intl::format_number,
        c"openDates" => intl::open_dates,
        c"formatDate" => intl::format_date,
        c"openCollator" => intl::open_collator,
        c"compare" => intl::compare,
        c"pluralCategory" => intl::plural_category,
        c"pluralCategories" => intl::plural_categories,
        c"changeCase" => intl::change_case,
    }
}

pub(super) use table::NATIVES;
