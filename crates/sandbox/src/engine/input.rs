//! From the JSON of an input to its object, in one pass and without the engine's tokens.
//!
//! An input has the same few keys over and over, and hardly an escape. Keys become atoms once, plain strings are copied
//! once, whole numbers are integers to the engine. What is not plain is left to the engine's own parser: one string
//! when it has an escape, the whole document when something about it is odd.

#![expect(unsafe_code, reason = "the border to C; each use is argued below")]

use super::arena::narrow;
use super::session::{Session, Value};
use rquickjs_sys as q;
use std::ffi::c_int;
use std::ops::Range;

/// Deeper documents are the engine's, which looks at its stack.
const MAX_DEPTH: u32 = 64;
/// Keys that are remembered, a power of two. One that is forgotten is only looked up again.
const KEYS: usize = 64;
/// A whole number of so many digits is exact in a double.
const EXACT_DIGITS: usize = 15;

/// What is known of a document before it is read, and what is found in it.
#[derive(Default)]
pub(super) struct Outline {
    /// A member's object that was read before.
    pub(super) known: Option<Known>,
    /// Where the longest object stands that was read as a member of the document.
    pub(super) largest: Range<usize>,
}

/// An object of this realm that was read from the very text that stands there.
pub(super) struct Known {
    pub(super) place: Range<usize>,
    pub(super) value: q::JSValue,
}

/// The object that `json` is; `None` when it is none, or none that is read here.
pub(super) fn read<'r>(session: &Session<'r>, json: &[u8], outline: &mut Outline) -> Option<Value<'r>> {
    let text = str::from_utf8(json).ok()?;
    let keys = [(&[][..], q::JS_ATOM_NULL); KEYS];
    let mut reader = Reader { ctx: session.ctx(), text, at: 0, keys, elements: Vec::new(), outline };
    let value = (reader.next()? == b'{').then(|| reader.object(0))??;
    (reader.next().is_none()).then_some(Value::new(value))
}

struct Reader<'t> {
    ctx: *mut q::JSContext,
    text: &'t str,
    at: usize,
    /// Keys and their atoms, by a hash of the key.
    keys: [(&'t [u8], q::JSAtom); KEYS],
    /// Of the arrays that are not complete, the outermost first.
    elements: Vec<q::JSValue>,
    outline: &'t mut Outline,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The next byte that is no space, which stays there.
    fn next(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    fn value(&mut self, depth: u32) -> Option<q::JSValue> {
        match self.next()? {
            b'"' => self.string(),
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b't' => self.literal(b"true", q::JS_TRUE),
            b'f' => self.literal(b"false", q::JS_FALSE),
            b'n' => self.literal(b"null", q::JS_NULL),
            _ => self.number(),
        }
    }

    fn literal(&mut self, name: &[u8], value: q::JSValue) -> Option<q::JSValue> {
        let is_there = self.rest().starts_with(name);
        self.at += name.len();
        is_there.then_some(value)
    }

    /// What follows a member or an element: whether another one does.
    fn goes_on(&mut self, end: u8) -> Option<bool> {
        let byte = self.next()?;
        self.at += 1;
        if byte == end { Some(false) } else { (byte == b',').then_some(true) }
    }

    fn object(&mut self, depth: u32) -> Option<q::JSValue> {
        self.at += 1;
        // SAFETY: the context is alive as long as the session that `read` was given.
        let object = valid(unsafe { q::JS_NewObject(self.ctx) })?;
        if depth > MAX_DEPTH {
            return None;
        }
        let mut more = self.next()? != b'}';
        if !more {
            self.at += 1;
        }
        while more {
            let key = (self.next()? == b'"').then(|| self.key())??;
            let is_colon = self.next()? == b':';
            self.at += 1;
            let value = is_colon.then(|| if depth == 0 { self.member() } else { self.value(depth + 1) })??;
            // SAFETY: object, atom and value are of this context. The object is ordinary, so no script code runs, and
            // `__proto__` becomes an own member.
            let defined =
                unsafe { q::JS_DefinePropertyValue(self.ctx, object, key, value, q::JS_PROP_C_W_E.cast_signed()) };
            if defined < 0 {
                return None;
            }
            more = self.goes_on(b'}')?;
        }
        Some(object)
    }

    /// The value of a member of the document.
    fn member(&mut self) -> Option<q::JSValue> {
        let is_object = self.next()? == b'{';
        if let Some(known) = self.outline.known.take_if(|known| known.place.start == self.at) {
            self.at = known.place.end;
            // SAFETY: the value is of this realm, whose moment keeps the reference that it has.
            return Some(unsafe { q::JS_DupValue(self.ctx, known.value) });
        }
        let start = self.at;
        let value = self.value(1)?;
        if is_object && self.at - start > self.outline.largest.len() {
            self.outline.largest = start..self.at;
        }
        Some(value)
    }

    fn array(&mut self, depth: u32) -> Option<q::JSValue> {
        self.at += 1;
        if depth > MAX_DEPTH {
            return None;
        }
        let first = self.elements.len();
        let mut more = self.next()? != b']';
        if !more {
            self.at += 1;
        }
        while more {
            let element = self.value(depth + 1)?;
            self.elements.push(element);
            more = self.goes_on(b']')?;
        }
        let own = self.elements.get(first..)?;
        let count = c_int::try_from(own.len()).ok()?;
        // SAFETY: `own` holds `count` values of this context, which the array takes over; they are forgotten below.
        let array = valid(unsafe { q::JS_NewArrayFrom(self.ctx, count, own.as_ptr()) })?;
        self.elements.truncate(first);
        Some(array)
    }

    /// The bytes between quotes when none is escaped, and whether it is so. Ends behind the closing quote.
    fn quoted(&mut self) -> Option<(&'t [u8], bool)> {
        let rest = self.rest().get(1..)?;
        let is_special = |byte: &u8| matches!(*byte, b'"' | b'\\' | 0..0x20);
        let mut end = rest.iter().position(is_special)?;
        let is_plain = rest.get(end) == Some(&b'"');
        while *rest.get(end)? != b'"' {
            // The byte behind a backslash is no end, whatever it is. A control character is for the engine to refuse.
            end += if rest.get(end) == Some(&b'\\') { 2 } else { 1 };
            end += rest.get(end..)?.iter().position(is_special)?;
        }
        self.at += end + 2;
        Some((rest.get(..end)?, is_plain))
    }

    fn string(&mut self) -> Option<q::JSValue> {
        let start = self.at;
        let (text, is_plain) = self.quoted()?;
        if is_plain {
            // SAFETY: copies `text.len()` bytes, which are UTF-8: quotes are no part of a longer character.
            return valid(unsafe { q::JS_NewStringLen(self.ctx, text.as_ptr().cast(), narrow(text.len())) });
        }
        let mut own = self.text.as_bytes().get(start..self.at)?.to_vec();
        own.push(0);
        // SAFETY: the parser reads up to the NUL that was put behind the bytes.
        valid(unsafe { q::JS_ParseJSON(self.ctx, own.as_ptr().cast(), narrow(own.len() - 1), c"input".as_ptr()) })
    }

    /// The atom of a key. It is kept until the realm is renewed.
    fn key(&mut self) -> Option<q::JSAtom> {
        let start = self.at;
        let (name, is_plain) = self.quoted()?;
        if !is_plain {
            self.at = start;
            let name = self.string()?;
            // SAFETY: the string is of this context.
            return some(unsafe { q::JS_ValueToAtom(self.ctx, name) });
        }
        let ends = [name.first(), name.last()].map(|byte| usize::from(byte.copied().unwrap_or(0)));
        let place = self.keys.get_mut((name.len() ^ (ends[0] << 2) ^ (ends[1] << 1)) % KEYS)?;
        if place.1 == q::JS_ATOM_NULL || place.0 != name {
            // SAFETY: copies `name.len()` bytes.
            let atom = some(unsafe { q::JS_NewAtomLen(self.ctx, name.as_ptr().cast(), narrow(name.len())) })?;
            *place = (name, atom);
        }
        Some(place.1)
    }

    fn number(&mut self) -> Option<q::JSValue> {
        let rest = self.rest();
        let is_part = |byte: &u8| matches!(*byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        let (start, number) = (self.at, rest.get(..length)?);
        self.at += length;
        let digits = number.strip_prefix(b"-").unwrap_or(number);
        let is_whole = digits.iter().all(u8::is_ascii_digit) && digits.len() <= EXACT_DIGITS;
        if !is_whole || number == b"-0" || !matches!(digits, [b'1'..=b'9', ..] | [b'0']) {
            // SAFETY: the parser stops behind the number, where the NUL is that was put there.
            let own = [self.text.as_bytes().get(start..self.at)?, &[0]].concat();
            return valid(unsafe { q::JS_ParseJSON(self.ctx, own.as_ptr().cast(), narrow(length), c"input".as_ptr()) });
        }
        let whole = digits.iter().fold(0, |sum: i64, digit| sum * 10 + i64::from(digit - b'0'));
        let whole = if digits.len() < length { -whole } else { whole };
        // Fifteen digits are exact in a double.
        #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
        Some(i32::try_from(whole).map_or(q::JS_NewFloat64(whole as f64), |small| q::JS_MKVAL(q::JS_TAG_INT, small)))
    }
}

/// A value, unless it is the exception marker.
fn valid(value: q::JSValue) -> Option<q::JSValue> {
    // SAFETY: reads a tag.
    (!unsafe { q::JS_IsException(value) }).then_some(value)
}

fn some(atom: q::JSAtom) -> Option<q::JSAtom> {
    (atom != q::JS_ATOM_NULL).then_some(atom)
}

#[cfg(test)]
mod tests {
    use super::super::realm::{Hook, Realm};
    use super::*;
    use crate::limits::Limits;
    use proptest::prelude::*;
    use std::cell::RefCell;

    /// What a script would write of the input, read here and read by the engine.
    fn both(realm: &mut Realm, json: &str) -> [Option<String>; 2] {
        [read, by_the_engine].map(|parse: fn(&Session<'_>, &[u8]) -> Option<q::JSValue>| {
            let session = realm.renew(&Limits::default());
            let value = Value::new(parse(&session, json.as_bytes())?);
            let written = session.call(session.hook(Hook::Finish), &[value, Value::number(1 << 20)]).ok()?;
            session.string(written)
        })
    }

    fn read(session: &Session<'_>, json: &[u8]) -> Option<q::JSValue> {
        super::read(session, json, &mut Outline::default()).map(Value::raw)
    }

    fn by_the_engine(session: &Session<'_>, json: &[u8]) -> Option<q::JSValue> {
        session.parse_by_engine(&[json, &[0]].concat()).map(Value::raw)
    }

    #[test]
    fn an_input_is_what_the_engine_would_read() {
        let mut realm = Realm::new().unwrap();
        for json in [
            "{}",
            " { \"a\" : [ 1 , 2 ] ,\r\n\t\"b\" : { } } ",
            r#"{"a":0,"b":-1,"c":2147483647,"d":2147483648,"e":-2147483648,"f":999999999999999,"g":1798761600000}"#,
            r#"{"a":-0,"b":1.5,"c":1e3,"d":-2.5E-3,"e":12345678901234567890,"f":1e999}"#,
            r#"{"a":"","b":"é ü 日本 😀","c":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00","\u0061\n":"x\\"}"#,
            r#"{"a":1,"a":2,"1":"x","0":"y","-1":"z","__proto__":{"a":1},"constructor":null,"":true}"#,
            r#"{"a":[[],[[]],[{}],{"b":[1,"2",false,null]}],"toJSON":1,"then":2}"#,
            r#"{"ab":1,"cb":2,"ab":3,"aab":4,"axb":5,"ayb":6,"axb":7}"#,
        ] {
            let [here, engine] = both(&mut realm, json);
            assert!(here.is_some(), "{json}");
            assert_eq!(here, engine, "{json}");
        }
    }

    #[test]
    fn what_is_no_object_is_not_read() {
        let mut realm = Realm::new().unwrap();
        let deep = format!("{}1{}", r#"{"a":"#.repeat(100), "}".repeat(100));
        for json in [
            "",
            " ",
            "[]",
            "1",
            "null",
            "{",
            "{}{}",
            "{} x",
            "{a:1}",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r#"{"a":1"#,
            r#"{"a":[1,]}"#,
            r#"{"a":[1"#,
            r#"{"a":01}"#,
            r#"{"a":+1}"#,
            r#"{"a":-}"#,
            r#"{"a":1.}"#,
            r#"{"a":.5}"#,
            r#"{"a":1e}"#,
            r#"{"a":tru}"#,
            r#"{"a":nulll}"#,
            r#"{"a":"x}"#,
            r#"{"a":"\x"}"#,
            "{\"a\":\"\u{1}\"}",
            "{\"a\":\"\\n\u{1}\"}",
            r#"{"a":"\"#,
            "{,}",
            r#"{"a" 1}"#,
            r#"{"a":1 "b":2}"#,
            &deep,
        ] {
            let session = realm.renew(&Limits::default());
            assert!(read(&session, json.as_bytes()).is_none(), "{json}");
        }
        let session = realm.renew(&Limits::default());
        assert!(read(&session, b"{\"a\":\"\xff\"}").is_none());
    }

    fn document() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<i32>().prop_map(Into::into),
            any::<f64>().prop_map(Into::into),
            ".*".prop_map(Into::into),
        ];
        leaf.prop_recursive(5, 60, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Into::into),
                prop::collection::hash_map("[a-c]{0,3}|.*", inner, 0..8)
                    .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
            ]
        })
    }

    #[test]
    fn any_document_is_what_the_engine_would_read() {
        let realm = RefCell::new(Realm::new().unwrap());
        proptest!(|(value in document())| {
            let [here, engine] = both(&mut realm.borrow_mut(), &serde_json::json!({ "a": value }).to_string());
            prop_assert!(here.is_some());
            prop_assert_eq!(here, engine);
        });
    }
}
