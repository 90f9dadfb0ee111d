//! Which column of a table holds what.

use std::collections::BTreeMap;

use crate::column::Column;
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::text::{Message, msg, shorten};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Area,
    Indicator,
    Period,
    Value,
    Unit,
    UnitMult,
    Status,
    Caliber,
    Vintage,
    Breakdown,
    ValueIs,
    Tolerance,
    /// Known, and not needed.
    Ignored,
}

/// The names columns go by, in lower case; the first of each is ours.
const NAMES: &[(Role, &[&str])] = &[
    (
        Role::Area,
        &[
            "area",
            "geo",
            "ref_area",
            "region",
            "country",
            "country_code",
            "location",
            "county",
            "city",
            "province",
            "iso3",
            "地区",
            "区域",
            "地区名称",
            "县",
            "县区",
            "县市区",
            "市",
            "省",
            "省份",
            "国家",
            "行政区",
            "企业",
        ],
    ),
    (Role::Indicator, &["indicator", "indicator_id", "indicator_code", "series", "variable", "指标", "指标名称", "指标代码"]),
    (Role::Period, &["period", "time_period", "time", "year", "date", "年份", "年度", "年", "时间", "时期", "期", "日期"]),
    (Role::Value, &["value", "obs_value", "val", "数值", "值", "实绩", "完成值", "完成数", "实际值", "完成情况"]),
    (Role::Unit, &["unit", "unit_measure", "units", "单位", "计量单位"]),
    (Role::UnitMult, &["unit_mult", "unit_multiplier"]),
    (Role::Status, &["status", "obs_status", "flag", "flags", "obs_flag", "状态", "标记"]),
    (Role::Caliber, &["caliber", "口径"]),
    (Role::Vintage, &["vintage", "release", "released", "published", "发布日期", "发布时间", "数据版本"]),
    (Role::Breakdown, &["breakdown", "group", "disaggregation", "分组", "分类", "群体"]),
    (Role::ValueIs, &["value_is", "数值性质"]),
    (Role::Tolerance, &["tolerance", "容许差"]),
    (Role::Ignored, &["source", "note", "notes", "comment", "来源", "备注", "说明", "dataflow", "last update", "序号"]),
];

impl Role {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Indicator => "indicator",
            Self::Period => "period",
            Self::Value => "value",
            Self::Unit => "unit",
            Self::UnitMult => "unit_mult",
            Self::Status => "status",
            Self::Caliber => "caliber",
            Self::Vintage => "vintage",
            Self::Breakdown => "breakdown",
            Self::ValueIs => "value_is",
            Self::Tolerance => "tolerance",
            Self::Ignored => "note",
        }
    }

    fn guess(header: &str) -> Option<Self> {
        let lower = header.to_lowercase();
        NAMES.iter().find(|(_, names)| names.contains(&lower.as_str())).map(|(role, _)| *role)
    }
}

/// Names of columns that are not the common ones: ours to theirs.
///
/// | our column | holds | needed |
/// |---|---|---|
/// | `area` | the id of the area; empty for the plan's own | |
/// | `indicator` | the id of the indicator | yes |
/// | `period` | a period, as in [`Period`](crate::Period) | yes |
/// | `value` | the value; a number may have its unit | yes |
/// | `unit`, `unit_mult` | the unit, and a power of ten it is in | |
/// | `status` | SDMX observation status flags | |
/// | `caliber`, `breakdown` | labels | |
/// | `vintage` | when it was published | |
/// | `value_is`, `tolerance` | how far it can be taken at its word | |
///
/// Common names such as `geo`, `TIME_PERIOD`, `OBS_VALUE`, `地区`, `指标`, `年份` and `数值` are
/// understood without being given. A target table has the columns of
/// [`TargetTable`](crate::TargetTable), which are never guessed.
///
/// ```
/// use attainment::{Columns, Panel};
/// let columns = Columns::new().rename("area", "unit").rename("indicator", "key");
/// let panel = Panel::from_csv("unit,key,year,value\n1,rd,2020,2.4\n", &columns)?;
/// assert_eq!(panel.len(), 1);
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    theirs: BTreeMap<String, String>,
}

impl Columns {
    /// No names beyond the common ones.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that our column `ours` is called `theirs` in the table.
    ///
    /// ```
    /// use attainment::{Columns, TargetTable};
    /// let columns = Columns::new().rename("bound", "目标值").rename("by", "完成年份");
    /// let table = TargetTable::from_csv("area,indicator,目标值,完成年份\n新昌县,污水处理率,97%,2025\n", &columns)?;
    /// assert_eq!(table.len(), 1);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn rename(mut self, ours: impl Into<String>, theirs: impl Into<String>) -> Self {
        self.theirs.insert(ours.into(), theirs.into());
        self
    }

    /// Which columns of a table of observations are read: our name of each, and its place.
    ///
    /// ```
    /// use attainment::Columns;
    /// let headers = ["Jahr", "REF_AREA", "unit", "note"];
    /// assert_eq!(Columns::new().read_from(&headers), [("area", 1), ("unit", 2)]);
    /// assert_eq!(Columns::new().rename("period", "Jahr").read_from(&headers), [("period", 0), ("area", 1), ("unit", 2)]);
    /// ```
    pub fn read_from(&self, headers: &[&str]) -> Vec<(&'static str, usize)> {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        let (roles, _) = self.roles(&headers, &[]);
        let read = |(place, role): (usize, Option<Role>)| role.filter(|role| *role != Role::Ignored).map(|role| (role.name(), place));
        roles.into_iter().enumerate().filter_map(read).collect()
    }

    /// Whether a column of theirs was given a name of ours.
    pub(super) fn names(&self, theirs: &str) -> bool {
        self.ours(theirs).is_some()
    }

    /// Whether a column was named for this role.
    pub(super) fn names_ours(&self, role: Role) -> bool {
        self.theirs.contains_key(role.name())
    }

    /// The names of identifying columns alone, and the others: indicators of a wide table.
    pub(crate) fn split(&self) -> (Self, Vec<(&str, &str)>) {
        let is_role = |ours: &str| NAMES.iter().any(|(role, _)| role.name() == ours);
        let roles = self.theirs.iter().filter(|(ours, _)| is_role(ours)).map(|(ours, theirs)| (ours.clone(), theirs.clone())).collect();
        let others = self.theirs.iter().filter(|(ours, _)| !is_role(ours)).map(|(ours, theirs)| (ours.as_str(), theirs.as_str())).collect();
        (Self { theirs: roles }, others)
    }

    /// Our name of a column of theirs, where one was given.
    pub(crate) fn ours(&self, theirs: &str) -> Option<&str> {
        self.theirs.iter().find(|(_, name)| *name == theirs).map(|(ours, _)| ours.as_str())
    }

    /// Names that were given and lead nowhere: no column of ours, or none of theirs.
    pub(super) fn misnamed(&self, headers: &[String], known: &[&str]) -> Vec<Finding> {
        let problem = |(ours, theirs): (&String, &String)| {
            let message = if !known.contains(&ours.as_str()) {
                msg!("`{ours}` is not a column of this table", "本表没有`{ours}`列")
            } else if !headers.contains(theirs) {
                msg!("the table has no column `{theirs}` for `{ours}`", "表中没有用作`{ours}`的`{theirs}`列")
            } else {
                return None;
            };
            Some(Finding::new(Code::MissingColumn, message).help(msg!("known columns: {}", "可用的列:{}", known.join(", "))))
        };
        self.theirs.iter().filter_map(problem).collect()
    }

    /// The role of every column; findings say which are missing, double or not used.
    pub(crate) fn roles(&self, headers: &[String], needed: &[Role]) -> (Vec<Option<Role>>, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut roles: Vec<Option<Role>> = vec![None; headers.len()];
        let known: Vec<&str> = NAMES.iter().map(|(role, _)| role.name()).collect();
        findings.extend(self.misnamed(headers, &known));
        for (ours, theirs) in &self.theirs {
            let role = NAMES.iter().map(|(role, _)| *role).find(|role| role.name() == ours);
            let column = headers.iter().position(|header| header == theirs);
            if let (Some(role), Some(column)) = (role, column) {
                roles[column] = Some(role);
            }
        }
        for (index, header) in headers.iter().enumerate() {
            let taken = |role| roles.contains(&Some(role));
            if roles[index].is_none() {
                roles[index] = Role::guess(header).filter(|role| *role == Role::Ignored || !taken(*role));
            }
        }
        for (index, role) in roles.iter().enumerate() {
            if role.is_none() && !headers[index].is_empty() {
                findings.push(unused_column(&headers[index], index));
            }
        }
        for role in needed {
            if !roles.contains(&Some(*role)) {
                findings.push(missing_column(role.name(), headers));
            }
        }
        (roles, findings)
    }
}

/// The finding on a column that a table cannot do without.
pub(crate) fn missing_column(name: &str, headers: &[String]) -> Finding {
    let present = headers.iter().map(|header| shorten(header)).collect::<Vec<_>>().join("`, `");
    Finding::new(Code::MissingColumn, msg!("the table has no column for `{name}`", "表中没有`{name}`列"))
        .help(msg!("name it with `columns`; the columns are `{present}`", "请用`columns`指明;现有列为`{present}`"))
}

/// The finding on a column that nothing is made of.
pub(super) fn unused_column(header: &str, index: usize) -> Finding {
    let shown = shorten(header);
    Finding::new(Code::UnusedColumn, msg!("the column `{shown}` is not used", "`{shown}`列未使用"))
        .at_row(0, Some(index as u32 + 1))
        .help(msg!("rename the column to one that is read, or remove it", "请改用可读取的列名,或删去该列"))
}

/// The help on a row that is about nothing.
pub(super) fn name_the_indicator() -> Message {
    msg!("write the id of an indicator of the plan", "请写规划中指标的标识")
}

/// The length that all columns have.
pub(crate) fn common_length(columns: &[(&str, Column<'_>)]) -> Result<usize, Error> {
    let length = columns.first().map_or(0, |(_, column)| column.len());
    let mut findings = Vec::new();
    for (name, column) in columns {
        if let Some(problem) = column.broken() {
            let message = Message {
                en: format!("the column `{name}` does not hold together: {}", problem.en),
                zh: format!("`{name}`列不完整：{}", problem.zh),
            };
            let help = msg!("give the buffers of the column as they belong together", "请给出该列成套的缓冲区");
            findings.push(Finding::new(Code::RaggedRow, message).help(help));
        }
        let found = column.len();
        if found != length {
            let message =
                msg!("the column `{name}` has {found} values, the first has {length}", "`{name}`列有{found}个值,首列有{length}个");
            let help = msg!("give every column a cell for every row; an empty cell is a missing value", "每列每行都要有一格;空格为缺失");
            findings.push(Finding::new(Code::RaggedRow, message).help(help));
        }
    }
    if findings.is_empty() { Ok(length) } else { Err(Error::Input(findings)) }
}
