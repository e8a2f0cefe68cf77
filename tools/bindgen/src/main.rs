//! `prewash-bindgen INPUT.wasm OUT_DIR`: writes the JavaScript glue of a wasm module.
//!
//! What the `wasm-bindgen` command line does, but built from this workspace, so that one Cargo.lock
//! pins the macro half and the glue half to the same version and nothing else is to be installed.

use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(input), Some(out), None) = (arguments.next(), arguments.next(), arguments.next())
    else {
        eprintln!("usage: prewash-bindgen INPUT.wasm OUT_DIR");
        return ExitCode::from(2);
    };

    let generated = Bindgen::new().input_path(input).web(true).and_then(|bindgen| {
        bindgen
            // The package decides where the module comes from; no `new URL(…, import.meta.url)`.
            .omit_default_module_path(true)
            .typescript(true)
            .generate(out)
    });
    match generated {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("prewash-bindgen: {error:?}");
            ExitCode::FAILURE
        }
    }
}
