//! The keys of earlier items, in little memory: a million of them take about 20 MB.

use std::hash::{DefaultHasher, Hash, Hasher};

/// A key as it is remembered: 96 bits of SipHash-1-3, taken twice over different beginnings.
///
/// Two keys that differ are taken for one with a chance of n² / 2⁹⁷ among n: for a million, less
/// than one in 10¹⁷.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyHash([u32; 3]);

impl KeyHash {
    /// The hash of a key; the same in every process.
    pub fn new(key: &str) -> KeyHash {
        let hash = |start: u8| {
            let mut hasher = DefaultHasher::new();
            start.hash(&mut hasher);
            key.hash(&mut hasher);
            hasher.finish()
        };
        let (one, other) = (hash(0), hash(1));
        KeyHash([one as u32, (one >> 32) as u32, other as u32])
    }

    /// As three words.
    pub fn words(self) -> [u32; 3] {
        self.0
    }

    /// From three words.
    pub fn from_words(words: [u32; 3]) -> KeyHash {
        KeyHash(words)
    }
}

/// What is remembered of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The place of the first item that had it, among all items.
    pub index: usize,
    /// Whether it exists by now.
    pub created: bool,
}

/// The keys of earlier items.
///
/// Tables of open addressing, each grown by itself and by a quarter: what is copied when one grows
/// is a small part of the whole.
#[derive(Debug, Default)]
pub(super) struct EarlierItems {
    parts: Vec<Part>,
}

/// How many tables there are.
const PARTS: usize = 256;

/// A slot holds the hash, and above a bit for `created` the index and one: 0 is free.
type Slot = [u32; 4];

#[derive(Clone, Debug, Default)]
struct Part {
    slots: Vec<Slot>,
    taken: usize,
}

impl EarlierItems {
    pub(super) fn get(&self, key: &str) -> Option<Earlier> {
        let parts = (!self.parts.is_empty()).then_some(&self.parts)?;
        let key = KeyHash::new(key);
        parts[key.0[0] as usize % PARTS].find(key)
    }

    /// Remembers an item; of a key that is there already, what is told last holds.
    pub(super) fn insert(&mut self, key: KeyHash, earlier: Earlier) {
        if self.parts.is_empty() {
            self.parts.resize(PARTS, Part::default());
        }
        self.parts[key.0[0] as usize % PARTS].insert(key, earlier);
    }

    /// Remembers an item unless its key is there; gives what is remembered by then.
    #[cfg(feature = "lines")]
    pub(super) fn entry(&mut self, key: KeyHash, new: Earlier) -> Option<Earlier> {
        if self.parts.is_empty() {
            self.parts.resize(PARTS, Part::default());
        }
        let part = &mut self.parts[key.0[0] as usize % PARTS];
        part.make_room();
        let at = part.place(key);
        let before = part.at(at);
        if before.is_none() {
            part.put(at, key, new);
        }
        before
    }

    pub(super) fn extend(&mut self, items: impl IntoIterator<Item = (String, Earlier)>) {
        items.into_iter().for_each(|(key, earlier)| self.insert(KeyHash::new(&key), earlier));
    }
}

impl Part {
    /// The slot of a key: its own, or the free one where it belongs.
    fn place(&self, key: KeyHash) -> usize {
        let mut at = ((u64::from(key.0[1]) * self.slots.len() as u64) >> 32) as usize;
        loop {
            let [a, b, c, state] = self.slots[at];
            if state == 0 || [a, b, c] == key.0 {
                return at;
            }
            at += 1;
            if at == self.slots.len() {
                at = 0;
            }
        }
    }

    fn find(&self, key: KeyHash) -> Option<Earlier> {
        if self.slots.is_empty() {
            return None;
        }
        self.at(self.place(key))
    }

    fn insert(&mut self, key: KeyHash, earlier: Earlier) {
        self.make_room();
        self.put(self.place(key), key, earlier);
    }

    /// Room for one more. It is never full: a search ends at a free slot.
    fn make_room(&mut self) {
        if (self.taken + 1) * 8 <= self.slots.len() * 7 {
            return;
        }
        let grown = vec![[0; 4]; (self.slots.len() * 5 / 4).max(16)];
        for slot in std::mem::replace(&mut self.slots, grown) {
            let [a, b, c, state] = slot;
            if state != 0 {
                let at = self.place(KeyHash([a, b, c]));
                self.slots[at] = slot;
            }
        }
    }

    fn at(&self, at: usize) -> Option<Earlier> {
        let [.., state] = self.slots[at];
        (state != 0).then(|| Earlier { index: (state >> 1) as usize - 1, created: state & 1 == 1 })
    }

    fn put(&mut self, at: usize, key: KeyHash, Earlier { index, created }: Earlier) {
        self.taken += usize::from(self.slots[at][3] == 0);
        let [a, b, c] = key.0;
        self.slots[at] = [a, b, c, (index as u32 + 1) << 1 | u32::from(created)];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_inserted_is_found_and_nothing_else() {
        let mut items = EarlierItems::default();
        assert_eq!(items.get("0.com"), None);
        for index in 0..50_000 {
            let earlier = Earlier { index, created: index % 3 == 0 };
            items.insert(KeyHash::new(&format!("{index}.com")), earlier);
        }
        for index in 0..50_000 {
            let earlier = Earlier { index, created: index % 3 == 0 };
            assert_eq!(items.get(&format!("{index}.com")), Some(earlier));
            assert_eq!(items.get(&format!("{index}.org")), None);
        }
    }

    #[test]
    fn what_is_told_last_of_a_key_holds() {
        let mut items = EarlierItems::default();
        let [first, last] = [false, true].map(|created| Earlier { index: 0, created });
        items.extend([("a.com".to_owned(), first), ("b.com".to_owned(), first)]);
        items.extend([("a.com".to_owned(), last)]);
        assert_eq!([items.get("a.com"), items.get("b.com")], [Some(last), Some(first)]);
    }
}
