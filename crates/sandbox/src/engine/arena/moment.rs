//! A later moment of the heap than its snapshot, as what differs.

use super::{Arena, Snapshot};
use std::ptr;

/// Bytes that are compared, and kept, together.
const LINE: usize = 64;

/// What differs, by where it is.
pub(in super::super) struct Moment(Vec<(usize, Box<[u8]>)>);

impl Arena {
    /// This moment. `snapshot` is what was restored last.
    pub(in super::super) fn moment(&mut self, snapshot: &Snapshot) -> Moment {
        self.forget_behind();
        let used = self.used();
        // SAFETY: as in `snapshot`: the used part is initialized, and nobody allocates while the slice lives.
        let now = unsafe { std::slice::from_raw_parts(self.base, used) };
        let mut pieces: Vec<(usize, Vec<u8>)> = Vec::new();
        for (line, start) in now.chunks(LINE).zip((0..).step_by(LINE)) {
            if snapshot.0.get(start..start + line.len()) == Some(line) {
                continue;
            }
            match pieces.last_mut().filter(|(first, bytes)| first + bytes.len() == start) {
                Some((_, bytes)) => bytes.extend_from_slice(line),
                None => pieces.push((start, line.to_vec())),
            }
        }
        Moment(pieces.into_iter().map(|(start, bytes)| (start, bytes.into())).collect())
    }

    /// Goes on to `moment` from the snapshot that it was taken after, which was just restored.
    pub(in super::super) fn advance(&mut self, moment: &Moment) {
        for (start, bytes) in &moment.0 {
            // SAFETY: a piece was copied out of this mapping, and is memory of its own. Pointers in it are good: a
            // heap does not move.
            unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), self.base.add(*start), bytes.len()) };
        }
    }
}
