//! Schema resources: which schema a URI leads to (core, sections 8.2 and 9).
//!
//! Nothing is fetched. A reference leads into the document itself, into one of the documents that
//! came with it, or to the meta-schema of JSON Schema 2020-12.

use std::collections::{HashMap, HashSet};

use crate::document::hash;
use crate::document::{Document, Kind, NodeId};
use crate::iri::{Characters, Reference};
use crate::percent;
use crate::search::replace;

/// The base of a document that has no address.
pub const NO_ADDRESS: &str = "document:///";

/// The keywords whose value is a schema.
const SINGLE: [&str; 12] = [
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "when",
];
/// The keywords whose value is an array of schemas.
const LISTS: [&str; 5] = ["allOf", "anyOf", "oneOf", "prefixItems", "x-warnings"];
/// The keywords whose value is an object of schemas.
const MAPS: [&str; 6] =
    ["$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"];

/// A schema in one of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The document, by its number.
    pub document: u32,
    /// The schema object.
    pub object: NodeId,
    /// The resource it belongs to.
    pub resource: u32,
}

/// A schema with an address of its own, with all it contains that has none.
#[derive(Debug)]
struct Resource {
    document: u32,
    root: NodeId,
    uri: String,
    anchors: HashMap<String, NodeId>,
    dynamic: HashMap<String, NodeId>,
    vocabulary: Vocabulary,
}

/// Which keywords a resource's meta-schema asks for, where that differs from the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// Whether the validation vocabulary is in use.
    pub validation: bool,
    /// Whether `format` must assert, whatever the caller chose.
    pub format_assertion: bool,
}

/// Every resource of some documents, as far as they were looked at.
#[derive(Debug)]
pub struct Resources<'d> {
    documents: Vec<(&'d str, &'d Document<'d>)>,
    resources: Vec<Resource>,
    roots: HashMap<(u32, NodeId), u32>,
    scanned: HashSet<(u32, NodeId)>,
    by_uri: HashMap<String, u32>,
    all_scanned: bool,
    /// The members of large objects that references lead through, by the hashes of their keys: to
    /// search each object anew takes time quadratic in the definitions.
    members: HashMap<(u32, NodeId), MembersByHash>,
}

impl<'d> Resources<'d> {
    /// The resources of documents, each with its address; the first is the one to compile.
    pub fn new(documents: Vec<(&'d str, &'d Document<'d>)>) -> Self {
        let mut resources = Resources {
            resources: Vec::new(),
            roots: HashMap::new(),
            scanned: HashSet::new(),
            by_uri: HashMap::new(),
            all_scanned: false,
            members: HashMap::new(),
            documents,
        };
        for document in 0..resources.documents.len() {
            let uri = absolute(NO_ADDRESS, resources.documents[document].0);
            let id = resources.add(document as u32, NodeId::ROOT, uri, STANDARD);
            resources.roots.insert((document as u32, NodeId::ROOT), id);
        }
        resources
    }

    /// A document, by its number.
    pub fn document(&self, number: u32) -> &'d Document<'d> {
        self.documents[number as usize].1
    }

    /// What the meta-schema of a resource asks for.
    pub fn vocabulary(&self, resource: u32) -> Vocabulary {
        self.resources[resource as usize].vocabulary
    }

    fn add(&mut self, document: u32, root: NodeId, uri: String, vocabulary: Vocabulary) -> u32 {
        let id = self.resources.len() as u32;
        self.by_uri.entry(uri.clone()).or_insert(id);
        let (anchors, dynamic) = (HashMap::new(), HashMap::new());
        self.resources.push(Resource { document, root, uri, anchors, dynamic, vocabulary });
        id
    }

    /// A node of the first document as a place, its subschemas looked at.
    pub fn place(&mut self, object: NodeId) -> Place {
        self.arrive(Place { document: 0, object, resource: 0 })
    }

    /// The place of a subschema of the one that is at `parent`.
    pub fn within(&mut self, parent: Place, object: NodeId) -> Place {
        self.arrive(Place { object, ..parent })
    }

    /// Looks at the subschemas of a place, and finds the resource it belongs to.
    fn arrive(&mut self, place: Place) -> Place {
        self.scan(place);
        let resource = self.roots.get(&(place.document, place.object)).copied();
        Place { resource: resource.unwrap_or(place.resource), ..place }
    }

    /// Looks for addresses and anchors in a schema and all its subschemas.
    fn scan(&mut self, place: Place) {
        let document = self.document(place.document);
        let mut pending = vec![(place.object, place.resource)];
        while let Some((node, mut resource)) = pending.pop() {
            if document.kind(node) != Kind::Object || !self.scanned.insert((place.document, node)) {
                continue;
            }
            if let Some(id) = document.get_str(node, "$id") {
                let uri = absolute(&self.resources[resource as usize].uri, &id);
                let uri = uri.strip_suffix('#').map_or(uri.clone(), str::to_owned);
                let vocabulary = self.resources[resource as usize].vocabulary;
                resource = self.add(place.document, node, uri, vocabulary);
                self.roots.insert((place.document, node), resource);
            }
            if let Some(meta) = document.get_str(node, "$schema") {
                self.resources[resource as usize].vocabulary = self.vocabulary_of(&meta);
            }
            let names = &mut self.resources[resource as usize];
            if let Some(anchor) = document.get_str(node, "$anchor") {
                names.anchors.insert(anchor.into_owned(), node);
            }
            if let Some(anchor) = document.get_str(node, "$dynamicAnchor") {
                names.anchors.insert(anchor.clone().into_owned(), node);
                names.dynamic.insert(anchor.into_owned(), node);
            }
            for (key, value) in document.members(node) {
                let key = document.string(key);
                if SINGLE.contains(&&*key) {
                    pending.push((value, resource));
                } else if LISTS.contains(&&*key) {
                    pending.extend(document.elements(value).map(|schema| (schema, resource)));
                } else if MAPS.contains(&&*key) {
                    pending.extend(document.members(value).map(|(_, schema)| (schema, resource)));
                }
            }
        }
    }

    /// What a meta-schema asks for (core, section 8.1.2), if it is one of the documents.
    fn vocabulary_of(&self, meta: &str) -> Vocabulary {
        let meta = meta.trim_end_matches('#');
        let document = self.documents.iter().find(|(uri, document)| {
            *uri == meta || document.get_str(NodeId::ROOT, "$id").as_deref() == Some(meta)
        });
        let vocabulary = document
            .and_then(|(_, document)| Some((document, document.get(NodeId::ROOT, "$vocabulary")?)));
        let Some((document, vocabulary)) = vocabulary else { return STANDARD };
        let uses = |name: &str| {
            document.members(vocabulary).any(|(uri, _)| document.string(uri).ends_with(name))
        };
        Vocabulary {
            validation: uses("/vocab/validation"),
            format_assertion: uses("/vocab/format-assertion"),
        }
    }

    /// The schema that a reference at a place leads to.
    pub fn resolve(&mut self, from: Place, reference: &str) -> Option<Place> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let resource = if uri.is_empty() {
            from.resource
        } else {
            let uri = absolute(&self.resources[from.resource as usize].uri, uri);
            self.resource_of(&uri)?
        };
        let fragment = percent::decode_utf8(fragment)?;
        let Resource { document, root, .. } = self.resources[resource as usize];
        let start = self.arrive(Place { document, object: root, resource });
        if fragment.is_empty() {
            return Some(start);
        }
        let Some(pointer) = fragment.strip_prefix('/') else {
            let resource = &self.resources[start.resource as usize];
            let object = *resource.anchors.get(&*fragment)?;
            return Some(Place { object, ..start });
        };
        let mut place = start;
        for token in pointer.split('/') {
            place.object = self.step(place, token)?;
            if let Some(resource) = self.roots.get(&(place.document, place.object)) {
                place.resource = *resource;
            }
        }
        Some(self.arrive(place))
    }

    /// One token of a JSON Pointer.
    fn step(&mut self, place: Place, token: &str) -> Option<NodeId> {
        const LARGE: usize = 64;
        let document = self.document(place.document);
        if document.kind(place.object) != Kind::Object || document.count(place.object) < LARGE {
            return step(document, place.object, token);
        }
        let name = unescaped(token);
        let members = self.members.entry((place.document, place.object)).or_insert_with(|| {
            let mut members = MembersByHash::new();
            for (key, value) in document.members(place.object) {
                members.entry(document.key_hash(key)).or_default().push((key, value));
            }
            members
        });
        let same = members.get(&hash(name.as_bytes()))?;
        same.iter().find(|(key, _)| document.is(*key, &name)).map(|(_, value)| *value)
    }

    fn resource_of(&mut self, uri: &str) -> Option<u32> {
        if let Some(resource) = self.by_uri.get(uri) {
            return Some(*resource);
        }
        if !std::mem::replace(&mut self.all_scanned, true) {
            for document in 0..self.documents.len() as u32 {
                let resource = self.roots[&(document, NodeId::ROOT)];
                self.scan(Place { document, object: NodeId::ROOT, resource });
            }
        }
        self.by_uri.get(uri).copied()
    }

    /// Whether a reference to a place was made by the name of a dynamic anchor there.
    pub fn is_dynamic(&self, place: Place, name: &str) -> bool {
        self.resources[place.resource as usize].dynamic.get(name) == Some(&place.object)
    }

    /// Every schema with that dynamic anchor, as far as the documents were looked at.
    pub fn dynamic(&self, name: &str) -> Vec<Place> {
        let found = self.resources.iter().enumerate().filter_map(|(id, resource)| {
            let object = *resource.dynamic.get(name)?;
            Some(Place { document: resource.document, object, resource: id as u32 })
        });
        found.collect()
    }
}

/// The keys of an object with their values, by the hashes of the keys.
type MembersByHash = HashMap<u32, Vec<(NodeId, NodeId)>>;

/// What a schema is taken for whose meta-schema says nothing else.
const STANDARD: Vocabulary = Vocabulary { validation: true, format_assertion: false };

/// A reference as an absolute URI (RFC 3986, section 5); as it is where it cannot be made one.
fn absolute(base: &str, reference: &str) -> String {
    let parse = |text| Reference::parse(text, Characters::Unicode);
    match (parse(reference), parse(base).filter(|base| base.scheme.is_some())) {
        (Some(reference), Some(base)) => reference.resolve(&base),
        _ => reference.to_owned(),
    }
}

fn unescaped(token: &str) -> String {
    replace(&replace(token, "~1", "/"), "~0", "~")
}

/// One token of a JSON Pointer (RFC 6901, section 4).
fn step(document: &Document<'_>, node: NodeId, token: &str) -> Option<NodeId> {
    let token = unescaped(token);
    match document.kind(node) {
        Kind::Object => document.get(node, &token),
        Kind::Array => document.elements(node).nth(token.parse().ok()?),
        _ => None,
    }
}

/// The node that a JSON Pointer in the fragment of a reference leads to, from the root of a
/// document.
pub fn follow(document: &Document<'_>, fragment: &str) -> Option<NodeId> {
    let fragment = percent::decode_utf8(fragment)?;
    if fragment.is_empty() {
        return Some(NodeId::ROOT);
    }
    let mut tokens = fragment.strip_prefix('/')?.split('/');
    tokens.try_fold(NodeId::ROOT, |node, token| step(document, node, token))
}
