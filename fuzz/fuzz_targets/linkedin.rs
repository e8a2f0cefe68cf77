//! A clean address of LinkedIn is clean and of its own kind, whichever host it is written with.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prewash::formats::{LinkedinHost, Settings};
use prewash_fuzz::{cleaned, format};

fuzz_target!(|text: &str| {
    let at = |host| {
        let settings = Settings { linkedin_host: host };
        let clean = |name| cleaned(format(name), text, settings);
        let [company, person, any] = ["linkedin-company", "linkedin-person", "linkedin"].map(clean);
        assert!(company.is_none() || person.is_none(), "{text:?} is {company:?} and {person:?}");
        assert_eq!(any, company.or(person), "{text:?}");
        any
    };
    let (www, apex) = (at(LinkedinHost::Www), at(LinkedinHost::Apex));
    let path = |url: Option<String>, host| {
        url.map(|url| match url.strip_prefix(host) {
            Some(path) => path.to_owned(),
            None => panic!("{text:?} leads to {url}"),
        })
    };
    let path_www = path(www, "https://www.linkedin.com/");
    assert_eq!(path_www, path(apex, "https://linkedin.com/"), "{text:?}");
    if let Some(path) = path_www {
        let url = url::Url::parse(&format!("https://www.linkedin.com/{path}")).expect("a URL");
        assert_eq!((url.query(), url.fragment()), (None, None), "{text:?}");
        assert_eq!(url.path().strip_prefix('/'), Some(&*path), "{text:?}");
    }
});
