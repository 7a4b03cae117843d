//! How native functions see a call from JavaScript: arguments in, one value out, no pointers.

#![expect(unsafe_code, reason = "the border to C; each use is argued below")]

use super::arena::narrow;
use rquickjs_sys::{
    JS_DupValue, JS_EXCEPTION, JS_EvalFunction, JS_FALSE, JS_FreeCString, JS_GetLength, JS_GetTypedArrayType,
    JS_GetUint8Array, JS_IsArrayBuffer, JS_IsBigInt, JS_IsBool, JS_IsDataView, JS_IsDate, JS_IsError, JS_IsException,
    JS_IsFunction, JS_IsMap, JS_IsNumber, JS_IsObject, JS_IsPromise, JS_IsProxy, JS_IsRegExp, JS_IsSet, JS_IsString,
    JS_IsSymbol, JS_IsUndefined, JS_IsWeakMap, JS_IsWeakRef, JS_IsWeakSet, JS_MKVAL, JS_NewArray, JS_NewError,
    JS_NewFloat64, JS_NewStringLen, JS_NewUint8ArrayCopy, JS_READ_OBJ_BYTECODE, JS_ReadObject, JS_SetPropertyUint32,
    JS_SetUncatchableError, JS_TAG_INT, JS_TRUE, JS_Throw, JS_ThrowRangeError, JS_ThrowTypeError, JS_ToCStringLen,
    JS_ToFloat64, JS_UNDEFINED, JS_VALUE_GET_BOOL, JSContext, JSValue, js_malloc, size_t,
};
use std::borrow::Cow;
use std::ffi::{CStr, CString, c_char, c_int};
use std::ops::Deref;
use std::{slice, str};

/// Objects that JSON would write as `{}`, although they hold something.
const FOREIGN_CLASSES: [unsafe extern "C" fn(JSValue) -> bool; 7] =
    [JS_IsMap, JS_IsSet, JS_IsPromise, JS_IsWeakMap, JS_IsWeakSet, JS_IsWeakRef, JS_IsArrayBuffer];

/// Bytes that a function works through in one call: no clock can stop it, so it must not take long.
const MAX_DATA: usize = 16 << 20;

/// A function that scripts reach through the prelude.
pub(super) type Native = fn(&Call<'_>) -> Answer;

/// What a native function returns to its caller.
pub(super) struct Answer(JSValue);

/// What a value is to JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// With its length in UTF-16 units.
    Text(i64),
    /// JSON has nothing like it, and leaves it out or writes it empty.
    Foreign,
    Other,
}

/// One call: the arguments live until it returns.
pub(super) struct Call<'a> {
    ctx: *mut JSContext,
    arguments: &'a [JSValue],
}

/// Runs `native` for a call that came from C.
///
/// # Safety
/// The first three must be what QuickJS passed to a C function, used during that call.
pub(super) unsafe fn enter(ctx: *mut JSContext, count: c_int, first: *const JSValue, native: Native) -> JSValue {
    let count = usize::try_from(count).unwrap_or(0);
    // SAFETY: QuickJS passes `count` initialized values, which it keeps alive until the function returns.
    let arguments = if count == 0 { &[] } else { unsafe { slice::from_raw_parts(first, count) } };
    native(&Call { ctx, arguments }).0
}

/// A string argument as UTF-8, borrowed from the engine until dropped.
pub(super) struct Text<'a> {
    ctx: *mut JSContext,
    start: *const c_char,
    utf8: Cow<'a, str>,
}

impl Deref for Text<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.utf8
    }
}

impl Drop for Text<'_> {
    fn drop(&mut self) {
        // SAFETY: `start` came from `JS_ToCStringLen` of this context and is freed once; `utf8` is not used after.
        unsafe { JS_FreeCString(self.ctx, self.start) };
    }
}

/// Borrows `value` as UTF-8 if it is a string. Lone surrogates become U+FFFD.
///
/// # Safety
/// `ctx` and `value` belong to a living context and stay alive for `'a`.
pub(super) unsafe fn text_of<'a>(ctx: *mut JSContext, value: JSValue) -> Option<Text<'a>> {
    // SAFETY: on a string the conversion runs no script code. It returns null (out of memory) or a pointer to
    // `length` bytes that stay valid until `JS_FreeCString`, which `Text` calls last.
    unsafe {
        if !JS_IsString(value) {
            return None;
        }
        let mut length = 0usize;
        let start = JS_ToCStringLen(ctx, &raw mut length, value);
        if start.is_null() {
            return None;
        }
        let bytes = slice::from_raw_parts(start.cast::<u8>(), length);
        Some(Text { ctx, start, utf8: String::from_utf8_lossy(bytes) })
    }
}

impl Call<'_> {
    fn argument(&self, index: usize) -> JSValue {
        self.arguments.get(index).copied().unwrap_or(JS_UNDEFINED)
    }

    /// A string argument; `None` when it is something else. Never runs script code.
    pub(super) fn text(&self, index: usize) -> Option<Text<'_>> {
        // SAFETY: the context and the arguments live as long as this call.
        unsafe { text_of(self.ctx, self.argument(index)) }
    }

    /// The bytes of a `Uint8Array` argument. Nothing that could detach or resize it runs while the call lasts.
    pub(super) fn bytes(&self, index: usize) -> Option<&[u8]> {
        let mut length: size_t = 0;
        // SAFETY: the argument is alive; the function returns null for anything but a `Uint8Array`, and else a
        // pointer to `length` bytes that no one moves before script code runs again, which is after this call.
        unsafe {
            let start = JS_GetUint8Array(self.ctx, &raw mut length, self.argument(index));
            if start.is_null() { None } else { Some(slice::from_raw_parts(start, usize::try_from(length).ok()?)) }
        }
    }

    /// The bytes of an argument that is hashed or decoded; `None` also when there are too many.
    pub(super) fn data(&self, index: usize) -> Option<&[u8]> {
        self.bytes(index).filter(|bytes| bytes.len() <= MAX_DATA)
    }

    /// A number argument, 0 when it is none.
    pub(super) fn number(&self, index: usize) -> f64 {
        let (value, mut number) = (self.argument(index), 0.0);
        // SAFETY: the argument is alive, and converting a number runs no script code.
        unsafe {
            if JS_IsNumber(value) {
                JS_ToFloat64(self.ctx, &raw mut number, value);
            }
        }
        number
    }

    /// A whole number within `0..=max`.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=max first")]
    pub(super) fn index(&self, index: usize, max: u32) -> u32 {
        self.number(index).clamp(0.0, f64::from(max)) as u32
    }

    pub(super) fn flag(&self, index: usize) -> bool {
        let value = self.argument(index);
        // SAFETY: reads the tag and, for a boolean, its payload.
        unsafe { JS_IsBool(value) && JS_VALUE_GET_BOOL(value) }
    }

    /// Looks at tags and classes only, so no script code runs.
    pub(super) fn nature(&self, index: usize) -> Nature {
        let value = self.argument(index);
        // SAFETY: the context and the arguments live as long as this call. A string's length is its own, not a property
        // that a script could define.
        unsafe {
            if JS_IsString(value) {
                let mut length = 0;
                JS_GetLength(self.ctx, value, &raw mut length);
                return Nature::Text(length);
            }
            let is_object = JS_IsObject(value);
            let is_foreign = if is_object {
                JS_IsFunction(self.ctx, value) || FOREIGN_CLASSES.iter().any(|is_one| is_one(value))
            } else {
                JS_IsSymbol(value) || JS_IsBigInt(value)
            };
            if is_foreign { Nature::Foreign } else { Nature::Other }
        }
    }

    /// An argument as the answer.
    pub(super) fn same(&self, index: usize) -> Answer {
        // SAFETY: the argument is alive, and the caller gets a reference of its own.
        Answer(unsafe { JS_DupValue(self.ctx, self.argument(index)) })
    }

    pub(super) fn is_absent(&self, index: usize) -> bool {
        // SAFETY: reads the tag only.
        unsafe { JS_IsUndefined(self.argument(index)) }
    }

    /// The built-in class of an object, whatever its prototype says. `None` for plain objects and those of the prelude.
    pub(super) fn class(&self, index: usize) -> Option<&'static str> {
        let value = self.argument(index);
        // SAFETY: all of them look at the value's tag and class id only.
        let classes = unsafe {
            [
                ("Date", JS_IsDate(value)),
                ("RegExp", JS_IsRegExp(value)),
                ("Map", JS_IsMap(value)),
                ("Set", JS_IsSet(value)),
                ("ArrayBuffer", JS_IsArrayBuffer(value)),
                ("DataView", JS_IsDataView(value)),
                ("TypedArray", JS_GetTypedArrayType(value) >= 0),
                ("Error", JS_IsError(value)),
                ("Promise", JS_IsPromise(value)),
                ("WeakMap", JS_IsWeakMap(value)),
                ("WeakSet", JS_IsWeakSet(value)),
                ("WeakRef", JS_IsWeakRef(value)),
                ("Proxy", JS_IsProxy(value)),
            ]
        };
        classes.into_iter().find_map(|(name, is)| is.then_some(name))
    }

    #[expect(clippy::unused_self, reason = "keeps the answers in one place")]
    pub(super) fn nothing(&self) -> Answer {
        Answer(JS_UNDEFINED)
    }

    #[expect(clippy::unused_self, reason = "keeps the answers in one place")]
    pub(super) fn yes(&self) -> Answer {
        Answer(JS_TRUE)
    }

    #[expect(clippy::unused_self, reason = "keeps the answers in one place")]
    pub(super) fn truth(&self, truth: bool) -> Answer {
        Answer(if truth { JS_TRUE } else { JS_FALSE })
    }

    #[expect(clippy::unused_self, reason = "keeps the answers in one place")]
    pub(super) fn new_number(&self, number: f64) -> Answer {
        Answer(JS_NewFloat64(number))
    }

    #[expect(clippy::unused_self, reason = "keeps the answers in one place")]
    pub(super) fn new_id(&self, id: u32) -> Answer {
        Answer(i32::try_from(id).map_or_else(|_| JS_NewFloat64(f64::from(id)), |id| JS_MKVAL(JS_TAG_INT, id)))
    }

    pub(super) fn new_text(&self, text: &str) -> Answer {
        // SAFETY: copies `text.len()` bytes; returns an exception when memory is out.
        Answer(unsafe { JS_NewStringLen(self.ctx, text.as_ptr().cast(), narrow(text.len())) })
    }

    pub(super) fn new_bytes(&self, bytes: &[u8]) -> Answer {
        // SAFETY: copies `bytes.len()` bytes; returns an exception when memory is out.
        Answer(unsafe { JS_NewUint8ArrayCopy(self.ctx, bytes.as_ptr(), narrow(bytes.len())) })
    }

    /// An array of strings.
    pub(super) fn new_list<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Answer {
        // SAFETY: a new array belongs to us until returned; setting an index takes ownership of the new string, also
        // when that is an exception value, which then ends in the array's failure.
        unsafe {
            let list = JS_NewArray(self.ctx);
            for (index, text) in (0u32..).zip(texts) {
                if JS_SetPropertyUint32(self.ctx, list, index, self.new_text(text).0) < 0 {
                    return Answer(JS_EXCEPTION);
                }
            }
            Answer(list)
        }
    }

    /// What `intl` refuses is out of the range of its options.
    pub(super) fn range_error(&self, message: &str) -> Answer {
        // The engine cuts at 255 bytes, whatever character that is in.
        let message = message.get(..message.floor_char_boundary(255)).unwrap_or_default();
        let message = CString::new(message).unwrap_or_default();
        // SAFETY: the format is `%s` with one C string, which the engine copies.
        Answer(unsafe { JS_ThrowRangeError(self.ctx, c"%s".as_ptr(), message.as_ptr()) })
    }

    /// What a compiled script evaluates to.
    ///
    /// `code` must come from `Session::compile` of this process: the engine trusts bytecode like machine code.
    pub(super) fn evaluate(&self, code: &[u8]) -> Answer {
        let flags = JS_READ_OBJ_BYTECODE.cast_signed();
        // SAFETY: the bytes were written by this process and never left it; evaluation takes ownership of the function.
        unsafe {
            let function = JS_ReadObject(self.ctx, code.as_ptr(), narrow(code.len()), flags);
            Answer(if JS_IsException(function) { JS_EXCEPTION } else { JS_EvalFunction(self.ctx, function) })
        }
    }

    pub(super) fn type_error(&self, message: &'static CStr) -> Answer {
        // SAFETY: the format is `%s` with one C string.
        Answer(unsafe { JS_ThrowTypeError(self.ctx, c"%s".as_ptr(), message.as_ptr()) })
    }

    /// Ends the run as one that used up its memory.
    pub(super) fn out_of_memory(&self) -> Answer {
        // SAFETY: asks for more than any arena has. It is refused and remembered there, and the engine throws.
        unsafe { js_malloc(self.ctx, size_t::MAX / 2) };
        Answer(JS_EXCEPTION)
    }

    /// Throws what no `catch` and no `finally` of the script sees.
    pub(super) fn end_run(&self) -> Answer {
        // SAFETY: a new error object; throwing it takes ownership.
        unsafe {
            let error = JS_NewError(self.ctx);
            JS_SetUncatchableError(self.ctx, error);
            Answer(JS_Throw(self.ctx, error))
        }
    }
}
