//! Compiling: each subschema once, from a list of what is still to do, so that depth and recursion
//! of the schema do not matter.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::{Dialect, Rule, Schema, SchemaError, SchemaId, Subschema, Types};
use crate::document::{Document, Kind, NodeId, Paths, pointer};
use crate::formats::LinkedinHost;
use crate::keywords::{self, KEYWORDS};

/// What a schema is for, which decides what is said of unknown keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// A body or value to be sent: a key that the schema does not know is told.
    Request,
    /// An answer: unknown keys are expected and kept without a word.
    Response,
    /// Parameters of a path: as a request, and numbers may be written as text.
    Path,
}

/// Where a subschema is, and how it meets its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Site {
    /// The schema object.
    pub object: NodeId,
    /// Whether it judges the value of another subschema (`allOf`, `$ref`, …) instead of a value of
    /// its own: then the other one says which keys are known.
    pub in_place: bool,
}

/// The keys that a schema knows.
#[derive(Debug, Default)]
pub struct KnownKeys {
    /// Their names.
    pub names: BTreeSet<String>,
    /// What the custom ones among them begin with.
    pub prefixes: Vec<String>,
}

/// The state of a compilation.
pub struct Compiler<'d> {
    document: &'d Document<'d>,
    dialect: Dialect,
    subschemas: Vec<Option<Subschema>>,
    sites: HashMap<Site, SchemaId>,
    pending: Vec<(Site, SchemaId)>,
    root: NodeId,
    /// Whether several subschemas may edit one node.
    pub composed: bool,
    /// Whether a rule asks which members and elements others have judged.
    pub tracked: bool,
    failure: Option<SchemaError>,
}

impl<'d> Compiler<'d> {
    /// A compiler of schemas in a document.
    pub fn new(document: &'d Document<'d>, dialect: Dialect) -> Self {
        Compiler {
            document,
            dialect,
            subschemas: Vec::new(),
            sites: HashMap::new(),
            pending: Vec::new(),
            root: NodeId::ROOT,
            composed: false,
            tracked: false,
            failure: None,
        }
    }

    /// Makes a node the schema to begin with.
    pub fn root(&mut self, node: NodeId) -> SchemaId {
        self.root = node;
        self.subschema(node)
    }

    /// Compiles what is pending and gives the schema that begins at `root`.
    ///
    /// # Errors
    ///
    /// The first mistake of the schema's author.
    pub fn finish(mut self, root: SchemaId) -> Result<Schema, SchemaError> {
        while let Some((site, id)) = self.pending.pop() {
            let subschema = self.compile(&site)?;
            self.subschemas[id.0 as usize] = Some(subschema);
        }
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let linkedin_host = match self.document.get_str(NodeId::ROOT, "x-linkedin-host").as_deref() {
            None | Some("www") => LinkedinHost::Www,
            Some("apex") => LinkedinHost::Apex,
            Some(other) => {
                return Err(SchemaError {
                    pointer: "/x-linkedin-host".to_owned(),
                    message: format!("`{other}` is no host; give `www` or `apex`"),
                });
            }
        };
        Ok(Schema {
            subschemas: self.subschemas.into_iter().flatten().collect(),
            root,
            linkedin_host,
            composed: self.composed,
            tracked: self.tracked,
        })
    }

    /// The schema document.
    pub fn document(&self) -> &'d Document<'d> {
        self.document
    }

    /// How the schema is compiled.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The value of a keyword at a site.
    pub fn keyword(&self, site: &Site, name: &str) -> Option<NodeId> {
        self.document.get(site.object, name)
    }

    /// A subschema that judges a value of its own.
    pub fn subschema(&mut self, object: NodeId) -> SchemaId {
        self.request(Site { object, in_place: false })
    }

    /// A subschema that judges the same value as another.
    pub fn in_place(&mut self, object: NodeId) -> SchemaId {
        self.composed = true;
        self.request(Site { object, in_place: true })
    }

    /// A subschema that judges the same value as another, and whose edits are never kept.
    pub fn condition(&mut self, object: NodeId) -> SchemaId {
        self.request(Site { object, in_place: true })
    }

    fn request(&mut self, site: Site) -> SchemaId {
        if let Some(id) = self.sites.get(&site) {
            return *id;
        }
        let id = SchemaId(self.subschemas.len() as u32);
        self.subschemas.push(None);
        self.sites.insert(site, id);
        self.pending.push((site, id));
        id
    }

    /// The schema object that a reference leads to.
    ///
    /// # Errors
    ///
    /// A reference that leads nowhere.
    pub fn resolve(&self, reference: NodeId) -> Result<NodeId, SchemaError> {
        let Some(text) = self.document.as_str(reference) else {
            return Err(self.mistake(reference, "give the reference as a string"));
        };
        text.strip_prefix('#')
            .and_then(|fragment| follow(self.document, fragment))
            .ok_or_else(|| self.mistake(reference, &format!("`{text}` leads nowhere")))
    }

    /// An error at a node of the schema.
    pub fn mistake(&self, node: NodeId, message: &str) -> SchemaError {
        let pointer = pointer(&Paths::new(self.document).path(node));
        SchemaError { pointer, message: message.to_owned() }
    }

    fn compile(&mut self, site: &Site) -> Result<Subschema, SchemaError> {
        let mut subschema = Subschema {
            types: Types::ANY,
            rules: Box::new([]),
            hint: None,
            drop_null: false,
            from_text: false,
        };
        match self.document.kind(site.object) {
            Kind::Object => {}
            Kind::Boolean => {
                if !self.document.is_true(site.object) {
                    subschema.rules = Box::new([keywords::never()]);
                }
                return Ok(subschema);
            }
            _ => return Err(self.mistake(site.object, "a schema is an object or a boolean")),
        }
        subschema.types = self.types(site)?;
        subschema.hint = self.string(site, "x-hint")?.map(Arc::from);
        subschema.drop_null = self.flag(site, "x-drop-null")?;
        subschema.from_text = self.dialect.direction == Direction::Path;
        let mut rules = Vec::new();
        for definition in KEYWORDS {
            let given = definition.names.iter().any(|name| self.keyword(site, name).is_some());
            if given && let Some(keyword) = (definition.compile)(self, site)? {
                rules.push(Rule { applies: definition.applies, keyword });
            }
        }
        subschema.rules = rules.into_boxed_slice();
        Ok(subschema)
    }

    fn types(&self, site: &Site) -> Result<Types, SchemaError> {
        let Some(node) = self.keyword(site, "type") else { return Ok(Types::ANY) };
        let one = |node| {
            let name = self.document.as_str(node);
            name.and_then(|name| Types::named(&name)).ok_or_else(|| {
                self.mistake(
                    node,
                    "give `null`, `boolean`, `number`, `integer`, `string`, `array` or `object`",
                )
            })
        };
        if self.document.kind(node) != Kind::Array {
            return one(node);
        }
        self.document
            .elements(node)
            .try_fold(Types::NONE, |types, element| Ok(types.union(one(element)?)))
    }

    /// A keyword whose value is a string.
    pub fn string(&self, site: &Site, name: &str) -> Result<Option<String>, SchemaError> {
        self.keyword(site, name)
            .map(|node| match self.document.as_str(node) {
                Some(text) => Ok(text.into_owned()),
                None => Err(self.mistake(node, "give a string")),
            })
            .transpose()
    }

    /// A keyword whose value is a boolean, false where it is absent.
    pub fn flag(&self, site: &Site, name: &str) -> Result<bool, SchemaError> {
        match self.keyword(site, name) {
            None => Ok(false),
            Some(node) if self.document.kind(node) == Kind::Boolean => {
                Ok(self.document.is_true(node))
            }
            Some(node) => Err(self.mistake(node, "give `true` or `false`")),
        }
    }

    /// A keyword whose value is a count.
    pub fn count(&self, site: &Site, name: &str) -> Result<Option<u64>, SchemaError> {
        let Some(node) = self.keyword(site, name) else { return Ok(None) };
        let text = self.document.raw(node);
        let count = text.parse().ok().or_else(|| {
            let float = text.parse::<f64>().ok()?;
            (float >= 0.0 && float.fract() == 0.0 && float <= 9e15).then_some(float as u64)
        });
        match count.filter(|_| self.document.kind(node) == Kind::Number) {
            Some(count) => Ok(Some(count)),
            None => Err(self.mistake(node, "give a whole number that is not negative")),
        }
    }

    /// A list of strings at a node.
    pub fn names(&self, node: NodeId) -> Result<Vec<String>, SchemaError> {
        if self.document.kind(node) != Kind::Array {
            return Err(self.mistake(node, "give an array of strings"));
        }
        self.document
            .elements(node)
            .map(|element| match self.document.as_str(element) {
                Some(text) => Ok(text.into_owned()),
                None => Err(self.mistake(element, "give a string")),
            })
            .collect()
    }

    /// The schemas of an array at a node, which must not be empty.
    pub fn schemas(&self, node: NodeId) -> Result<Vec<NodeId>, SchemaError> {
        let schemas: Vec<_> = self.document.elements(node).collect();
        if schemas.is_empty() {
            return Err(self.mistake(node, "give an array of at least one schema"));
        }
        Ok(schemas)
    }

    /// Whether a schema object says nothing but what it refers to.
    pub fn only_refers(&self, object: NodeId) -> bool {
        const ANNOTATIONS: [&str; 9] = [
            "$comment", "title", "description", "summary", "default", "deprecated", "example",
            "examples", "readOnly",
        ];
        self.document.get(object, "$ref").is_some()
            && self.document.members(object).all(|(key, _)| {
                let key = self.document.string(key);
                key == "$ref" || ANNOTATIONS.contains(&&*key)
            })
    }

    /// The keys that a schema knows, with those of the subschemas that judge the same value;
    /// nothing if it takes any key.
    pub fn known_keys(&self, object: NodeId) -> Option<KnownKeys> {
        let mut keys = KnownKeys::default();
        let open = !self.collect_keys(object, &mut keys, &mut Vec::new());
        (!open && !keys.names.is_empty()).then_some(keys)
    }

    fn collect_keys(
        &self,
        object: NodeId,
        keys: &mut KnownKeys,
        seen: &mut Vec<NodeId>,
    ) -> bool {
        const OPEN: [&str; 3] =
            ["additionalProperties", "patternProperties", "unevaluatedProperties"];
        const LISTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];
        const SINGLE: [&str; 3] = ["if", "then", "else"];
        if seen.contains(&object) || self.document.kind(object) != Kind::Object {
            return true;
        }
        seen.push(object);
        if OPEN.iter().any(|name| self.document.get(object, name).is_some()) {
            return false;
        }
        if let Some(properties) = self.document.get(object, "properties") {
            for (key, _) in self.document.members(properties) {
                keys.names.insert(self.document.string(key).into_owned());
            }
        }
        if let Some(custom) = self.document.get(object, "x-custom-fields") {
            let Some(prefix) = self.document.get_str(custom, "prefix") else { return false };
            keys.prefixes.push(prefix.into_owned());
        }
        let lists = LISTS.iter().filter_map(|name| self.document.get(object, name));
        let listed = lists.flat_map(|list| self.document.elements(list));
        let single = SINGLE.iter().filter_map(|name| self.document.get(object, name));
        let dependent = self.document.get(object, "dependentSchemas");
        let dependent = dependent.into_iter().flat_map(|node| self.document.members(node));
        let reference = self.document.get(object, "$ref");
        let referred = reference.and_then(|reference| self.resolve(reference).ok());
        listed
            .chain(single)
            .chain(dependent.map(|(_, schema)| schema))
            .chain(referred)
            .all(|schema| self.collect_keys(schema, keys, seen))
    }
}

/// Follows the fragment of a reference as a JSON Pointer, percent-encoded (RFC 6901, section 6).
pub fn follow(document: &Document<'_>, fragment: &str) -> Option<NodeId> {
    let fragment = percent_decode_str(fragment).decode_utf8().ok()?;
    if fragment.is_empty() {
        return Some(NodeId::ROOT);
    }
    fragment.strip_prefix('/')?.split('/').try_fold(NodeId::ROOT, |node, token| {
        let token = token.replace("~1", "/").replace("~0", "~");
        match document.kind(node) {
            Kind::Object => document.get(node, &token),
            Kind::Array => document.elements(node).nth(token.parse().ok()?),
            _ => None,
        }
    })
}
