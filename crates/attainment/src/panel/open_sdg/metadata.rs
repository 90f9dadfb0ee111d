//! What the configuration of an Open SDG indicator says.

use crate::document::{self, Format, Kind, Node};
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::plan::Direction;
use crate::text::{Message, msg, shorten};

/// The year that progress is measured from where the options name none.
///
/// Open SDG documentation, indicator configuration, `progress_calculation_options`, 2.4.0 (2025).
const BASE_YEAR: &str = "2015";
/// The year of the target where the options name none; as above.
const TARGET_YEAR: &str = "2030";

/// One series that progress is measured of.
#[derive(Debug)]
pub(super) struct Progress {
    pub(super) series: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) disaggregation: Vec<(String, String)>,
    pub(super) direction: Direction,
    pub(super) base_year: String,
    pub(super) target_year: String,
    pub(super) target: Option<String>,
    pub(super) limit: Option<String>,
    pub(super) place: Place,
}

/// Where something stands: its mark and its JSON pointer.
#[derive(Clone, Debug)]
pub(super) struct Place {
    mark: Node,
    path: String,
}

impl Place {
    pub(super) fn finding(&self, code: Code, message: Message, help: Message) -> Finding {
        self.mark.mark.finding(code, message).at(self.path.clone()).help(help)
    }
}

/// A text for one unit or series, or for all.
#[derive(Debug)]
struct Fitting {
    series: Option<String>,
    unit: Option<String>,
    text: String,
}

/// The configuration of an indicator.
#[derive(Debug)]
pub(super) struct Metadata {
    pub(super) number: String,
    pub(super) name: Option<String>,
    pub(super) unit: Option<String>,
    /// Where the values without a code of an area are of.
    pub(super) coverage: Option<String>,
    pub(super) progress: Vec<Progress>,
    titles: Vec<Fitting>,
    decimals: Vec<Fitting>,
    pub(super) findings: Vec<Finding>,
}

impl Metadata {
    /// Reads YAML, by itself or in front of Markdown.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when it is no YAML, [`Error::Input`] when it is no map or names no indicator.
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        let parsed = document::parse(front(text), Format::Yaml).map_err(Error::Parse)?;
        let root = &parsed.root;
        let Kind::Map(_) = root.kind else {
            let message = msg!("the metadata are no map of keys", "元数据不是键值映射");
            let help = msg!(
                "hand over the indicator's configuration, `indicator_number: 1.2.1` and so on",
                "请传入指标配置,如`indicator_number: 1.2.1`"
            );
            return Err(Error::Input(vec![Finding::new(Code::WrongType, message).help(help)]));
        };
        let word = |key: &str| scalar(root, key);
        let Some(number) = word("indicator_number").or_else(|| word("indicator")) else {
            let message = msg!("the metadata have no `indicator_number`", "元数据缺少`indicator_number`");
            let help = msg!("hand over the indicator's configuration and not its texts alone", "请传入指标配置,而不只是其说明文字");
            return Err(Error::Input(vec![Finding::new(Code::MissingKey, message).at("/indicator_number").help(help)]));
        };
        let mut metadata = Self {
            number: number.to_owned(),
            name: None,
            unit: word("computation_units").map(str::to_owned),
            coverage: word("national_geographical_coverage").filter(|text| !is_key(text)).map(str::to_owned),
            progress: Vec::new(),
            titles: fitting(root, "graph_titles", "title"),
            decimals: fitting(root, "precision", "decimals"),
            findings: Vec::new(),
        };
        let read = [
            "indicator_number",
            "computation_units",
            "national_geographical_coverage",
            "indicator_name",
            "progress_calculation_options",
            "precision",
        ];
        let twice = |finding: &Finding| read.iter().any(|key| finding.path == format!("/{key}"));
        metadata.findings.extend(parsed.duplicates.into_vec().into_iter().filter(twice));
        metadata.name_it(root);
        metadata.read_progress(root);
        Ok(metadata)
    }

    fn name_it(&mut self, root: &Node) {
        let candidates = ["indicator_name", "indicator_available", "graph_title"];
        let plain = candidates.iter().filter_map(|key| scalar(root, key)).find(|text| !is_key(text));
        self.name = plain.map(str::to_owned);
        if let (None, Some(key)) = (plain, scalar(root, "indicator_name")) {
            let shown = shorten(key);
            self.not_translated(
                root,
                "indicator_name",
                msg!("`{shown}` is the key of a translation, so the indicator goes by its number", "`{shown}`是翻译键,指标以编号为名"),
                msg!("write the name itself, or give it to the plan", "请写出名称本身,或在规划中命名"),
            );
        }
    }

    fn read_progress(&mut self, root: &Node) {
        let is_on = scalar(root, "auto_progress_calculation") == Some("true");
        let options = match value(root, "progress_calculation_options").map(|node| &node.kind) {
            Some(Kind::List(items)) => items.as_slice(),
            _ => &[],
        };
        if !is_on && !options.is_empty() {
            self.not_translated(
                root,
                "progress_calculation_options",
                msg!(
                    "the publisher has turned the calculation off; its options are read as targets all the same",
                    "发布方已关闭计算;其选项仍读作目标"
                ),
                msg!("remove the options where they are no targets", "若不是目标,请删去这些选项"),
            );
        }
        for (index, item) in options.iter().enumerate() {
            let path = format!("/progress_calculation_options/{index}");
            let Some(Kind::List(group)) = value(item, "group").map(|node| &node.kind) else {
                self.series(item, path);
                continue;
            };
            let place = Place { mark: item.clone(), path: path.clone() };
            self.findings.push(place.finding(
                Code::NotTranslated,
                msg!(
                    "a group of series with a weight of its own; the series are targets without it",
                    "一组自有权重的序列;各序列作为目标,不含该权重"
                ),
                msg!("weigh the targets with a scheme", "请用计分办法给目标赋权"),
            ));
            for (place, member) in group.iter().enumerate() {
                self.series(member, format!("{path}/group/{place}"));
            }
        }
        if is_on && options.is_empty() {
            let path = "/auto_progress_calculation";
            self.series(root.nearest(path), path.to_owned());
        }
        for key in ["progress_status", "graph_target_lines", "progress_thresholds"] {
            let is_said = value(root, key).is_some_and(|node| match &node.kind {
                Kind::Null => false,
                Kind::Scalar { text } => !text.is_empty(),
                Kind::List(items) => !items.is_empty(),
                Kind::Map(pairs) => !pairs.is_empty(),
            });
            if is_said {
                self.not_translated(
                    root,
                    key,
                    msg!("`{key}` has no place in a plan", "`{key}`在规划中没有对应"),
                    msg!("state what it says as a target or an override of the plan", "请在规划中以目标或`overrides`写明其内容"),
                );
            }
        }
    }

    fn series(&mut self, node: &Node, path: String) {
        let place = Place { mark: node.clone(), path };
        let word = |key: &str| scalar(node, key).map(str::to_owned);
        let direction = match word("direction").as_deref() {
            Some("positive") => Direction::Increase,
            Some("negative") => Direction::Decrease,
            other => {
                let shown = other.map(shorten).unwrap_or_default();
                let message = match other {
                    None => msg!("no `direction` is said, and Open SDG takes less for better", "未写`direction`,Open SDG以减少为好"),
                    Some(_) => msg!(
                        "`{shown}` is no `direction`, and Open SDG takes less for better",
                        "`{shown}`不是`direction`,Open SDG以减少为好"
                    ),
                };
                let help = msg!("write `direction: positive` or `direction: negative`", "请写`direction: positive`或`direction: negative`");
                self.findings.push(place.finding(Code::DirectionAssumed, message, help));
                Direction::Decrease
            }
        };
        if value(node, "progress_thresholds").is_some_and(|node| !matches!(node.kind, Kind::Null)) {
            self.findings.push(place.finding(
                Code::NotTranslated,
                msg!("`progress_thresholds` of a series have no place in a plan", "序列的`progress_thresholds`在规划中没有对应"),
                msg!("judge with a method of your own that has these thresholds", "请用带有这些阈值的自定义方法评判"),
            ));
        }
        let pair = |item: &Node| Some((scalar(item, "field")?.to_owned(), scalar(item, "value")?.to_owned()));
        let disaggregation = match value(node, "disaggregation").map(|node| &node.kind) {
            Some(Kind::List(items)) => items.iter().filter_map(pair).collect(),
            _ => Vec::new(),
        };
        self.progress.push(Progress {
            series: word("series"),
            unit: word("unit"),
            disaggregation,
            direction,
            base_year: word("base_year").unwrap_or_else(|| BASE_YEAR.to_owned()),
            target_year: word("target_year").unwrap_or_else(|| TARGET_YEAR.to_owned()),
            target: word("target").filter(|target| target != "None"),
            limit: word("limit").filter(|limit| limit != "None"),
            place,
        });
    }

    fn not_translated(&mut self, root: &Node, key: &str, message: Message, help: Message) {
        let path = format!("/{key}");
        let place = Place { mark: root.nearest(&path).clone(), path };
        self.findings.push(place.finding(Code::NotTranslated, message, help));
    }

    /// The title of a graph for a series in a unit.
    pub(super) fn title(&self, series: &str, unit: &str) -> Option<&str> {
        find(&self.titles, series, unit).filter(|title| !is_key(title))
    }

    /// How many decimals are published of a series in a unit.
    pub(super) fn decimals(&self, series: &str, unit: &str) -> Option<&str> {
        find(&self.decimals, series, unit).filter(|decimals| decimals.parse::<u8>().is_ok())
    }
}

/// The first text that is for this series and unit.
fn find<'a>(texts: &'a [Fitting], series: &str, unit: &str) -> Option<&'a str> {
    let fits = |want: &Option<String>, is: &str| want.as_deref().is_none_or(|want| want == is);
    texts.iter().find(|text| fits(&text.series, series) && fits(&text.unit, unit)).map(|text| text.text.as_str())
}

/// The YAML of a text: all of it, or what stands between the lines `---` before Markdown.
fn front(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.trim_start().starts_with("---") {
        return text;
    }
    let (mut end, mut opened) = (0, false);
    for line in text.split_inclusive('\n') {
        if opened && matches!(line.trim_end(), "---" | "...") {
            return &text[..end];
        }
        opened |= line.starts_with("---");
        end += line.len();
    }
    text
}

fn value<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    match &node.kind {
        Kind::Map(pairs) => pairs.iter().find(|(known, ..)| known.trim_start_matches('\u{feff}') == key).map(|(.., value)| value),
        _ => None,
    }
}

/// A text that says something.
fn scalar<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    match &value(node, key)?.kind {
        Kind::Scalar { text } => Some(text.trim()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

fn fitting(root: &Node, list: &str, key: &str) -> Vec<Fitting> {
    let read = |item: &Node| {
        let text = scalar(item, key)?.to_owned();
        Some(Fitting { series: scalar(item, "series").map(str::to_owned), unit: scalar(item, "unit").map(str::to_owned), text })
    };
    match value(root, list).map(|node| &node.kind) {
        Some(Kind::List(items)) => items.iter().filter_map(read).collect(),
        _ => Vec::new(),
    }
}

/// Whether a text is the key of a translation: `global_indicators.1-2-1-title`.
pub(super) fn is_key(text: &str) -> bool {
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let mut parts = text.split('.');
    let group = parts.next().unwrap_or_default();
    group.starts_with(|c: char| c.is_ascii_lowercase()) && is_word(group) && text.contains('.') && parts.all(is_word)
}
