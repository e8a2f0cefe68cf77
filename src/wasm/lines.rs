//! Lines of NDJSON at the boundary: see [`crate::lines`] and the three steps of
//! `src/batch/lines.rs`. Words are 32 bits, little-endian.
//!
//! | call | output |
//! |---|---|
//! | `judge_lines` | four words a row: the hash of its key, and 0 if it has none, 1, or 3 if it exists once sent; word 7 of the header is the handle of what was judged |
//! | `remember` | three words an item whose key came before: its row, the index of the first that had it, whether that exists |
//! | `tell_lines`, `check_lines` | what is ready to send; the report; and as what else there is, what was counted |

use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{State, held, hold, with};
use crate::batch::{Earlier, Items, Key, KeyHash, Known, Repeated, Rest};
use crate::lines::{Place, Telling};

/// The report is wanted.
const REPORTED: u32 = 1;

/// Judges the lines in the input buffer, which are items of requests with the other members that
/// follow them there.
#[wasm_bindgen]
pub fn judge_lines(
    handle: u32,
    known: u32,
    length: usize,
    members_length: usize,
    most: usize,
) -> Result<*const u32, JsError> {
    with(|state| {
        let held = held(state, handle)?;
        let batch = held.batch.as_ref().ok_or_else(|| JsError::new("the operation is no batch"))?;
        let (text, members) = state.input[..length + members_length].split_at(length);
        let rest = Rest { members: std::str::from_utf8(members)?, most };
        let known = known_of(&mut state.known, known)?;
        let items = batch.judge_lines(&held.schema, text, &held.options, known, rest);
        let words = items.keys().flat_map(|key| match key {
            None => [0; 4],
            Some(Key { hash, exists }) => {
                let [a, b, c] = hash.words();
                [a, b, c, 1 | u32::from(exists) << 1]
            }
        });
        state.output = words.flat_map(u32::to_le_bytes).collect();
        state.report.clear();
        state.extra.clear();
        let handle = hold(&mut state.items, items);
        Ok(state.point(handle))
    })
}

/// Remembers the keys in the input buffer, as `judge_lines` gives them, in what is known.
#[wasm_bindgen]
pub fn remember(known: u32, length: usize, first: f64) -> Result<*const u32, JsError> {
    with(|state| {
        let keys = words(&state.input[..length]).map(|[a, b, c, flags]| {
            let hash = KeyHash::from_words([a, b, c]);
            (flags != 0).then_some(Key { hash, exists: flags & 2 != 0 })
        });
        let known = known_of(&mut state.known, known)?;
        let repeated = known.remember(keys, first as usize);
        let words = repeated.iter().flat_map(|Repeated { row, earlier }| {
            [*row as u32, earlier.index as u32, u32::from(earlier.created)]
        });
        state.output = words.flat_map(u32::to_le_bytes).collect();
        state.report.clear();
        state.extra.clear();
        Ok(state.point(0))
    })
}

/// Tells of lines that were judged, and gives up their handle. They are in the input buffer again,
/// followed by the other members and by what `remember` gave of them.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments)]
pub fn tell_lines(
    handle: u32,
    known: u32,
    items: u32,
    length: usize,
    members_length: usize,
    repeated_length: usize,
    most: usize,
    row: f64,
    index: f64,
    offset: f64,
    mode: u32,
) -> Result<*const u32, JsError> {
    with(|state| {
        let held = held(state, handle)?;
        let batch = held.batch.as_ref().ok_or_else(|| JsError::new("the operation is no batch"))?;
        let items = state.items.get_mut(items as usize).and_then(Option::take);
        let items: Items =
            items.ok_or_else(|| JsError::new("there are no lines of that handle"))?;
        let (text, rest) =
            state.input[..length + members_length + repeated_length].split_at(length);
        let (members, repeated) = rest.split_at(members_length);
        let rest = Rest { members: std::str::from_utf8(members)?, most };
        let repeated: Vec<_> = words(repeated)
            .map(|[row, index, created]| Repeated {
                row: row as usize,
                earlier: Earlier { index: index as usize, created: created != 0 },
            })
            .collect();
        let known = known_of(&mut state.known, known)?;
        let mut telling = Telling::new(place(row, index, offset), mode & REPORTED != 0);
        let first = index as usize;
        let (schema, options) = (&held.schema, &held.options);
        items.tell(batch, schema, text, options, known, rest, first, &repeated, &mut telling);
        Ok(state.tell_of(telling))
    })
}

/// Checks the lines in the input buffer, which are bodies.
#[wasm_bindgen]
pub fn check_lines(
    handle: u32,
    length: usize,
    row: f64,
    index: f64,
    offset: f64,
    mode: u32,
) -> Result<*const u32, JsError> {
    with(|state| {
        let held = held(state, handle)?;
        let mut telling = Telling::new(place(row, index, offset), mode & REPORTED != 0);
        held.schema.check_lines(&state.input[..length], &held.options, &mut telling);
        Ok(state.tell_of(telling))
    })
}

fn known_of(all: &mut [Option<Known>], handle: u32) -> Result<&mut Known, JsError> {
    let known = all.get_mut(handle as usize).and_then(Option::as_mut);
    known.ok_or_else(|| JsError::new("there is nothing known of that handle"))
}

fn place(row: f64, index: f64, offset: f64) -> Place {
    Place { row: row as u64, index: index as u64, offset: offset as u64 }
}

/// The words of a text, some at a time.
fn words<const N: usize>(bytes: &[u8]) -> impl Iterator<Item = [u32; N]> {
    bytes.chunks_exact(4 * N).map(|bytes| {
        let mut words =
            bytes.chunks_exact(4).map(|word| word.try_into().map_or(0, u32::from_le_bytes));
        std::array::from_fn(|_| words.next().unwrap_or_default())
    })
}

impl State {
    fn tell_of(&mut self, telling: Telling) -> *const u32 {
        self.extra = telling.summary();
        self.output = telling.out;
        self.report = telling.report;
        self.point(0)
    }

    /// Points to what is in the buffers.
    fn point(&mut self, handle: u32) -> *const u32 {
        self.header = [
            1,
            self.output.as_ptr() as u32,
            self.output.len() as u32,
            self.report.as_ptr() as u32,
            self.report.len() as u32,
            self.extra.as_ptr() as u32,
            self.extra.len() as u32,
            handle,
        ];
        self.header.as_ptr()
    }
}
