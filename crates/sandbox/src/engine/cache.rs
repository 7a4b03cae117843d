//! The scripts that a worker keeps compiled, least recently used first out.
//!
//! Both ends of the channel keep one of these and feed it the same sequence of keys, so the server knows without asking
//! whether the worker still holds a script.

/// Scripts per worker. A tenant has a handful.
const CAPACITY: usize = 16;

#[derive(Debug)]
pub(crate) struct Cache<T> {
    /// Most recently used last.
    entries: Vec<([u8; 32], T)>,
}

impl<T> Cache<T> {
    pub(crate) fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// The entry, which becomes the most recently used one.
    pub(crate) fn touch(&mut self, key: &[u8; 32]) -> Option<&mut T> {
        let place = self.entries.iter().rposition(|(known, _)| known == key)?;
        if place + 1 < self.entries.len() {
            let entry = self.entries.remove(place);
            self.entries.push(entry);
        }
        self.entries.last_mut().map(|(_, value)| value)
    }

    /// Adds or replaces an entry, and forgets the least recently used one when there are too many.
    pub(crate) fn insert(&mut self, key: [u8; 32], value: T) -> Option<&T> {
        self.entries.retain(|(known, _)| *known != key);
        if self.entries.len() >= CAPACITY {
            self.entries.remove(0);
        }
        self.entries.push((key, value));
        self.entries.last().map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_recently_used_entry_goes_first() {
        let mut cache = Cache::new();
        for key in 0..16 {
            cache.insert([key; 32], key);
        }
        assert_eq!(cache.touch(&[0; 32]), Some(&mut 0));
        cache.insert([16; 32], 16);

        assert_eq!(cache.touch(&[1; 32]), None, "the oldest untouched entry made room");
        assert_eq!(cache.touch(&[0; 32]), Some(&mut 0));
        assert_eq!(cache.touch(&[16; 32]), Some(&mut 16));
    }
}
