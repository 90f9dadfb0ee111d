//! Findings: every problem with a stable code, a place, a message in two languages and help.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::text::Message;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The document or the row cannot be used as it stands; `parse` refuses a plan with one.
    Error,
    /// The document loads; something in it cannot be decided or deserves a look.
    Warning,
}

impl Severity {
    /// The word used in records and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Which step of reading finds a problem.
///
/// The JSON Schema of the plan judges `Shape` and nothing else, so a text has an error of the
/// stage `Shape` exactly when an independent validator refuses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// The text is not well-formed JSON, YAML or CSV.
    Syntax,
    /// A key or value has not the form the format asks for.
    Shape,
    /// The parts do not fit together.
    Meaning,
    /// The plan can be read and probably does not say what was meant. `Plan::lint` reports it.
    Lint,
    /// A row of observations cannot be used as it stands.
    Data,
    /// The question asked of a plan cannot be answered as asked.
    Request,
    /// The parts of a scheme do not fit together, or probably do not say what was meant.
    Scheme,
    /// What reading targets out of a policy text met on the way, and what it could not read.
    Text,
}

macro_rules! codes {
    ($($variant:ident $slug:literal $severity:ident $stage:ident $summary:literal;)*) => {
        /// A stable identifier of one kind of problem.
        ///
        /// The word ([`Code::as_str`]) is part of the public interface; the wording of messages is not.
        ///
        /// ```
        /// use attainment::{Code, Severity, Stage};
        /// assert_eq!(Code::UnitLost.as_str(), "unit_lost");
        /// assert_eq!(Code::UnitLost.severity(), Severity::Warning);
        /// assert_eq!(Code::NoBaseline.stage(), Stage::Lint);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $(#[doc = $summary] $variant,)* }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The word used in records and JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $slug,)* }
            }

            /// The severity findings of this code have.
            pub const fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// The step of reading that reports it.
            pub const fn stage(self) -> Stage {
                match self { $(Code::$variant => Stage::$stage,)* }
            }

            /// One line on what it means.
            pub const fn summary(self) -> &'static str {
                match self { $(Code::$variant => $summary,)* }
            }
        }
    };
}

codes! {
    EmptyDocument "empty_document" Error Syntax "the text holds no document";
    TooLarge "too_large" Error Syntax "the text is larger than the bound";
    TooDeep "too_deep" Error Syntax "values are nested deeper than the bound";
    TooMany "too_many" Error Syntax "the document holds more values than the bound";
    ControlCharacter "control_character" Error Syntax "the text holds a NUL or another control character";
    BadSyntax "bad_syntax" Error Syntax "the text is not well-formed";
    UnsupportedYaml "unsupported_yaml" Error Syntax "anchors, aliases, tags and several documents in one text are not part of the format";
    DuplicateKey "duplicate_key" Error Syntax "a key stands twice in one map";
    DuplicateId "duplicate_id" Error Syntax "an id is given twice";
    UnknownKey "unknown_key" Error Shape "the format has no such key";
    MissingKey "missing_key" Error Shape "a required key is absent";
    WrongType "wrong_type" Error Shape "the value has another type than the format asks for";
    BadValue "bad_value" Error Shape "the value is not one of the words the format knows";
    ExactlyOne "exactly_one" Error Shape "of these keys exactly one must be present";
    BadNumber "bad_number" Error Meaning "the text is not a decimal number";
    NumberTooLong "number_too_long" Error Meaning "the number has more than 28 digits";
    BadPeriod "bad_period" Error Meaning "the text is not a period";
    BadUnit "bad_unit" Error Meaning "the text is not a unit";
    BadBound "bad_bound" Error Meaning "the bound is not a number, a mask, `unknown`, a level or a reference";
    UnsupportedVersion "unsupported_version" Error Meaning "the document is of another version of the format";
    UnknownReference "unknown_reference" Error Meaning "an id is used that the document does not declare";
    ReferenceCycle "reference_cycle" Error Meaning "a chain of references comes back to itself";
    WindowReversed "window_reversed" Error Meaning "a window ends before it starts";
    WindowNeedsSumOrMean "window_needs_sum_or_mean" Error Meaning "a level over several periods needs a sum or a mean";
    RatesDoNotAdd "rates_do_not_add" Error Meaning "growth rates are chained, never added or averaged";
    UnitMismatch "unit_mismatch" Error Meaning "a unit does not convert to the unit it is compared with";
    UnitMissing "unit_missing" Error Meaning "the bound has a unit of its own and the indicator has none";
    DirectionMissing "direction_missing" Error Meaning "an indicator states no direction";
    LevelsMissing "levels_missing" Error Meaning "a judgement declares no levels";
    LevelUnknown "level_unknown" Error Meaning "a bound names a level the indicator does not declare";
    CompareUnfit "compare_unfit" Error Meaning "this comparison has no meaning for this indicator or bound";
    IntervalReversed "interval_reversed" Error Meaning "an interval or stretch runs the wrong way";
    FormulaUnfit "formula_unfit" Error Meaning "a formula does not fit its indicator";
    UnitLost "unit_lost" Warning Meaning "a number stands without the unit it needs";
    MaskedValue "masked_value" Warning Meaning "a digit is masked, so the value is not known";
    UnknownBound "unknown_bound" Warning Meaning "the bound is stated as unknown";
    NoTolerance "no_tolerance" Warning Meaning "`about` without a declared tolerance cannot be decided";
    UndeclaredArea "undeclared_area" Warning Meaning "an area or group is named that the plan does not declare";
    NoPeriod "no_period" Warning Meaning "an observation states no period";
    NoDeadline "no_deadline" Warning Meaning "a target has neither a deadline nor a window, own or inherited";
    RatioWithoutUnit "ratio_without_unit" Warning Lint "a name says share or rate, and the indicator has no unit";
    NoUnit "no_unit" Warning Lint "a number is followed by no unit, and the indicator has none";
    PartUnitDiffers "part_unit_differs" Warning Lint "a part and its whole are counted in different units";
    PointsForGrowth "points_for_growth" Warning Lint "growth of an amount is stated in percentage points";
    BeyondCeiling "beyond_ceiling" Warning Lint "a share above 100 % or below 0, or a number beyond the natural limit";
    MaskedText "masked_text" Warning Lint "a title or document number has masked digits or letters";
    YearsRunTogether "years_run_together" Warning Lint "two years stand in a title without a dash between them";
    StartUnknown "start_unknown" Warning Lint "a window has no known start";
    StartEqualsEnd "start_equals_end" Warning Lint "a window of several years starts and ends in the same year";
    DurationDiffers "duration_differs" Warning Lint "the length in words differs from the window";
    OwnPeriodMissing "own_period_missing" Warning Lint "the deadline comes from a superior plan only";
    WindowUnanchored "window_unanchored" Warning Lint "a number of years has no place in time";
    OpenEach "open_each" Warning Lint "a yearly target lacks the first or the last year";
    NoBaseline "no_baseline" Warning Lint "a change has nothing to be measured from";
    BaselineWithoutValue "baseline_without_value" Warning Lint "a relative change is measured from a baseline that has no value";
    HoldsAtBaseline "holds_at_baseline" Warning Lint "the baseline satisfies the target already";
    GrowthWithoutWindow "growth_without_window" Warning Lint "mean growth a year over a single year";
    ChangeAgainstDirection "change_against_direction" Warning Lint "a change is asked for that goes against the desired direction";
    GrowthInconsistent "growth_inconsistent" Warning Lint "growth a year, compounded, does not give the growth stated for the whole time";
    AdditionExceedsTotal "addition_exceeds_total" Warning Lint "more is added than the total will be";
    ImpliedBaseline "implied_baseline" Warning Lint "total less addition implies a baseline that the plan does not state";
    ImpliedBaselineDiffers "implied_baseline_differs" Warning Lint "total less addition is not the stated baseline";
    GrossAsNet "gross_as_net" Warning Lint "a gross addition is written as a net change";
    PartExceedsWhole "part_exceeds_whole" Warning Lint "a part is larger than its whole";
    GradeOrder "grade_order" Warning Lint "more of a higher grade than of that grade and above";
    CompositionSum "composition_sum" Warning Lint "the parts of a composition do not add up";
    DuplicateTarget "duplicate_target" Warning Lint "a target is stated twice and would be counted twice";
    ComparatorsDiffer "comparators_differ" Warning Lint "one commitment is stated with two comparisons";
    RepeatDiffers "repeat_differs" Warning Lint "a repeated target differs from the first";
    TargetsContradict "targets_contradict" Warning Lint "two targets cannot both be met";
    WeightsSum "weights_sum" Warning Lint "the weights of a section do not sum to 1";
    CountDiffers "count_differs" Warning Lint "another number of things is announced than is listed";
    MissingColumn "missing_column" Error Data "a column the table needs is absent";
    UnusedColumn "unused_column" Warning Data "a column is not used";
    RaggedRow "ragged_row" Error Data "a row has another number of fields than the header";
    BadCell "bad_cell" Error Data "a cell cannot be read";
    NotFinite "not_finite" Error Data "a number is not finite";
    DuplicateObservation "duplicate_observation" Warning Data "the same observation is given twice";
    ConflictingObservation "conflicting_observation" Error Data "one observation is given with two values; neither is used";
    DuplicateColumn "duplicate_column" Error Data "a column of a table stands twice";
    DuplicateRow "duplicate_row" Error Data "two rows of a target table are about the same target and area";
    DimensionDropped "dimension_dropped" Warning Data "a dimension with one value throughout is left out of the breakdown";
    RowWithoutObservation "row_without_observation" Warning Data "a row holds no observation";
    UnknownStatus "unknown_status" Warning Data "the status flag is not in the SDMX code list";
    UnknownIndicator "unknown_indicator" Warning Data "observations of an indicator that the plan does not have";
    UnitUnfit "unit_unfit" Error Data "the unit of observations does not convert to the indicator's";
    CaliberUnfit "caliber_unfit" Warning Data "observations of another caliber without a declared link";
    BaselineDiffers "baseline_differs" Warning Data "the declared baseline differs from the value of the panel";
    PaceBeyondRecord "pace_beyond_record" Warning Data "the change a year that is still needed was never seen in a year";
    ConstantColumn "constant_column" Warning Data "every value of an indicator is the same, so that there is nothing to scale it by";
    NotPositive "not_positive" Warning Data "a logarithm, ratio or mean needs positive numbers";
    NoScore "no_score" Warning Data "areas have no score";
    NotScored "not_scored" Warning Data "no value of an indicator can be scored";
    TargetBehind "target_behind" Warning Data "every value is at its target or beyond, so that there is no distance to scale by";
    NatureMixed "nature_mixed" Warning Data "targets of several natures become one, and no rule for a nature holds for it";
    MetUnknown "met_unknown" Warning Data "whether a grade or veto applies cannot be told";
    GroupUnknown "group_unknown" Warning Data "an area is in no group, or in several, so that there is no group mean";
    BadAsOf "bad_as_of" Error Request "`as_of` is not a point in time";
    UnknownMethod "unknown_method" Error Request "no method of that name";
    UnverifiedMethod "unverified_method" Error Request "a method that is not verified against its source, not asked for as such";
    CutsOutOfOrder "cuts_out_of_order" Error Request "the cuts of a method do not run from the best down";
    BadParameter "bad_parameter" Error Request "a method has no such parameter or cannot take that value";
    UnknownVerdict "unknown_verdict" Error Request "the assessment holds no such verdict";
    AmbiguousVerdict "ambiguous_verdict" Error Request "several verdicts answer to that name";
    UnknownScheme "unknown_scheme" Error Request "no scheme of that id";
    MarkMissing "mark_missing" Error Request "a mark that a normaliser asks for is neither given nor can be derived";
    MarksReversed "marks_reversed" Error Request "marks run against the direction of their indicator, or are equal";
    OverMissing "over_missing" Error Request "data of several periods need `over`: all periods at once, or each for itself";
    ReadMissing "read_missing" Error Request "a scheme does not say which number of a verdict it scores";
    UnknownArea "unknown_area" Error Request "no area of that id";
    UnknownChart "unknown_chart" Error Request "no chart of that kind";
    ChartUnfit "chart_unfit" Error Request "the results do not fit the chart that is asked for";
    BadChartOption "bad_chart_option" Error Request "an option of a chart names what there is not, or cannot be taken";
    ChartShortened "chart_shortened" Warning Request "a chart shows a part of what there is";
    UnfitScorecards "unfit_scorecards" Error Request "two scorecards cannot be compared";
    NoPillars "no_pillars" Error Scheme "a scheme or a pillar has no member";
    ReservedId "reserved_id" Error Scheme "a pillar has the name of a column that every scorecard has";
    NormaliserMissing "normaliser_missing" Error Scheme "nothing says how an indicator is normalised";
    NormaliserUnfit "normaliser_unfit" Error Scheme "a normaliser lacks what it needs or has what it cannot take";
    AggregateMissing "aggregate_missing" Error Scheme "nothing says how the members of a pillar become one score";
    AggregateUnfit "aggregate_unfit" Error Scheme "a rule or a member does not go with the way the pillar is aggregated";
    RuleUnfit "rule_unfit" Error Scheme "a rule stands where it has no effect";
    PowerZero "power_zero" Error Scheme "a power mean of 0 is not defined";
    WeightMissing "weight_missing" Error Scheme "some members of a pillar have a weight and others have none";
    GradesOrder "grades_order" Error Scheme "grades do not stand best first with their lower ends";
    MayBeNegative "may_be_negative" Warning Scheme "a mean that needs positive scores is given scores of 0 or less";
    CascadeUnfit "cascade_unfit" Error Request "a target or rule that cannot be handed down or rolled up so";
    KindUnknown "kind_unknown" Error Request "an indicator does not say whether its values add up over areas";
    WeightsMissing "weights_missing" Error Request "shares and intensities are weighed, never averaged over areas as they are";
    SharesSum "shares_sum" Error Request "given shares do not sum to the whole";
    NoParts "no_parts" Error Request "an area is not known to be a part of the whole";
    PartsOverlap "parts_overlap" Error Request "an area would be counted twice";
    CannotAddUp "cannot_add_up" Error Request "no division by this rule adds up to the whole";
    PartMissing "part_missing" Error Data "a part has no value, and missing is not zero";
    PartUnfit "part_unfit" Error Data "the value of a part does not fit the rule";
    PartAhead "part_ahead" Error Data "a part is beyond the common value already, and nobody says what happens to it";
    PartLeftOut "part_left_out" Warning Data "a part is left out, as the rule asks";
    ZeroBaseline "zero_baseline" Warning Data "a part with nothing to begin with gets nothing";
    BoundBehind "bound_behind" Warning Data "a target that is handed down is behind the value at the baseline";
    RowOfNoPart "row_of_no_part" Warning Data "a row of a target table is for an area that is no part of the whole";
    RoundedToZero "rounded_to_zero" Warning Data "a part has something to do, and nothing after rounding";
    PartsDiffer "parts_differ" Warning Data "the values of the parts do not come to the value of the whole";
    PartsShort "parts_short" Warning Data "the targets of the parts do not reach the target of the whole";
    NotChecked "not_checked" Warning Data "whether the parts reach the whole cannot be said";
    CompositionShifts "composition_shifts" Warning Data "the same change everywhere is that of the whole only while the parts keep their weight";
    StretchNotHandedDown "stretch_not_handed_down" Warning Data "the bound is handed down, and its stretch is not";
    PercentSuspected "unit_missing_percent_suspected" Warning Text "a share stands without a unit; the per cent sign may be lost";
    MaskedNumber "masked_number" Warning Text "the digits of a number are masked";
    RelativePeriodUnresolved "relative_period_unresolved" Warning Text "a period such as 今年 needs a reference year that was not given";
    PeriodInherited "period_inherited" Warning Text "the period comes from outside the sentence";
    SuspiciousPeriod "suspicious_period" Warning Text "a period is probably damaged";
    CoordinationMismatch "coordination_mismatch" Warning Text "another number of values is listed than of indicators";
    IndicatorElided "indicator_elided" Warning Text "the indicator is not named beside its value and was taken from before";
    IndicatorTooLong "indicator_too_long" Warning Text "the words read as an indicator are too many to be a name";
    SharedValue "shared_value" Warning Text "one value is stated for several indicators";
    RestatedDuplicate "restated_duplicate" Warning Text "a number says again what another one says";
    AchievementSuppressed "achievement_suppressed" Warning Text "a number reports what was reached and is no target";
    ConditionSuppressed "condition_suppressed" Warning Text "a number is a condition or the limit of a benefit and is no target";
    DamagedText "damaged_text" Warning Text "a replacement character or a NUL stands in the text: it was decoded wrongly";
    PageNumberSkipped "page_number_skipped" Warning Text "a number was read as the number of a page";
    LineJoined "line_joined" Warning Text "a line that breaks inside a sentence was joined to the next";
    TableNotParsed "table_not_parsed" Warning Text "a table of indicators was recognised and could not be read";
    DirectionAssumed "direction_assumed" Warning Text "no word says which way an indicator is better, and the plan assumes one";
    NotTranslated "not_translated" Warning Text "something that was read has no place in a plan";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The catalogue of all codes, in order.
///
/// ```
/// assert!(attainment::codes().iter().any(|code| code.as_str() == "unknown_key"));
/// ```
pub fn codes() -> &'static [Code] {
    Code::ALL
}

/// A diagnostic: what is wrong, where, and what would repair it.
///
/// Lines and columns count from 1, `start` and `end` are Unicode code points of the text that was
/// read, after its byte order mark; `row` counts data rows from 1 (the header is row 0).
///
/// ```
/// use attainment::{Format, Plan, Severity};
/// let text = "attainment: 1\nid: p\nindicators: { a: { name: A, direction: upwards } }\ntargets: { a: { indicator: a, reach: 1, by: 2030 } }\n";
/// let finding = &Plan::check(text, Format::Yaml)[0];
/// assert_eq!((finding.line, finding.path.as_str()), (Some(3), "/indicators/a/direction"));
/// assert_eq!(finding.severity(), Severity::Error);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Stable identifier.
    pub code: Code,
    /// JSON pointer into the document, empty for the whole of it or for tables.
    pub path: String,
    /// Line in the text.
    pub line: Option<u32>,
    /// Column in the text, or of the table.
    pub column: Option<u32>,
    /// Row of a table.
    pub row: Option<u64>,
    /// First code point of the offending text.
    pub start: Option<u32>,
    /// Code point after the offending text.
    pub end: Option<u32>,
    /// What is wrong, with the offending input in backticks.
    pub message: Message,
    /// What would repair it.
    pub help: Option<Message>,
}

impl Finding {
    /// A finding without a place.
    pub fn new(code: Code, message: Message) -> Self {
        Self { code, path: String::new(), line: None, column: None, row: None, start: None, end: None, message, help: None }
    }

    /// The same finding at a JSON pointer.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// The same finding at a data row and, where one is to blame, a column.
    #[must_use]
    pub fn at_row(mut self, row: u64, column: Option<u32>) -> Self {
        self.row = Some(row);
        self.column = column;
        self
    }

    /// The same finding with help.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Whether `parse` refuses a document because of it.
    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.severity().as_str(), self.code)?;
        match (self.line, self.row, self.column) {
            (Some(line), _, Some(column)) => write!(f, " at {line}:{column}")?,
            (_, Some(row), Some(column)) => write!(f, " at row {row}, column {column}")?,
            (_, Some(row), None) => write!(f, " at row {row}")?,
            _ => {}
        }
        if !self.path.is_empty() {
            write!(f, " {}", self.path)?;
        }
        write!(f, ": {}", self.message.en)?;
        if let Some(help) = &self.help {
            write!(f, "; help: {}", help.en)?;
        }
        Ok(())
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code.as_str())?;
        map.serialize_entry("severity", self.severity().as_str())?;
        map.serialize_entry("path", &self.path)?;
        map.serialize_entry("line", &self.line)?;
        map.serialize_entry("column", &self.column)?;
        map.serialize_entry("row", &self.row)?;
        map.serialize_entry("start", &self.start)?;
        map.serialize_entry("end", &self.end)?;
        map.serialize_entry("message", &self.message)?;
        map.serialize_entry("help", &self.help)?;
        map.end()
    }
}

/// Findings of one code that are kept one by one; the rest is counted.
const KEPT_PER_CODE: usize = 100;
/// From this many findings of one code on, only the first are kept.
const COUNTED_FROM: usize = 1000;

/// Collects findings and keeps their number within reason.
///
/// Up to 1,000 findings of one code are kept. Where there are more, the first 100 stay and the
/// last of them says how many there were, so a broken file of ten million rows does not answer
/// with ten million findings, and nothing is hidden either.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    kept: Vec<Finding>,
    counts: std::collections::BTreeMap<Code, usize>,
}

impl Findings {
    pub(crate) fn push(&mut self, finding: Finding) {
        let count = self.counts.entry(finding.code).or_insert(0);
        *count += 1;
        if *count <= COUNTED_FROM {
            self.kept.push(finding);
        }
    }

    pub(crate) fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        for finding in findings {
            self.push(finding);
        }
    }

    /// How many of so many findings of one code are told.
    pub(crate) const fn told(count: usize) -> usize {
        if count > COUNTED_FROM { KEPT_PER_CODE } else { count }
    }

    /// Counts findings that would not be told.
    pub(crate) fn count_more(&mut self, code: Code, more: usize) {
        if more > 0 {
            *self.counts.entry(code).or_insert(0) += more;
        }
    }

    /// Whether one more finding of a code would only be counted.
    pub(crate) fn is_full(&self, code: Code) -> bool {
        self.counts.get(&code).is_some_and(|count| *count >= COUNTED_FROM)
    }

    /// How many there are, those that are only counted too.
    pub(crate) fn count(&self) -> usize {
        self.counts.values().sum()
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.kept.iter().any(Finding::is_error)
    }

    pub(crate) fn into_vec(self) -> Vec<Finding> {
        let mut seen = std::collections::BTreeMap::new();
        let mut out = Vec::with_capacity(self.kept.len());
        for mut finding in self.kept {
            let total = self.counts.get(&finding.code).copied().unwrap_or(0);
            let nth: &mut usize = seen.entry(finding.code).or_insert(0);
            *nth += 1;
            if total > COUNTED_FROM {
                if *nth > KEPT_PER_CODE {
                    continue;
                }
                if *nth == KEPT_PER_CODE {
                    finding.message.en.push_str(&format!(" (the first {KEPT_PER_CODE} of {total} findings of this code)"));
                    finding.message.zh.push_str(&format!("（此类问题共{total}个，列出前{KEPT_PER_CODE}个）"));
                }
            }
            out.push(finding);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::msg;

    #[test]
    fn codes_are_unique_words() {
        let mut words: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Code::ALL.len());
    }

    #[test]
    fn many_findings_of_one_code_are_counted() {
        let mut findings = Findings::default();
        for row in 0..5000 {
            findings.push(Finding::new(Code::BadCell, msg!("bad", "错")).at_row(row, None));
        }
        findings.push(Finding::new(Code::RaggedRow, msg!("bad", "错")));
        let kept = findings.into_vec();
        assert_eq!(kept.len(), 101);
        assert!(kept[99].message.en.contains("5000"));
    }
}
