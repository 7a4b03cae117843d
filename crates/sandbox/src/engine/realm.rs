//! A QuickJS realm that can be renewed: every run starts from the same bytes.
//!
//! `eval` is not part of the realm: the parser is added for the moment of compiling and is gone after the next renewal.

#![expect(unsafe_code, reason = "the border to C; each use is argued below")]

use super::arena::{self, Arena, Moment, Snapshot, narrow};
use super::input::{self, Outline};
use super::natives::{NATIVES, keep_parts};
use super::prelude::{PARTS, PRELUDE};
use super::session::{Session, Value};
use super::state;
use crate::limits::Limits;
use rquickjs_sys as q;
use std::ffi::{c_char, c_int, c_void};
use std::io;
use std::ptr;

/// Memory for the parser and its output; the script's own limit applies when it runs.
const COMPILE_BUDGET: usize = 64 << 20;
/// Garbage is collected after this much growth: a small run ends before the first collection.
const COLLECT_AFTER: usize = 8 << 20;

/// What a realm could not be built for. All of them are defects or a machine without memory.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EngineError {
    #[error("no memory for the script heap")]
    Memory(#[from] io::Error),
    #[error("the engine could not start")]
    Start,
    #[error("the prelude failed")]
    Prelude,
}

pub(super) struct Realm {
    arena: Arena,
    rt: *mut q::JSRuntime,
    ctx: *mut q::JSContext,
    /// What the prelude returned; part of the snapshot, so valid after each renewal.
    hooks: [q::JSValue; Hook::COUNT],
    fresh: Snapshot,
    /// Whether nothing happened since the heap was put back.
    is_fresh: bool,
}

/// A script that was read into the fresh realm, before anything of it ran.
pub(super) struct Read {
    moment: Moment,
    /// Part of the moment, so valid after each return to it.
    script: q::JSValue,
    /// An object of its inputs that was read too.
    part: Option<q::JSValue>,
}

/// Functions and objects of the prelude that the host uses, in the order in which it returns them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Hook {
    Finish = 0,
    Describe,
    Tick,
    Settle,
    Api,
}

impl Hook {
    const COUNT: usize = 5;
}

impl Realm {
    pub(super) fn new() -> Result<Self, EngineError> {
        let mut arena = Arena::new(Limits::MAX_MEMORY_BYTES + COMPILE_BUDGET)?;
        // SAFETY: the arena outlives the runtime, which is never used after it: both are dropped together, and nothing
        // in the runtime needs a destructor because all it owns is arena memory.
        let (rt, ctx) = unsafe { start(&arena) }.ok_or(EngineError::Start)?;
        let bare = arena.snapshot();
        let hooks = [q::JS_UNDEFINED; Hook::COUNT];
        let mut realm = Self { arena, rt, ctx, hooks, fresh: bare, is_fresh: false };

        let mut compile =
            |source| realm.compiler().compile(source, c"prelude", Debug::Strip).map_err(|_| EngineError::Prelude);
        let code = compile(PRELUDE)?;
        keep_parts(PARTS.iter().map(|part| compile(part)).collect::<Result<_, _>>()?);
        let session = realm.renew(&Limits::default());
        let prelude = session.read(&code).and_then(|code| session.evaluate(code)).map_err(|_| EngineError::Prelude)?;
        let list = session.call(prelude, &[session.natives()]).map_err(|_| EngineError::Prelude)?;
        let hooks = [Hook::Finish, Hook::Describe, Hook::Tick, Hook::Settle, Hook::Api]
            .map(|hook| session.member(list, hook as u32).raw());

        realm.hooks = hooks;
        // SAFETY: the runtime is alive and idle.
        unsafe { q::JS_RunGC(realm.rt) };
        realm.fresh = realm.arena.snapshot();
        realm.is_fresh = true;
        realm.arena.watch(&realm.fresh);
        Ok(realm)
    }

    /// A fresh realm. All values of the sessions before are gone.
    pub(super) fn renew(&mut self, limits: &Limits) -> Session<'_> {
        self.reset(None, limits.memory_bytes.min(Limits::MAX_MEMORY_BYTES), limits.stack_bytes);
        Session::new(self)
    }

    /// A fresh realm in which a script was read, the script, and the object that was read with it.
    pub(super) fn renew_with(&mut self, read: &Read, limits: &Limits) -> (Session<'_>, Value<'_>, Option<Value<'_>>) {
        self.reset(Some(&read.moment), limits.memory_bytes.min(Limits::MAX_MEMORY_BYTES), limits.stack_bytes);
        (Session::new(self), Value::new(read.script), read.part.map(Value::new))
    }

    /// Reads a script once for all its runs. `None` when there is not enough memory for it.
    pub(super) fn read(&mut self, code: &[u8]) -> Option<Read> {
        self.reset(None, COMPILE_BUDGET, Limits::default().stack_bytes);
        let script = Session::new(self).read(code).ok()?.raw();
        Some(Read { moment: self.arena.moment(&self.fresh), script, part: None })
    }

    /// Reads an object after a script, once for all inputs that have it in them.
    pub(super) fn read_part(&mut self, read: &Read, json: &[u8]) -> Option<Read> {
        self.reset(Some(&read.moment), COMPILE_BUDGET, Limits::default().stack_bytes);
        let part = input::read(&Session::new(self), json, &mut Outline::default())?.raw();
        Some(Read { moment: self.arena.moment(&self.fresh), script: read.script, part: Some(part) })
    }

    /// Puts the heap back while what a run wrote to is still in the processor's caches, and gives its memory back.
    pub(super) fn rest(&mut self) {
        if !self.is_fresh {
            self.arena.restore(&self.fresh);
            self.is_fresh = true;
        }
    }

    /// Forgets which pages were written to: a compiler writes to more of them than runs do.
    pub(super) fn forget_written(&mut self) {
        self.rest();
        self.arena.watch(&self.fresh);
    }

    fn reset(&mut self, moment: Option<&Moment>, budget: usize, stack: usize) {
        self.rest();
        self.is_fresh = false;
        if let Some(moment) = moment {
            self.arena.advance(moment);
        }
        // A script that was read counts against the memory of its runs.
        self.arena.set_budget(budget.saturating_sub(self.arena.grown_beyond(&self.fresh)));
        let collect_at = self.arena.used().saturating_add(COLLECT_AFTER.min(budget / 4));
        // SAFETY: the snapshot holds an idle runtime at the same address, so it is alive again. The stack limit is
        // below what the jail guarantees to the thread.
        unsafe {
            q::JS_UpdateStackTop(self.rt);
            q::JS_SetMaxStackSize(self.rt, narrow(stack.clamp(64 << 10, Limits::MAX_STACK_BYTES)));
            q::JS_SetGCThreshold(self.rt, narrow(collect_at));
        }
    }

    /// A realm that can compile; nothing of a script may run in it.
    pub(super) fn compiler(&mut self) -> Session<'_> {
        self.reset(None, COMPILE_BUDGET, Limits::default().stack_bytes);
        // SAFETY: the context is alive; this sets one pointer in it, which the next restore takes back.
        unsafe { q::JS_AddIntrinsicEval(self.ctx) };
        Session::new(self)
    }

    pub(super) fn ctx(&self) -> *mut q::JSContext {
        self.ctx
    }

    pub(super) fn rt(&self) -> *mut q::JSRuntime {
        self.rt
    }

    pub(super) fn hook(&self, hook: Hook) -> q::JSValue {
        self.hooks.get(hook as usize).copied().unwrap_or(q::JS_UNDEFINED)
    }

    /// Bytes of the heap that are taken.
    #[cfg(feature = "fuzzing")]
    pub(super) fn used(&self) -> usize {
        self.arena.used()
    }

    /// Whether a request for memory was refused since the last renewal, even if the script caught the exception.
    pub(super) fn ran_out(&self) -> bool {
        // SAFETY: the arena is alive.
        unsafe { arena::ran_out(self.arena.opaque()) }
    }
}

/// Whether bytecode keeps its line numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Debug {
    Keep,
    Strip,
}

/// A runtime and a context with the language, without a parser.
///
/// # Safety
/// `arena` must outlive both.
unsafe fn start(arena: &Arena) -> Option<(*mut q::JSRuntime, *mut q::JSContext)> {
    // SAFETY: the allocation functions and their opaque pointer belong together; null results are checked; the
    // intrinsics are added to a context that nobody uses yet, base objects first.
    unsafe {
        let rt = q::JS_NewRuntime2(&raw const arena::FUNCTIONS, arena.opaque());
        if rt.is_null() {
            return None;
        }
        q::JS_SetInterruptHandler(rt, Some(interrupt), arena.opaque());
        q::JS_SetModuleLoaderFunc(rt, None, Some(refuse_module), ptr::null_mut());
        let ctx = q::JS_NewContextRaw(rt);
        if ctx.is_null() {
            return None;
        }
        let intrinsics = [
            q::JS_AddIntrinsicBaseObjects,
            q::JS_AddIntrinsicDate,
            q::JS_AddIntrinsicRegExp,
            q::JS_AddIntrinsicJSON,
            q::JS_AddIntrinsicProxy,
            q::JS_AddIntrinsicMapSet,
            q::JS_AddIntrinsicTypedArrays,
            q::JS_AddIntrinsicPromise,
            q::JS_AddIntrinsicWeakRef,
            q::JS_AddIntrinsicDOMException,
            q::JS_AddIntrinsicAToB,
        ];
        intrinsics.into_iter().all(|add| add(ctx) == 0).then_some((rt, ctx))
    }
}

/// Called by the engine every few thousand steps: not zero ends the run.
unsafe extern "C" fn interrupt(_: *mut q::JSRuntime, arena: *mut c_void) -> c_int {
    // SAFETY: the runtime was given its own arena's pointer, and lives in it.
    let out_of_memory = unsafe { arena::ran_out(arena) };
    c_int::from(out_of_memory || state::with(state::State::must_stop).unwrap_or(false))
}

unsafe extern "C" fn refuse_module(ctx: *mut q::JSContext, _: *const c_char, _: *mut c_void) -> *mut q::JSModuleDef {
    // SAFETY: called by the engine with a living context; the format has no arguments.
    unsafe { q::JS_ThrowTypeError(ctx, c"import() is not available in scripts".as_ptr()) };
    ptr::null_mut()
}

impl<'r> Session<'r> {
    /// The object with all native functions, for the prelude.
    fn natives(&self) -> Value<'r> {
        let ctx = self.ctx();
        // SAFETY: the context is alive; names and functions are static; the object owns the functions.
        unsafe {
            let object = q::JS_NewObject(ctx);
            for (name, entry) in NATIVES {
                let kind = q::JSCFunctionEnum_JS_CFUNC_generic;
                let function = q::JS_NewCFunction2(ctx, Some(*entry), name.as_ptr(), 0, kind, 0);
                q::JS_SetPropertyStr(ctx, object, name.as_ptr(), function);
            }
            Value::new(object)
        }
    }
}
