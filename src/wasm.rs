//! The boundary to JavaScript: the only file that names wasm-bindgen, js-sys or serde-wasm-bindgen.
//!
//! Calls that are made once a schema take and give ordinary values. Calls that are made once an
//! input read it from one buffer inside of wasm memory, which JavaScript writes to, and give the
//! address of a header that says where the output and the report are.
//!
//! | word of the header | meaning |
//! |---|---|
//! | 0 | flags: 1 ok, 2 the output is the input unchanged, 4 there is no output |
//! | 1, 2 | address and length of the output |
//! | 3, 4 | address and number of the words of the [`crate::record`]; none: there is nothing to tell |
//! | 5, 6 | address and length of its text, in bytes |
//! | 7 | the handle of lines that were judged |

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Error, Object, RegExp};
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen::{JsCast, JsError};

use crate::answer::{Answer, Judged, Output};
use crate::batch::{Batch, Known};
#[cfg(feature = "lines")]
use crate::code;
use crate::document::{Document, Kind, Limits, NodeId, Segment, Source, escape_into, hash};
use crate::formats::{self, Place, Settings, first_nul, place};
use crate::json::write_list;
use crate::openapi::{Api, Field, ParameterPlace, Part};
use crate::options::Options;
use crate::pattern::{Matcher, use_engine};
use crate::record::Record;
use crate::report::Report;
use crate::schema::{Dialect, Schema, SchemaError, read};
#[cfg(not(feature = "tables"))]
use crate::unicode::{Text, use_text};
use crate::url::{Url, use_parser};

/// The host's regular expressions, which matchers refer to by number: a value of JavaScript's
/// cannot be held across threads, a number can.
#[derive(Default)]
struct Patterns(Vec<Option<Compiled>>);

struct Compiled {
    regex: RegExp,
    /// What it said of some short texts, by their hash: many fields have few values, and to ask it
    /// takes a call to JavaScript.
    said: [Said; 16],
}

#[derive(Clone, Copy, Default)]
struct Said {
    /// The text, and zeros after it.
    text: [u8; 16],
    length: u8,
    matches: bool,
}

thread_local! {
    static PATTERNS: RefCell<Patterns> = RefCell::default();
}

struct HostPattern(usize);

impl Matcher for HostPattern {
    fn matches(&self, text: &str) -> bool {
        let mut short = Said { length: text.len() as u8, ..Said::default() };
        let remembered = short.text.get_mut(..text.len()).filter(|_| !text.is_empty());
        let place = remembered.map(|room| {
            room.copy_from_slice(text.as_bytes());
            hash(text.as_bytes()) as usize % 16
        });
        PATTERNS.with_borrow_mut(|patterns| {
            let Some(Some(Compiled { regex, said })) = patterns.0.get_mut(self.0) else {
                return false;
            };
            match place.map(|place| &mut said[place]) {
                None => regex.test(text),
                Some(said) if said.length == short.length && said.text == short.text => {
                    said.matches
                }
                Some(said) => {
                    let matches = regex.test(text);
                    *said = Said { matches, ..short };
                    matches
                }
            }
        })
    }
}

impl Drop for HostPattern {
    fn drop(&mut self) {
        PATTERNS.with_borrow_mut(|patterns| patterns.0[self.0] = None);
    }
}

fn host_pattern(text: &str) -> Result<Box<dyn Matcher>, String> {
    let arguments = Array::of2(&JsValue::from_str(text), &JsValue::from_str("u"));
    let regex = REG_EXP.with(|constructor| construct(constructor, &arguments));
    let regex = regex.map_err(|error| match error.dyn_into::<Error>() {
        Ok(error) => String::from(error.message()),
        Err(_) => "the host refuses it".to_owned(),
    })?;
    PATTERNS.with_borrow_mut(|patterns| {
        let free = patterns.0.iter().position(Option::is_none).unwrap_or(patterns.0.len());
        if free == patterns.0.len() {
            patterns.0.push(None);
        }
        let regex = regex.unwrap_or_default().unchecked_into();
        patterns.0[free] = Some(Compiled { regex, said: Default::default() });
        Ok(Box::new(HostPattern(free)) as Box<dyn Matcher>)
    })
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = RegExp)]
    static REG_EXP: JsValue;

    #[wasm_bindgen(thread_local_v2, js_name = URL)]
    static URL: JsValue;

    /// What `new` gives, or what it throws. An `Option`, though it gives always something: of any
    /// other value that is held by reference, wasm-bindgen makes a place in its table before it sees
    /// that something was thrown, and never gives that place up.
    #[wasm_bindgen(js_namespace = Reflect, catch)]
    fn construct(constructor: &JsValue, arguments: &Array) -> Result<Option<Object>, JsValue>;

    /// A value of the host's `URL`.
    type HostUrl;

    #[wasm_bindgen(method, getter)]
    fn href(this: &HostUrl) -> String;

    #[wasm_bindgen(method, getter)]
    fn hostname(this: &HostUrl) -> String;
}

fn host_url(text: &str) -> Option<Url> {
    let arguments = Array::of1(&JsValue::from_str(text));
    let url: HostUrl =
        URL.with(|constructor| construct(constructor, &arguments)).ok()??.unchecked_into();
    Some(Url { href: url.href(), host: url.hostname() })
}

#[cfg(not(feature = "tables"))]
const HOST_TEXT: Text = Text {
    nfc: |text| js_sys::JsString::from(text).normalize("NFC").into(),
    lower_case: |text| js_sys::JsString::from(text).to_lower_case().into(),
};

/// Runs when the module starts.
#[wasm_bindgen(start)]
pub fn start() {
    use_engine(host_pattern);
    use_parser(host_url);
    #[cfg(not(feature = "tables"))]
    use_text(HOST_TEXT);
}

/// A schema that JavaScript holds, with the options it is used with.
#[derive(Clone)]
struct Held {
    schema: Rc<Schema>,
    batch: Option<Rc<Batch>>,
    options: Rc<Options>,
}

#[derive(Default)]
struct State {
    input: Vec<u8>,
    shape: Vec<u32>,
    output: String,
    record: Record,
    header: [u32; 8],
    places: Vec<u32>,
    names: Vec<u8>,
    held: Vec<Option<Held>>,
    known: Vec<Option<Known>>,
    #[cfg(feature = "lines")]
    lines: lines::Lines,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

fn with<T>(call: impl FnOnce(&mut State) -> T) -> T {
    STATE.with_borrow_mut(call)
}

/// The input was written from a JavaScript value.
const FROM_VALUE: u32 = 1;
/// The input can be sent.
const OK: u32 = 1;
/// The output is the input, unchanged.
const UNCHANGED: u32 = 2;
/// There is no output.
const ABSENT: u32 = 4;

/// Only the report is wanted.
const NO_OUTPUT: u32 = 2;
/// The items of a plan are remembered for the next.
const REMEMBER: u32 = 4;

fn source(mode: u32) -> Source {
    if mode & FROM_VALUE != 0 { Source::Value } else { Source::Text }
}

/// What `compile` is asked for.
struct Select {
    length: usize,
    kind: String,
    annotate: bool,
    documents: Vec<(String, usize, usize)>,
    operation: String,
    part: String,
    /// The media type of a body, the status of a response.
    name: String,
}

impl Select {
    fn read(text: &str) -> Option<Select> {
        let document = Document::read(text.as_bytes(), &Limits::default(), Source::Text).ok()?;
        let text = |name| document.get_str(NodeId::ROOT, name).unwrap_or_default().into_owned();
        let count = |node| document.raw(node).parse().ok();
        let other = |node| {
            let mut parts = document.elements(node);
            let uri = document.as_str(parts.next()?)?.into_owned();
            Some((uri, count(parts.next()?)?, count(parts.next()?)?))
        };
        let documents = document.get(NodeId::ROOT, "documents");
        let documents = documents.into_iter().flat_map(|list| document.elements(list)).map(other);
        Some(Select {
            length: count(document.get(NodeId::ROOT, "length")?)?,
            kind: text("kind"),
            annotate: text("formats") == "annotate",
            documents: documents.collect::<Option<_>>()?,
            operation: text("operation"),
            part: text("part"),
            name: text("name"),
        })
    }
}

/// The address of an input buffer of at least `length` bytes. Content is kept when it grows; the
/// address holds until the next call.
#[wasm_bindgen]
pub fn input(length: usize) -> *mut u8 {
    with(|state| {
        if state.input.len() < length {
            state.input.resize(length, 0);
        } else if state.input.len() > 1 << 20 && length <= 1 << 14 {
            // One huge input must not be paid for ever after.
            state.input.truncate(length);
            state.input.shrink_to_fit();
        }
        state.input.as_mut_ptr()
    })
}

/// Compiles a schema, or a part of an operation, of the document in the input buffer; gives its
/// handle.
#[wasm_bindgen]
pub fn compile(select: &str) -> Result<u32, JsError> {
    let select = Select::read(select)
        .ok_or_else(|| JsError::new("what to compile is not of the form it must be"))?;
    let options = Options::default();
    with(|state| {
        let text = &state.input[..select.length];
        let (schema, batch) = if select.kind == "schema" {
            let document = read(text)?;
            let dialect = Dialect { formats: !select.annotate, ..Dialect::default() };
            let others = select.documents.into_iter().map(|(uri, offset, length)| {
                Ok((uri, read(&state.input[offset..offset + length])?))
            });
            let others = others.collect::<Result<Vec<_>, SchemaError>>()?;
            (Schema::compile(&document, NodeId::ROOT, &others, dialect)?, None)
        } else {
            let api = Api::read(text)?;
            let operation = api.operation(&select.operation)?;
            let name = Some(&*select.name).filter(|name| !name.is_empty());
            let part = match &*select.part {
                "body" => Part::Body(name),
                "response" => Part::Response(name),
                "queryParameters" => Part::Parameters(ParameterPlace::Query),
                "headerParameters" => Part::Parameters(ParameterPlace::Header),
                _ => Part::Parameters(ParameterPlace::Path),
            };
            let batch = match part {
                Part::Body(_) => api.batch(&operation)?,
                _ => None,
            };
            (api.schema(&operation, part)?, batch)
        };
        let options = Rc::new(options);
        let held = Held { schema: Rc::new(schema), batch: batch.map(Rc::new), options };
        Ok(hold(&mut state.held, held))
    })
}

/// A handle of the same schema with other options: those in the input buffer, as JSON text.
#[wasm_bindgen]
pub fn with_options(handle: u32, length: usize) -> Result<u32, JsError> {
    with(|state| {
        let options =
            Options::read(&state.input[..length]).map_err(|message| JsError::new(&message))?;
        let held = Held { options: Rc::new(options), ..held(state, handle)? };
        Ok(hold(&mut state.held, held))
    })
}

/// Gives up a handle.
#[wasm_bindgen]
pub fn release(handle: u32) {
    with(|state| drop(state.held.get_mut(handle as usize).map(Option::take)));
}

/// Reads what the caller knows, from the JSON text in the input buffer; gives its handle.
#[wasm_bindgen]
pub fn known(length: usize) -> Result<u32, JsError> {
    with(|state| {
        let known =
            Known::read(&state.input[..length]).map_err(|message| JsError::new(&message))?;
        Ok(hold(&mut state.known, known))
    })
}

/// Gives up a handle of what is known.
#[wasm_bindgen]
pub fn release_known(handle: u32) {
    with(|state| drop(state.known.get_mut(handle as usize).map(Option::take)));
}

/// Puts a value where one was given up, or at the end. Handle 0 is never given.
fn hold<T>(held: &mut Vec<Option<T>>, value: T) -> u32 {
    if held.is_empty() {
        held.push(None);
    }
    let free = held.iter().skip(1).position(Option::is_none).map(|at| at + 1);
    let at = free.unwrap_or(held.len());
    if at == held.len() {
        held.push(None);
    }
    held[at] = Some(value);
    at as u32
}

fn held(state: &State, handle: u32) -> Result<Held, JsError> {
    let held = state.held.get(handle as usize).and_then(Option::as_ref);
    held.cloned().ok_or_else(|| JsError::new("there is no schema of that handle"))
}

/// Checks the body in the input buffer. Gives no address where there is no such schema.
#[wasm_bindgen]
pub fn check(handle: u32, length: usize, mode: u32) -> *const u32 {
    with(|state| {
        let Some(Some(held)) = state.held.get(handle as usize) else { return std::ptr::null() };
        state.record.clear();
        state.output.clear();
        let flags = match held.schema.judge(&state.input[..length], source(mode), &held.options) {
            Err(report) => {
                state.record.report(&report);
                ABSENT
            }
            Ok(judged) => {
                let flags = record(&judged, &mut state.record);
                if flags == OK && mode & NO_OUTPUT == 0 {
                    judged.write(&mut state.output);
                }
                flags
            }
        };
        state.header(flags)
    })
}

/// The address of a buffer for the shape of a value, of at least so many words; it holds until the
/// next call.
#[wasm_bindgen]
pub fn shape(length: usize) -> *mut u32 {
    with(|state| {
        if state.shape.len() < length {
            state.shape.resize(length, 0);
        }
        state.shape.as_mut_ptr()
    })
}

/// Checks a JavaScript value: the characters of its strings, keys and numbers lie in the input
/// buffer, with room for one byte before and after, and its shape in the buffer for that. Gives no
/// address where the two do not fit, or there is no such schema.
#[wasm_bindgen]
pub fn check_shaped(handle: u32, length: usize, words: usize) -> *const u32 {
    with(|state| {
        let Some(Some(held)) = state.held.get(handle as usize) else { return std::ptr::null() };
        state.record.clear();
        state.output.clear();
        let text = &mut state.input[..length];
        if let [first, .., last] = text {
            (*first, *last) = (b'"', b'"');
        }
        let judged = held.schema.judge_shaped(text, &state.shape[..words], &held.options);
        let Some(judged) = judged else { return std::ptr::null() };
        let flags = record(&judged, &mut state.record);
        state.header(flags)
    })
}

/// Records what is to be told; gives the flags.
fn record(judged: &Judged<'_>, record: &mut Record) -> u32 {
    if !judged.is_silent() {
        judged.record(record);
    }
    match (judged.ok(), judged.unchanged()) {
        (false, _) => ABSENT,
        (true, true) => OK | UNCHANGED,
        (true, false) => OK,
    }
}

/// Checks the field in the input buffer: its path as a JSON array, followed by its value.
#[wasm_bindgen]
pub fn check_field(
    handle: u32,
    path_length: usize,
    length: usize,
    mode: u32,
) -> Result<*const u32, JsError> {
    with(|state| {
        let held = held(state, handle)?;
        let path = path(&state.input[..path_length])?;
        let text = &state.input[path_length..path_length + length];
        let text = (length > 0).then_some(text);
        let answer = held.schema.answer_field(&path, text, source(mode), &held.options);
        Ok(state.tell(answer, mode))
    })
}

fn path(text: &[u8]) -> Result<Vec<Segment>, JsError> {
    let document = Document::read(text, &Limits::default(), Source::Text)
        .map_err(|_| JsError::new("the path is not a JSON array"))?;
    let segment = |node| match document.kind(node) {
        Kind::String => Ok(Segment::Key(document.string(node).into_owned())),
        Kind::Number => match document.raw(node).parse() {
            Ok(index) => Ok(Segment::Index(index)),
            Err(_) => Err(JsError::new("an index of a path is a whole number")),
        },
        _ => Err(JsError::new("a path is made of strings and numbers")),
    };
    document.elements(NodeId::ROOT).map(segment).collect()
}

/// The length of the room for a short text, in bytes.
const ROOM: usize = 256;

thread_local! {
    static SHORT: RefCell<[u8; ROOM]> = const { RefCell::new([0; ROOM]) };
}

/// The address of the room for a short text, which never moves.
#[wasm_bindgen]
pub fn room() -> *mut u8 {
    SHORT.with_borrow_mut(|room| room.as_mut_ptr())
}

/// Cleans a domain: one that fits stands in the room for a short text, a longer one in the input
/// buffer. Gives its place, which is an odd number, or the address of a header, which is an even one.
#[wasm_bindgen]
pub fn clean_domain(length: usize) -> u32 {
    SHORT.with_borrow(|room| match room.get(..length) {
        Some(text) => match place_of(text) {
            Some((packed, _)) => packed,
            None => {
                let answer = answer_domain(text);
                with(|state| state.tell(answer, 0) as u32)
            }
        },
        None => with(|state| {
            let text = &state.input[..length];
            if let Some((packed, _)) = place_of(text) {
                return packed;
            }
            let answer = answer_domain(text);
            state.tell(answer, 0) as u32
        }),
    })
}

/// Cleans the domains in the input buffer, each but the last with a NUL after it.
///
/// Gives the address of words: whether there are as many domains as that, which there are not if one
/// of them holds a NUL itself; address and length of the names that had to be lower-cased, in a row;
/// address and number of the words of a record, address and length of its text; and of each domain
/// its place, or 0 if its result is the next of the record: whether it passes, its value if that is
/// not the text itself, and its report.
#[wasm_bindgen]
pub fn clean_domains(length: usize, count: usize) -> *const u32 {
    const HEAD: usize = 7;
    with(|state| {
        let State { input, names, record, places, .. } = state;
        places.clear();
        places.resize(HEAD + count, 0);
        names.clear();
        record.clear();
        let mut rest = Some(&input[..length]);
        for word in &mut places[HEAD..] {
            let Some(texts) = rest else { break };
            let end = first_nul(texts);
            let text = &texts[..end];
            rest = texts.get(end + 1..);
            if let Some((packed, Place { range, has_upper })) = place_of(text) {
                *word = packed;
                if has_upper {
                    names.extend_from_slice(&text[range]);
                }
            } else {
                let answer = answer_domain(text);
                record.word(u32::from(answer.ok()));
                record.value(match &answer.output {
                    Output::Text(value) => Some(value),
                    _ => None,
                });
                record.report(&answer.report);
            }
        }
        names.make_ascii_lowercase();
        places[..HEAD].copy_from_slice(&[
            u32::from(rest.is_none()),
            names.as_ptr() as u32,
            names.len() as u32,
            record.words.as_ptr() as u32,
            record.words.len() as u32,
            record.text.as_ptr() as u32,
            record.text.len() as u32,
        ]);
        places.as_ptr()
    })
}

/// The place of the domain in a text, packed and as it is. Packed, it is from its lowest bit on a 1,
/// whether there are letters to lower-case, the length in 8 bits, and where it starts; there is none
/// if that is too far.
fn place_of(text: &[u8]) -> Option<(u32, Place)> {
    let place = place(text)?;
    let (start, length) = (place.range.start as u32, place.range.len() as u32);
    let packed = start << 10 | length << 2 | u32::from(place.has_upper) << 1 | 1;
    (start < 1 << 20).then_some((packed, place))
}

fn answer_domain(text: &[u8]) -> Answer {
    formats::DOMAIN.answer(&String::from_utf8_lossy(text), Settings::default())
}

/// Plans the request in the input buffer, with the handle of what is known, or 0. Gives no address
/// where there is no such schema, or it is not one of batches.
#[wasm_bindgen]
pub fn plan(handle: u32, known_handle: u32, length: usize, mode: u32) -> *const u32 {
    with(|state| {
        let Some(Some(held)) = state.held.get(handle as usize) else { return std::ptr::null() };
        let Some(batch) = &held.batch else { return std::ptr::null() };
        state.record.clear();
        state.output.clear();
        let mut nothing = Known::default();
        let known = state.known.get_mut(known_handle as usize).and_then(Option::as_mut);
        let draft = batch.draft(
            &held.schema,
            &state.input[..length],
            source(mode),
            &held.options,
            known.unwrap_or(&mut nothing),
            mode & REMEMBER != 0,
        );
        let flags = match draft {
            Err(report) => {
                state.record.report(&report);
                batch.record_nothing(&mut state.record);
                ABSENT
            }
            Ok(draft) => {
                draft.record(&mut state.record);
                match (draft.ok(), draft.unchanged()) {
                    (false, _) => ABSENT,
                    (true, true) => OK | UNCHANGED,
                    (true, false) => {
                        draft.write(&mut state.output);
                        OK
                    }
                }
            }
        };
        state.header(flags)
    })
}

/// A server's answer for the outcomes in the input buffer.
#[wasm_bindgen]
pub fn respond(handle: u32, length: usize) -> Result<*const u32, JsError> {
    with(|state| {
        let held = held(state, handle)?;
        let batch = held.batch.ok_or_else(|| JsError::new("the operation is no batch"))?;
        let text =
            batch.respond(&state.input[..length]).map_err(|message| JsError::new(&message))?;
        Ok(state.tell(Answer { report: Report::default(), output: Output::Text(text) }, 0))
    })
}

/// Joins the vendor's answer to the plan that both are in the input buffer, the plan first.
#[wasm_bindgen]
pub fn reconcile(handle: u32, plan_length: usize, length: usize) -> Result<*const u32, JsError> {
    with(|state| {
        let held = held(state, handle)?;
        let batch = held.batch.ok_or_else(|| JsError::new("the operation is no batch"))?;
        let (plan, response) = state.input[..plan_length + length].split_at(plan_length);
        let text = batch.reconcile(plan, response);
        Ok(state.tell(Answer { report: Report::default(), output: Output::Text(text) }, 0))
    })
}

impl State {
    /// Puts an answer where JavaScript finds it.
    fn tell(&mut self, answer: Answer, mode: u32) -> *const u32 {
        self.output.clear();
        self.record.clear();
        let flags = match answer.output {
            Output::Nothing => ABSENT,
            Output::Same => OK | UNCHANGED,
            Output::Text(_) if mode & NO_OUTPUT != 0 => OK,
            Output::Text(text) => {
                self.output = text;
                OK
            }
        };
        if !(answer.report.issues.is_empty() && answer.report.changes.is_empty()) {
            self.record.report(&answer.report);
        }
        self.header(flags)
    }

    /// Writes the header, and gives its address.
    fn header(&mut self, flags: u32) -> *const u32 {
        self.header = [
            flags,
            self.output.as_ptr() as u32,
            self.output.len() as u32,
            self.record.words.as_ptr() as u32,
            self.record.words.len() as u32,
            self.record.text.as_ptr() as u32,
            self.record.text.len() as u32,
            0,
        ];
        self.header.as_ptr()
    }
}

/// The operations of the OpenAPI document in the input buffer, as JSON text.
#[wasm_bindgen]
pub fn operations(length: usize) -> Result<String, JsError> {
    with(|state| {
        let api = Api::read(&state.input[..length])?;
        let mut out = String::from("[");
        for (at, operation) in api.operations().iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            let batch = api.batch(operation)?;
            write_text("{", "id", &operation.id, &mut out);
            write_text(",", "method", &operation.method, &mut out);
            write_text(",", "path", &operation.path, &mut out);
            write_text(",", "summary", &api.summary(operation), &mut out);
            write_boolean(",", "batch", batch.is_some(), &mut out);
            if let Some(batch) = &batch {
                write_text(",", "items", &batch.items, &mut out);
            }
            for (name, names) in [
                ("pathParameters", api.parameter_names(operation, ParameterPlace::Path)),
                ("queryParameters", api.parameter_names(operation, ParameterPlace::Query)),
                ("headerParameters", api.parameter_names(operation, ParameterPlace::Header)),
                ("mediaTypes", api.media_types(operation)),
                ("statuses", api.statuses(operation)),
            ] {
                write_texts(",", name, &names, &mut out);
            }
            write_name(",", "fields", &mut out);
            write_list(&api.fields(operation), &mut out, write_field);
            out.push('}');
        }
        out.push(']');
        Ok(out)
    })
}

fn write_field(field: &Field, out: &mut String) {
    write_text("{", "name", &field.name, out);
    write_text(",", "title", &field.title, out);
    write_texts(",", "types", &field.types, out);
    write_texts(",", "items", &field.items, out);
    write_text(",", "format", &field.format, out);
    write_boolean(",", "required", field.required, out);
    write_text(",", "description", &field.description, out);
    out.push('}');
}

/// What this build is.
#[derive(Serialize)]
struct Info {
    version: &'static str,
    unicode: &'static str,
    idna: &'static str,
}

/// The version of the package, the version of Unicode that names are judged by, and whose tables
/// are used for that.
#[wasm_bindgen]
pub fn info() -> Result<JsValue, JsError> {
    let info = Info {
        version: env!("CARGO_PKG_VERSION"),
        unicode: crate::UNICODE_VERSION,
        idna: if cfg!(feature = "tables") { "tables" } else { "host" },
    };
    Ok(serde_wasm_bindgen::to_value(&info)?)
}

/// Every code of the crate, as JSON text: an array of `{ code, message }`, the message a template.
/// The build asks for them, of the core that has all there is.
#[cfg(feature = "lines")]
#[wasm_bindgen]
pub fn codes() -> String {
    let mut out = String::new();
    let codes: Vec<_> = code::all().collect();
    write_list(&codes, &mut out, |code, out| {
        write_text("{", "code", code.name, out);
        write_text(",", "message", code.message, out);
        out.push('}');
    });
    out
}

/// Appends a member of a JSON object whose value is a text, after `before`.
fn write_text(before: &str, name: &str, value: &str, out: &mut String) {
    write_name(before, name, out);
    escape_into(value, out);
}

/// Appends the name of a member of a JSON object, after `before`.
fn write_name(before: &str, name: &str, out: &mut String) {
    out.push_str(before);
    escape_into(name, out);
    out.push(':');
}

/// Appends a member of a JSON object whose value is a list of texts.
fn write_texts(before: &str, name: &str, values: &[String], out: &mut String) {
    write_name(before, name, out);
    write_list(values, out, |value, out| escape_into(value, out));
}

/// Appends a member of a JSON object whose value is a boolean.
fn write_boolean(before: &str, name: &str, value: bool, out: &mut String) {
    write_name(before, name, out);
    out.push_str(if value { "true" } else { "false" });
}

#[cfg(feature = "lines")]
mod lines {
    use wasm_bindgen::JsError;
    use wasm_bindgen::prelude::wasm_bindgen;

    use super::{OK, State, held, hold, with};
    use crate::batch::{Earlier, Items, Key, KeyHash, Known, Repeated, Rest};
    use crate::lines::{Place, Telling, Trapped};

    /// What lines come to, for the command line: see [`crate::lines`] and the three steps of
    /// `src/batch/lines.rs`. Words are 32 bits, little-endian.
    ///
    /// | call | output |
    /// |---|---|
    /// | `judge_lines` | four words a row: the hash of its key, and 0 if it has none, 1, or 3 if it exists once sent; word 7 of the header is the handle of what was judged |
    /// | `remember` | three words an item whose key came before: its row, the index of the first that had it, whether that exists |
    /// | `tell_lines`, `check_lines` | what is ready to send; words 3 to 6 of the header lead to the report and to what was counted, both JSON text |
    #[derive(Default)]
    pub struct Lines {
        output: Vec<u8>,
        report: String,
        counted: String,
        /// Lines that were judged, and are not told yet.
        items: Vec<Option<Items>>,
    }

    /// The report is wanted.
    const REPORTED: u32 = 1;

    /// Judges the lines in the input buffer, which are items of requests with the other members that
    /// follow them there; then come the rows that are left out, as [`Trapped`] reads them, if any are.
    #[wasm_bindgen]
    pub fn judge_lines(
        handle: u32,
        known: u32,
        length: usize,
        members_length: usize,
        trapped_length: usize,
        most: usize,
    ) -> Result<*const u32, JsError> {
        with(|state| {
            let held = held(state, handle)?;
            let batch =
                held.batch.as_ref().ok_or_else(|| JsError::new("the operation is no batch"))?;
            let (text, rest) =
                state.input[..length + members_length + trapped_length].split_at(length);
            let (members, trapped) = rest.split_at(members_length);
            let trapped = trapped_of(trapped)?;
            let rest = Rest { members: std::str::from_utf8(members)?, most };
            let known = known_of(&mut state.known, known)?;
            let items = batch.judge_lines(&held.schema, text, &held.options, known, rest, &trapped);
            let words = items.keys().flat_map(|key| match key {
                None => [0; 4],
                Some(Key { hash, exists }) => {
                    let [a, b, c] = hash.words();
                    [a, b, c, 1 | u32::from(exists) << 1]
                }
            });
            state.lines.output = words.flat_map(u32::to_le_bytes).collect();
            state.lines.report.clear();
            state.lines.counted.clear();
            let handle = hold(&mut state.lines.items, items);
            Ok(state.point_to_lines(handle))
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
            state.lines.output = words.flat_map(u32::to_le_bytes).collect();
            state.lines.report.clear();
            state.lines.counted.clear();
            Ok(state.point_to_lines(0))
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
            let batch =
                held.batch.as_ref().ok_or_else(|| JsError::new("the operation is no batch"))?;
            let items = state.lines.items.get_mut(items as usize).and_then(Option::take);
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
            Ok(state.tell_lines(telling))
        })
    }

    /// Checks the lines in the input buffer, which are bodies, but for those that are left out:
    /// see [`judge_lines`].
    #[wasm_bindgen]
    pub fn check_lines(
        handle: u32,
        length: usize,
        trapped_length: usize,
        row: f64,
        index: f64,
        offset: f64,
        mode: u32,
    ) -> Result<*const u32, JsError> {
        with(|state| {
            let held = held(state, handle)?;
            let mut telling = Telling::new(place(row, index, offset), mode & REPORTED != 0);
            let (text, trapped) = state.input[..length + trapped_length].split_at(length);
            held.schema.check_lines(text, &held.options, &trapped_of(trapped)?, &mut telling);
            Ok(state.tell_lines(telling))
        })
    }

    fn trapped_of(text: &[u8]) -> Result<Trapped, JsError> {
        let trapped = if text.is_empty() { Some(Trapped::default()) } else { Trapped::read(text) };
        trapped
            .ok_or_else(|| JsError::new("the rows to leave out are not of the form they must be"))
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
        fn tell_lines(&mut self, telling: Telling) -> *const u32 {
            self.lines.counted = telling.summary();
            self.lines.output = telling.out;
            self.lines.report = telling.report;
            self.point_to_lines(0)
        }

        fn point_to_lines(&mut self, handle: u32) -> *const u32 {
            let Lines { output, report, counted, .. } = &self.lines;
            self.header = [
                OK,
                output.as_ptr() as u32,
                output.len() as u32,
                report.as_ptr() as u32,
                report.len() as u32,
                counted.as_ptr() as u32,
                counted.len() as u32,
                handle,
            ];
            self.header.as_ptr()
        }
    }
}
