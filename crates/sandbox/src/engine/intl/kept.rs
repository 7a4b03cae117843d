//! Formatters that were built, least recently used first out.

use super::Refusal;
use std::rc::Rc;

/// Formatters of one kind. Scripts use a handful; each holds some kilobytes.
const CAPACITY: usize = 16;

pub(super) struct Kept<T> {
    /// Most recently used last.
    entries: Vec<(Box<str>, Rc<T>)>,
}

impl<T> Kept<T> {
    pub(super) const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// The formatter of `specification`, built when it is not there.
    pub(super) fn get(
        &mut self,
        specification: &str,
        build: impl FnOnce() -> Result<T, Refusal>,
    ) -> Result<Rc<T>, Refusal> {
        let entry = match self.entries.iter().rposition(|(known, _)| **known == *specification) {
            Some(place) => self.entries.remove(place),
            None => (specification.into(), Rc::new(build()?)),
        };
        if self.entries.len() >= CAPACITY {
            self.entries.remove(0);
        }
        let formatter = Rc::clone(&entry.1);
        self.entries.push(entry);
        Ok(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formatter_is_built_once_until_it_is_the_oldest_of_too_many() {
        let mut kept = Kept::new();
        let mut built = 0;
        let mut get = |name: &str| {
            let before = built;
            kept.get(name, || {
                built += 1;
                Ok(())
            })
            .unwrap();
            built > before
        };
        for index in 0..CAPACITY {
            assert!(get(&index.to_string()));
        }
        assert!(!get("0"));
        assert!(get("one more"));
        assert!(!get("0"), "it was used lately");
        assert!(get("1"), "it made room");
    }
}
