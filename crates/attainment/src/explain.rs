//! Why a verdict is what it is.

use serde::Serialize;

use crate::assess::Assessment;
use crate::error::Error;
use crate::period::Point;
use crate::plan::Plan;
use crate::render;
use crate::text::{Lang, Message, escape_markdown, msg, one_line};
use crate::trace::Step;
use crate::verdict::Verdict;

/// One verdict as a tree of steps, in English and Chinese.
///
/// Every number in it is an input, with the place it comes from, or is derived in front of the
/// reader. The steps are those of the judgement itself, run once more and taken down.
///
/// ```
/// use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
///
/// let plan = Plan::parse("{attainment: 1, id: p, indicators: {rd: {name: R&D, unit: percent, direction: increase}}, targets: {rd: {indicator: rd, at_least: 3%, by: 2020}}}", Format::Yaml)?;
/// let panel = Panel::from_records([Record::new("eu", "rd", 2020, "2.3")]);
/// let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020))?;
/// let text = assessment.explain("rd", "eu")?.to_text(Lang::En);
/// assert!(text.contains("2.3 ≥ 3: does not hold"));
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// What is explained.
    pub title: Message,
    /// The verdict.
    pub verdict: Verdict,
    /// How it came about.
    pub steps: Vec<Step>,
}

impl Explanation {
    pub(crate) fn new(plan: &Plan, verdict: Verdict, steps: Vec<Step>) -> Self {
        let name = |lang| render::target_name(plan, &verdict.target, lang);
        let (area, as_of) = (&verdict.area, verdict.as_of);
        let place = |name: String| if area.is_empty() { name } else { format!("{name} · {area}") };
        let title = msg!("{}, as of {as_of}", "{}，截至{as_of}", place(name(Lang::En)));
        let title = Message { zh: format!("{}，截至{as_of}", place(name(Lang::Zh))), ..title };
        Self { title, verdict, steps }
    }

    /// Indented text.
    pub fn to_text(&self, lang: Lang) -> String {
        let mut out = format!("{}\n", one_line(self.title.get(lang)));
        self.each(&mut |step, depth| {
            let place = step.place.as_ref().map(|place| format!("  [{}]", one_line(place))).unwrap_or_default();
            out.push_str(&format!("{}{}{place}\n", "  ".repeat(depth + 1), one_line(step.text.get(lang))));
        });
        out
    }

    /// A nested list in Markdown.
    pub fn to_markdown(&self, lang: Lang) -> String {
        let mut out = format!("**{}**\n\n", escape_markdown(self.title.get(lang)));
        self.each(&mut |step, depth| {
            let place = step.place.as_ref().map(|place| format!(" `{}`", one_line(place).replace('`', "'"))).unwrap_or_default();
            out.push_str(&format!("{}- {}{place}\n", "  ".repeat(depth), escape_markdown(step.text.get(lang))));
        });
        out
    }

    /// Nested lists in HTML, with every text escaped.
    pub fn to_html(&self, lang: Lang) -> String {
        fn list(steps: &[Step], lang: Lang, out: &mut String) {
            out.push_str("<ul>");
            for step in steps {
                let kind = step.kind;
                let text = render::escape_html(step.text.get(lang));
                let place = step.place.as_ref().map(|place| format!(" <code>{}</code>", render::escape_html(place))).unwrap_or_default();
                out.push_str(&format!("<li data-step=\"{kind}\">{text}{place}"));
                if !step.steps.is_empty() {
                    list(&step.steps, lang, out);
                }
                out.push_str("</li>");
            }
            out.push_str("</ul>");
        }
        let mut out = format!(
            "<section class=\"attainment-explanation\" lang=\"{}\"><h3>{}</h3>",
            lang.as_str(),
            render::escape_html(self.title.get(lang))
        );
        list(&self.steps, lang, &mut out);
        out.push_str("</section>\n");
        out
    }

    /// The tree as JSON, in both languages.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    fn each(&self, visit: &mut impl FnMut(&Step, usize)) {
        fn walk(steps: &[Step], depth: usize, visit: &mut impl FnMut(&Step, usize)) {
            for step in steps {
                visit(step, depth);
                walk(&step.steps, depth + 1, visit);
            }
        }
        walk(&self.steps, 0, visit);
    }
}

impl Assessment {
    /// Why a verdict is what it is, step by step.
    ///
    /// # Errors
    ///
    /// As [`Assessment::verdict`].
    pub fn explain(&self, target: &str, area: &str) -> Result<Explanation, Error> {
        self.explain_of(target, area, None, None)
    }

    /// The same for a verdict at a moment, by a method.
    ///
    /// # Errors
    ///
    /// As [`Assessment::verdict_of`].
    pub fn explain_of(&self, target: &str, area: &str, as_of: Option<Point>, method: Option<&str>) -> Result<Explanation, Error> {
        let verdict = self.verdict_of(target, area, as_of, method)?;
        Ok(Explanation::new(self.plan(), verdict.clone(), self.steps(verdict)))
    }
}
