//! The heap's five functions behind safe ones, for a model that checks them.

use super::{Arena, Snapshot, calloc, free, malloc, narrow, ran_out, realloc, usable_size, wide};
use std::ffi::c_void;
use std::io;

/// An arena. Its blocks belong to it, and those that were taken after a snapshot end with the next restore.
pub struct Heap {
    arena: Arena,
    reserve: usize,
    snapshot: Option<Snapshot>,
}

/// A payload and the bytes that were asked for.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    payload: *mut c_void,
    size: usize,
}

impl Block {
    pub fn address(&self) -> usize {
        self.payload.addr()
    }

    pub fn size(&self) -> usize {
        self.size
    }
}

impl Heap {
    pub fn new(reserve: usize) -> io::Result<Self> {
        Ok(Self { arena: Arena::new(reserve)?, reserve, snapshot: None })
    }

    /// A new block, with zeros in it if asked for.
    pub fn take(&mut self, size: usize, zeroed: bool) -> Option<Block> {
        // SAFETY: the arena is alive, and `&mut self` excludes a second call.
        let payload = unsafe {
            if zeroed {
                calloc(self.arena.opaque(), 1, narrow(size))
            } else {
                malloc(self.arena.opaque(), narrow(size))
            }
        };
        (!payload.is_null()).then_some(Block { payload, size })
    }

    /// Another block with what fits of the bytes of this one, which is gone; or nothing, and this one stays.
    pub fn resize(&mut self, block: Block, size: usize) -> Option<Block> {
        // SAFETY: as in `take`; the caller holds blocks of this arena that are alive.
        let payload = unsafe { realloc(self.arena.opaque(), block.payload, narrow(size)) };
        (!payload.is_null()).then_some(Block { payload, size })
    }

    pub fn give(&mut self, block: Block) {
        // SAFETY: as in `resize`.
        unsafe { free(self.arena.opaque(), block.payload) };
    }

    pub fn usable(&self, block: &Block) -> usize {
        // SAFETY: as in `resize`.
        wide(unsafe { usable_size(block.payload) })
    }

    pub fn bytes(&mut self, block: &Block) -> &mut [u8] {
        // SAFETY: a living block has at least the bytes that were asked for, and the borrow of the heap excludes others.
        unsafe { std::slice::from_raw_parts_mut(block.payload.cast(), block.size) }
    }

    pub fn set_budget(&mut self, bytes: usize) {
        self.arena.set_budget(bytes);
    }

    pub fn used(&self) -> usize {
        self.arena.used()
    }

    pub fn ran_out(&self) -> bool {
        // SAFETY: the arena is alive.
        unsafe { ran_out(self.arena.opaque()) }
    }

    pub fn snapshot(&mut self) {
        self.snapshot = Some(self.arena.snapshot());
    }

    /// Back to the last snapshot, if there is one.
    pub fn restore(&mut self) -> bool {
        self.snapshot.as_ref().map(|snapshot| self.arena.restore(snapshot)).is_some()
    }

    /// Whether nothing but zeros follows the last block.
    pub fn rest_is_zero(&self) -> bool {
        // SAFETY: the mapping has `reserve` bytes, and anonymous pages are initialized.
        let whole = unsafe { std::slice::from_raw_parts(self.arena.opaque().cast::<u8>(), self.reserve) };
        whole.get(self.used()..).is_some_and(|rest| rest.iter().all(|byte| *byte == 0))
    }
}
