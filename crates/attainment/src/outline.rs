//! Trees of steps for people: text, Markdown, HTML.

use crate::text::{Lang, Message, escape_html, escape_markdown, one_line};
use crate::trace::Step;

/// Indented text.
pub(crate) fn text(title: &Message, steps: &[Step], lang: Lang) -> String {
    let mut out = format!("{}\n", one_line(title.get(lang)));
    walk(steps, 0, &mut |step, depth| {
        let place = step.place.as_ref().map(|place| format!("  [{}]", one_line(place))).unwrap_or_default();
        out.push_str(&format!("{}{}{place}\n", "  ".repeat(depth + 1), one_line(step.text.get(lang))));
    });
    out
}

/// A nested list in Markdown.
pub(crate) fn markdown(title: &Message, steps: &[Step], lang: Lang) -> String {
    let mut out = format!("**{}**\n\n", escape_markdown(title.get(lang)));
    walk(steps, 0, &mut |step, depth| {
        let place = step.place.as_ref().map(|place| format!(" `{}`", one_line(place).replace('`', "'"))).unwrap_or_default();
        out.push_str(&format!("{}- {}{place}\n", "  ".repeat(depth), escape_markdown(step.text.get(lang))));
    });
    out
}

/// Nested lists in HTML, with every text escaped.
pub(crate) fn html(title: &Message, steps: &[Step], lang: Lang) -> String {
    fn list(steps: &[Step], lang: Lang, out: &mut String) {
        out.push_str("<ul>");
        for step in steps {
            let kind = step.kind;
            let text = escape_html(step.text.get(lang));
            let place = step.place.as_ref().map(|place| format!(" <code>{}</code>", escape_html(place))).unwrap_or_default();
            out.push_str(&format!("<li data-step=\"{kind}\">{text}{place}"));
            if !step.steps.is_empty() {
                list(&step.steps, lang, out);
            }
            out.push_str("</li>");
        }
        out.push_str("</ul>");
    }
    let (tag, title) = (lang.as_str(), escape_html(title.get(lang)));
    let mut out = format!("<section class=\"attainment-explanation\" lang=\"{tag}\"><h3>{title}</h3>");
    list(steps, lang, &mut out);
    out.push_str("</section>\n");
    out
}

fn walk(steps: &[Step], depth: usize, visit: &mut impl FnMut(&Step, usize)) {
    for step in steps {
        visit(step, depth);
        walk(&step.steps, depth + 1, visit);
    }
}
