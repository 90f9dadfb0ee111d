//! Scorecards.

use std::ops::ControlFlow;

use attainment::{Csv, Robustness, SchemeArg, ScoreData, Scorecard, Verdicts, score};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyString};

use crate::assess::{PyAssessment, PyExplanation, moment};
use crate::chart;
use crate::error::{findings, raised};
use crate::object::{object, plain};
use crate::panel::{PyPanel, PyWideTable};
use crate::plan::PyPlan;
use crate::scheme::PyScheme;
use crate::table::{ResultTable, Table, borrowed, table};
use crate::value::cell;
use crate::word::lang;

#[pyclass(frozen, name = "Scorecard", module = "attainment._attainment")]
pub(crate) struct PyScorecard {
    pub(crate) card: Scorecard,
}

#[pyfunction(name = "score")]
pub(crate) fn score_data(py: Python<'_>, data: &Bound<'_, PyAny>, scheme: &Bound<'_, PyAny>) -> PyResult<PyScorecard> {
    let data: ScoreData<'_> = if let Ok(table) = data.cast::<PyWideTable>() {
        (&table.get().table).into()
    } else if let Ok(panel) = data.cast::<PyPanel>() {
        (&panel.get().panel).into()
    } else if let Ok(assessment) = data.cast::<PyAssessment>() {
        (&assessment.get().assessment).into()
    } else {
        return Err(PyTypeError::new_err("a panel, a wide table or an assessment is scored"));
    };
    let scheme = scheme_arg(scheme)?;
    Ok(PyScorecard { card: py.detach(|| score(data, scheme)).map_err(raised)? })
}

/// Scores verdicts that were put down as columns.
#[pyfunction]
pub(crate) fn score_columns(py: Python<'_>, plan: &PyPlan, data: &Bound<'_, PyAny>, scheme: &Bound<'_, PyAny>) -> PyResult<PyScorecard> {
    let Table::Columns(columns) = table(data)? else {
        return Err(PyTypeError::new_err("verdicts are given as columns by name"));
    };
    let scheme = scheme_arg(scheme)?;
    let card = py.detach(|| score(&Verdicts::from_columns(&plan.plan, &borrowed(&columns))?, scheme));
    Ok(PyScorecard { card: card.map_err(raised)? })
}

fn scheme_arg<'a>(scheme: &'a Bound<'_, PyAny>) -> PyResult<SchemeArg<'a>> {
    Ok(match scheme.cast::<PyString>() {
        Ok(id) => id.to_str()?.into(),
        Err(_) => (&scheme.cast::<PyScheme>()?.get().scheme).into(),
    })
}

#[pymethods]
impl PyScorecard {
    fn scheme(&self) -> PyScheme {
        PyScheme { scheme: self.card.scheme().clone() }
    }

    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, self.card.findings())
    }

    fn scores<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &py.detach(|| self.card.scores()))
    }

    #[pyo3(signature = (area, period))]
    fn score<'py>(&self, py: Python<'py>, area: &str, period: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let score = match moment(period)? {
            Some(period) => self.card.score_of(area, period),
            None => self.card.score(area),
        };
        object(py, &score.map_err(raised)?)
    }

    #[pyo3(signature = (area, period))]
    fn explain(&self, area: &str, period: &Bound<'_, PyAny>) -> PyResult<PyExplanation> {
        let explanation = match moment(period)? {
            Some(period) => self.card.explain_of(area, period),
            None => self.card.explain(area),
        };
        Ok(explanation.map_err(raised)?.into())
    }

    fn at(&self, period: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self { card: self.card.at(cell(period)?).map_err(raised)? })
    }

    fn weights(&self) -> Vec<(String, f64)> {
        self.card.weights()
    }

    fn movement<'py>(&self, py: Python<'py>, earlier: &Self) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.card.movement(&earlier.card).map_err(raised)?)
    }

    fn annual_growth<'py>(&self, py: Python<'py>, earlier: &Bound<'py, PyAny>, later: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.card.annual_growth(cell(earlier)?, cell(later)?).map_err(raised)?)
    }

    /// Runs without the GIL; between batches of runs the callback is called, which stops it by `False`,
    /// and Ctrl-C is heard.
    #[pyo3(signature = (seed, runs, on_progress))]
    fn robustness(&self, py: Python<'_>, seed: u64, runs: u32, on_progress: Option<Py<PyAny>>) -> PyResult<PyRobustness> {
        let mut broken = None;
        let found = py.detach(|| {
            self.card.robustness(seed, runs, |done, total| {
                let told = Python::attach(|py| {
                    py.check_signals()?;
                    match &on_progress {
                        Some(tell) => tell.call1(py, (done, total)).map(|said| said.is(&*PyBool::new(py, false))),
                        None => Ok(false),
                    }
                });
                match told {
                    Ok(false) => ControlFlow::Continue(()),
                    Ok(true) => ControlFlow::Break(()),
                    Err(error) => {
                        broken = Some(error);
                        ControlFlow::Break(())
                    }
                }
            })
        });
        match broken {
            Some(error) => Err(error),
            None => Ok(PyRobustness { robustness: found.map_err(raised)? }),
        }
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.card)
    }

    fn columns(&self, py: Python<'_>, decimals: bool) -> ResultTable {
        ResultTable::new(py.detach(|| self.card.columns()), decimals)
    }

    fn to_csv(&self, bom: bool, guard: bool) -> String {
        self.card.to_csv(&Csv::new().bom(bom).guard(guard))
    }

    fn to_markdown(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.card.to_markdown(lang(lang_tag)?))
    }

    fn to_html(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.card.to_html(lang(lang_tag)?))
    }

    fn chart<'py>(&self, py: Python<'py>, kind: &str, given: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
        let held = chart::Held::new(given)?;
        let chart = self.card.chart(kind, &chart::options(given, &held)?).map_err(raised)?;
        Ok(chart::parts(py, &chart)?.into_pyobject(py)?.into_any())
    }
}

#[pyclass(frozen, name = "Robustness", module = "attainment._attainment")]
pub(crate) struct PyRobustness {
    robustness: Robustness,
}

#[pymethods]
impl PyRobustness {
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.robustness)
    }

    fn to_markdown(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.robustness.to_markdown(lang(lang_tag)?))
    }

    fn to_html(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.robustness.to_html(lang(lang_tag)?))
    }

    fn chart<'py>(&self, py: Python<'py>, kind: &str, given: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
        let held = chart::Held::new(given)?;
        let chart = self.robustness.chart(kind, &chart::options(given, &held)?).map_err(raised)?;
        Ok(chart::parts(py, &chart)?.into_pyobject(py)?.into_any())
    }
}
