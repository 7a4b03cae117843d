//! Block sizes of the arena: 16-byte steps up to 1 KiB, then four steps per power of two.

/// The number of classes; the largest block is well above any arena.
pub(super) const CLASSES: usize = 192;
/// Requests above this are refused before any arithmetic is done on them.
pub(super) const MAX_REQUEST: usize = 1 << 40;
/// Bytes per unit, and the alignment of every payload.
pub(super) const UNIT: usize = 16;
/// Bytes in front of a payload that hold its class and size.
pub(super) const HEADER: usize = 8;
/// Classes of one unit step.
const FINE: usize = 64;

/// A class and the bytes that a block of it takes, header included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SizeClass {
    pub(super) index: usize,
    pub(super) bytes: usize,
}

impl SizeClass {
    /// The smallest class whose payload holds `size` bytes; `None` above [`MAX_REQUEST`].
    #[inline]
    pub(super) fn fitting(size: usize) -> Option<Self> {
        if size > MAX_REQUEST {
            return None;
        }
        let units = (size + HEADER).div_ceil(UNIT);
        if units <= FINE {
            return Some(Self { index: units, bytes: units * UNIT });
        }
        let octave = (units - 1).ilog2(); // 2^octave < units <= 2^(octave + 1)
        let step = 1usize << (octave - 2);
        let quarter = (units - 1 - (1usize << octave)) / step;
        let index = FINE + 1 + (octave as usize - 6) * 4 + quarter;
        Some(Self { index, bytes: ((1usize << octave) + (quarter + 1) * step) * UNIT })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn classes_grow_with_the_request_up_to_32_mb() {
        let mut last = SizeClass { index: 0, bytes: 0 };
        for size in (0..1 << 25).step_by(7) {
            let class = SizeClass::fitting(size).unwrap();
            assert!(class.bytes >= size + HEADER, "{size} does not fit {class:?}");
            assert!(class.index >= last.index && class.bytes >= last.bytes, "{size}: {class:?} after {last:?}");
            assert_eq!(class.index == last.index, class.bytes == last.bytes, "{size}: one size per class");
            last = class;
        }
    }

    proptest! {
        #[test]
        fn every_request_fits_its_class_or_is_refused(size in any::<usize>()) {
            match SizeClass::fitting(size) {
                None => prop_assert!(size > MAX_REQUEST),
                Some(class) => {
                    prop_assert!(class.index < CLASSES);
                    prop_assert!(class.bytes >= size + HEADER);
                    prop_assert_eq!(class.bytes % UNIT, 0);
                    prop_assert!(size < 1024 || class.bytes <= size + size / 4 + 2 * UNIT);
                }
            }
        }
    }
}
