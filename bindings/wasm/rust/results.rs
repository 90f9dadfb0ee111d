//! Assessments, cascades, explanations and charts.

use attainment::serde_json::{Value, json};
use attainment::{ChartOptions, Code, Csv, Earlier, Finding, Lang, Message, Period, Point, State, Theme};
use wasm_bindgen::prelude::*;

use crate::boundary::{Answer, Options, cell, findings, lang, thrown, to_json};
use crate::plan::{Diff, Plan};
use crate::table::{Fetch, records};

/// An assessment.
#[wasm_bindgen]
pub struct Assessment(pub(crate) attainment::Assessment);

/// Which verdict: moment and method, where there are several.
fn which(options: &mut Options) -> (Option<Point>, Option<String>) {
    let as_of = options.take("as_of").and_then(|given| {
        let text = match &given {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let point = text.parse::<Period>().ok().and_then(|period| period.end());
        if point.is_none() {
            let shown: String = text.chars().take(60).collect();
            let message = Message { en: format!("`{shown}` is not a moment for `as_of`"), zh: format!("`{shown}`不能作为`as_of`") };
            options.report([Finding::new(Code::BadAsOf, message)]);
        }
        point
    });
    (as_of, options.text("method"))
}

/// How CSV is written.
pub(crate) fn csv(options: &str) -> Answer<Csv> {
    let mut options = Options::new(options);
    let csv = Csv::new().bom(options.truth("bom").unwrap_or(false)).guard(options.truth("guard").unwrap_or(true));
    options.finish()?;
    Ok(csv)
}

/// What is drawn and how.
pub(crate) fn chart_options<'a>(text: &str, earlier: Option<Earlier<'a>>) -> Answer<ChartOptions<'a>> {
    let mut given = Options::new(text);
    let mut options = ChartOptions::new().lang(given.lang());
    let themes: Vec<&str> = Theme::ALL.iter().map(|word| word.as_str()).collect();
    if let Some(theme) = given.word("theme", Theme::from_word, &themes) {
        options = options.theme(theme);
    }
    if let Some(width) = given.whole("width") {
        // Beyond its range it is refused as any other width is.
        options = options.width(u32::try_from(width.max(0)).unwrap_or(u32::MAX));
    }
    if let Some(source) = given.text("source") {
        options = options.source(source);
    }
    options = given.texts("target").into_iter().fold(options, ChartOptions::target);
    options = given.texts("area").into_iter().fold(options, ChartOptions::area);
    options = given.texts("method").into_iter().fold(options, ChartOptions::method);
    for period in given.list("as_of") {
        options = options.as_of(cell(&period));
    }
    for period in given.list("vintage") {
        options = options.vintage(cell(&period));
    }
    if let Some(earlier) = earlier {
        options = options.earlier(earlier);
    }
    given.finish()?;
    Ok(options)
}

/// A chart as JSON text.
pub(crate) fn chart(chart: &attainment::Chart) -> String {
    json!({
        "kind": chart.kind().as_str(),
        "lang": chart.lang().as_str(),
        "title": chart.title(),
        "caption": chart.caption(),
        "spec": chart.spec(),
        "findings": attainment::serde_json::to_value(chart.findings()).unwrap_or_default(),
    })
    .to_string()
}

#[wasm_bindgen]
impl Assessment {
    /// The number of verdicts.
    pub fn rows(&self) -> usize {
        self.0.verdicts().len()
    }

    /// One verdict.
    pub fn verdict(&self, target: &str, area: &str, options: &str) -> Answer<String> {
        let mut options = Options::new(options);
        let (as_of, method) = which(&mut options);
        options.finish()?;
        self.0.verdict_of(target, area, as_of, method.as_deref()).map(to_json).map_err(thrown)
    }

    /// All verdicts.
    pub fn verdicts(&self) -> String {
        to_json(self.0.verdicts())
    }

    /// A record for each verdict.
    pub fn to_records(&self) -> String {
        records(self.0.to_records())
    }

    /// The columns; the exact numbers as decimals where asked for.
    pub fn to_columns(&self, decimals: bool) -> Fetch {
        let mut columns = self.0.columns();
        for (name, column) in columns.iter_mut().filter(|_| decimals) {
            if let Some(exact) = self.0.decimals(name) {
                *column = exact;
            }
        }
        Fetch::new(columns)
    }

    /// How many verdicts there are of each state.
    pub fn summary(&self) -> String {
        let counts = self.0.summary().into_iter().map(|(state, count): (State, usize)| (state.as_str().to_owned(), Value::from(count)));
        Value::Object(counts.collect()).to_string()
    }

    /// Its findings.
    pub fn findings(&self) -> String {
        findings(self.0.findings())
    }

    /// What changed since.
    pub fn diff(&self, later: &Assessment) -> Diff {
        Diff(self.0.diff(&later.0))
    }

    /// Where methods disagree.
    pub fn disagreements(&self) -> String {
        to_json(&self.0.disagreements())
    }

    /// The plan.
    pub fn plan(&self) -> Plan {
        Plan(self.0.plan().clone())
    }

    /// Where methods disagree, as Markdown.
    pub fn disagreements_to_markdown(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.disagreements_to_markdown(lang(tag)?))
    }

    /// Where methods disagree, as HTML.
    pub fn disagreements_to_html(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.disagreements_to_html(lang(tag)?))
    }

    /// What is needed from here, as Markdown.
    pub fn outlook_to_markdown(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.outlook_to_markdown(lang(tag)?))
    }

    /// What is needed from here, as HTML.
    pub fn outlook_to_html(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.outlook_to_html(lang(tag)?))
    }

    /// What is needed from here.
    pub fn outlook(&self) -> String {
        to_json(&self.0.outlook())
    }

    /// Why.
    pub fn explain(&self, target: &str, area: &str, options: &str) -> Answer<Explanation> {
        let mut options = Options::new(options);
        let (as_of, method) = which(&mut options);
        options.finish()?;
        self.0.explain_of(target, area, as_of, method.as_deref()).map(Explanation::of).map_err(thrown)
    }

    /// In words.
    pub fn to_text(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.to_text(lang(tag)?))
    }

    /// As Markdown.
    pub fn to_markdown(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.to_markdown(lang(tag)?))
    }

    /// As HTML.
    pub fn to_html(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.to_html(lang(tag)?))
    }

    /// As CSV text.
    pub fn to_csv(&self, options: &str) -> Answer<String> {
        Ok(self.0.to_csv(&csv(options)?))
    }

    /// A picture.
    pub fn chart(&self, kind: &str, options: &str) -> Answer<String> {
        self.0.chart(kind, &chart_options(options, None)?).map(|drawn| chart(&drawn)).map_err(thrown)
    }

    /// A picture that compares with an earlier assessment.
    pub fn chart_since(&self, kind: &str, options: &str, earlier: &Assessment) -> Answer<String> {
        let options = chart_options(options, Some((&earlier.0).into()))?;
        self.0.chart(kind, &options).map(|drawn| chart(&drawn)).map_err(thrown)
    }
}

/// Why something is what it is.
#[wasm_bindgen]
pub struct Explanation(Box<dyn Explains>);

/// What every explanation can do.
trait Explains {
    fn text(&self, lang: Lang) -> String;
    fn markdown(&self, lang: Lang) -> String;
    fn html(&self, lang: Lang) -> String;
    fn object(&self) -> String;
}

macro_rules! explains {
    ($($type:ty),*) => {$(
        impl Explains for $type {
            fn text(&self, lang: Lang) -> String {
                self.to_text(lang)
            }
            fn markdown(&self, lang: Lang) -> String {
                self.to_markdown(lang)
            }
            fn html(&self, lang: Lang) -> String {
                self.to_html(lang)
            }
            fn object(&self) -> String {
                to_json(self)
            }
        }
    )*};
}

explains!(attainment::Explanation, attainment::ScoreExplanation);

impl Explanation {
    #[expect(private_bounds, reason = "only the two types of the core can be made one")]
    pub(crate) fn of(explanation: impl Explains + 'static) -> Self {
        Self(Box::new(explanation))
    }
}

#[wasm_bindgen]
impl Explanation {
    /// Title, verdict and steps.
    pub fn object(&self) -> String {
        self.0.object()
    }

    /// In words.
    pub fn to_text(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.text(lang(tag)?))
    }

    /// As Markdown.
    pub fn to_markdown(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.markdown(lang(tag)?))
    }

    /// As HTML.
    pub fn to_html(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.html(lang(tag)?))
    }
}

macro_rules! cascades {
    ($($(#[$about:meta])* $name:ident $list:ident;)*) => {$(
        $(#[$about])*
        #[wasm_bindgen]
        pub struct $name(pub(crate) attainment::$name);

        #[wasm_bindgen]
        impl $name {
            /// What there is for each area.
            pub fn $list(&self) -> String {
                to_json(self.0.$list())
            }

            /// Its findings.
            pub fn findings(&self) -> String {
                findings(self.0.findings())
            }

            /// Its records.
            pub fn to_records(&self) -> String {
                records(self.0.to_records())
            }

            /// Its columns.
            pub fn to_columns(&self) -> Fetch {
                Fetch::new(self.0.columns())
            }

            /// Why.
            pub fn explain(&self, area: &str) -> Answer<Explanation> {
                self.0.explain(area).map(Explanation::of).map_err(thrown)
            }
        }
    )*};
}

cascades! {
    /// A target handed down.
    Cascade parts;
    /// Whether parts come to the whole.
    CascadeCheck wholes;
    /// Values rolled up.
    RollUp wholes;
}

#[wasm_bindgen]
impl Cascade {
    /// The target table of the parts.
    pub fn table(&self) -> crate::panel::TargetTable {
        crate::panel::TargetTable(self.0.table().clone())
    }

    /// The parts without a target.
    pub fn left_out(&self) -> String {
        to_json(self.0.left_out())
    }

    /// The target.
    pub fn target(&self) -> String {
        self.0.target().to_owned()
    }
}
