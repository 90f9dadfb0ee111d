//! `xtask-wasm <module.wasm> <folder>`: writes the module and its glue for JavaScript.
//!
//! Apart from `xtask`, so that everything else is not kept waiting for the libraries this needs.

#![deny(missing_docs)]

use std::process::ExitCode;

use walrus::{FunctionBuilder, FunctionKind, Module};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [module, folder] = args.as_slice() else {
        eprintln!("usage: xtask-wasm <module.wasm> <folder>");
        return ExitCode::from(2);
    };
    match write(module, folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn write(module: &str, folder: &str) -> Result<(), String> {
    let failed = |error| format!("{module}: {error:?}");
    let mut bindgen = Bindgen::new();
    // A trap leaves the memory of an instance in an unknown state: the face takes a fresh one.
    bindgen.input_path(module).out_name("core").typescript(true).reset_state_function(true).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true).demangle(false);
    let mut output = bindgen.web(true).and_then(|bindgen| bindgen.generate_output()).map_err(failed)?;
    let cut = cut_panics(output.wasm_mut());
    // A compiler that names them otherwise would go unnoticed but for the size.
    if cut < 10 {
        return Err(format!("{module}: only {cut} functions that panic were found"));
    }
    output.emit(folder).map_err(failed)
}

/// Where a panic begins: all end in a trap, and nobody reads what they would have said before.
const PANICS: &[&str] = &[
    "9panicking",
    "13unwrap_failed",
    "13expect_failed",
    "13assert_failed",
    "16slice_index_fail",
    "16slice_error_fail",
    "17capacity_overflow",
    "18handle_alloc_error",
    "12handle_error",
    "17len_mismatch_fail",
    "22panic_already_borrowed",
    "30panic_already_mutably_borrowed",
    "18panic_access_error",
    "13panic_display",
];

/// Makes a bare trap of every function that panics, so that what makes their messages can go. The
/// arguments go with them when the module is optimised.
fn cut_panics(module: &mut Module) -> usize {
    let is_panic = |name: &str| PANICS.iter().any(|panic| name.contains(panic));
    let found: Vec<_> = module
        .funcs
        .iter_local()
        .filter_map(|(id, function)| {
            let name = module.funcs.get(id).name.as_deref().filter(|name| is_panic(name))?;
            // Only what never comes back may be cut; std has some under the same path that do.
            (!name.contains("panic_count")).then_some((id, function.ty()))
        })
        .collect();
    for (id, ty) in &found {
        let (params, results) = (module.types.get(*ty).params().to_vec(), module.types.get(*ty).results().to_vec());
        if !results.is_empty() {
            continue;
        }
        let args = params.iter().map(|kind| module.locals.add(*kind)).collect();
        let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
        builder.func_body().unreachable();
        module.funcs.get_mut(*id).kind = FunctionKind::Local(builder.local_func(args));
    }
    found.len()
}
