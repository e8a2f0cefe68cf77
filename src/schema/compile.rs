//! Compiling: each subschema once, from a list of what is still to do, so that depth and recursion
//! of the schema do not matter.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::resources::{Place, Resources};
use super::{Dialect, Quick, Rule, Schema, SchemaError, SchemaId, Subschema, Types};
use crate::code::{self, Code};
use crate::document::{Document, Kind, NodeId, Paths, pointer};
use crate::formats::LinkedinHost;
use crate::keywords::{self, KEYWORDS};
use crate::number::Decimal;
use crate::order;

/// What a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// A value by itself: a key that the schema does not know is told.
    Value,
    /// A request body: as a value, and what is `readOnly` is refused.
    Request,
    /// A response body: unknown keys are kept without a word, what is `writeOnly` is refused.
    Response,
    /// Parameters: as a value, and numbers and booleans may be written as text.
    Parameters,
}

/// A subschema that is being compiled: where it is, and how it meets its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Site {
    /// Where it is.
    pub place: Place,
    /// Whether it judges the value of another subschema (`allOf`, `$ref`, …) instead of a value of
    /// its own: then the other one says which keys are known.
    pub in_place: bool,
}

/// The keys that a schema knows.
#[derive(Debug, Default)]
pub struct KnownKeys {
    /// Their names, sorted, each once.
    pub names: Vec<String>,
    /// What the custom ones among them begin with.
    pub prefixes: Vec<String>,
}

/// The state of a compilation.
pub struct Compiler<'d> {
    resources: Resources<'d>,
    dialect: Dialect,
    subschemas: Vec<Option<Subschema>>,
    sites: HashMap<Site, SchemaId>,
    pending: Vec<(Site, SchemaId)>,
    /// The subschema that is being compiled.
    here: Place,
    here_id: SchemaId,
    /// Which subschemas judge the same value as which others.
    same_value: Vec<(SchemaId, SchemaId)>,
    /// Names of dynamic anchors that are referred to.
    dynamic: Vec<String>,
    /// Whether several subschemas may edit one node.
    composed: bool,
    /// Whether a rule asks which members and elements others have judged.
    tracked: bool,
}

impl<'d> Compiler<'d> {
    /// A compiler of schemas in documents, each with its address; the first is the main one.
    pub fn new(documents: Vec<(&'d str, &'d Document<'d>)>, dialect: Dialect) -> Self {
        Compiler {
            resources: Resources::new(documents),
            dialect,
            subschemas: Vec::new(),
            sites: HashMap::new(),
            pending: Vec::new(),
            here: Place { document: 0, object: NodeId::ROOT, resource: 0 },
            here_id: SchemaId(0),
            same_value: Vec::new(),
            dynamic: Vec::new(),
            composed: false,
            tracked: false,
        }
    }

    /// Compiles the schema at a node of the main document, with all that it needs.
    ///
    /// # Errors
    ///
    /// The first mistake of the schema's author.
    pub fn compile(mut self, root: NodeId) -> Result<Schema, SchemaError> {
        let place = self.resources.place(root);
        let root = self.request(place, false);
        let mut dynamic = Vec::new();
        while !self.pending.is_empty() {
            while let Some((site, id)) = self.pending.pop() {
                (self.here, self.here_id) = (site.place, id);
                let subschema = self.subschema_at(&site)?;
                self.subschemas[id.0 as usize] = Some(subschema);
            }
            dynamic = self.dynamic_anchors();
        }
        let document = self.resources.document(0);
        let linkedin_host = match document.get_str(NodeId::ROOT, "x-linkedin-host").as_deref() {
            None | Some("www") => LinkedinHost::Www,
            Some("apex") => LinkedinHost::Apex,
            Some(other) => {
                return Err(SchemaError {
                    pointer: "/x-linkedin-host".to_owned(),
                    message: format!("`{other}` is no host; give `www` or `apex`"),
                });
            }
        };
        let cyclic = !self.dynamic.is_empty() || self.is_cyclic();
        Ok(Schema {
            cyclic,
            subschemas: self.subschemas.into_iter().flatten().collect(),
            root,
            linkedin_host,
            composed: self.composed,
            tracked: self.tracked,
            dynamic,
        })
    }

    /// The subschemas by the dynamic anchors that are referred to, each with its resource. Those
    /// of resources that no reference reaches cannot be what is meant.
    fn dynamic_anchors(&mut self) -> Vec<Vec<(u32, SchemaId)>> {
        let reached: HashSet<_> = self.sites.keys().map(|site| site.place.resource).collect();
        let mut bearers = Vec::new();
        for name in self.dynamic.clone() {
            let mut places = self.resources.dynamic(&name);
            places.retain(|place| reached.contains(&place.resource));
            let with_id = |place: Place| (place.resource, self.request(place, true));
            bearers.push(places.into_iter().map(with_id).collect());
        }
        bearers
    }

    /// The document of the subschema that is being compiled.
    pub fn document(&self) -> &'d Document<'d> {
        self.resources.document(self.here.document)
    }

    /// How the schema is compiled.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The value of a keyword at a site.
    pub fn keyword(&self, site: &Site, name: &str) -> Option<NodeId> {
        self.document().get(site.place.object, name)
    }

    /// A subschema that judges a value of its own. One that is nothing but a reference is what it
    /// refers to.
    pub fn subschema(&mut self, object: NodeId) -> SchemaId {
        let mut place = self.resources.within(self.here, object);
        for _ in 0..32 {
            let document = self.resources.document(place.document);
            let Some(reference) = document.get_str(place.object, "$ref") else { break };
            let alone = document.count(place.object) == 1;
            let target = self.resources.resolve(place, &reference);
            let Some(target) = target.filter(|_| alone) else { break };
            place = target;
        }
        self.request(place, false)
    }

    /// A subschema that judges the same value as another.
    pub fn in_place(&mut self, object: NodeId) -> SchemaId {
        self.composed = true;
        let place = self.resources.within(self.here, object);
        self.request_for_same_value(place, true)
    }

    /// The subschema that a reference leads to, for the same value. If the site does nothing but
    /// refer, what it refers to says which keys are known.
    pub fn referred(&mut self, site: &Site, reference: NodeId) -> Result<SchemaId, SchemaError> {
        let target = self.resolve(reference)?;
        let in_place = site.in_place || !self.only_refers(site.place.object);
        self.composed |= in_place;
        Ok(self.request_for_same_value(target, in_place))
    }

    /// The subschema that a dynamic reference leads to at first, and the number of the dynamic
    /// anchor whose other bearers may take its place (core, section 8.2.3.2).
    pub fn dynamically_referred(
        &mut self,
        reference: NodeId,
    ) -> Result<(SchemaId, Option<usize>), SchemaError> {
        let target = self.resolve(reference)?;
        let text = self.document().string(reference);
        let name = text.split_once('#').map_or("", |(_, fragment)| fragment);
        self.composed = true;
        let first = self.request(target, true);
        if !self.resources.is_dynamic(target, name) {
            return Ok((first, None));
        }
        let known = self.dynamic.iter().position(|known| known == name);
        let number = known.unwrap_or_else(|| {
            self.dynamic.push(name.to_owned());
            self.dynamic.len() - 1
        });
        Ok((first, Some(number)))
    }

    /// Makes checks remember which members and elements were judged.
    pub fn track(&mut self) {
        self.tracked = true;
    }

    /// Whether `format` asserts here.
    pub fn formats_assert(&self) -> bool {
        self.dialect.formats || self.resources.vocabulary(self.here.resource).format_assertion
    }

    fn request_for_same_value(&mut self, place: Place, in_place: bool) -> SchemaId {
        let id = self.request(place, in_place);
        self.same_value.push((self.here_id, id));
        id
    }

    /// Whether a subschema can come back to itself for the same value. Documents have such schemas:
    /// a form that lists its variants, each of which includes the form.
    fn is_cyclic(&self) -> bool {
        let count = self.subschemas.len();
        let mut targets = vec![Vec::new(); count];
        let mut incoming = vec![0_usize; count];
        for (from, to) in &self.same_value {
            targets[from.0 as usize].push(to.0 as usize);
            incoming[to.0 as usize] += 1;
        }
        // What is left when those that nothing leads to are taken away, one after another.
        let mut free: Vec<_> = (0..count).filter(|id| incoming[*id] == 0).collect();
        let mut taken = 0;
        while let Some(id) = free.pop() {
            taken += 1;
            for target in &targets[id] {
                incoming[*target] -= 1;
                if incoming[*target] == 0 {
                    free.push(*target);
                }
            }
        }
        taken < count
    }

    fn request(&mut self, place: Place, in_place: bool) -> SchemaId {
        let site = Site { place, in_place };
        if let Some(id) = self.sites.get(&site) {
            return *id;
        }
        let id = SchemaId(self.subschemas.len() as u32);
        self.subschemas.push(None);
        self.sites.insert(site, id);
        self.pending.push((site, id));
        id
    }

    /// The schema that a reference leads to.
    ///
    /// # Errors
    ///
    /// A reference that leads nowhere.
    fn resolve(&mut self, reference: NodeId) -> Result<Place, SchemaError> {
        let Some(text) = self.document().as_str(reference) else {
            return Err(self.mistake(reference, "give the reference as a string"));
        };
        self.resources.resolve(self.here, &text).ok_or_else(|| {
            let hint = if text.starts_with('#') {
                ""
            } else {
                "; give its document along, nothing is fetched"
            };
            self.mistake(reference, &format!("`{text}` leads nowhere{hint}"))
        })
    }

    /// An error at a node of the schema.
    pub fn mistake(&self, node: NodeId, message: &str) -> SchemaError {
        let pointer = pointer(&Paths::new(self.document()).path(node));
        SchemaError { pointer, message: message.to_owned() }
    }

    fn subschema_at(&mut self, site: &Site) -> Result<Subschema, SchemaError> {
        let mut subschema = Subschema {
            types: Types::ANY,
            rules: Box::new([]),
            heard: Types::NONE,
            quick: None,
            words: None,
            hint: None,
            drop_null: false,
            from_text: false,
            nullable: false,
            resource: 0,
        };
        match self.document().kind(site.place.object) {
            Kind::Object => {}
            Kind::Boolean => {
                if !self.document().is_true(site.place.object) {
                    subschema.rules = Box::new([keywords::never()]);
                    subschema.heard = Types::ANY;
                }
                return Ok(subschema);
            }
            _ => return Err(self.mistake(site.place.object, "a schema is an object or a boolean")),
        }
        // Before OpenAPI 3.1 nothing beside a reference counts.
        let bare_reference = self.dialect.openapi_3_0 && self.keyword(site, "$ref").is_some();
        if self.dialect.openapi_3_0 && !bare_reference {
            subschema.nullable = self.flag(site, "nullable")?;
        }
        let vocabulary = self.resources.vocabulary(site.place.resource);
        subschema.resource = site.place.resource;
        if vocabulary.validation && !bare_reference {
            subschema.types = self.types(site)?;
        }
        subschema.hint = self.string(site, "x-hint")?.map(Arc::from);
        subschema.drop_null = self.flag(site, "x-drop-null")?;
        subschema.from_text = self.dialect.direction == Direction::Parameters;
        let mut rules = Vec::new();
        for definition in KEYWORDS.iter().copied().flatten() {
            let given = definition.names.iter().any(|name| self.keyword(site, name).is_some());
            let used = (vocabulary.validation || !definition.validation)
                && (!bare_reference || *definition.names == ["$ref"]);
            if given
                && used
                && let Some(keyword) = (definition.compile)(self, site)?
            {
                rules.push(Rule { applies: definition.applies, keyword });
            }
        }
        subschema.heard = rules.iter().fold(Types::NONE, |types, rule| types.union(rule.applies));
        subschema.quick = Quick::of(subschema.types, &rules);
        if let [rule] = &rules[..] {
            subschema.words = rule.keyword.words();
        }
        subschema.rules = rules.into_boxed_slice();
        Ok(subschema)
    }

    fn types(&self, site: &Site) -> Result<Types, SchemaError> {
        let Some(node) = self.keyword(site, "type") else { return Ok(Types::ANY) };
        let one = |node| {
            let name = self.document().as_str(node);
            name.and_then(|name| Types::named(&name)).ok_or_else(|| {
                self.mistake(
                    node,
                    "give `null`, `boolean`, `number`, `integer`, `string`, `array` or `object`",
                )
            })
        };
        if self.document().kind(node) != Kind::Array {
            return one(node);
        }
        self.document()
            .elements(node)
            .try_fold(Types::NONE, |types, element| Ok(types.union(one(element)?)))
    }

    /// A keyword whose value is a string.
    pub fn string(&self, site: &Site, name: &str) -> Result<Option<String>, SchemaError> {
        self.keyword(site, name)
            .map(|node| match self.document().as_str(node) {
                Some(text) => Ok(text.into_owned()),
                None => Err(self.mistake(node, "give a string")),
            })
            .transpose()
    }

    /// A keyword whose value is a boolean, false where it is absent.
    pub fn flag(&self, site: &Site, name: &str) -> Result<bool, SchemaError> {
        match self.keyword(site, name) {
            None => Ok(false),
            Some(node) if self.document().kind(node) == Kind::Boolean => {
                Ok(self.document().is_true(node))
            }
            Some(node) => Err(self.mistake(node, "give `true` or `false`")),
        }
    }

    /// A keyword whose value is a count.
    pub fn count(&self, site: &Site, name: &str) -> Result<Option<u64>, SchemaError> {
        let Some(node) = self.keyword(site, name) else { return Ok(None) };
        let is_number = self.document().kind(node) == Kind::Number;
        let number = is_number.then(|| Decimal::parse(self.document().raw(node)));
        match number.and_then(|number| number.to_count()) {
            Some(count) => Ok(Some(count)),
            None => Err(self.mistake(node, "give a whole number that is not negative")),
        }
    }

    /// A list of strings at a node.
    pub fn names(&self, node: NodeId) -> Result<Vec<String>, SchemaError> {
        if self.document().kind(node) != Kind::Array {
            return Err(self.mistake(node, "give an array of strings"));
        }
        self.document()
            .elements(node)
            .map(|element| match self.document().as_str(element) {
                Some(text) => Ok(text.into_owned()),
                None => Err(self.mistake(element, "give a string")),
            })
            .collect()
    }

    /// The schemas of an array at a node, which must not be empty.
    pub fn schemas(&self, node: NodeId) -> Result<Vec<NodeId>, SchemaError> {
        let schemas: Vec<_> = self.document().elements(node).collect();
        if schemas.is_empty() {
            return Err(self.mistake(node, "give an array of at least one schema"));
        }
        Ok(schemas)
    }

    /// Whether a property is refused here: one that is only read in a request, one that is only
    /// written in a response (OpenAPI 3.1.0, section 4.8.24; OpenAPI 3.0.3, section 4.7.24.2).
    pub fn refused(&mut self, property: NodeId) -> Option<&'static Code> {
        let (name, code) = match self.dialect.direction {
            Direction::Request => ("readOnly", &code::READ_ONLY),
            Direction::Response => ("writeOnly", &code::WRITE_ONLY),
            Direction::Value | Direction::Parameters => return None,
        };
        let mut place = self.resources.within(self.here, property);
        for _ in 0..32 {
            let document = self.resources.document(place.document);
            if document.get(place.object, name).is_some_and(|flag| document.raw(flag) == "true") {
                return Some(code);
            }
            let reference = document.get_str(place.object, "$ref")?;
            place = self.resources.resolve(place, &reference)?;
        }
        None
    }

    /// Whether a schema object says nothing but what it refers to.
    pub fn only_refers(&self, object: NodeId) -> bool {
        const ANNOTATIONS: [&str; 9] = [
            "$comment",
            "title",
            "description",
            "summary",
            "default",
            "deprecated",
            "example",
            "examples",
            "readOnly",
        ];
        self.document().get(object, "$ref").is_some()
            && (self.dialect.openapi_3_0
                || self.document().members(object).all(|(key, _)| {
                    let key = self.document().string(key);
                    key == "$ref" || ANNOTATIONS.contains(&&*key)
                }))
    }

    /// The keys that a schema knows, with those of the subschemas that judge the same value;
    /// nothing if it takes any key.
    pub fn known_keys(&mut self, site: &Site) -> Option<KnownKeys> {
        let mut keys = KnownKeys::default();
        let mut seen = HashSet::new();
        let mut pending = vec![site.place];
        while let Some(place) = pending.pop() {
            let document = self.resources.document(place.document);
            if !seen.insert(place) || document.kind(place.object) != Kind::Object {
                continue;
            }
            for (key, value) in document.members(place.object) {
                let mut also = |schema| pending.push(self.resources.within(place, schema));
                match &*document.string(key) {
                    "additionalProperties"
                    | "patternProperties"
                    | "unevaluatedProperties"
                    | "$dynamicRef" => return None,
                    "properties" => keys.names.extend(
                        document.members(value).map(|(key, _)| document.string(key).into_owned()),
                    ),
                    "x-custom-fields" => {
                        keys.prefixes.push(document.get_str(value, "prefix")?.into_owned());
                    }
                    "allOf" | "anyOf" | "oneOf" => document.elements(value).for_each(also),
                    "if" | "then" | "else" => also(value),
                    "dependentSchemas" => {
                        document.members(value).for_each(|(_, schema)| also(schema))
                    }
                    "$ref" => {
                        let reference = document.as_str(value)?;
                        pending.push(self.resources.resolve(place, &reference)?);
                    }
                    _ => {}
                }
            }
        }
        order::sort(&mut keys.names);
        keys.names.dedup();
        (!keys.names.is_empty()).then_some(keys)
    }
}
