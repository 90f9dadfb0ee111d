//! Pages for people: headings, tables, steps and findings, as HTML and as Markdown.
//!
//! The HTML stands in a notebook among other things: its style holds for nothing but itself, takes
//! light and dark from whatever surrounds it, and long tables show their ends. Every text is escaped.

use crate::finding::Finding;
use crate::text::{Lang, Message, escape_html, escape_markdown, one_line};
use crate::trace::Step;

/// Rows of a table that are shown whole; of more, the first and the last.
const WHOLE: usize = 40;
const FIRST: usize = 20;
const LAST: usize = 5;

/// Findings that are listed.
const FINDINGS: usize = 100;

/// The style of all pages. JupyterLab and VS Code say on the body which theme they have; elsewhere the
/// system does. Colours are those of Okabe and Ito; each stands beside a sign and a word.
pub const STYLE: &str = "<style>\
.attainment{--attainment-good:#0072B2;--attainment-bad:#B34E00;--attainment-soft:rgba(110,110,110,.95);--attainment-line:rgba(128,128,128,.35);\
color:var(--jp-content-font-color1,var(--vscode-editor-foreground,inherit));line-height:1.45;font-size:13px;\
font-family:var(--jp-content-font-family,var(--vscode-font-family,system-ui)),'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif;overflow-x:auto}\
@media (prefers-color-scheme:dark){.attainment{--attainment-good:#56B4E9;--attainment-bad:#E69F00;--attainment-soft:rgba(170,170,170,.95)}}\
body[data-jp-theme-light=true] .attainment,body.vscode-light .attainment{--attainment-good:#0072B2;--attainment-bad:#B34E00;--attainment-soft:rgba(110,110,110,.95)}\
body[data-jp-theme-light=false] .attainment,body.vscode-dark .attainment,body.vscode-high-contrast .attainment{--attainment-good:#56B4E9;--attainment-bad:#E69F00;--attainment-soft:rgba(170,170,170,.95)}\
.attainment .attainment-title{font-size:1.15em;font-weight:600;margin:.2em 0}\
.attainment p{margin:.2em 0;color:var(--attainment-soft)}\
.attainment table.attainment-table{border-collapse:collapse;border:0;margin:.4em 0 .8em;font-size:inherit;table-layout:auto}\
.attainment table.attainment-table caption{caption-side:top;text-align:left;font-weight:600;color:inherit;padding:.3em 0}\
.attainment table.attainment-table th,.attainment table.attainment-table td{background:none;border:0;border-bottom:1px solid var(--attainment-line);padding:.28em .7em;text-align:left;vertical-align:top;white-space:normal;max-width:34em;color:inherit}\
.attainment table.attainment-table thead th{border-bottom:1.5px solid var(--attainment-soft);font-weight:600;vertical-align:bottom;white-space:nowrap}\
.attainment table.attainment-table tbody th{font-weight:500}\
.attainment table.attainment-table tbody th:not(.attainment-number){min-width:7em}\
.attainment table.attainment-table tbody td.attainment-note{min-width:12em}\
.attainment table.attainment-table td.attainment-good,.attainment table.attainment-table td.attainment-bad,.attainment table.attainment-table td.attainment-open{white-space:nowrap}\
.attainment table.attainment-table tbody tr,.attainment table.attainment-table tbody tr:hover{background:none}\
.attainment table.attainment-table .attainment-number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
.attainment table.attainment-table .attainment-none,.attainment table.attainment-table .attainment-more td{color:var(--attainment-soft)}\
.attainment table.attainment-table .attainment-more td{text-align:center;font-style:italic}\
.attainment table.attainment-table .attainment-good i,.attainment table.attainment-table .attainment-bad i,.attainment table.attainment-table .attainment-open i{font-style:normal;font-weight:700;display:inline-block;min-width:1.2em}\
.attainment .attainment-good i{color:var(--attainment-good)}\
.attainment .attainment-bad i{color:var(--attainment-bad)}\
.attainment .attainment-open i{color:var(--attainment-soft)}\
.attainment ul{margin:.2em 0;padding-left:1.4em}\
.attainment li{margin:.1em 0}\
.attainment code{font-size:.92em;color:var(--attainment-soft);background:none}\
.attainment details summary{cursor:pointer;color:var(--attainment-soft)}\
</style>";

/// What a page is made of, from top to bottom.
pub(crate) struct Page<'a> {
    /// What it shows, for whoever styles it: `attainment-plan`.
    class: &'static str,
    lang: Lang,
    parts: Vec<Part<'a>>,
}

enum Part<'a> {
    Title(String),
    Line(String),
    Table(Table<'a>),
    Steps(&'a [Step]),
    Findings(&'a [Finding]),
}

/// A table whose rows are made as they are needed: of a long one only the ends are.
pub(crate) struct Table<'a> {
    pub(crate) caption: String,
    pub(crate) head: Vec<Head>,
    pub(crate) count: usize,
    pub(crate) row: Box<dyn Fn(usize) -> Vec<Entry> + 'a>,
}

/// The head of a column.
pub(crate) struct Head {
    text: String,
    is_number: bool,
    /// Whether sentences stand in it, which need room.
    is_note: bool,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    text: String,
    sign: Option<(Mood, &'static str)>,
    /// Said when pointed at.
    why: Option<String>,
    is_missing: bool,
}

/// Whether an answer is good news; said by a sign and a word as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Good,
    Bad,
    Open,
}

impl Head {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_number: false, is_note: false }
    }

    pub(crate) fn note(text: impl Into<String>) -> Self {
        Self { is_note: true, ..Self::text(text) }
    }

    pub(crate) fn number(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_number: true, is_note: false }
    }
}

impl Entry {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A dash, with the reason where there is one.
    pub(crate) fn missing(why: Option<String>) -> Self {
        Self { text: "—".to_owned(), is_missing: true, why, sign: None }
    }

    /// The text, or a dash where there is none.
    pub(crate) fn maybe(text: Option<String>) -> Self {
        text.filter(|text| !text.is_empty()).map_or_else(|| Self::missing(None), Self::new)
    }

    pub(crate) fn signed(mood: Mood, sign: &'static str, text: impl Into<String>) -> Self {
        Self { text: text.into(), sign: Some((mood, sign)), ..Self::default() }
    }

    fn plain(&self) -> String {
        match self.sign {
            Some((_, sign)) => format!("{sign} {}", self.text),
            None => self.text.clone(),
        }
    }
}

impl Mood {
    const fn class(self) -> &'static str {
        match self {
            Self::Good => "attainment-good",
            Self::Bad => "attainment-bad",
            Self::Open => "attainment-open",
        }
    }
}

impl<'a> Page<'a> {
    pub(crate) fn new(class: &'static str, lang: Lang) -> Self {
        Self { class, lang, parts: Vec::new() }
    }

    pub(crate) fn title(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part::Title(text.into()));
        self
    }

    pub(crate) fn line(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push(Part::Line(text));
        }
        self
    }

    pub(crate) fn table(mut self, table: Table<'a>) -> Self {
        self.parts.push(Part::Table(table));
        self
    }

    pub(crate) fn steps(mut self, steps: &'a [Step]) -> Self {
        self.parts.push(Part::Steps(steps));
        self
    }

    /// The findings, folded; nothing where there are none.
    pub(crate) fn findings(mut self, findings: &'a [Finding]) -> Self {
        if !findings.is_empty() {
            self.parts.push(Part::Findings(findings));
        }
        self
    }

    fn say(&self, message: &Message) -> String {
        message.get(self.lang).to_owned()
    }

    pub(crate) fn html(&self) -> String {
        let mut out = format!("<div class=\"attainment {}\" lang=\"{}\">{STYLE}", self.class, self.lang.as_str());
        for part in &self.parts {
            match part {
                Part::Title(text) => {
                    out.push_str(&format!("<div class=\"attainment-title\" role=\"heading\" aria-level=\"3\">{}</div>", sentence(text)))
                }
                Part::Line(text) => out.push_str(&format!("<p>{}</p>", escape_html(text))),
                Part::Table(table) => self.html_table(table, &mut out),
                Part::Steps(steps) => html_steps(steps, self.lang, &mut out),
                Part::Findings(findings) => {
                    let count = findings.len();
                    let head = crate::text::msg!("Findings ({count})", "问题（{count}个）");
                    out.push_str(&format!("<details><summary>{}</summary><ul>", self.say(&head)));
                    for finding in findings.iter().take(FINDINGS) {
                        let (code, text) = (finding.code, sentence(finding.message.get(self.lang)));
                        let place = place(finding).map(|place| format!(" {}", escape_html(&place))).unwrap_or_default();
                        let help = finding.help.as_ref().map(|help| format!(" — {}", sentence(help.get(self.lang)))).unwrap_or_default();
                        out.push_str(&format!("<li><code>{code}</code>{place}: {text}{help}</li>"));
                    }
                    out.push_str("</ul></details>");
                }
            }
        }
        out.push_str("</div>\n");
        out
    }

    fn html_table(&self, table: &Table<'_>, out: &mut String) {
        out.push_str("<table class=\"attainment-table\">");
        if !table.caption.is_empty() {
            out.push_str(&format!("<caption>{}</caption>", escape_html(&table.caption)));
        }
        out.push_str("<thead><tr>");
        for head in &table.head {
            let class = if head.is_number { " class=\"attainment-number\"" } else { "" };
            out.push_str(&format!("<th scope=\"col\"{class}>{}</th>", escape_html(&head.text)));
        }
        out.push_str("</tr></thead><tbody>");
        let (first, last) = if table.count > WHOLE { (FIRST, LAST) } else { (table.count, 0) };
        for index in 0..first {
            html_row(table, index, out);
        }
        if last > 0 {
            let hidden = table.count - first - last;
            let text = crate::text::msg!("… {hidden} more rows …", "……另有{hidden}行……");
            out.push_str(&format!("<tr class=\"attainment-more\"><td colspan=\"{}\">{}</td></tr>", table.head.len(), self.say(&text)));
        }
        for index in table.count - last..table.count {
            html_row(table, index, out);
        }
        out.push_str("</tbody></table>");
    }

    pub(crate) fn markdown(&self) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Title(text) => out.push_str(&format!("**{}**\n\n", escape_markdown(text))),
                Part::Line(text) => out.push_str(&format!("{}\n\n", escape_markdown(text))),
                Part::Table(table) => {
                    if !table.caption.is_empty() {
                        out.push_str(&format!("{}\n\n", escape_markdown(&table.caption)));
                    }
                    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
                    out.push_str(&line(table.head.iter().map(|head| escape_markdown(&head.text)).collect()));
                    out.push('|');
                    table.head.iter().for_each(|head| out.push_str(if head.is_number { "---:|" } else { "---|" }));
                    out.push('\n');
                    for index in 0..table.count {
                        out.push_str(&line((table.row)(index).iter().map(|entry| escape_markdown(&entry.plain())).collect()));
                    }
                    out.push('\n');
                }
                Part::Steps(steps) => walk(steps, 0, &mut |step, depth| {
                    let place = step.place.as_ref().map(|place| format!(" `{}`", one_line(place).replace('`', "'"))).unwrap_or_default();
                    out.push_str(&format!("{}- {}{place}\n", "  ".repeat(depth), escape_markdown(step.text.get(self.lang))));
                }),
                Part::Findings(findings) => {
                    for finding in findings.iter().take(FINDINGS) {
                        let help =
                            finding.help.as_ref().map(|help| format!(" — {}", escape_markdown(help.get(self.lang)))).unwrap_or_default();
                        let place = place(finding).map(|place| format!(" {}", escape_markdown(&place))).unwrap_or_default();
                        out.push_str(&format!("- `{}`{place}: {}{help}\n", finding.code, escape_markdown(finding.message.get(self.lang))));
                    }
                }
            }
        }
        // A page ends where its last part does.
        let end = out.trim_end().len();
        out.truncate(end);
        out.push('\n');
        out
    }
}

fn html_row(table: &Table<'_>, index: usize, out: &mut String) {
    out.push_str("<tr>");
    for (column, (entry, head)) in (table.row)(index).iter().zip(&table.head).enumerate() {
        let (tag, scope) = if column == 0 { ("th", " scope=\"row\"") } else { ("td", "") };
        let classes: Vec<&str> = [
            head.is_number.then_some("attainment-number"),
            head.is_note.then_some("attainment-note"),
            entry.is_missing.then_some("attainment-none"),
            entry.sign.map(|(mood, _)| mood.class()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
        let title = entry.why.as_ref().map(|why| format!(" title=\"{}\"", escape_html(why))).unwrap_or_default();
        let sign = entry.sign.map(|(_, sign)| format!("<i aria-hidden=\"true\">{sign}</i> ")).unwrap_or_default();
        let text = if head.is_note { sentence(&entry.text) } else { escape_html(&entry.text) };
        out.push_str(&format!("<{tag}{scope}{class}{title}>{sign}{text}</{tag}>"));
    }
    out.push_str("</tr>");
}

/// A sentence as HTML: what stands in backticks is code. One without a fellow stays as it is.
fn sentence(text: &str) -> String {
    let escaped = escape_html(text);
    let mut out = String::with_capacity(escaped.len());
    let mut rest = escaped.as_str();
    while let Some((before, (code, after))) = rest.split_once('`').and_then(|(before, more)| Some((before, more.split_once('`')?))) {
        out.push_str(&format!("{before}<code>{code}</code>"));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn html_steps(steps: &[Step], lang: Lang, out: &mut String) {
    out.push_str("<ul>");
    for step in steps {
        let kind = step.kind;
        let text = sentence(step.text.get(lang));
        let place = step.place.as_ref().map(|place| format!(" <code>{}</code>", escape_html(place))).unwrap_or_default();
        out.push_str(&format!("<li data-step=\"{kind}\">{text}{place}"));
        if !step.steps.is_empty() {
            html_steps(&step.steps, lang, out);
        }
        out.push_str("</li>");
    }
    out.push_str("</ul>");
}

/// Where a finding is about.
fn place(finding: &Finding) -> Option<String> {
    match (finding.row, finding.path.is_empty()) {
        (Some(row), _) => Some(format!("row {row}")),
        (None, false) => Some(finding.path.clone()),
        (None, true) => None,
    }
}

/// Every step with its depth, parents first.
pub(crate) fn walk(steps: &[Step], depth: usize, visit: &mut impl FnMut(&Step, usize)) {
    for step in steps {
        visit(step, depth);
        walk(&step.steps, depth + 1, visit);
    }
}
