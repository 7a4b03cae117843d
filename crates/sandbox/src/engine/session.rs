//! Operations on the values of one realm, between two renewals.
//!
//! A [`Value`] borrows its session, and a session borrows its realm exclusively, so the compiler rules out a value that
//! outlives the memory it points into. Values are not freed one by one: the next renewal takes everything back.

#![expect(unsafe_code, reason = "the border to C; each use is argued below")]

use super::arena::narrow;
use super::call::text_of;
use super::input::{self, Outline};
use super::realm::{Debug, Hook, Realm};
use rquickjs_sys as q;
use std::ffi::{CStr, c_int};
use std::marker::PhantomData;
use std::{ptr, slice};

pub(super) struct Session<'r> {
    realm: &'r Realm,
}

/// A value of the current realm.
#[derive(Clone, Copy)]
pub(super) struct Value<'r>(q::JSValue, PhantomData<&'r Realm>);

/// What a script threw.
#[derive(Clone, Copy)]
pub(super) struct Thrown<'r>(pub(super) Value<'r>);

pub(super) enum Promise<'r> {
    NotOne,
    Pending,
    Fulfilled(Value<'r>),
    Rejected(Thrown<'r>),
}

pub(super) enum Job {
    Done,
    /// What it threw was caught by no promise.
    Threw,
    NoneLeft,
}

impl Value<'_> {
    pub(super) fn new(value: q::JSValue) -> Self {
        Self(value, PhantomData)
    }

    pub(super) fn number(number: u32) -> Self {
        Self::new(q::JS_NewFloat64(f64::from(number)))
    }

    pub(super) fn raw(self) -> q::JSValue {
        self.0
    }

    pub(super) fn is_object(self) -> bool {
        // SAFETY: reads a tag.
        unsafe { q::JS_IsObject(self.0) }
    }
}

impl<'r> Session<'r> {
    pub(super) fn new(realm: &'r Realm) -> Self {
        Self { realm }
    }

    pub(super) fn ctx(&self) -> *mut q::JSContext {
        self.realm.ctx()
    }

    pub(super) fn ran_out(&self) -> bool {
        self.realm.ran_out()
    }

    pub(super) fn hook(&self, hook: Hook) -> Value<'r> {
        Value::new(self.realm.hook(hook))
    }

    /// The value, or what was thrown when it is the exception marker.
    fn checked(&self, value: q::JSValue) -> Result<Value<'r>, Thrown<'r>> {
        // SAFETY: reads a tag; the pending exception belongs to this context.
        unsafe {
            if q::JS_IsException(value) {
                Err(Thrown(Value::new(q::JS_GetException(self.ctx()))))
            } else {
                Ok(Value::new(value))
            }
        }
    }

    /// Source to bytecode. The error is `None` when the bytecode could not be written.
    pub(super) fn compile(&self, source: &str, name: &CStr, debug: Debug) -> Result<Vec<u8>, Option<Thrown<'r>>> {
        let mut text = Vec::with_capacity(source.len() + 1);
        text.extend_from_slice(source.as_bytes());
        text.push(0);
        let flags = q::JS_EVAL_TYPE_GLOBAL | q::JS_EVAL_FLAG_COMPILE_ONLY;
        let strip = if debug == Debug::Strip { q::JS_WRITE_OBJ_STRIP_DEBUG } else { 0 };
        let write = q::JS_WRITE_OBJ_BYTECODE | q::JS_WRITE_OBJ_STRIP_SOURCE | strip;
        // SAFETY: the text ends with the NUL that the parser wants behind `source.len()` bytes. The written bytes are
        // copied before anything else can free them.
        unsafe {
            let (start, length) = (text.as_ptr().cast(), narrow(source.len()));
            let code = self.checked(q::JS_Eval(self.ctx(), start, length, name.as_ptr(), flags.cast_signed()));
            let code = code.map_err(Some)?;
            let mut length: q::size_t = 0;
            let bytes = q::JS_WriteObject(self.ctx(), &raw mut length, code.0, write.cast_signed());
            if bytes.is_null() {
                return Err(None);
            }
            Ok(slice::from_raw_parts(bytes, usize::try_from(length).map_err(|_| None)?).to_vec())
        }
    }

    /// A compiled script as a function of the realm.
    ///
    /// `code` must come from `compile` of this process: the engine trusts bytecode like machine code.
    pub(super) fn read(&self, code: &[u8]) -> Result<Value<'r>, Thrown<'r>> {
        let flags = q::JS_READ_OBJ_BYTECODE.cast_signed();
        // SAFETY: the bytes were written by `compile` in this process and never left it.
        self.checked(unsafe { q::JS_ReadObject(self.ctx(), code.as_ptr(), narrow(code.len()), flags) })
    }

    /// Runs a script that was read at top level, once; its completion value.
    pub(super) fn evaluate(&self, script: Value<'r>) -> Result<Value<'r>, Thrown<'r>> {
        // SAFETY: the script is of this realm. Evaluation takes ownership of it, and nobody uses it again before the
        // realm is renewed.
        self.checked(unsafe { q::JS_EvalFunction(self.ctx(), script.0) })
    }

    pub(super) fn call(&self, function: Value<'r>, arguments: &[Value<'r>]) -> Result<Value<'r>, Thrown<'r>> {
        let mut raw = [q::JS_UNDEFINED; 3];
        for (place, argument) in raw.iter_mut().zip(arguments) {
            *place = argument.0;
        }
        let count = c_int::try_from(arguments.len().min(raw.len())).unwrap_or(0);
        // SAFETY: all values are of this realm, and `raw` holds at least `count` of them.
        self.checked(unsafe { q::JS_Call(self.ctx(), function.0, q::JS_UNDEFINED, count, raw.as_mut_ptr()) })
    }

    /// Parses JSON. Keys such as `__proto__` become ordinary own members. `json` must be followed by a NUL.
    pub(super) fn parse(&self, json_with_nul: &[u8], outline: &mut Outline) -> Option<Value<'r>> {
        let (_, json) = json_with_nul.split_last()?;
        input::read(self, json, outline).or_else(|| {
            let _odd = self.checked(q::JS_EXCEPTION);
            self.parse_by_engine(json_with_nul)
        })
    }

    /// The same for whatever JSON there is.
    pub(super) fn parse_by_engine(&self, json_with_nul: &[u8]) -> Option<Value<'r>> {
        let (0, json) = json_with_nul.split_last().map(|(nul, json)| (*nul, json))? else { return None };
        // SAFETY: the parser reads `json.len()` bytes and the NUL behind them, which are one slice.
        let parsed =
            unsafe { q::JS_ParseJSON(self.ctx(), json.as_ptr().cast(), narrow(json.len()), c"input".as_ptr()) };
        self.checked(parsed).ok().filter(|value| value.is_object())
    }

    /// Defines an own member, whatever setters the script has put on prototypes.
    pub(super) fn define(&self, object: Value<'r>, name: &CStr, value: Value<'r>) {
        let flags = q::JS_PROP_C_W_E.cast_signed();
        // SAFETY: both values are of this realm. The definition takes one reference of `value`, so one is added.
        unsafe {
            let value = q::JS_DupValue(self.ctx(), value.0);
            q::JS_DefinePropertyValueStr(self.ctx(), object.0, name.as_ptr(), value, flags);
        }
    }

    /// An element of an array of the prelude.
    pub(super) fn member(&self, list: Value<'r>, index: u32) -> Value<'r> {
        // SAFETY: `list` is of this realm.
        Value::new(unsafe { q::JS_GetPropertyUint32(self.ctx(), list.0, index) })
    }

    /// Runs the next job of the promise queue.
    pub(super) fn run_job(&self) -> Job {
        let mut ctx = ptr::null_mut();
        // SAFETY: the runtime is alive; `ctx` is where it says which context ran.
        match unsafe { q::JS_ExecutePendingJob(self.realm.rt(), &raw mut ctx) } {
            0 => Job::NoneLeft,
            1.. => Job::Done,
            _ => {
                // Takes the exception out of the context, so that it is not found by the next call.
                let _uncaught = self.checked(q::JS_EXCEPTION);
                Job::Threw
            }
        }
    }

    pub(super) fn promise(&self, value: Value<'r>) -> Promise<'r> {
        // SAFETY: both functions look at the value's class first and run no script code.
        unsafe {
            let result = || Value::new(q::JS_PromiseResult(self.ctx(), value.0));
            match q::JS_PromiseState(self.ctx(), value.0) {
                q::JSPromiseStateEnum_JS_PROMISE_PENDING => Promise::Pending,
                q::JSPromiseStateEnum_JS_PROMISE_FULFILLED => Promise::Fulfilled(result()),
                q::JSPromiseStateEnum_JS_PROMISE_REJECTED => Promise::Rejected(Thrown(result())),
                _ => Promise::NotOne,
            }
        }
    }

    pub(super) fn is_function(&self, value: Value<'r>) -> bool {
        // SAFETY: looks at the value's class.
        unsafe { q::JS_IsFunction(self.ctx(), value.0) }
    }

    /// The text of a string. Never runs script code.
    pub(super) fn string(&self, value: Value<'r>) -> Option<String> {
        // SAFETY: context and value are alive as long as the session.
        unsafe { text_of(self.ctx(), value.0) }.map(|text| text.to_owned())
    }

    pub(super) fn number(&self, value: Value<'r>) -> Option<f64> {
        let mut number = 0.0;
        // SAFETY: converting a number runs no script code.
        unsafe {
            (q::JS_IsNumber(value.0) && q::JS_ToFloat64(self.ctx(), &raw mut number, value.0) == 0).then_some(number)
        }
    }

    pub(super) fn new_text(&self, text: &str) -> Result<Value<'r>, Thrown<'r>> {
        // SAFETY: copies `text.len()` bytes.
        self.checked(unsafe { q::JS_NewStringLen(self.ctx(), text.as_ptr().cast(), narrow(text.len())) })
    }

    pub(super) fn new_bytes(&self, bytes: &[u8]) -> Result<Value<'r>, Thrown<'r>> {
        // SAFETY: copies `bytes.len()` bytes.
        self.checked(unsafe { q::JS_NewUint8ArrayCopy(self.ctx(), bytes.as_ptr(), narrow(bytes.len())) })
    }
}
