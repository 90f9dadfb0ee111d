//! `xtask-wasm <module.wasm> <folder>`: writes the module and its glue for JavaScript.
//!
//! Apart from `xtask`, so that everything else is not kept waiting for the libraries this needs.

#![deny(missing_docs)]

use std::process::ExitCode;

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
    let mut bindgen = Bindgen::new();
    // A trap leaves the memory of an instance in an unknown state: the face takes a fresh one.
    bindgen
        .input_path(module)
        .out_name("core")
        .typescript(true)
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true);
    bindgen.web(true).and_then(|bindgen| bindgen.generate(folder)).map_err(|error| format!("{module}: {error:?}"))
}
