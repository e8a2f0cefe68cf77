//! The codes: one code, one meaning, everywhere.
//!
//! A code is a stable `snake_case` name with the template of its English message. A template names
//! its parameters in braces (see [`crate::message::render`]). A message is lower case, ends without a
//! full stop, quotes the input in backticks, and says what would pass.

/// A stable name for one thing that can be wrong, and how it is told.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The name users match on, in `snake_case`.
    pub name: &'static str,
    /// The template of the English message.
    pub message: &'static str,
    /// Whether the template quotes the value that was found.
    pub(crate) quotes: bool,
}

impl Code {
    /// A code with the template of its message.
    pub const fn new(name: &'static str, message: &'static str) -> Code {
        const FOUND: &[u8] = b"{found}";
        let bytes = message.as_bytes();
        let (mut at, mut matched) = (0, 0);
        while at < bytes.len() && matched < FOUND.len() {
            matched = match bytes[at] {
                byte if byte == FOUND[matched] => matched + 1,
                b'{' => 1,
                _ => 0,
            };
            at += 1;
        }
        Code { name, message, quotes: matched == FOUND.len() }
    }
}

/// Declares codes as statics and lists them in [`ALL`], so that none can be left out of the table.
macro_rules! codes {
    ($($ident:ident $name:literal $message:literal)*) => {
        $(#[doc = concat!("```text\n", $message, "\n```")]
        pub static $ident: Code = Code::new($name, $message);)*
        /// Every code of the crate, in the order of the table in the README.
        pub static ALL: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    // The text and the value.
    INVALID_JSON "invalid_json" "not JSON: {found} where {expected} is expected"
    DUPLICATE_KEY "duplicate_key" "the key `{found}` is there twice; give each key once"
    TOO_DEEP "too_deep" "nested more than {limit|level} deep"
    TOO_LARGE "too_large" "{length} bytes are more than the {limit} that are taken"
    INVALID_UNICODE "invalid_unicode" "not valid Unicode: {what}"
    UNSUPPORTED_VALUE "unsupported_value" "JSON cannot hold {what}"
    INTERNAL "internal" "the check failed through no fault of the input; please report it"
    TOO_COMPLEX "too_complex" "the check takes too many steps on this input; give a smaller one"

    TOO_MANY_ISSUES "too_many_issues" "{count|more issue} left out here; see to the others first, or give a larger `maxIssues`"

    // JSON Schema's keywords.
    TYPE "type" "`{found}` is {actual|a}; give {expected|a}"
    REQUIRED "required" "`{key}` is required[ where `{beside}` is given][; `{near}` may be meant for it]"
    ENUM "enum" "`{found}` does not pass; give {allowed}[, or {expected|a}][; did you mean `{suggestion}`]"
    CONST "const" "`{found}` does not pass; give {allowed}"
    UNKNOWN_KEY "unknown_key" "`{found}` is not a known key[; did you mean `{suggestion}`]"
    READ_ONLY "read_only" "`{found}` is set by the server; leave it out of requests"
    WRITE_ONLY "write_only" "`{found}` is only sent to the server; it has no place in an answer"
    DISCRIMINATOR "discriminator" "`{found}` is not a form that is known; give {allowed}[; did you mean `{suggestion}`]"
    NOT_ALLOWED "not_allowed" "`{found}` is not allowed here; leave it out"
    MIN_LENGTH "min_length" "`{found}` has {length|character}; give at least {limit}"
    MAX_LENGTH "max_length" "`{found}` has {length|character}; give at most {limit}"
    PATTERN "pattern" "`{found}` does not match `{pattern}`"
    MINIMUM "minimum" "`{found}` is too small; give {limit} or more"
    MAXIMUM "maximum" "`{found}` is too large; give {limit} or less"
    EXCLUSIVE_MINIMUM "exclusive_minimum" "`{found}` is too small; give more than {limit}"
    EXCLUSIVE_MAXIMUM "exclusive_maximum" "`{found}` is too large; give less than {limit}"
    MULTIPLE_OF "multiple_of" "`{found}` is not a multiple of {divisor}"
    MIN_ITEMS "min_items" "the array has {count|item}; give at least {limit}"
    MAX_ITEMS "max_items" "the array has {count|item}; give at most {limit}"
    MIN_CONTAINS "min_contains" "the array has {count|item} of the form that is asked for[ ({values})][ ({types|a})]; give at least {limit}"
    MAX_CONTAINS "max_contains" "the array has {count|item} of the form that is limited[ ({values})][ ({types|a})]; give at most {limit}"
    UNIQUE_ITEMS "unique_items" "`{found}` is item {first} already; give each item once"
    MIN_PROPERTIES "min_properties" "the object has {count|key}; give at least {limit}"
    MAX_PROPERTIES "max_properties" "the object has {count|key}; give at most {limit}"
    ANY_OF "any_of" "`{found}` fits none of the {branches} forms that are allowed here"
    ONE_OF "one_of" "`{found}` fits none of the {branches} forms that are allowed here"
    NOT "not" "`{found}` is of a form that is not allowed here; give another"
    MISSING_IDENTIFIER "missing_identifier" "{any_of} is required"

    // What JSON Schema gains here.
    SUGGESTED_VALUES "suggested_values" "`{found}` is not a usual value; the usual ones are {suggested|and}[; did you mean `{suggestion}`]"
    UNKNOWN_CUSTOM_FIELD "unknown_custom_field" "`{found}` is not a custom field that exists[; did you mean `{suggestion}`]"
    DUPLICATE_CUSTOM_FIELD "duplicate_custom_field" "`{found}` names the same custom field as `{first}`; give it once"
    UNDOCUMENTED_CUSTOM_FIELD "undocumented_custom_field" "`{found}` is passed on; {note}"
    DUPLICATE_IN_BATCH "duplicate_in_batch" "items {first} and {index} both have `{key}`"
    ALREADY_EXISTS "already_exists" "`{key}` exists already; ask for an upsert to update it"
    SEGMENT_NOT_FOUND "segment_not_found" "the segment `{found}` does not exist"
    SEGMENT_TYPE "segment_type" "the segment is of type `{type}`; it must be `{wanted}`"
    SEGMENT_STATUS "segment_status" "the segment has status `{status}`; it must be {allowed}"
    RESPONSE_LENGTH "response_length" "the answer has {count|result} for {sent|item}"
    RESPONSE_KEY "response_key" "the answer is about `{found}` where `{sent}` was sent"
    RESPONSE_SUMMARY "response_summary" "the summary says {found}; the answer has {counted|such result}"

    // Domains (and what other formats share with them).
    EMPTY "empty" "nothing is left of `{found}` after trimming; give a value such as `{example}`"
    PLACEHOLDER "placeholder" "`{found}` stands for nothing; leave it out, or give a value such as `{example}`"
    UNSUPPORTED_SCHEME "unsupported_scheme" "`{found}` starts with `{scheme}:`, which is not the address of a web page; give a value such as `{example}`[; did you mean `{suggestion}`]"
    MULTIPLE_VALUES "multiple_values" "`{found}` holds {count} values: {values|and}; give one of them[; did you mean `{suggestion}`]"
    INVALID_CHARACTER "invalid_character" "`{found}` contains `{character}`, which cannot stand there; give a value such as `{example}`[; did you mean `{suggestion}`]"
    EMAIL_ADDRESS "email_address" "`{found}` is an e-mail address; give a value such as `{example}`[; did you mean `{suggestion}`]"
    IP_ADDRESS "ip_address" "`{found}` is the IP address `{address}`; give a name such as `{example}`[; did you mean `{suggestion}`]"
    INVALID_PORT "invalid_port" "`{port}` in `{found}` is not a port; a port is a number from 0 to {max}, and may be left out: `{example}`[; did you mean `{suggestion}`]"
    INVALID_IDNA "invalid_idna" "`{label}` in `{found}` is not a valid international name by UTS #46; check its letters, or give a name such as `{example}`[; did you mean `{suggestion}`]"
    NUMERIC_TLD "numeric_tld" "`{found}` ends in the number `{label}`, and is no IP address either; a domain ends in a name, as `{example}` does[; did you mean `{suggestion}`]"
    EMPTY_LABEL "empty_label" "`{found}` has a dot with no name before it; put one dot between names, as in `{example}`[; did you mean `{suggestion}`]"
    BAD_HYPHEN "bad_hyphen" "`{label}` in `{found}` starts or ends with a hyphen; hyphens may only stand inside a name, as in `{example}`[; did you mean `{suggestion}`]"
    LABEL_TOO_LONG "label_too_long" "`{label}` in `{found}` is {length|character} long; a name between dots has at most {max}[; did you mean `{suggestion}`]"
    DOMAIN_TOO_LONG "domain_too_long" "`{found}` is {length|character} long; a domain has at most {max}[; did you mean `{suggestion}`]"
    SINGLE_LABEL "single_label" "`{found}` is a single name; give a whole domain such as `{example}`[; did you mean `{suggestion}`]"
    USERINFO_DROPPED "userinfo_dropped" "what stands before the `@` in `{found}` is a user name, and was dropped; the host is `{host}`"
    INVISIBLE_REMOVED "invisible_removed" "invisible characters were removed from `{found}`: {characters|and}"
    MIXED_SCRIPT "mixed_script" "`{label}` in `{found}` mixes {scripts|and} letters, as names that imitate others do; check that it is the name that is meant"
    // LinkedIn.
    NOT_LINKEDIN "not_linkedin" "`{found}` is not on linkedin.com; give an address such as `{example}`[; did you mean `{suggestion}`]"
    SHORT_LINK "short_link" "`{found}` is a short link, and only LinkedIn knows where it leads; open it and give the address it leads to, such as `{example}`[; did you mean `{suggestion}`]"
    NO_ENTITY "no_entity" "`{found}` leads to no company or person; give an address such as `{example}`[; did you mean `{suggestion}`]"
    SALES_NAV_LEAD "sales_nav_lead" "`{found}` is a lead in Sales Navigator, which others cannot open; give the public profile, such as `{example}`[; did you mean `{suggestion}`]"
    MISSING_SLUG "missing_slug" "`{found}` lacks the name after `{route}`; give an address such as `{example}`[; did you mean `{suggestion}`]"
    RESERVED_SLUG "reserved_slug" "`{slug}` in `{found}` is a page of LinkedIn's own, no name; give an address such as `{example}`[; did you mean `{suggestion}`]"
    INVALID_SLUG "invalid_slug" "`{slug}` in `{found}` is not a name that LinkedIn gives; give an address such as `{example}`[; did you mean `{suggestion}`]"
    INVALID_PATH "invalid_path" "the path of `{found}` leads nowhere; give an address such as `{example}`[; did you mean `{suggestion}`]"
    WRONG_KIND "wrong_kind" "`{found}` is the page of a {kind}, and this field takes {expected|a}; give an address such as `{example}`[; did you mean `{suggestion}`]"

    // Other formats.
    EMAIL "email" "`{found}` is not an e-mail address; give one such as `{example}`[; did you mean `{suggestion}`]"
    EMAIL_UNUSUAL "email_unusual" "`{found}` is an unusual e-mail address that web forms refuse; most look like `{example}`[; did you mean `{suggestion}`]"
    UUID "uuid" "`{found}` is not a uuid; give one such as `{example}`[; did you mean `{suggestion}`]"
    URI "uri" "`{found}` is not a URI; give one with its scheme, such as `{example}`[; did you mean `{suggestion}`]"
    TIME_ZONE "time_zone" "`{found}` is not a time zone that IANA lists; give one such as `{example}`[; did you mean `{suggestion}`]"
    DATE "date" "`{found}` is not a date; write year, month and day such as `{example}`[; did you mean `{suggestion}`]"
    DATE_TIME "date_time" "`{found}` is not a date with time and zone; write it such as `{example}`[; did you mean `{suggestion}`]"
    TIME "time" "`{found}` is not a time with its zone; write it such as `{example}`[; did you mean `{suggestion}`]"
    DURATION "duration" "`{found}` is not a duration by RFC 3339; write P and amounts with their units, such as `{example}`[; did you mean `{suggestion}`]"
    HOSTNAME "hostname" "`{found}` is not a host name; give letters, digits and inner hyphens between dots, such as `{example}`[; did you mean `{suggestion}`]"
    IDN_HOSTNAME "idn_hostname" "`{found}` is not an international host name; give small letters, digits and inner hyphens between dots, such as `{example}`[; did you mean `{suggestion}`]"
    IDN_EMAIL "idn_email" "`{found}` is not an international e-mail address; give one such as `{example}`[; did you mean `{suggestion}`]"
    IPV4 "ipv4" "`{found}` is not an IPv4 address; give four numbers from 0 to 255, such as `{example}`[; did you mean `{suggestion}`]"
    IPV6 "ipv6" "`{found}` is not an IPv6 address; give one such as `{example}`[; did you mean `{suggestion}`]"
    URI_REFERENCE "uri_reference" "`{found}` is not a URI, nor a relative one; give one such as `{example}`[; did you mean `{suggestion}`]"
    IRI "iri" "`{found}` is not an IRI; give one with its scheme, such as `{example}`[; did you mean `{suggestion}`]"
    IRI_REFERENCE "iri_reference" "`{found}` is not an IRI, nor a relative one; give one such as `{example}`[; did you mean `{suggestion}`]"
    URI_TEMPLATE "uri_template" "`{found}` is not a URI template; write its variables in braces, such as `{example}`[; did you mean `{suggestion}`]"
    JSON_POINTER "json_pointer" "`{found}` is not a JSON Pointer; write a slash before each key, such as `{example}`[; did you mean `{suggestion}`]"
    RELATIVE_JSON_POINTER "relative_json_pointer" "`{found}` is not a relative JSON Pointer; start with how many levels to go up, such as `{example}`[; did you mean `{suggestion}`]"
    REGEX "regex" "`{found}` is not a regular expression that JavaScript takes with the flag u; give one such as `{example}`[; did you mean `{suggestion}`]"
}

/// What is added to the message of the closest of some branches, where others are as close.
pub const OTHER_BRANCHES: &str = "[; or give another of the {branches} forms that are allowed]";
/// Every code of the crate: those of the table, and those declared with the one format or keyword
/// they belong to.
pub fn all() -> impl Iterator<Item = &'static Code> {
    let own = crate::formats::CODES.iter().chain(crate::keywords::CODES);
    ALL.iter().chain(own).copied()
}

/// `min_length` of a string that needs one character and has nothing in it, or had only white space.
pub static BLANK: Code = Code::new(MIN_LENGTH.name, "must not be blank");
/// `type` of a null.
pub static NULL: Code = Code::new(TYPE.name, "null does not pass; give {expected|a}");
/// `one_of` of a value that fits several branches.
pub static ONE_OF_SEVERAL: Code = Code::new(
    ONE_OF.name,
    "`{found}` fits the forms {matches|and}; it must fit exactly one of them",
);
/// `not` of one of the values that it refuses.
pub static NOT_VALUE: Code =
    Code::new(NOT.name, "`{found}` is not allowed here; give anything but {values}");
/// `not` of a type that it refuses.
pub static NOT_TYPE: Code =
    Code::new(NOT.name, "`{found}` is not allowed here; give anything but {types|a}");
/// `not` of a text that matches the pattern that it refuses.
pub static NOT_PATTERN: Code =
    Code::new(NOT.name, "`{found}` matches `{pattern}`, and must not; give another text");
/// `not` of the one key that it refuses.
pub static NOT_KEY: Code = Code::new(NOT.name, "`{key}` is not allowed here; leave it out");
/// `not` of keys that it refuses together.
pub static NOT_TOGETHER: Code =
    Code::new(NOT.name, "{keys|and} are not allowed together; leave one of them out");
/// `uuid` of a key with a prefix that a uuid must follow.
pub static CUSTOM_KEY_UUID: Code =
    Code::new("uuid", "`{found}` is not `{prefix}` and a uuid[; did you mean `{suggestion}`]");
