//! A heap at a fixed address that can be put back to an earlier state with one copy.
//!
//! Everything that QuickJS allocates lives here: runtime, context, atoms, shapes, bytecode. QuickJS-ng keeps no
//! mutable state outside its heap, so copying the first bytes back gives a bit-identical realm. Free lists and the
//! end of the used part are stored in the heap itself ([`Head`]), so they go back too.
//!
//! A block is an 8-byte header (class index in the low byte, payload bytes above) and a payload aligned to 16.

#![expect(unsafe_code, reason = "an allocator is pointers; each use is argued below")]

#[cfg(feature = "fuzzing")]
pub(super) mod fuzzing;
mod moment;

pub(super) use moment::Moment;

use super::pages::Pages;
use super::size_class::{CLASSES, HEADER, SizeClass, UNIT};
use rquickjs_sys::{JSMallocFunctions, size_t};
use std::ffi::c_void;
use std::io;
use std::ops::Range;
use std::ptr;

const PAGE: usize = 4096;
/// Up to here, zeroing by hand is cheaper than giving pages back to the kernel.
const ZERO_BY_HAND: usize = 1 << 20;

/// The state of the heap, at its very start.
#[repr(C)]
struct Head {
    /// Offset of the first byte that no block has taken.
    used: usize,
    /// The largest `used` since the last snapshot.
    high: usize,
    /// `used` may not go beyond this.
    cap: usize,
    /// Whether a request was refused since the last restore.
    refused: bool,
    /// Freed payloads by class, each holding the address of the next.
    free: [*mut u8; CLASSES],
}

pub(super) struct Arena {
    base: *mut u8,
    reserve: usize,
    /// Which pages have to be copied back, when it is known.
    pages: Option<Pages>,
}

/// The bytes of an arena at one moment.
pub(super) struct Snapshot(Box<[u8]>);

impl Arena {
    /// Reserves address space; pages are only taken when touched.
    pub(super) fn new(reserve: usize) -> io::Result<Self> {
        let (access, flags) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANON | NO_RESERVE);
        // SAFETY: a fresh anonymous mapping at an address of the kernel's choice touches no existing memory.
        let base = unsafe { libc::mmap(ptr::null_mut(), reserve, access, flags, -1, 0) };
        if base == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        // The first payload must be 16-aligned, so the first header sits 8 bytes before a multiple of 16.
        let first = size_of::<Head>().next_multiple_of(UNIT) + UNIT - HEADER;
        let head = Head { used: first, high: first, cap: reserve, refused: false, free: [ptr::null_mut(); CLASSES] };
        // SAFETY: the mapping is page-aligned, writable, larger than a `Head`, and nobody else knows it yet.
        unsafe { base.cast::<Head>().write(head) };
        Ok(Self { base: base.cast(), reserve, pages: None })
    }

    /// The pointer that the allocation functions take; also identifies the arena to [`ran_out`].
    pub(super) fn opaque(&self) -> *mut c_void {
        self.base.cast()
    }

    fn head(&self) -> *mut Head {
        self.base.cast()
    }

    /// Bytes between the start of the arena and the end of its last block.
    pub(super) fn used(&self) -> usize {
        // SAFETY: `new` wrote a `Head` there, and the mapping lives as long as `self`.
        unsafe { (*self.head()).used }
    }

    /// Bytes that may be allocated from now on, on top of what is in use.
    pub(super) fn set_budget(&mut self, bytes: usize) {
        // SAFETY: as in `used`; `&mut self` and a single-threaded worker exclude other accesses.
        unsafe { (*self.head()).cap = (*self.head()).used.saturating_add(bytes).min(self.reserve) };
    }

    /// Copies the used part. Later restores bring the arena back to this moment.
    pub(super) fn snapshot(&mut self) -> Snapshot {
        self.forget_behind();
        // SAFETY: `used` never exceeds `cap`, which never exceeds the mapping; all its bytes are initialized because
        // anonymous pages start as zeros. The exclusive borrow keeps the allocator out while the slice lives.
        unsafe { Snapshot(std::slice::from_raw_parts(self.base, self.used()).into()) }
    }

    /// What was freed behind the end is no part of a moment, and would be there in the first run only.
    fn forget_behind(&mut self) {
        let used = self.used();
        // SAFETY: as in `used`.
        let high = unsafe { (*self.head()).high }.min(self.reserve);
        self.erase(used, high);
        // SAFETY: as in `set_budget`.
        unsafe { (*self.head()).high = used };
    }

    /// From now on only `snapshot`, which was just taken or restored, is restored, and only what may have changed is copied.
    pub(super) fn watch(&mut self, snapshot: &Snapshot) {
        self.pages = None;
        // SAFETY: the snapshot's bytes begin the mapping, which ends after `pages` is dropped. Natives copy what the
        // kernel gives them, so the kernel never writes to a script's memory.
        self.pages = unsafe { Pages::watch(self.base, snapshot.0.len()) };
    }

    /// Bytes that were taken on top of `snapshot` at most, since the arena was last as it says.
    pub(super) fn grown_beyond(&self, snapshot: &Snapshot) -> usize {
        // SAFETY: as in `used`.
        unsafe { (*self.head()).high }.saturating_sub(snapshot.0.len())
    }

    /// Brings the arena back to `snapshot` and erases everything that was allocated since.
    ///
    /// Every pointer into the arena that was obtained after the snapshot dangles from here on.
    pub(super) fn restore(&mut self, snapshot: &Snapshot) {
        let kept = snapshot.0.len();
        // SAFETY: as in `used`.
        let high = unsafe { (*self.head()).high }.min(self.reserve);
        if high > kept {
            self.erase(kept, high);
        }
        match &self.pages {
            Some(pages) => pages.written().for_each(|bytes| self.copy_back(snapshot, bytes)),
            None => self.copy_back(snapshot, 0..kept),
        }
    }

    fn copy_back(&self, snapshot: &Snapshot, bytes: Range<usize>) {
        let Some(saved) = snapshot.0.get(bytes.clone()) else { return };
        // SAFETY: the bytes of a snapshot fit the mapping because they were copied out of it, it is memory of its own,
        // and those that are read-only are never among them.
        unsafe { ptr::copy_nonoverlapping(saved.as_ptr(), self.base.add(bytes.start), saved.len()) };
    }

    /// Nothing of one run is readable by the next, not even through a bug of the engine.
    fn erase(&mut self, from: usize, to: usize) {
        let pages = if to - from > ZERO_BY_HAND { from.next_multiple_of(PAGE) } else { to };
        // SAFETY: `from..to` lies inside the mapping (`to` was capped by the caller, `pages` is at most `to`), and
        // live data ends at `from`. `madvise` gets a page-aligned start; anonymous pages read as zeros afterwards.
        unsafe {
            ptr::write_bytes(self.base.add(from), 0, pages - from);
            if pages < to {
                let length = (to - pages).next_multiple_of(PAGE).min(self.reserve - pages);
                libc::madvise(self.base.add(pages).cast(), length, ERASE);
            }
        }
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        self.pages = None;
        // SAFETY: the mapping was made in `new` with this size; whoever drops the arena gives up all pointers into it.
        unsafe { libc::munmap(self.base.cast(), self.reserve) };
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
const NO_RESERVE: libc::c_int = libc::MAP_NORESERVE;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const NO_RESERVE: libc::c_int = 0;
/// On Linux this zeroes private anonymous pages at once; elsewhere it is only a hint, and development only.
const ERASE: libc::c_int = libc::MADV_DONTNEED;

/// Whether the arena behind `opaque` has refused a request since its last restore.
///
/// # Safety
/// `opaque` must come from [`Arena::opaque`] of a living arena.
pub(super) unsafe fn ran_out(opaque: *mut c_void) -> bool {
    // SAFETY: by the contract, a `Head` is there.
    unsafe { (*opaque.cast::<Head>()).refused }
}

/// The allocation functions for an engine whose opaque pointer is [`Arena::opaque`].
pub(super) static FUNCTIONS: JSMallocFunctions = JSMallocFunctions {
    js_calloc: Some(calloc),
    js_malloc: Some(malloc),
    js_free: Some(free),
    js_realloc: Some(realloc),
    js_malloc_usable_size: Some(usable_size),
};

// The functions below share one contract, kept by QuickJS: `opaque` is `Arena::opaque` of a living arena, `payload` is
// null or was returned by one of them for the same arena and not freed since, and calls never overlap (one thread).

/// Class index and payload bytes of a block.
///
/// # Safety
/// `payload` is a living block's payload.
unsafe fn header_of(payload: *const u8) -> (usize, usize) {
    // SAFETY: every payload is preceded by its header in the same mapping.
    let header = unsafe { words(payload.sub(HEADER).cast_mut()).read() };
    (header & 0xff, header >> 8)
}

/// # Safety
/// `payload` is the payload of a block of this class.
unsafe fn set_header(payload: *mut u8, class: SizeClass) {
    // SAFETY: as in `header_of`.
    unsafe { words(payload.sub(HEADER)).write(class.index | ((class.bytes - HEADER) << 8)) };
}

/// A header as the word that it is. Payloads are 16-aligned, so their headers are 8-aligned.
const fn words(place: *mut u8) -> *mut usize {
    place.cast()
}

/// Where a freed payload, which is 16-aligned, keeps the next one of its list.
const fn next_of(payload: *mut u8) -> *mut *mut u8 {
    payload.cast()
}

/// # Safety
/// As the shared contract above.
unsafe fn allocate(opaque: *mut c_void, size: usize) -> *mut u8 {
    let head = opaque.cast::<Head>();
    // SAFETY: `head` is valid by the contract. A free list only holds freed payloads of its class, each with room for
    // the next pointer. `used + bytes <= cap` keeps a new block inside the mapping, past every living block.
    unsafe {
        let Some(class) = SizeClass::fitting(size) else {
            (*head).refused = true;
            return ptr::null_mut();
        };
        let list = (&raw mut (*head).free).cast::<*mut u8>().add(class.index);
        let recycled = *list;
        if !recycled.is_null() {
            *list = next_of(recycled).read();
            return recycled;
        }
        if class.bytes > (*head).cap.saturating_sub((*head).used) {
            (*head).refused = true;
            return ptr::null_mut();
        }
        let payload = opaque.cast::<u8>().add((*head).used + HEADER);
        grow(head, (*head).used + class.bytes);
        set_header(payload, class);
        payload
    }
}

/// # Safety
/// `head` is valid and `used` at most its cap.
unsafe fn grow(head: *mut Head, used: usize) {
    // SAFETY: by the contract.
    unsafe {
        (*head).used = used;
        (*head).high = (*head).high.max(used);
    }
}

unsafe extern "C" fn malloc(opaque: *mut c_void, size: size_t) -> *mut c_void {
    // SAFETY: QuickJS keeps the shared contract.
    unsafe { allocate(opaque, wide(size)).cast() }
}

unsafe extern "C" fn calloc(opaque: *mut c_void, count: size_t, size: size_t) -> *mut c_void {
    let total = wide(count).saturating_mul(wide(size));
    // SAFETY: QuickJS keeps the shared contract; the payload holds at least `total` bytes.
    unsafe {
        let payload = allocate(opaque, total);
        if !payload.is_null() {
            ptr::write_bytes(payload, 0, total);
        }
        payload.cast()
    }
}

unsafe extern "C" fn free(opaque: *mut c_void, payload: *mut c_void) {
    if payload.is_null() {
        return;
    }
    let (head, payload) = (opaque.cast::<Head>(), payload.cast::<u8>());
    // SAFETY: QuickJS keeps the shared contract; class indexes in headers come from `SizeClass`, so they are in range.
    unsafe {
        let (class, bytes) = header_of(payload);
        if payload.add(bytes) == opaque.cast::<u8>().add((*head).used) {
            // The newest block: give its space back, so that a growing buffer leaves no trail.
            (*head).used -= bytes + HEADER;
            return;
        }
        let list = (&raw mut (*head).free).cast::<*mut u8>().add(class);
        next_of(payload).write(*list);
        *list = payload;
    }
}

unsafe extern "C" fn realloc(opaque: *mut c_void, payload: *mut c_void, size: size_t) -> *mut c_void {
    // SAFETY: QuickJS keeps the shared contract. In-place growth is bounded by `cap` like a new block, and the copy
    // moves no more than the smaller of the two payloads between two distinct blocks.
    unsafe {
        if payload.is_null() {
            return malloc(opaque, size);
        }
        if size == 0 {
            free(opaque, payload);
            return ptr::null_mut();
        }
        let (have, wanted) = (header_of(payload.cast()).1, wide(size));
        if wanted <= have && wanted >= have / 2 {
            return payload;
        }
        if extend_newest(opaque, payload.cast(), wanted) {
            return payload;
        }
        let moved = malloc(opaque, size);
        if !moved.is_null() {
            ptr::copy_nonoverlapping(payload.cast::<u8>(), moved.cast::<u8>(), have.min(wanted));
            free(opaque, payload);
        }
        moved
    }
}

/// Resizes the block in place when it is the newest one and the arena has room.
///
/// # Safety
/// As the shared contract above, with a payload that is not null.
unsafe fn extend_newest(opaque: *mut c_void, payload: *mut u8, wanted: usize) -> bool {
    let head = opaque.cast::<Head>();
    // SAFETY: the block's header and the head are valid; the offset of a payload in its own arena is positive.
    unsafe {
        let (_, have) = header_of(payload);
        let offset = payload.addr() - opaque.addr();
        let Some(class) = SizeClass::fitting(wanted) else { return false };
        let end = offset - HEADER + class.bytes;
        if offset + have != (*head).used || end > (*head).cap {
            return false;
        }
        grow(head, end);
        set_header(payload, class);
    }
    true
}

unsafe extern "C" fn usable_size(payload: *const c_void) -> size_t {
    if payload.is_null() {
        return 0;
    }
    // SAFETY: QuickJS keeps the shared contract.
    narrow(unsafe { header_of(payload.cast()) }.1)
}

/// `size_t` of the bindings, whose Rust type differs between targets.
#[expect(clippy::cast_possible_truncation, reason = "size_t and usize have the same width on every target")]
const fn wide(size: size_t) -> usize {
    size as usize
}

pub(super) const fn narrow(size: usize) -> size_t {
    size as size_t
}

#[cfg(test)]
mod tests {
    use super::super::pages;
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, Clone)]
    enum Step {
        Take(usize),
        Resize(usize, usize),
        Give(usize),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let size = || prop_oneof![0usize..200, 0usize..5_000, 0usize..300_000];
        prop::collection::vec(
            prop_oneof![
                size().prop_map(Step::Take),
                (any::<usize>(), size()).prop_map(|(which, size)| Step::Resize(which, size)),
                any::<usize>().prop_map(Step::Give),
            ],
            1..120,
        )
    }

    /// Fills a payload with its own mark, or checks that the mark of its first bytes is still there.
    fn check(payload: *mut c_void, size: usize, mark: u8) {
        let bytes = unsafe { std::slice::from_raw_parts(payload.cast::<u8>(), size) };
        assert!(bytes.iter().all(|byte| *byte == mark), "another block wrote over this one");
    }

    fn play(arena: &Arena, steps: &[Step]) {
        let mut blocks: Vec<(*mut c_void, usize, u8)> = Vec::new();
        for (mark, step) in (1..=u8::MAX).cycle().zip(steps) {
            let place = |which: usize, blocks: &Vec<_>| (!blocks.is_empty()).then(|| which % blocks.len());
            let filled = match *step {
                Step::Take(size) => Some((unsafe { malloc(arena.opaque(), narrow(size)) }, size)),
                Step::Resize(which, size) => place(which, &blocks).map(|i| {
                    let (payload, had, mark) = blocks.swap_remove(i);
                    let moved = unsafe { realloc(arena.opaque(), payload, narrow(size.max(1))) };
                    check(moved, had.min(size.max(1)), mark);
                    (moved, size.max(1))
                }),
                Step::Give(which) => {
                    if let Some(i) = place(which, &blocks) {
                        let (payload, size, mark) = blocks.swap_remove(i);
                        check(payload, size, mark);
                        unsafe { free(arena.opaque(), payload) };
                    }
                    None
                }
            };
            if let Some((payload, size)) = filled {
                assert_eq!(payload.addr() % 16, 0);
                assert!(wide(unsafe { usable_size(payload) }) >= size);
                unsafe { ptr::write_bytes(payload.cast::<u8>(), mark, size) };
                blocks.push((payload, size, mark));
            }
        }
        for (payload, size, mark) in blocks {
            check(payload, size, mark);
        }
    }

    proptest! {
        #[test]
        fn blocks_never_overlap_and_keep_their_bytes(before in steps(), after in steps()) {
            let mut arena = Arena::new(256 << 20).unwrap();
            play(&arena, &before);
            let (snapshot, used) = (arena.snapshot(), arena.used());
            for _ in 0..2 {
                play(&arena, &after);
                arena.restore(&snapshot);
                prop_assert_eq!(arena.used(), used);
            }
        }
    }

    #[test]
    fn nothing_of_a_run_is_readable_after_a_restore() {
        for size in [100, 200_000, 5_000_000] {
            let mut arena = Arena::new(16 << 20).unwrap();
            let snapshot = arena.snapshot();
            let payload = unsafe { malloc(arena.opaque(), size) };
            unsafe { ptr::write_bytes(payload.cast::<u8>(), 0xaa, wide(size)) };
            arena.restore(&snapshot);

            let whole = unsafe { std::slice::from_raw_parts(arena.base, arena.reserve) };
            assert!(whole[arena.used()..].iter().all(|byte| *byte == 0));
        }
    }

    #[test]
    fn what_was_written_to_is_put_back_and_the_rest_never_changed() {
        pages::prepare();
        let mut arena = Arena::new(16 << 20).unwrap();
        let blocks: Vec<_> = (0..100).map(|_| unsafe { malloc(arena.opaque(), 3000) }.cast::<u8>()).collect();
        let snapshot = arena.snapshot();
        arena.watch(&snapshot);
        let whole = |arena: &Arena| unsafe { std::slice::from_raw_parts(arena.base, arena.used()) }.to_vec();
        for wrote in [vec![], vec![7, 50], vec![50, 99], vec![0, 1, 2]] {
            for place in wrote {
                unsafe { ptr::write_bytes(blocks[place], 0xaa, 3000) };
            }
            unsafe { free(arena.opaque(), blocks[98].cast()) };
            play(&arena, &[Step::Take(200_000), Step::Take(100)]);
            assert_ne!(whole(&arena), &*snapshot.0);
            arena.restore(&snapshot);
            assert_eq!(whole(&arena), &*snapshot.0);
        }
        // Another test may have come first with its heap.
        if let Some(pages) = &arena.pages {
            let copied: usize = pages.written().map(|bytes| bytes.len()).sum();
            assert!(copied < snapshot.0.len() / 4, "{copied} bytes of {}", snapshot.0.len());
        }
    }

    proptest! {
        #[test]
        fn a_later_moment_comes_back_whole(before in steps(), between in steps(), after in steps()) {
            let mut arena = Arena::new(256 << 20).unwrap();
            play(&arena, &before);
            let snapshot = arena.snapshot();
            arena.restore(&snapshot);
            play(&arena, &between);
            let (moment, whole) = (arena.moment(&snapshot), arena.snapshot().0);
            for _ in 0..2 {
                play(&arena, &after);
                arena.restore(&snapshot);
                arena.advance(&moment);
                prop_assert_eq!(&arena.snapshot().0, &whole);
            }
        }
    }

    #[test]
    fn the_budget_is_the_memory_limit() {
        let mut arena = Arena::new(16 << 20).unwrap();
        arena.set_budget(1000);
        let opaque = arena.opaque();

        assert!(!unsafe { malloc(opaque, 900) }.is_null());
        assert!(!unsafe { ran_out(opaque) });
        assert!(unsafe { malloc(opaque, 200) }.is_null());
        assert!(unsafe { malloc(opaque, size_t::MAX) }.is_null());
        assert!(unsafe { calloc(opaque, size_t::MAX, size_t::MAX) }.is_null());
        assert!(unsafe { ran_out(opaque) });
    }
}
