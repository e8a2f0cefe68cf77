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
//! | 3, 4 | address and length of the report, `{"issues":[…],"changes":[…]}`; no length: both empty |
//! | 5, 6 | address and length of what else there is (a plan's results, summary and items) |
//! | 7 | unused |

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect, RegExp};
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen::{JsCast, JsError};

use crate::answer::{Answer, Output};
use crate::batch::{Batch, Known};
use crate::code;
use crate::document::{Document, Kind, Limits, NodeId, Segment, Source, escape_into, quote};
use crate::formats::{self, Settings};
use crate::json::write_list;
use crate::openapi::{Api, Field, ParameterPlace, Part};
use crate::options::Options;
use crate::pattern::{Matcher, use_engine};
use crate::report::Report;
use crate::schema::{Dialect, Schema, SchemaError, read};
#[cfg(not(feature = "tables"))]
use crate::unicode::{Text, use_text};
use crate::url::{Url, use_parser};

/// The host's regular expressions, which matchers refer to by number: a value of JavaScript's
/// cannot be held across threads, a number can.
#[derive(Default)]
struct Patterns(Vec<Option<RegExp>>);

thread_local! {
    static PATTERNS: RefCell<Patterns> = RefCell::default();
}

struct HostPattern(usize);

impl Matcher for HostPattern {
    fn matches(&self, text: &str) -> bool {
        let regex = PATTERNS.with_borrow(|patterns| patterns.0[self.0].clone());
        regex.is_some_and(|regex| regex.test(text))
    }
}

impl Drop for HostPattern {
    fn drop(&mut self) {
        PATTERNS.with_borrow_mut(|patterns| patterns.0[self.0] = None);
    }
}

fn host_pattern(text: &str) -> Result<Box<dyn Matcher>, String> {
    let arguments = Array::of2(&JsValue::from_str(text), &JsValue::from_str("u"));
    let regex = Reflect::get(&js_sys::global(), &JsValue::from_str("RegExp"))
        .and_then(|constructor| {
            let constructor: Function = constructor.unchecked_into();
            Reflect::construct(&constructor, &arguments)
        })
        .map_err(|error| match error.dyn_into::<js_sys::Error>() {
            Ok(error) => String::from(error.message()),
            Err(_) => "the host refuses it".to_owned(),
        })?;
    PATTERNS.with_borrow_mut(|patterns| {
        let free = patterns.0.iter().position(Option::is_none).unwrap_or(patterns.0.len());
        if free == patterns.0.len() {
            patterns.0.push(None);
        }
        patterns.0[free] = Some(regex.unchecked_into());
        Ok(Box::new(HostPattern(free)) as Box<dyn Matcher>)
    })
}

#[wasm_bindgen]
extern "C" {
    /// The host's `URL`.
    #[wasm_bindgen(js_name = URL)]
    type HostUrl;

    #[wasm_bindgen(constructor, js_class = "URL", catch)]
    fn new(text: &str) -> Result<HostUrl, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn href(this: &HostUrl) -> String;

    #[wasm_bindgen(method, getter)]
    fn hostname(this: &HostUrl) -> String;
}

fn host_url(text: &str) -> Option<Url> {
    let url = HostUrl::new(text).ok()?;
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
    options: Options,
}

#[derive(Default)]
struct State {
    input: Vec<u8>,
    output: Vec<u8>,
    report: String,
    extra: String,
    header: [u32; 8],
    held: Vec<Option<Held>>,
    known: Vec<Option<Known>>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

fn with<T>(call: impl FnOnce(&mut State) -> T) -> T {
    STATE.with_borrow_mut(call)
}

/// The input was written from a JavaScript value.
const FROM_VALUE: u32 = 1;
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
        } else if state.input.len() > 1 << 20 && length < 1 << 16 {
            // One huge input must not be paid for ever after.
            state.input.truncate(1 << 16);
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
        let held = Held { options, ..held(state, handle)? };
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

/// Checks the body in the input buffer.
#[wasm_bindgen]
pub fn check(handle: u32, length: usize, mode: u32) -> Result<*const u32, JsError> {
    with(|state| {
        let held = held(state, handle)?;
        let answer = held.schema.answer(&state.input[..length], source(mode), &held.options);
        Ok(state.tell(answer, mode))
    })
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

/// Cleans the domain in the input buffer.
#[wasm_bindgen]
pub fn clean_domain(length: usize) -> *const u32 {
    with(|state| {
        let answer = match (std::str::from_utf8(&state.input[..length]), formats::lookup("domain"))
        {
            (Ok(text), Some(domain)) => domain.answer(text, Settings::default()),
            _ => Answer { report: Report::default(), output: Output::Nothing },
        };
        state.tell(answer, 0)
    })
}

/// Cleans the domains in the input buffer, an array of strings, to an array of results.
#[wasm_bindgen]
pub fn clean_domains(length: usize) -> Result<*const u32, JsError> {
    with(|state| {
        let limits = Limits { bytes: Limits::MAX_BYTES, ..Limits::default() };
        let document = Document::read(&state.input[..length], &limits, Source::Value)
            .map_err(|_| JsError::new("the domains are not a JSON array"))?;
        let Some(domain) = formats::lookup("domain") else {
            return Err(JsError::new("there is no format `domain`"));
        };
        let mut out = String::from("[");
        for (at, node) in document.elements(NodeId::ROOT).enumerate() {
            if at > 0 {
                out.push(',');
            }
            let text = document.string(node);
            let answer = domain.answer(&text, Settings::default());
            out.push('{');
            if answer.ok() {
                out.push_str("\"value\":");
                match &answer.output {
                    Output::Text(value) => escape_into(value, &mut out),
                    _ => escape_into(&text, &mut out),
                }
                out.push(',');
            }
            answer.report.write_lists(&mut out);
            out.push('}');
        }
        out.push(']');
        let output = Output::Text(out);
        Ok(state.tell(Answer { report: Report::default(), output }, 0))
    })
}

/// Plans the request in the input buffer, with the handle of what is known, or 0.
#[wasm_bindgen]
pub fn plan(
    handle: u32,
    known_handle: u32,
    length: usize,
    mode: u32,
) -> Result<*const u32, JsError> {
    with(|state| {
        let held = held(state, handle)?;
        let Some(batch) = &held.batch else {
            return Err(JsError::new("the operation is no batch: it has no `x-batch`"));
        };
        let mut nothing = Known::default();
        let known = state.known.get_mut(known_handle as usize).and_then(Option::as_mut);
        let plan = batch.plan(
            &held.schema,
            &state.input[..length],
            source(mode),
            &held.options,
            known.unwrap_or(&mut nothing),
            mode & REMEMBER != 0,
        );
        state.extra = plan.to_json(batch.key());
        let output = match plan.request {
            Some(request) => Output::Text(request),
            None => Output::Nothing,
        };
        Ok(state.tell(Answer { report: plan.report, output }, mode & !NO_OUTPUT))
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
        let ok = u32::from(answer.ok());
        let flags = match answer.output {
            Output::Nothing => 4,
            Output::Same => 2,
            Output::Text(_) if mode & NO_OUTPUT != 0 => 0,
            Output::Text(text) => {
                self.output = text.into_bytes();
                0
            }
        };
        if flags != 0 || mode & NO_OUTPUT != 0 {
            self.output.clear();
        }
        let silent = answer.report.issues.is_empty() && answer.report.changes.is_empty();
        self.report = if silent { String::new() } else { answer.report.to_json() };
        self.header = [
            ok | flags,
            self.output.as_ptr() as u32,
            self.output.len() as u32,
            self.report.as_ptr() as u32,
            self.report.len() as u32,
            self.extra.as_ptr() as u32,
            self.extra.len() as u32,
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
            let text = |name: &str, value: &str| format!("{}:{}", quote(name), quote(value));
            out.push('{');
            out.push_str(
                &[
                    text("id", &operation.id),
                    text("method", &operation.method),
                    text("path", &operation.path),
                    text("summary", &api.summary(operation)),
                    format!("\"batch\":{}", batch.is_some()),
                ]
                .join(","),
            );
            if let Some(batch) = &batch {
                out.push(',');
                out.push_str(&text("items", &batch.items));
            }
            for (name, names) in [
                ("pathParameters", api.parameter_names(operation, ParameterPlace::Path)),
                ("queryParameters", api.parameter_names(operation, ParameterPlace::Query)),
                ("headerParameters", api.parameter_names(operation, ParameterPlace::Header)),
                ("mediaTypes", api.media_types(operation)),
                ("statuses", api.statuses(operation)),
            ] {
                out.push_str(&format!(",{}:", quote(name)));
                write_list(&names, &mut out, |name, out| escape_into(name, out));
            }
            out.push_str(",\"fields\":");
            write_list(&api.fields(operation), &mut out, write_field);
            out.push('}');
        }
        out.push(']');
        Ok(out)
    })
}

fn write_field(field: &Field, out: &mut String) {
    let list =
        |items: &[String]| items.iter().map(|item| quote(item)).collect::<Vec<_>>().join(",");
    out.push_str(&format!(
        "{{\"name\":{},\"title\":{},\"types\":[{}],\"items\":[{}],\"format\":{},\"required\":{},\"description\":{}}}",
        quote(&field.name),
        quote(&field.title),
        list(&field.types),
        list(&field.items),
        quote(&field.format),
        field.required,
        quote(&field.description),
    ));
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
#[wasm_bindgen]
pub fn codes() -> String {
    let mut out = String::new();
    let codes: Vec<_> = code::all().collect();
    write_list(&codes, &mut out, |code, out| {
        let (code, message) = (quote(code.name), quote(code.message));
        out.push_str(&format!("{{\"code\":{code},\"message\":{message}}}"));
    });
    out
}
