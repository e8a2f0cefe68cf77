//! OpenAPI 3.1: a document to operations, and the schemas of their parts.

use crate::batch::Batch;
use crate::document::{Document, Kind, NodeId, Paths, Segment, escape_into, pointer};
use crate::json::write_list;
use crate::schema::{Dialect, Direction, Schema, SchemaError, follow, read};

/// The methods an OpenAPI path item may have (OpenAPI 3.1.0, section 4.8.9.1).
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An OpenAPI document.
#[derive(Debug)]
pub struct Api {
    document: Document<'static>,
}

/// An operation of an API.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The operationId, or `METHOD /path` where there is none.
    pub id: String,
    /// The method, in upper case.
    pub method: String,
    /// The path, with its parameters in braces.
    pub path: String,
    path_item: NodeId,
    node: NodeId,
}

/// A part of an operation that can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'p> {
    /// The request body of a media type; of the first that is JSON, if none is named.
    Body(Option<&'p str>),
    /// The response of a status; the successful one, if none is named.
    Response(Option<&'p str>),
    /// The parameters at a place, as an object.
    Parameters(ParameterPlace),
}

/// Where parameters are (OpenAPI 3.1.0, section 4.8.12.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterPlace {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In the header; names are in lower case.
    Header,
    /// In a form. OpenAPI has none of these since 3.0; documents that were made from older ones do,
    /// and they stand for the request body.
    Form,
}

impl ParameterPlace {
    fn name(self) -> &'static str {
        match self {
            ParameterPlace::Path => "path",
            ParameterPlace::Query => "query",
            ParameterPlace::Header => "header",
            ParameterPlace::Form => "formData",
        }
    }
}

/// A parameter, as a schema needs it.
struct Parameter {
    name: String,
    schema: Option<NodeId>,
    required: bool,
}

/// A field of a body, as a list of operations tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its key.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Its types, or `custom fields` for an object of registered keys.
    pub types: Vec<String>,
    /// The types of its elements, if it is an array.
    pub items: Vec<String>,
    /// Its format.
    pub format: String,
    /// Whether it must be there.
    pub required: bool,
    /// What it is for.
    pub description: String,
}

impl Api {
    /// Reads an OpenAPI document.
    ///
    /// # Errors
    ///
    /// A text that is no JSON, and a document that has no `openapi` version 3, or `paths` that
    /// are no object.
    pub fn read(text: &[u8]) -> Result<Api, SchemaError> {
        let document = read(text)?;
        let mistake = |pointer: &str, message: String| {
            Err(SchemaError { pointer: pointer.to_owned(), message })
        };
        let paths = document.get(NodeId::ROOT, "paths");
        match document.get_str(NodeId::ROOT, "openapi") {
            Some(version) if version.starts_with("3.") => {}
            Some(version) => {
                let message =
                    format!("`{version}` is no version of OpenAPI known here; give `3.1.0`");
                return mistake("/openapi", message);
            }
            None => {
                let message = "this is no OpenAPI document of version 3; give one with `3.1.0`";
                return mistake("/openapi", message.to_owned());
            }
        }
        match paths.filter(|paths| document.kind(*paths) != Kind::Object) {
            Some(_) => mistake("/paths", "give an object of path items".to_owned()),
            None => Ok(Api { document }),
        }
    }

    /// The operations, in the order of the document.
    pub fn operations(&self) -> Vec<Operation> {
        let document = &self.document;
        let paths = document.get(NodeId::ROOT, "paths");
        let mut operations = Vec::new();
        for (path, item) in paths.into_iter().flat_map(|paths| document.members(paths)) {
            let path = document.string(path);
            let path_item = self.referred(item);
            for (method, node) in document.members(path_item) {
                let method = document.string(method);
                if !METHODS.contains(&&*method) {
                    continue;
                }
                let method = method.to_ascii_uppercase();
                let id = match document.get_str(node, "operationId") {
                    Some(id) => id.into_owned(),
                    None => format!("{method} {path}"),
                };
                operations.push(Operation { id, method, path: path.to_string(), path_item, node });
            }
        }
        operations
    }

    /// The operation of that operationId, or of that `METHOD /path`.
    ///
    /// # Errors
    ///
    /// That there is none, with the nearest that there is.
    pub fn operation(&self, id: &str) -> Result<Operation, SchemaError> {
        let operations = self.operations();
        let named = |operation: &&Operation| {
            operation.id == id || format!("{} {}", operation.method, operation.path) == id
        };
        if let Some(operation) = operations.iter().find(named) {
            return Ok(operation.clone());
        }
        let near = crate::nearest::nearest(id, operations.iter().map(|operation| &*operation.id));
        let near = near.map(|near| format!("; did you mean `{near}`")).unwrap_or_default();
        Err(SchemaError {
            pointer: "/paths".to_owned(),
            message: format!("there is no operation `{id}`{near}"),
        })
    }

    /// Compiles the schema of a part of an operation.
    ///
    /// # Errors
    ///
    /// An operation that has no such part as JSON, and a schema that does not compile.
    pub fn schema(&self, operation: &Operation, part: Part<'_>) -> Result<Schema, SchemaError> {
        let form = ParameterPlace::Form;
        let (direction, holder, media) = match part {
            Part::Body(None)
                if self.document.get(operation.node, "requestBody").is_none()
                    && !self.parameters(operation, form).is_empty() =>
            {
                return self.parameter_schema(operation, form);
            }
            Part::Body(media) => {
                (Direction::Request, self.document.get(operation.node, "requestBody"), media)
            }
            Part::Response(status) => (Direction::Response, self.response(operation, status), None),
            Part::Parameters(place) => return self.parameter_schema(operation, place),
        };
        let schema = holder
            .map(|holder| self.referred(holder))
            .and_then(|holder| self.document.get(holder, "content"))
            .and_then(|content| match media {
                None => self.json_content(content),
                Some(media) => self.document.get(content, media),
            })
            .and_then(|content| self.document.get(content, "schema"));
        let schema = schema.ok_or_else(|| {
            let (what, names) = match direction {
                Direction::Response => ("response in JSON", self.statuses(operation)),
                _ if media.is_some() => ("such request body", self.media_types(operation)),
                _ => ("request body in JSON", self.media_types(operation)),
            };
            let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            let there = match &names[..] {
                [] => String::new(),
                names => format!("; there is {}", names.join(", ")),
            };
            self.mistake(operation.node, &format!("`{}` has no {what}{there}", operation.id))
        })?;
        Schema::compile(&self.document, schema, &[], self.dialect(direction))
    }

    fn dialect(&self, direction: Direction) -> Dialect {
        let version = self.document.get_str(NodeId::ROOT, "openapi").unwrap_or_default();
        Dialect { formats: true, direction, openapi_3_0: version.starts_with("3.0") }
    }

    /// The media types of the operation's request body.
    pub fn media_types(&self, operation: &Operation) -> Vec<String> {
        let content = self
            .document
            .get(operation.node, "requestBody")
            .and_then(|body| self.document.get(self.referred(body), "content"));
        self.keys(content)
    }

    /// The statuses of the operation's responses that have a body in JSON.
    pub fn statuses(&self, operation: &Operation) -> Vec<String> {
        let mut statuses = self.keys(self.document.get(operation.node, "responses"));
        statuses.retain(|status| {
            self.response(operation, Some(status))
                .and_then(|response| self.document.get(self.referred(response), "content"))
                .and_then(|content| self.json_content(content))
                .is_some_and(|content| self.document.get(content, "schema").is_some())
        });
        statuses
    }

    fn keys(&self, object: Option<NodeId>) -> Vec<String> {
        let members = object.into_iter().flat_map(|object| self.document.members(object));
        members.map(|(key, _)| self.document.string(key).into_owned()).collect()
    }

    /// How the operation takes many items at once (`x-batch`), if it does.
    ///
    /// # Errors
    ///
    /// An `x-batch` that is not of the form it has to be.
    pub fn batch(&self, operation: &Operation) -> Result<Option<Batch>, SchemaError> {
        match self.document.get(operation.node, "x-batch") {
            None => Ok(None),
            Some(node) => match Batch::read(&self.document, node) {
                Ok(batch) => Ok(Some(batch)),
                Err(message) => Err(self.mistake(node, &message)),
            },
        }
    }

    /// The names of the parameters at a place.
    pub fn parameter_names(&self, operation: &Operation, place: ParameterPlace) -> Vec<String> {
        self.parameters(operation, place).into_iter().map(|parameter| parameter.name).collect()
    }

    /// One sentence about the operation.
    pub fn summary(&self, operation: &Operation) -> String {
        self.document.get_str(operation.node, "summary").unwrap_or_default().into_owned()
    }

    /// The fields of the operation's body; of its items, if it is a batch.
    pub fn fields(&self, operation: &Operation) -> Vec<Field> {
        let document = &self.document;
        let schema = document
            .get(operation.node, "requestBody")
            .map(|body| self.referred(body))
            .and_then(|body| document.get(body, "content"))
            .and_then(|content| self.json_content(content))
            .and_then(|content| document.get(content, "schema"))
            .map(|schema| self.referred(schema));
        let batch = self.batch(operation).ok().flatten();
        let schema = match (schema, batch) {
            (Some(schema), Some(batch)) => document
                .at(schema, ["properties", &batch.items])
                .map(|items| self.referred(items))
                .and_then(|items| document.get(items, "items"))
                .map(|item| self.referred(item)),
            (schema, _) => schema,
        };
        let Some(schema) = schema else { return Vec::new() };
        let required = document.get(schema, "required");
        let required: Vec<_> = required
            .into_iter()
            .flat_map(|required| document.elements(required))
            .filter_map(|name| document.as_str(name))
            .collect();
        let properties = document.get(schema, "properties");
        properties
            .into_iter()
            .flat_map(|properties| document.members(properties))
            .map(|(key, property)| {
                let property = self.referred(property);
                let name = document.string(key);
                let text = |name| {
                    document
                        .get_str(property, name)
                        .map(|text| text.into_owned())
                        .unwrap_or_default()
                };
                let items = document.get(property, "items").map(|items| self.referred(items));
                let registered = document.get(property, "x-custom-fields").is_some();
                Field {
                    title: text("title"),
                    types: match registered {
                        true => vec!["custom fields".to_owned()],
                        false => self.types(property),
                    },
                    items: items.map(|items| self.types(items)).unwrap_or_default(),
                    format: text("format"),
                    required: required.contains(&name),
                    description: text("description"),
                    name: name.into_owned(),
                }
            })
            .collect()
    }

    fn types(&self, schema: NodeId) -> Vec<String> {
        let Some(types) = self.document.get(schema, "type") else { return Vec::new() };
        match self.document.as_str(types) {
            Some(name) => vec![name.into_owned()],
            None => self
                .document
                .elements(types)
                .filter_map(|name| self.document.as_str(name).map(|name| name.into_owned()))
                .collect(),
        }
    }

    fn parameters(&self, operation: &Operation, place: ParameterPlace) -> Vec<Parameter> {
        let document = &self.document;
        let mut found: Vec<Parameter> = Vec::new();
        for owner in [operation.node, operation.path_item] {
            let list = document.get(owner, "parameters");
            for parameter in list.into_iter().flat_map(|list| document.elements(list)) {
                let parameter = self.referred(parameter);
                let Some(name) = document.get_str(parameter, "name") else { continue };
                let name = match place {
                    ParameterPlace::Header => name.to_ascii_lowercase(),
                    _ => name.into_owned(),
                };
                let here = document.get_str(parameter, "in").as_deref() == Some(place.name());
                // A parameter of the operation overrides one of the path item.
                if here && !found.iter().any(|known| known.name == name) {
                    let required = document.get(parameter, "required");
                    found.push(Parameter {
                        name,
                        schema: document.get(parameter, "schema"),
                        required: place == ParameterPlace::Path
                            || required.is_some_and(|flag| document.raw(flag) == "true"),
                    });
                }
            }
        }
        found
    }

    /// Compiles parameters as a schema of an object. It is written into a copy of the document, so
    /// that references of the parameters' schemas lead where they did.
    fn parameter_schema(
        &self,
        operation: &Operation,
        place: ParameterPlace,
    ) -> Result<Schema, SchemaError> {
        let parameters = self.parameters(operation, place);
        let mut text = self.document.text().trim_end().to_owned();
        text.pop();
        text.push_str(",\"x-parameters\":{\"type\":\"object\",\"properties\":{");
        for (at, Parameter { name, schema, .. }) in parameters.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            escape_into(name, &mut text);
            text.push(':');
            text.push_str(schema.map_or("true", |schema| self.document.raw(schema)));
        }
        text.push_str("},\"required\":");
        let required: Vec<_> = parameters.iter().filter(|parameter| parameter.required).collect();
        write_list(&required, &mut text, |parameter, out| escape_into(&parameter.name, out));
        // A request has headers that no document lists.
        if place == ParameterPlace::Header {
            text.push_str(",\"additionalProperties\":true");
        }
        text.push_str("}}");
        let document = read(text.as_bytes())?;
        let Some(root) = document.get(NodeId::ROOT, "x-parameters") else {
            return Err(self.mistake(operation.node, "the parameters cannot be read"));
        };
        let schema = Schema::compile(&document, root, &[], self.dialect(Direction::Parameters));
        schema.map_err(|error| self.as_written(error, &parameters))
    }

    /// A mistake in the copy with the parameters, at its place in the document itself.
    fn as_written(&self, error: SchemaError, parameters: &[Parameter]) -> SchemaError {
        let found = parameters.iter().find_map(|Parameter { name, schema, .. }| {
            let keys = ["x-parameters", "properties", name];
            let copied = pointer(&keys.map(|key| Segment::Key(key.to_owned())));
            let rest = error.pointer.strip_prefix(&*copied)?;
            let rest = (rest.is_empty() || rest.starts_with('/')).then_some(rest)?;
            Some(pointer(&Paths::new(&self.document).path((*schema)?)) + rest)
        });
        SchemaError { pointer: found.unwrap_or(error.pointer), message: error.message }
    }

    /// The response of a status, or by its class (`4XX`), or the default; without a status the
    /// successful one.
    fn response(&self, operation: &Operation, status: Option<&str>) -> Option<NodeId> {
        let responses = self.document.get(operation.node, "responses")?;
        let get = |name: &str| self.document.get(responses, name);
        match status {
            Some(status) => get(status)
                .or_else(|| get(&format!("{}XX", status.get(..1)?)))
                .or_else(|| get("default")),
            None => get("200")
                .or_else(|| {
                    self.document
                        .members(responses)
                        .find(|(status, _)| self.document.string(*status).starts_with('2'))
                        .map(|(_, response)| response)
                })
                .or_else(|| get("default")),
        }
    }

    /// The JSON among the media types.
    fn json_content(&self, content: NodeId) -> Option<NodeId> {
        let is_json = |name: &str| {
            let name = name.split(';').next().unwrap_or(name).trim().to_ascii_lowercase();
            name == "application/json" || name.ends_with("+json") || name == "*/*"
        };
        let mut members = self.document.members(content);
        members.find(|(name, _)| is_json(&self.document.string(*name))).map(|(_, media)| media)
    }

    /// The node itself, or what its `$ref` leads to.
    fn referred(&self, node: NodeId) -> NodeId {
        let mut at = node;
        for _ in 0..32 {
            let Some(reference) = self.document.get_str(at, "$ref") else { return at };
            let target = reference.strip_prefix('#').and_then(|path| follow(&self.document, path));
            let Some(target) = target else { return at };
            at = target;
        }
        at
    }

    fn mistake(&self, node: NodeId, message: &str) -> SchemaError {
        let pointer = pointer(&Paths::new(&self.document).path(node));
        SchemaError { pointer, message: message.to_owned() }
    }
}
