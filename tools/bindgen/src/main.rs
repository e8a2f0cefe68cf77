//! `prewash-bindgen INPUT.wasm OUT_DIR`: writes the JavaScript glue of a wasm module.
//!
//! What the `wasm-bindgen` command line does, but built from this workspace, so that one Cargo.lock
//! pins the macro half and the glue half to the same version and nothing else is to be installed.
//! And it cuts panics short, see [`PANICS`].

use std::path::Path;
use std::process::ExitCode;

use walrus::ir::{Instr, Unreachable};
use walrus::{FunctionKind, Module, ModuleConfig};
use wasm_bindgen_cli_support::Bindgen;

/// What the names of functions hold that tell of a panic and never return. In wasm nobody hears what
/// they say before they trap, so that they may trap at once: what they would have said it with need
/// not be there.
const PANICS: &[&str] = &[
    "4core9panicking",
    "4core6option13expect_failed",
    "4core6option13unwrap_failed",
    "4core6result13unwrap_failed",
    "4core4cell22panic_already",
    "16slice_error_fail",
    "16slice_index_fail",
    "18panic_access_error",
    "17capacity_overflow",
    "12handle_error",
    "18handle_alloc_error",
    "17rust_begin_unwind",
];

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(input), Some(out), None) = (arguments.next(), arguments.next(), arguments.next())
    else {
        eprintln!("usage: prewash-bindgen INPUT.wasm OUT_DIR");
        return ExitCode::from(2);
    };

    match generate(Path::new(&input), Path::new(&out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("prewash-bindgen: {error:?}");
            ExitCode::FAILURE
        }
    }
}

fn generate(input: &Path, out: &Path) -> anyhow::Result<()> {
    let name = input.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut module = ModuleConfig::new().strict_validate(false).parse_file(input)?;
    cut_panics(&mut module);
    Bindgen::new()
        .input_module(&name, module)
        .web(true)?
        // The package decides where the module comes from; no `new URL(…, import.meta.url)`.
        .omit_default_module_path(true)
        .typescript(true)
        .generate(out)
}

/// Makes the functions that tell of a panic trap at once.
fn cut_panics(module: &mut Module) {
    for function in module.funcs.iter_mut() {
        let named = |name: &String| PANICS.iter().any(|panic| name.contains(panic));
        if let FunctionKind::Local(local) = &mut function.kind
            && function.name.as_ref().is_some_and(named)
        {
            let entry = local.entry_block();
            let body = &mut local.block_mut(entry).instrs;
            body.clear();
            body.push((Instr::Unreachable(Unreachable {}), Default::default()));
        }
    }
}
