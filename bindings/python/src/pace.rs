//! One series.

use attainment::{Cell, Direction, Kind, Schedule, Series, pace};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};

use crate::assess::PyExplanation;
use crate::error::raised;
use crate::object::object;
use crate::plan::choice;
use crate::value::{cell, cells, document};
use crate::word::{all, word};

/// A series with everything that may be said about it.
#[pyclass(frozen, name = "Series", module = "attainment._attainment")]
pub(crate) struct PySeries {
    series: Series,
}

#[pymethods]
impl PySeries {
    #[new]
    #[pyo3(signature = (method, series, target, direction, baseline, limit, marks, peers, typical_path, kind, percent, schedule))]
    #[expect(clippy::too_many_arguments, reason = "each is a keyword of the public function")]
    fn new(
        method: &Bound<'_, PyAny>,
        series: &Bound<'_, PyAny>,
        target: &Bound<'_, PyAny>,
        direction: &str,
        baseline: &Bound<'_, PyAny>,
        limit: &Bound<'_, PyAny>,
        marks: &Bound<'_, PyAny>,
        peers: &Bound<'_, PyAny>,
        typical_path: &Bound<'_, PyAny>,
        kind: Option<&str>,
        percent: bool,
        schedule: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let direction = word::<Direction>(direction, "direction", all!(Direction))?;
        let mut out = Series::new(choice(method)?, direction);
        for point in points(series)? {
            let point = point?;
            let [period, value] = [point.get_item(0)?, point.get_item(1)?];
            out = match point.len()? {
                2 => out.points([(cell(&period)?, cell(&value)?)]),
                3 => out.point(cell(&period)?, cell(&value)?, point.get_item(2)?.extract::<Option<&str>>()?.unwrap_or_default()),
                _ => return Err(PyValueError::new_err("a point is a period and a value, and perhaps a status")),
            };
        }
        out = asked(out, target)?;
        if !baseline.is_none() {
            out = out.baseline(cell(baseline)?);
        }
        if !limit.is_none() {
            out = out.limit(cell(limit)?);
        }
        if !marks.is_none() {
            for (name, value) in marks.cast::<PyDict>()?.iter() {
                out = out.mark(name.cast::<PyString>()?.to_str()?, cell(&value)?);
            }
        }
        if !peers.is_none() {
            out = out.peers(cells(peers)?);
        }
        if !typical_path.is_none() {
            let path = points(typical_path)?.map(|point| {
                let point = point?;
                Ok((cell(&point.get_item(0)?)?, cell(&point.get_item(1)?)?))
            });
            out = out.typical_path(path.collect::<PyResult<Vec<(Cell, Cell)>>>()?);
        }
        if let Some(kind) = kind {
            out = out.kind(word::<Kind>(kind, "kind", all!(Kind))?);
        }
        if percent {
            out = out.percent();
        }
        if let Ok(several) = schedule.cast::<PyList>() {
            for one in several.iter() {
                out = out.schedule(Schedule::from_value(&document(&one)?).map_err(raised)?);
            }
        } else if !schedule.is_none() {
            out = out.schedule(Schedule::from_value(&document(schedule)?).map_err(raised)?);
        }
        Ok(Self { series: out })
    }

    fn pace<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &pace(&self.series).map_err(raised)?)
    }

    fn explain(&self) -> PyResult<PyExplanation> {
        Ok(self.series.explain().map_err(raised)?.into())
    }
}

/// The points of a list of pairs, or of a dict of values by period.
fn points<'py>(series: &Bound<'py, PyAny>) -> PyResult<Box<dyn Iterator<Item = PyResult<Bound<'py, PyAny>>> + 'py>> {
    let py = series.py();
    if let Ok(list) = series.cast::<PyList>() {
        return Ok(Box::new(list.clone().into_iter().map(Ok)));
    }
    // A dict or a pandas Series.
    let pairs = match series.getattr_opt(intern!(py, "items"))? {
        Some(items) => items.call0()?,
        None => series.clone(),
    };
    Ok(Box::new(pairs.try_iter()?))
}

/// What is asked of the values: a value at a period, in every period, an interval, or a direction.
fn asked(series: Series, target: &Bound<'_, PyAny>) -> PyResult<Series> {
    let interval = |value: &Bound<'_, PyAny>| -> PyResult<Option<(Cell, Cell)>> {
        if !(value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>()) {
            return Ok(None);
        }
        if value.len()? != 2 {
            return Err(PyValueError::new_err("an interval has a lower and an upper end"));
        }
        Ok(Some((cell(&value.get_item(0)?)?, cell(&value.get_item(1)?)?)))
    };
    if target.is_none() {
        return Ok(series);
    }
    if let Ok(map) = target.cast::<PyDict>() {
        return match map.get_item("each")? {
            Some(value) if map.len() == 1 => Ok(match interval(&value)? {
                Some((low, high)) => series.target_each_within(low, high),
                None => series.target_each(cell(&value)?),
            }),
            _ => Err(PyValueError::new_err("a target is a period and a value, or `{\"each\": value}`")),
        };
    }
    match target.len() {
        Ok(2) => {
            let (by, value) = (cell(&target.get_item(0)?)?, target.get_item(1)?);
            Ok(match interval(&value)? {
                Some((low, high)) => series.target_within(by, low, high),
                None => series.target(by, cell(&value)?),
            })
        }
        _ => Err(PyTypeError::new_err("a target is a period and a value, or `{\"each\": value}`")),
    }
}
