//! `properties`, `patternProperties`, `additionalProperties` (core, section 10.3.2),
//! `x-custom-fields` and unknown keys, in one pass over the members of an object.

use std::sync::Arc;

use super::{Compiled, Keyword, some};
use crate::check::Check;
use crate::code::{self, Code};
use crate::custom_fields;
use crate::document::{Document, Kind, NodeId, hash};
use crate::formats;
use crate::issue::{Action, Finding, Param, Severity};
use crate::pattern::Pattern;
use crate::schema::{Compiler, Direction, SchemaError, SchemaId, Site};

/// The keywords that have a say in which keys an object may have.
pub const NAMES: &[&str] = &[
    "properties",
    "patternProperties",
    "additionalProperties",
    "x-custom-fields",
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "if",
    "dependentSchemas",
    "dependencies",
];

#[derive(Debug)]
struct Members {
    slots: Vec<Slot>,
    /// The slots by their hashes: the highest bits of one say at which place its search begins, and
    /// it goes on to the first [`NO_SLOT`]. Empty if too many hashes are alike: then the slots are in
    /// the order of their names.
    index: Box<[u32]>,
    patterns: Vec<(Pattern, SchemaId)>,
    custom: Option<CustomKeys>,
    rest: Rest,
}

const NO_SLOT: u32 = u32::MAX;
/// How far a slot may be from where its search begins.
const MOST_STEPS: usize = 256;

/// A key that is known, and the schema of its value if this schema object has one.
#[derive(Debug)]
struct Slot {
    name: Box<str>,
    hash: u32,
    schema: Option<SchemaId>,
    /// Why the key is refused, if it is.
    refused: Option<&'static Code>,
}

/// What is said of a key that is not known.
#[derive(Debug)]
enum Rest {
    /// Nothing.
    Open,
    /// That it passes (`additionalProperties: true`).
    Any,
    /// A warning, an error under `strict`, unless it has one of these prefixes.
    Unknown(Vec<String>),
    /// `additionalProperties: false`: an error.
    Closed,
    /// The schema that its value must pass.
    Schema(SchemaId),
}

/// Which keys are custom (`x-custom-fields`).
#[derive(Debug)]
enum CustomKeys {
    /// Those with a prefix.
    Prefixed {
        /// What such a key begins with.
        prefix: Box<str>,
        /// Whether a uuid must follow.
        uuid: bool,
        /// What is told as a warning of each such key.
        note: Option<Arc<str>>,
    },
    /// All of them, each registered with the vendor.
    Registered,
}

pub fn compile(compiler: &mut Compiler<'_>, site: &Site) -> Compiled {
    if compiler.only_refers(site.place.object) && !site.in_place {
        // What it refers to says which keys are known.
        return Ok(None);
    }
    let document = compiler.document();
    let mut slots = Vec::new();
    if let Some(properties) = compiler.keyword(site, "properties") {
        if document.kind(properties) != Kind::Object {
            return Err(compiler.mistake(properties, "give an object of schemas"));
        }
        for (key, schema) in document.members(properties) {
            let refused = compiler.refused(schema);
            let schema = Some(compiler.subschema(schema));
            slots.push(Slot { refused, ..slot(&document.string(key), schema) });
        }
    }
    let mut patterns = Vec::new();
    if let Some(properties) = compiler.keyword(site, "patternProperties") {
        for (key, schema) in document.members(properties) {
            let pattern = Pattern::compile(&document.string(key))
                .map_err(|message| compiler.mistake(key, &message))?;
            patterns.push((pattern, compiler.subschema(schema)));
        }
    }
    let custom = custom_keys(compiler, site)?;
    let rest = match compiler.keyword(site, "additionalProperties") {
        Some(schema) if document.raw(schema) == "false" => Rest::Closed,
        Some(schema) if document.raw(schema) == "true" => Rest::Any,
        Some(schema) => Rest::Schema(compiler.subschema(schema)),
        None if site.in_place || compiler.dialect().direction == Direction::Response => Rest::Open,
        None => match compiler.known_keys(site) {
            None => Rest::Open,
            Some(keys) => {
                let mut is_new = vec![true; keys.names.len()];
                for slot in &slots {
                    if let Ok(at) = keys.names.binary_search_by(|name| (**name).cmp(&*slot.name)) {
                        is_new[at] = false;
                    }
                }
                let new = keys.names.iter().zip(is_new).filter(|(_, is_new)| *is_new);
                slots.extend(new.map(|(key, _)| slot(key, None)));
                Rest::Unknown(keys.prefixes)
            }
        },
    };
    if slots.is_empty() && patterns.is_empty() && custom.is_none() && matches!(rest, Rest::Open) {
        return Ok(None);
    }
    some(Members::new(slots, patterns, custom, rest))
}

fn slot(name: &str, schema: Option<SchemaId>) -> Slot {
    Slot { name: name.into(), hash: hash(name.as_bytes()), schema, refused: None }
}

fn custom_keys(compiler: &Compiler<'_>, site: &Site) -> Result<Option<CustomKeys>, SchemaError> {
    let Some(node) = compiler.keyword(site, "x-custom-fields") else { return Ok(None) };
    let document = compiler.document();
    if document.get(node, "registered").is_some_and(|flag| document.raw(flag) == "true") {
        return Ok(Some(CustomKeys::Registered));
    }
    let Some(prefix) = document.get_str(node, "prefix") else {
        return Err(compiler.mistake(node, "give `prefix`, or `registered` as `true`"));
    };
    let uuid = match document.get_str(node, "key").as_deref() {
        None => false,
        Some("uuid") => true,
        Some(_) => return Err(compiler.mistake(node, "give `uuid` as `key`, or no `key`")),
    };
    let note = document.get_str(node, "note").map(|note| Arc::from(&*note));
    Ok(Some(CustomKeys::Prefixed { prefix: (*prefix).into(), uuid, note }))
}

impl Members {
    fn new(
        mut slots: Vec<Slot>,
        patterns: Vec<(Pattern, SchemaId)>,
        custom: Option<CustomKeys>,
        rest: Rest,
    ) -> Members {
        let places = (2 * slots.len() + 1).next_power_of_two();
        let mut index = vec![NO_SLOT; places].into_boxed_slice();
        for (at, slot) in slots.iter().enumerate() {
            let mut place = first_place(slot.hash, places);
            for step in 0.. {
                if index[place] == NO_SLOT {
                    break;
                }
                if step == MOST_STEPS {
                    // Somebody made them collide.
                    crate::order::sort_by_key(&mut slots, |slot| slot.name.clone());
                    return Members { slots, index: Box::default(), patterns, custom, rest };
                }
                place = (place + 1) % places;
            }
            index[place] = at as u32;
        }
        Members { slots, index, patterns, custom, rest }
    }

    /// The slot of a key.
    #[inline]
    fn find(&self, document: &Document<'_>, key: NodeId) -> Option<usize> {
        let hash = document.key_hash(key);
        if self.index.is_empty() {
            let name = document.string(key);
            return self.slots.binary_search_by(|slot| (*slot.name).cmp(&name)).ok();
        }
        let mut place = first_place(hash, self.index.len());
        loop {
            let at = self.index[place];
            if at == NO_SLOT {
                return None;
            }
            let slot = &self.slots[at as usize];
            if slot.hash == hash && document.is(key, &slot.name) {
                return Some(at as usize);
            }
            place = (place + 1) & (self.index.len() - 1);
        }
    }

    /// Raises the keys that are not known. The first ones get a suggestion: a known key that is not
    /// there.
    fn unknown(&self, check: &mut Check<'_>, keys: &[NodeId], present: &[bool]) {
        const MOST_SUGGESTIONS: usize = 50;
        let document = check.document();
        let strict = check.options().strict || matches!(self.rest, Rest::Closed);
        let severity = if strict { Severity::Error } else { Severity::Warning };
        for (at, key) in keys.iter().enumerate() {
            let mut suggestion = None;
            if at < MOST_SUGGESTIONS {
                let name = document.string(*key);
                let free = self.slots.iter().zip(present).filter(|(_, present)| !**present);
                let free = free.map(|(slot, _)| &*slot.name);
                suggestion = check.nearest(&name, self.slots.len(), free).map(str::to_owned);
                if let (None, Some(fields), Some(CustomKeys::Prefixed { prefix, .. })) =
                    (&suggestion, &check.options().custom_fields, &self.custom)
                {
                    suggestion = custom_fields::meant(check, fields, &name, prefix);
                }
            }
            let finding = Finding { severity, ..Finding::error(&code::UNKNOWN_KEY, *key) };
            check.raise(finding.suggest(suggestion.map(Param::Text)));
        }
    }
}

/// Where the search for a hash begins in an index of so many places.
fn first_place(hash: u32, places: usize) -> usize {
    ((u64::from(hash) * places as u64) >> 32) as usize
}

impl Keyword for Members {
    fn check(&self, check: &mut Check<'_>, node: NodeId) {
        let document = check.document();
        let mut custom = Vec::new();
        let mut unknown = Vec::new();
        for (key, value) in document.members(node) {
            if check.is_decided() {
                return;
            }
            let slot = self.find(document, key);
            let mut known = slot.is_some();
            match slot.map(|slot| &self.slots[slot]) {
                Some(Slot { refused: Some(code), .. }) => check.raise(Finding::error(code, key)),
                Some(Slot { schema: Some(schema), .. }) => {
                    check.apply(*schema, value);
                    check.evaluate(key);
                }
                _ => {}
            }
            if !self.patterns.is_empty() {
                let name = document.string(key);
                for (pattern, schema) in &self.patterns {
                    if check.matches(pattern, &name) != Some(false) {
                        check.apply(*schema, value);
                        check.evaluate(key);
                        known = true;
                    }
                }
            }
            if known {
                continue;
            }
            match &self.custom {
                Some(keys) if keys.include(document, key) => {
                    keys.check(check, key, value);
                    check.evaluate(key);
                    if keys.have_uuids() {
                        custom.push(key);
                    }
                    continue;
                }
                _ => {}
            }
            match &self.rest {
                Rest::Open => {}
                Rest::Any => check.evaluate(key),
                Rest::Unknown(prefixes) if has_prefix(document, key, prefixes) => {}
                Rest::Unknown(_) | Rest::Closed => unknown.push(key),
                Rest::Schema(schema) => {
                    check.apply(*schema, value);
                    check.evaluate(key);
                }
            }
        }
        if !unknown.is_empty() {
            let mut present = vec![false; self.slots.len()];
            for (key, _) in document.members(node) {
                if let Some(slot) = self.find(document, key) {
                    present[slot] = true;
                }
            }
            self.unknown(check, &unknown, &present);
        }
        if !custom.is_empty() {
            equal_but_for_case(check, &custom);
        }
    }
}

fn has_prefix(document: &Document<'_>, key: NodeId, prefixes: &[String]) -> bool {
    !prefixes.is_empty() && {
        let name = document.string(key);
        prefixes.iter().any(|prefix| name.starts_with(&**prefix))
    }
}

impl CustomKeys {
    fn prefix(&self) -> &str {
        match self {
            CustomKeys::Prefixed { prefix, .. } => prefix,
            CustomKeys::Registered => "",
        }
    }

    fn have_uuids(&self) -> bool {
        matches!(self, CustomKeys::Prefixed { uuid: true, .. })
    }

    fn include(&self, document: &Document<'_>, key: NodeId) -> bool {
        self.prefix().is_empty() || document.string(key).starts_with(self.prefix())
    }

    fn check(&self, check: &mut Check<'_>, key: NodeId, value: NodeId) {
        let fields = check.options().custom_fields.as_deref();
        if fields.is_none() && matches!(self, CustomKeys::Registered) {
            // Which are registered is not known.
            return;
        }
        let name = check.document().string(key);
        let bare = &name[self.prefix().len()..];
        match fields.map(|fields| (fields, custom_fields::find(fields, bare, self.prefix()))) {
            Some((fields, None)) => {
                custom_fields::unknown(check, fields, key, self.prefix());
                return;
            }
            Some((_, Some(field))) => custom_fields::value(check, field, value),
            None => {}
        }
        let CustomKeys::Prefixed { prefix, uuid, note } = self else { return };
        if let Some(note) = note {
            let note = Param::Prose(note.to_string());
            check
                .raise(Finding::warning(&code::UNDOCUMENTED_CUSTOM_FIELD, key).param("note", note));
        }
        if !uuid {
            return;
        }
        let Some(format) = formats::lookup("uuid") else { return };
        match (format.clean)(bare, check.settings()) {
            Ok(cleaned) if cleaned.value != bare => {
                let clean = format!("{prefix}{}", cleaned.value);
                check.edit(key, Action::Text(clean), "custom_field_key");
            }
            Ok(_) => {}
            Err(refusal) => {
                let suggestion =
                    refusal.suggestion.map(|near| Param::Text(format!("{prefix}{near}")));
                let prefix = Param::Text(prefix.to_string());
                check.raise(
                    Finding::error(&code::CUSTOM_KEY_UUID, key)
                        .param("prefix", prefix)
                        .suggest(suggestion),
                );
            }
        }
    }
}

/// Raises custom keys that are equal but for the case of their uuid: they name one field.
fn equal_but_for_case(check: &mut Check<'_>, keys: &[NodeId]) {
    let document = check.document();
    // Of a few, to compare each with each costs less than to sort them.
    const FEW: usize = 8;
    let differs = |(at, one): (usize, &NodeId)| {
        let one = document.string(*one);
        keys[..at].iter().all(|other| !document.string(*other).eq_ignore_ascii_case(&one))
    };
    if keys.len() <= FEW && keys.iter().enumerate().all(differs) {
        return;
    }
    let mut folded: Vec<_> =
        keys.iter().map(|key| (document.string(*key).to_ascii_lowercase(), *key)).collect();
    crate::order::sort(&mut folded);
    let mut repeated = Vec::new();
    for same in folded.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() > 1) {
        let first = document.string(same[0].1);
        let others = same[1..].iter().map(|(_, key)| *key);
        // An equal key is a duplicate key, which the document has told.
        repeated.extend(
            others.filter(|key| document.string(*key) != first).map(|key| (key, first.clone())),
        );
    }
    crate::order::sort(&mut repeated);
    for (key, first) in repeated {
        let first = Param::Text(first.into_owned());
        check.raise(Finding::error(&code::DUPLICATE_CUSTOM_FIELD, key).param("first", first));
    }
}
