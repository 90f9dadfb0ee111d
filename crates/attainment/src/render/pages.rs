//! Plans and assessments as pages, for notebooks and documents.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::line::{self, Units};
use super::{area_name, full_name, labels, target_name};
use crate::assess::{Assessment, Outlook};
use crate::document::Text;
use crate::number::decimal_from_f64;
use crate::page::{Entry, Head, Mood, Page, Table};
use crate::period::Point;
use crate::plan::{Baseline, Bound, CompareWord, Direction, Indicator, Kind, Measure, Member, Nature, Plan, Stated, Target, UnitOf, When};
use crate::text::{Lang, Message, msg, say};
use crate::verdict::{Pace, Scale, State, Verdict, measure_name, word_name};

/// A number for a column: four digits behind the point at most.
pub(crate) fn short(value: f64) -> Option<String> {
    let decimal = decimal_from_f64(value).ok()?;
    Some(super::grouped(&decimal.round_dp(4).normalize().to_string()))
}

fn number(value: Option<f64>) -> Entry {
    Entry::maybe(value.and_then(short))
}

fn percent(share: Option<f64>) -> Entry {
    Entry::maybe(share.filter(|share| share.is_finite()).map(|share| format!("{:.1} %", 100.0 * share)))
}

fn state(state: State, text: String) -> Entry {
    let (mood, sign) = match state {
        State::Met => (Mood::Good, "✓"),
        State::NotMet => (Mood::Bad, "✗"),
        State::Pending => (Mood::Open, "○"),
        State::NotEvaluable => (Mood::Open, "?"),
    };
    Entry::signed(mood, sign, text)
}

fn scale_sign(scale: Scale) -> (Mood, &'static str) {
    match scale {
        Scale::Done => (Mood::Good, "✓"),
        Scale::OnTrack => (Mood::Good, "↗"),
        Scale::Near => (Mood::Open, "→"),
        Scale::Behind => (Mood::Bad, "↘"),
        Scale::Away => (Mood::Bad, "↓"),
    }
}

fn pace(pace: Option<&Pace>, lang: Lang) -> Entry {
    match pace.map(|pace| (pace, pace.scale, pace.category.as_deref())) {
        Some((_, Some(scale), Some(category))) => {
            let (mood, sign) = scale_sign(scale);
            Entry::signed(mood, sign, category)
        }
        Some((pace, ..)) => Entry::missing(pace.reason.map(|reason| reason.message().get(lang).to_owned())),
        None => Entry::missing(None),
    }
}

impl Plan {
    /// A page for people: title, window, the indicators and the targets as tables, and what was found
    /// about the plan.
    ///
    /// It is made to stand in a notebook: the style holds for nothing else, follows light and dark, and
    /// long tables show their first and last rows. Every text is escaped.
    ///
    /// ```
    /// use attainment::{Format, Lang, Plan};
    /// let plan = Plan::parse("{attainment: 1, id: soil, title: Soil <2030>, indicators: {sealed: {name: Land sealed a day, unit: ha, direction: decrease}}, targets: {sealed: {indicator: sealed, at_most: 30 ha, by: 2030, baseline: 2020}}}", Format::Yaml)?;
    /// let html = plan.to_html(Lang::En);
    /// assert!(html.contains("Soil &lt;2030&gt;") && html.contains("to be at most 30 ha"));
    /// assert!(html.contains("<th scope=\"col\">"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_html(&self, lang: Lang) -> String {
        self.page(lang).html()
    }

    /// The same in Markdown, with all rows.
    ///
    /// ```
    /// use attainment::{Format, Lang, Plan};
    /// let plan = Plan::parse("{attainment: 1, id: soil, indicators: {sealed: {name: 每日新增建设用地, unit: ha, direction: decrease}}, targets: {sealed: {indicator: sealed, at_most: 30 ha, by: 2030}}}", Format::Yaml)?;
    /// assert!(plan.to_markdown(Lang::Zh).contains("| 每日新增建设用地 | 不高于30 ha | 截至2030年 |"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_markdown(&self, lang: Lang) -> String {
        self.page(lang).markdown()
    }

    fn page(&self, lang: Lang) -> Page<'_> {
        let document = self.document();
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.get(lang).to_owned());
        let title = text(&document.title).unwrap_or_else(|| document.id.to_string());
        let window = document.window.as_ref().map(|window| window.in_words(lang));
        let about: Vec<String> = [text(&document.issuer), text(&document.number), window].into_iter().flatten().collect();
        let (indicators, targets) = (document.indicators.len(), document.targets.len());
        let indicator_table = Table {
            caption: msg!("Indicators ({indicators})", "指标（{indicators}个）").get(lang).to_owned(),
            head: vec![
                Head::text(say(lang, "indicator", "指标")),
                Head::text(say(lang, "id", "标识")),
                Head::text(say(lang, "unit", "单位")),
                Head::text(say(lang, "better", "好的方向")),
                Head::text(say(lang, "kind", "类型")),
            ],
            count: indicators,
            row: Box::new(move |index| {
                document.indicators.get_index(index).map_or_else(Vec::new, |(id, indicator)| indicator_row(id, indicator, lang))
            }),
        };
        let names_areas = document.targets.values().any(|target| !target.areas.is_empty());
        let names_caliber = document.targets.values().any(|target| target.caliber.is_some());
        let labels = labels(self, lang);
        let target_table = Table {
            caption: msg!("Targets ({targets})", "目标（{targets}个）").get(lang).to_owned(),
            head: vec![
                Head::text(say(lang, "target", "目标")),
                Head::text(say(lang, "what is asked", "要求")),
                Head::text(say(lang, "when", "时间")),
                Head::text(say(lang, "baseline", "基期")),
                Head::text(say(lang, "nature", "性质")),
            ]
            .into_iter()
            .chain(names_caliber.then(|| Head::text(say(lang, "caliber", "口径"))))
            .chain(names_areas.then(|| Head::text(say(lang, "for", "适用"))))
            .collect(),
            count: targets,
            row: Box::new(move |index| {
                let Some((id, target)) = document.targets.get_index(index) else { return Vec::new() };
                let mut cells = vec![Entry::new(labels.get(id.as_str()).cloned().unwrap_or_default())];
                cells.extend(self.target_cells(target, lang));
                cells.extend(names_caliber.then(|| Entry::maybe(target.caliber.as_ref().map(ToString::to_string))));
                let areas = || target.areas.iter().map(|area| area_name(self, area.as_str(), lang)).collect::<Vec<_>>();
                cells.extend(names_areas.then(|| Entry::maybe(Some(areas().join(say(lang, ", ", "、"))))));
                cells
            }),
        };
        Page::new("attainment-plan", lang)
            .title(title)
            .line(about.join(say(lang, " · ", " · ")))
            .table(indicator_table)
            .table(target_table)
            .findings(self.findings())
    }

    /// What is asked, when, from where and how bindingly.
    fn target_cells(&self, target: &Target, lang: Lang) -> [Entry; 4] {
        let document = self.document();
        let when = document.when_of(target);
        let inherited = |is: bool| if is { say(lang, " (inherited)", "（承继）") } else { "" };
        let when_text = when.as_ref().map(|when| {
            let period = when.value.period().in_words(lang);
            let text = match when.value {
                When::By(_) => msg!("by {period}", "截至{period}"),
                When::During(_) => msg!("during {period}", "{period}期间"),
                When::Each(_) => msg!("each period of {period}", "{period}每期"),
            };
            format!("{}{}", text.get(lang), inherited(when.inherited))
        });
        let baseline = document.baseline_of(target, when.as_ref().map(|when| &when.value)).map(|baseline| {
            let text = match &baseline.value {
                Baseline::At(period) => period.in_words(lang),
                Baseline::Declared(declared) => {
                    let value = declared.value.as_ref().map(|value| format!(": {value}")).unwrap_or_default();
                    format!("{}{value}", declared.at.in_words(lang))
                }
            };
            format!("{text}{}", inherited(baseline.inherited))
        });
        let nature = document.nature_of(target).map(|nature| nature_name(nature.value).get(lang).to_owned());
        [Entry::maybe(Some(asked(self, target, lang))), Entry::maybe(when_text), Entry::maybe(baseline), Entry::maybe(nature)]
    }
}

fn indicator_row(id: &str, indicator: &Indicator, lang: Lang) -> Vec<Entry> {
    let direction = indicator.direction.map(|direction| {
        let (sign, name) = match direction {
            Direction::Increase => ("↑", msg!("more", "越高越好")),
            Direction::Decrease => ("↓", msg!("less", "越低越好")),
            Direction::Within => ("↔", msg!("within bounds", "在区间内")),
        };
        Entry::signed(Mood::Open, sign, name.get(lang))
    });
    let unit = indicator.unit.as_ref().map(|unit| if unit.is_percent() { "%".to_owned() } else { unit.as_str().to_owned() });
    vec![
        Entry::new(full_name(indicator, lang)),
        Entry::new(id),
        Entry::maybe(unit),
        direction.unwrap_or_else(|| Entry::missing(None)),
        Entry::maybe(indicator.kind.map(|kind| kind_name(kind).get(lang).to_owned())),
    ]
}

/// The comparison in words: `relative change to be at most -20%`.
fn asked(plan: &Plan, target: &Target, lang: Lang) -> String {
    let members = target.members();
    if !members.is_empty() {
        let named = members.iter().map(|member| match member {
            Member::Named(id) => id.to_string(),
            Member::Inline(target) => asked(plan, target, lang),
        });
        let named = named.collect::<Vec<_>>().join(say(lang, ", ", "、"));
        let how = match (&target.all, &target.any, &target.k_of) {
            (Some(_), ..) => msg!("all of: {named}", "全部：{named}"),
            (_, Some(_), _) => msg!("any of: {named}", "任一：{named}"),
            (_, _, Some(k_of)) => msg!("{} of: {named}", "其中{}项：{named}", k_of.k),
            _ => msg!("not: {named}", "非：{named}"),
        };
        return how.get(lang).to_owned();
    }
    let Some((word, bounds)) = target.compare() else { return String::new() };
    let bounds: Vec<String> = bounds.iter().map(|bound: &&Bound| bound_text(plan, target, bound, lang)).collect();
    let tolerance = target.tolerance.as_ref().map(|size| format!(" ± {size}")).unwrap_or_default();
    let bounds = bounds.join(say(lang, " and ", "与"));
    // A level goes without saying.
    let measures: Vec<Message> = target.measure.iter().map(|measure| measure_name(*measure)).collect();
    let measure = measures.iter().map(|name| name.get(lang)).collect::<Vec<_>>().join(say(lang, " or ", "或"));
    let gap = if measure.is_empty() || lang == Lang::Zh { "" } else { " " };
    let is_word = target.compare().is_some_and(|(_, bounds)| bounds.iter().all(|bound| bound.word().is_some()));
    let word_text = match word {
        CompareWord::Within => msg!("to lie between", "介于"),
        // An answer is no amount that is reached.
        CompareWord::Reach | CompareWord::Equals if is_word => msg!("to be", "达到"),
        _ => word_name(word),
    };
    format!("{measure}{gap}{}{}{bounds}{tolerance}", word_text.get(lang), say(lang, " ", ""))
}

/// What is compared with: a number with its unit, a word in the language, another value by its name.
fn bound_text(plan: &Plan, target: &Target, bound: &Bound, lang: Lang) -> String {
    let document = plan.document();
    let indicator = target.indicator.as_ref().and_then(|id| document.indicators.get(id.as_str()));
    match bound {
        Bound::Stated(Stated::Quantity(quantity)) if quantity.is_unknown() => say(lang, "an amount not stated", "（数额未明）").to_owned(),
        Bound::Stated(Stated::Quantity(quantity)) => {
            let measure = target.measures().first().copied().unwrap_or(Measure::Level);
            let unit = indicator.map(|indicator| UnitOf::new(measure, indicator)).filter(|_| quantity.unit().is_none());
            match unit.as_ref().and_then(UnitOf::label) {
                Some("%") => format!("{quantity}%"),
                Some(unit) => format!("{quantity} {unit}"),
                None => quantity.to_string(),
            }
        }
        Bound::Stated(Stated::Word(word)) => match word.as_str() {
            "yes" => say(lang, "yes", "是").to_owned(),
            "no" => say(lang, "no", "否").to_owned(),
            word => {
                let level = indicator.and_then(|indicator| indicator.levels.iter().find(|level| level.is(word)));
                level.map_or(word, |level| level.get(lang)).to_owned()
            }
        },
        Bound::Reference(reference) => {
            let what = match (&reference.mean_of, &reference.area, &reference.indicator, &reference.target) {
                (Some(group), ..) => msg!("the mean of {group}", "{group}的均值"),
                (_, Some(area), ..) => {
                    let name = |lang| area_name(plan, area.as_str(), lang);
                    Message { en: format!("that of {}", name(Lang::En)), zh: format!("{}的数值", name(Lang::Zh)) }
                }
                (_, _, Some(id), _) => {
                    let name = |lang| document.indicators.get(id.as_str()).map_or_else(|| id.to_string(), |other| full_name(other, lang));
                    Message { en: format!("that of “{}”", name(Lang::En)), zh: format!("“{}”", name(Lang::Zh)) }
                }
                (.., Some(id)) => {
                    let name = |lang| target_name(plan, id.as_str(), lang);
                    Message { en: format!("the bound of “{}”", name(Lang::En)), zh: format!("目标“{}”的界限", name(Lang::Zh)) }
                }
                _ => Message::default(),
            };
            let times = reference.times.as_ref().map(|times| format!("{times} × ")).unwrap_or_default();
            let plus = reference.plus.as_ref().map(|plus| format!(" + {plus}")).unwrap_or_default();
            format!("{times}{}{plus}", what.get(lang))
        }
    }
}

fn nature_name(nature: Nature) -> Message {
    match nature {
        Nature::Binding => msg!("binding", "约束性"),
        Nature::Expected => msg!("expected", "预期性"),
        Nature::Aspirational => msg!("aspirational", "力争"),
    }
}

fn kind_name(kind: Kind) -> Message {
    match kind {
        Kind::Stock => msg!("stock", "存量"),
        Kind::Flow => msg!("flow", "流量"),
        Kind::Share => msg!("share", "比重"),
        Kind::Growth => msg!("growth", "增速"),
        Kind::YesNo => msg!("yes or no", "是否"),
        Kind::Judgement => msg!("judgement", "评判"),
    }
}

impl Assessment {
    /// A page for people: how many targets have which state, a table with one row a verdict, and what
    /// was found in the data.
    ///
    /// It is made to stand in a notebook: the style holds for nothing else, follows light and dark, and
    /// of more than 40 rows the first 20 and the last 5 are shown. Every text is escaped.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: noise, indicators: {noise: {name: Homes with noise > 55 dB, unit: percent, direction: decrease}}, targets: {noise: {indicator: noise, at_most: 20%, by: 2030}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("Berlin", "noise", 2022, 24)]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2022))?;
    /// let html = assessment.to_html(Lang::En);
    /// assert!(html.starts_with("<div class=\"attainment attainment-assessment\" lang=\"en\"><style>"));
    /// assert!(html.contains("<th scope=\"row\">Homes with noise &gt; 55 dB</th>"));
    /// assert!(html.contains("<td class=\"attainment-number\">24 %</td>"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_html(&self, lang: Lang) -> String {
        let document = self.plan().document();
        let title = document.title.as_ref().map_or(document.id.as_str(), |title| title.get(lang)).to_owned();
        let rows: Vec<&[Verdict]> = self.questions().collect();
        let several_areas = rows.windows(2).any(|pair| pair[0][0].area != pair[1][0].area);
        let several_moments = rows.windows(2).any(|pair| pair[0][0].as_of != pair[1][0].as_of);
        // One row a question, one column a method.
        let methods: Vec<String> = rows
            .first()
            .into_iter()
            .flat_map(|row| row.iter())
            .filter_map(|verdict| verdict.pace.as_ref().map(|pace| pace.method.clone()))
            .collect();
        let labels = labels(self.plan(), lang);
        let mut head = vec![Head::text(say(lang, "target", "目标"))];
        head.extend(several_areas.then(|| Head::text(say(lang, "area", "地区"))));
        head.extend(several_moments.then(|| Head::number(say(lang, "as of", "截至"))));
        head.push(Head::text(say(lang, "attained", "达成")));
        head.push(Head::number(say(lang, "value", "实绩")));
        head.push(Head::number(say(lang, "period", "时期")));
        head.push(Head::number(say(lang, "bound", "界限")));
        head.push(Head::number(say(lang, "of the way", "完成份额")));
        match methods.as_slice() {
            [_] => head.push(Head::text(say(lang, "pace", "进度"))),
            several => head.extend(several.iter().map(|method| Head::text(method.as_str()))),
        }
        head.push(Head::note(say(lang, "notes", "说明")));
        let count = rows.len();
        let row = move |index: usize| {
            let Some([verdict, ..]) = rows.get(index).copied() else { return Vec::new() };
            let (attained, units) = (&verdict.attained, Units::new(self.plan(), &verdict.target, lang));
            let why = attained.reason.map(|reason| reason.message().get(lang).to_owned());
            let missing = |text: Option<String>| text.map_or_else(|| Entry::missing(why.clone()), Entry::new);
            let mut cells = vec![Entry::new(labels.get(verdict.target.as_str()).cloned().unwrap_or_default())];
            cells.extend(several_areas.then(|| Entry::new(area_name(self.plan(), &verdict.area, lang))));
            cells.extend(several_moments.then(|| Entry::new(verdict.as_of.to_string())));
            cells.push(state(attained.state, line::attained(verdict, lang)));
            cells.push(missing(attained.value.map(|value| units.measured(value, attained.bound))));
            cells.push(Entry::maybe(line::period(attained, lang)));
            cells.push(missing(line::bound(attained, &units)));
            cells.push(percent(attained.closed));
            cells.extend(methods.iter().map(|method| {
                let own = rows[index].iter().filter_map(|verdict| verdict.pace.as_ref()).find(|pace| pace.method == *method);
                pace(own, lang)
            }));
            cells.push(Entry::maybe(Some(line::remarks(verdict, &units))));
            cells
        };
        Page::new("attainment-assessment", lang)
            .title(title)
            .line(self.about(lang, several_areas))
            .table(Table { caption: String::new(), head, count, row: Box::new(row) })
            .findings(self.findings())
            .html()
    }

    /// The verdicts of one target, area and moment together: one for each method.
    fn questions(&self) -> impl Iterator<Item = &[Verdict]> {
        let same = |one: &Verdict, other: &Verdict| one.target == other.target && one.area == other.area && one.as_of == other.as_of;
        self.verdicts().chunk_by(same)
    }

    /// Where, as of when, by which methods, and how many have which state.
    fn about(&self, lang: Lang, several_areas: bool) -> String {
        let mut moments: Vec<Point> = self.moments().to_vec();
        moments.sort_by_key(|moment| moment.last_day());
        let moments: Vec<String> = moments.iter().map(|moment| moment.in_words(lang)).collect();
        let moments = moments.join(say(lang, ", ", "、"));
        let first = self.questions().next().unwrap_or_default();
        let methods: Vec<&str> = first.iter().filter_map(|verdict| verdict.pace.as_ref().map(|pace| pace.method.as_str())).collect();
        let place = first.first().filter(|_| !several_areas).map(|verdict| area_name(self.plan(), &verdict.area, lang));
        // Whether it is attained does not depend on the method: a target counts once.
        let mut counts: BTreeMap<Reverse<State>, usize> = BTreeMap::new();
        self.questions().for_each(|verdicts| *counts.entry(Reverse(verdicts[0].attained.state)).or_default() += 1);
        let counts: Vec<String> = counts.iter().map(|(state, count)| format!("{count} {}", line::state_name(state.0, lang))).collect();
        let vintage = self.vintage().map(|vintage| {
            let vintage = vintage.in_words(lang);
            msg!("as known in {vintage}", "数据版本{vintage}").get(lang).to_owned()
        });
        let parts = [
            place.filter(|place| !place.is_empty()),
            Some(msg!("as of {moments}", "截至{moments}").get(lang).to_owned()),
            vintage,
            Some(methods.join(say(lang, ", ", "、"))).filter(|methods| !methods.is_empty()),
            Some(counts.join(say(lang, ", ", "，"))),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// What is needed from here ([`Assessment::outlook`]) as a page for people.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: energy, indicators: {renewables: {name: Renewables, unit: percent, direction: increase}}, targets: {renewables: {indicator: renewables, at_least: 42.5%, by: 2030, baseline: 2020}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("ES", "renewables", 2020, "21.2"), Record::new("ES", "renewables", 2023, "24.9")]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2023))?;
    /// assert!(assessment.outlook_to_html(Lang::En).contains("<td class=\"attainment-number\">2.5143</td>"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn outlook_to_html(&self, lang: Lang) -> String {
        self.outlook_page(&self.outlook(), lang).html()
    }

    /// The same in Markdown.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: energy, indicators: {renewables: {name: Renewables, unit: percent, direction: increase}}, targets: {renewables: {indicator: renewables, at_least: 42.5%, by: 2030, baseline: 2020}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("ES", "renewables", 2020, "21.2"), Record::new("ES", "renewables", 2023, "24.9")]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2023))?;
    /// assert!(assessment.outlook_to_markdown(Lang::En).contains("| 2.5143 |"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn outlook_to_markdown(&self, lang: Lang) -> String {
        self.outlook_page(&self.outlook(), lang).markdown()
    }

    fn outlook_page<'a>(&'a self, outlook: &'a [Outlook], lang: Lang) -> Page<'a> {
        let labels = labels(self.plan(), lang);
        let differ = |of: fn(&Outlook) -> String| outlook.windows(2).any(|pair| of(&pair[0]) != of(&pair[1]));
        let (several_areas, several_moments) = (differ(|one| one.area.clone()), differ(|one| one.as_of.to_string()));
        let mut head = vec![Head::text(say(lang, "target", "目标"))];
        head.extend(several_areas.then(|| Head::text(say(lang, "area", "地区"))));
        head.extend(several_moments.then(|| Head::text(say(lang, "as of", "截至"))));
        head.push(Head::text(say(lang, "attained", "达成")));
        for (en, zh) in [
            ("value", "实绩"),
            ("bound", "界限"),
            ("due", "期限"),
            ("needed a year", "每年须变动"),
            ("so far a year", "以往年变动"),
            ("times", "须加快倍数"),
            ("arrives", "到达年份"),
            ("best a year", "最快年变动"),
            ("latest start", "最迟起步"),
        ] {
            head.push(Head::number(say(lang, en, zh)));
        }
        let row = move |index: usize| {
            let Some(one) = outlook.get(index) else { return Vec::new() };
            let units = Units::new(self.plan(), &one.target, lang);
            let year = |year: Option<f64>| Entry::maybe(year.filter(|year| year.is_finite()).map(|year| format!("{year:.1}")));
            let mut cells = vec![Entry::new(labels.get(one.target.as_str()).cloned().unwrap_or_default())];
            cells.extend(several_areas.then(|| Entry::new(area_name(self.plan(), &one.area, lang))));
            cells.extend(several_moments.then(|| Entry::new(one.as_of.to_string())));
            cells.push(state(one.attained, line::state_name(one.attained, lang).to_owned()));
            cells.push(Entry::maybe(one.value.map(|value| units.measured(value, one.bound))));
            cells.push(Entry::maybe(one.bound.map(|bound| units.number(bound))));
            cells.push(Entry::maybe(one.deadline.map(|deadline| deadline.to_string())));
            cells.push(number(one.required));
            cells.push(number(one.actual));
            cells.push(number(one.catch_up));
            cells.push(year(one.arrival));
            cells.push(number(one.best));
            cells.push(year(one.latest_start));
            cells
        };
        let line = say(
            lang,
            "Changes a year are in the unit of what is judged; years are decimal, 2030.0 is the end of 2030.",
            "年变动以判定数值的单位计；年份为小数，2030.0为2030年末。",
        );
        Page::new("attainment-outlook", lang).title(say(lang, "What is needed from here", "今后所需")).line(line).table(Table {
            caption: String::new(),
            head,
            count: outlook.len(),
            row: Box::new(row),
        })
    }

    /// Where methods disagree ([`Assessment::disagreements`]) as a page for people: a row for what each
    /// method says.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: agenda-2030, indicators: {poverty: {name: Poverty rate, unit: percent, direction: decrease}}, targets: {poverty: {indicator: poverty, at_most: 7.25%, by: 2030, baseline: 2015}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("CA", "poverty", 2015, "14.5"), Record::new("CA", "poverty", 2023, "10.25")]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2023).method("statcan-2025").method("unsd-2023"))?;
    /// assert!(assessment.disagreements_to_html(Lang::En).contains("moderate_progress"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn disagreements_to_html(&self, lang: Lang) -> String {
        self.disagreements_page(lang).html()
    }

    /// The same in Markdown.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Lang, Panel, Plan};
    /// # let plan = Plan::parse("{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {a: {indicator: a, reach: 1, by: 2020}}}", Format::Yaml)?;
    /// let assessment = plan.assess(&Panel::default(), &AssessOptions::new().as_of(2019))?;
    /// assert!(assessment.disagreements_to_markdown(Lang::En).contains("0 of 1"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn disagreements_to_markdown(&self, lang: Lang) -> String {
        self.disagreements_page(lang).markdown()
    }

    fn disagreements_page(&self, lang: Lang) -> Page<'_> {
        let found = self.disagreements();
        let (count, all) = (found.len(), self.questions().count());
        let labels = labels(self.plan(), lang);
        let mut rows: Vec<Vec<Entry>> = Vec::new();
        for disagreement in &found {
            for view in &disagreement.views {
                let (mood, sign) = scale_sign(view.scale);
                rows.push(vec![
                    Entry::new(labels.get(disagreement.target.as_str()).cloned().unwrap_or_default()),
                    Entry::maybe(Some(area_name(self.plan(), &disagreement.area, lang))),
                    Entry::new(disagreement.as_of.to_string()),
                    Entry::new(&*view.method),
                    Entry::signed(mood, sign, &*view.category),
                    number(view.value),
                    Entry::maybe(Some(view.because.get(lang).to_owned())),
                ]);
            }
        }
        let head = vec![
            Head::text(say(lang, "target", "目标")),
            Head::text(say(lang, "area", "地区")),
            Head::text(say(lang, "as of", "截至")),
            Head::text(say(lang, "method", "方法")),
            Head::text(say(lang, "class", "类别")),
            Head::number(say(lang, "number", "数值")),
            Head::note(say(lang, "because", "依据")),
        ];
        let line = msg!("methods disagree on {count} of {all} targets", "{all}个目标中{count}个各方法结论不一");
        Page::new("attainment-disagreements", lang).title(say(lang, "Where methods disagree", "各方法的分歧")).line(line.get(lang)).table(
            Table {
                caption: String::new(),
                head,
                count: rows.len(),
                row: Box::new(move |index| rows.get(index).cloned().unwrap_or_default()),
            },
        )
    }
}
