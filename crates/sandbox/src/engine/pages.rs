//! Which pages of the heap runs write to.
//!
//! A run changes a part of the heap only, mostly the same part as the run before. So the pages of a heap that is to be
//! put back begin read-only. The first write to one is a fault, whose handler notes the page and makes it writable, for
//! good: from then on, each renewal copies it back. A page that is not noted is as it was, or the processor would have
//! said so; nothing here relies on what the engine does.
//!
//! The handler is one for the process, so only workers have it, and one heap in them. Where it is missing, whole heaps
//! are copied.

#[cfg(not(target_os = "linux"))]
pub(super) use elsewhere::Pages;
#[cfg(not(target_os = "linux"))]
pub(crate) use elsewhere::prepare;
#[cfg(target_os = "linux")]
pub(super) use linux::Pages;
#[cfg(target_os = "linux")]
pub(crate) use linux::prepare;

#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "signals and page protection are system calls on raw memory; each use is argued below")]
mod linux {
    use std::ffi::{c_int, c_void};
    use std::ops::Range;
    use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, AtomicUsize, Ordering};
    use std::{mem, process, ptr};

    const PAGE: usize = 4096;
    /// A fresh heap has some hundred pages.
    const WORDS: usize = 32;
    const MAX_PAGES: usize = WORDS * 64;

    type Handler = extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void);

    static IS_PREPARED: AtomicBool = AtomicBool::new(false);
    /// The handler before; null when there was none.
    static PREVIOUS: AtomicPtr<c_void> = AtomicPtr::new(ptr::null_mut());
    /// The first byte of the pages that are watched; 0 when none are.
    static BASE: AtomicUsize = AtomicUsize::new(0);
    static LENGTH: AtomicUsize = AtomicUsize::new(0);
    /// The pages that were written to, a bit for each.
    static WRITTEN: [AtomicU64; WORDS] = [const { AtomicU64::new(0) }; WORDS];

    /// Takes over the process's handler for faults. To be called before the jail, which does not allow it any more.
    pub(crate) fn prepare() {
        if IS_PREPARED.swap(true, Ordering::Relaxed) {
            return;
        }
        // SAFETY: all-zero `sigaction`s are valid ones; the handler has the signature that `SA_SIGINFO` asks for and does
        // only what a handler may. It uses the alternate stack that the runtime gave to this thread.
        unsafe {
            let (mut action, mut previous): (libc::sigaction, libc::sigaction) = (mem::zeroed(), mem::zeroed());
            action.sa_sigaction = on_fault as *const () as usize;
            action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
            let is_set = libc::sigaction(libc::SIGSEGV, &raw const action, &raw mut previous) == 0;
            // Before any page is watched, so the handler knows it when it is needed.
            if previous.sa_flags & libc::SA_SIGINFO != 0 {
                PREVIOUS.store(ptr::with_exposed_provenance_mut(previous.sa_sigaction), Ordering::Relaxed);
            }
            IS_PREPARED.store(is_set, Ordering::Relaxed);
        }
    }

    /// Makes a watched page writable; any other fault is the business of the handler before, which ends the process.
    extern "C" fn on_fault(signal: c_int, fault: *mut libc::siginfo_t, context: *mut c_void) {
        // SAFETY: the kernel passes a description of the fault, which has an address.
        let address = unsafe { (*fault).si_addr() }.addr();
        let (base, length) = (BASE.load(Ordering::Relaxed), LENGTH.load(Ordering::Relaxed));
        let offset = address.wrapping_sub(base);
        // A page that is writable already faults for another reason.
        if base != 0 && offset < length && note(offset / PAGE) {
            let page = ptr::without_provenance_mut::<c_void>(address - address % PAGE);
            // SAFETY: the page lies in the watched part of a living mapping, all of which was writable before `watch`.
            if unsafe { libc::mprotect(page, PAGE, libc::PROT_READ | libc::PROT_WRITE) } == 0 {
                return;
            }
        }
        let previous = PREVIOUS.load(Ordering::Relaxed);
        if previous.is_null() {
            process::abort();
        }
        // SAFETY: the address is that of a handler which asked for these three arguments.
        unsafe { mem::transmute::<*mut c_void, Handler>(previous)(signal, fault, context) };
    }

    /// Whether the page was not noted before.
    fn note(page: usize) -> bool {
        let bit = 1 << (page % 64);
        WRITTEN.get(page / 64).is_some_and(|word| word.fetch_or(bit, Ordering::Relaxed) & bit == 0)
    }

    /// The pages of one heap, watched until this is dropped.
    pub(in super::super) struct Pages {
        base: *mut u8,
        length: usize,
    }

    impl Pages {
        /// Watches `length` bytes from `base` on; `None` where that is not possible. The first and the last page stay
        /// writable and count as written to: one holds the state of the heap, the other belongs to it in part.
        ///
        /// # Safety
        /// The bytes must lie in a writable mapping of this process that outlives the result, and begin a page. The
        /// kernel must not be asked to write to them.
        pub(in super::super) unsafe fn watch(base: *mut u8, length: usize) -> Option<Self> {
            let (inner, pages) = (length / PAGE, length.div_ceil(PAGE));
            if !IS_PREPARED.load(Ordering::Relaxed) || inner < 2 || pages > MAX_PAGES {
                return None;
            }
            BASE.compare_exchange(0, base.addr(), Ordering::Relaxed, Ordering::Relaxed).ok()?;
            LENGTH.store(length, Ordering::Relaxed);
            for word in &WRITTEN {
                word.store(0, Ordering::Relaxed);
            }
            note(0);
            note(pages - 1);
            let watched = Self { base, length };
            watched.protect(PAGE..inner * PAGE, libc::PROT_READ).then_some(watched)
        }

        fn protect(&self, bytes: Range<usize>, access: c_int) -> bool {
            // SAFETY: by the contract of `watch`, these are pages of a mapping that nobody else changes.
            unsafe { libc::mprotect(self.base.add(bytes.start).cast(), bytes.len(), access) == 0 }
        }

        /// The bytes that may have changed since `watch`, in order.
        pub(in super::super) fn written(&self) -> impl Iterator<Item = Range<usize>> {
            let pages = self.length.div_ceil(PAGE);
            let is_written = |page: &usize| {
                let word = WRITTEN.get(page / 64).map_or(0, |word| word.load(Ordering::Relaxed));
                word >> (page % 64) & 1 == 1
            };
            let mut page = 0;
            std::iter::from_fn(move || {
                let start = (page..pages).find(is_written)?;
                let end = (start..pages).find(|page| !is_written(page)).unwrap_or(pages);
                page = end;
                Some(start * PAGE..(end * PAGE).min(self.length))
            })
        }
    }

    impl Drop for Pages {
        fn drop(&mut self) {
            self.protect(0..self.length / PAGE * PAGE, libc::PROT_READ | libc::PROT_WRITE);
            BASE.store(0, Ordering::Relaxed);
        }
    }
}

/// Whole heaps are copied.
#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use std::ops::Range;

    pub(crate) fn prepare() {}

    pub(in super::super) enum Pages {}

    impl Pages {
        /// # Safety
        /// None.
        #[expect(unsafe_code, reason = "as on Linux")]
        pub(in super::super) unsafe fn watch(_: *mut u8, _: usize) -> Option<Self> {
            None
        }

        pub(in super::super) fn written(&self) -> impl Iterator<Item = Range<usize>> {
            std::iter::empty()
        }
    }
}
