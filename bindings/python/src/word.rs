//! Words that stand as arguments: languages, formats, enums.

use attainment::{Format, Lang};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

pub(crate) fn lang(tag: &str) -> PyResult<Lang> {
    Lang::from_tag(tag).ok_or_else(|| PyValueError::new_err(format!("`{tag}` is no language here: use `en` or `zh`")))
}

pub(crate) fn format(name: &str) -> PyResult<Format> {
    Format::from_name(name).ok_or_else(|| PyValueError::new_err(format!("`{name}` is no format here: use `yaml` or `json`")))
}

/// A word of an enum, or an error that names them all.
pub(crate) fn word<T: std::str::FromStr>(word: &str, what: &str, all: fn() -> Vec<&'static str>) -> PyResult<T> {
    let known = || all().iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    word.parse().map_err(|_| PyValueError::new_err(format!("`{word}` is no {what}: use {}", known())))
}

/// The words of an enum of the core.
macro_rules! all {
    ($type:ty) => {
        || <$type>::ALL.iter().map(|word| word.as_str()).collect::<Vec<&'static str>>()
    };
}
pub(crate) use all;
