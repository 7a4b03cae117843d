//! What the allocator keeps for itself, and what it gives back to the operating system.

/// Blocks of at least as many bytes are mapped apart, and unmapped when they are freed.
#[cfg(target_env = "gnu")]
const LARGE: i32 = 4 * 1024 * 1024;

/// Makes the allocator give large blocks back when they are freed. Left alone it learns to keep what was freed once: each
/// thread that ever hashed a password would hold on to two or three times the 19 MB that one hash takes.
#[cfg(target_env = "gnu")]
#[expect(unsafe_code, reason = "the allocator's own function, and no safe one does this")]
pub(crate) fn keep_no_large_blocks() {
    // SAFETY: `mallopt` takes two numbers, and may be called at any time and from any thread (mallopt(3)).
    unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE) };
}

/// Gives what is free back to the operating system. Building the routes builds and drops the whole OpenAPI document, twice;
/// the allocator would keep those ten megabytes for as long as the program runs.
#[cfg(target_env = "gnu")]
#[expect(unsafe_code, reason = "the allocator's own function, and no safe one does this")]
pub(crate) fn give_back() {
    // SAFETY: `malloc_trim` takes no pointer, may be called at any time and from any thread (malloc_trim(3)).
    unsafe { libc::malloc_trim(0) };
}

/// Other C libraries have no such setting.
#[cfg(not(target_env = "gnu"))]
pub(crate) fn keep_no_large_blocks() {}

/// Other C libraries have no such function.
#[cfg(not(target_env = "gnu"))]
pub(crate) fn give_back() {}
