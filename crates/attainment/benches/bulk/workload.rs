//! The shared workload, made here with a seed: the same shape, the same shares of everything.

use attainment::{Column, Columns, Format, Method, Plan, Scheme, TargetTable};

/// Observations year by year, and bounds by area and indicator.
pub(crate) struct Workload {
    pub(crate) areas: usize,
    pub(crate) indicators: usize,
    unit: Vec<i32>,
    indicator: Vec<i16>,
    year: Vec<i16>,
    value: Vec<f64>,
    pub(crate) targets: Targets,
}

/// One row for each area and indicator.
#[derive(Default)]
pub(crate) struct Targets {
    pub(crate) unit: Vec<i32>,
    pub(crate) indicator: Vec<i16>,
    /// 1 for more, -1 for less, 0 for an interval.
    pub(crate) direction: Vec<i8>,
    pub(crate) weight: Vec<f64>,
    pub(crate) base_year: Vec<i16>,
    pub(crate) base_value: Vec<f64>,
    pub(crate) target_year: Vec<i16>,
    /// The bound, or the lower end.
    pub(crate) bound: Vec<f64>,
    /// The upper end; `NaN` where there is none.
    pub(crate) bound_max: Vec<f64>,
}

pub(crate) const FIRST: usize = 2015;
pub(crate) const BASE: usize = 2020;

/// A linear congruential generator: its high bits are good enough for data.
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// About normal: the sum of twelve.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

fn cents(value: f64) -> f64 {
    ((value * 100.0).round() / 100.0).max(0.01)
}

impl Workload {
    pub(crate) fn new(areas: usize, indicators: usize, years: usize) -> Self {
        let mut random = Random(20_250_101);
        let codes: Vec<i32> = (0..areas).map(|area| 110_101 + (area as i32) * 193).collect();
        let mut values = vec![f64::NAN; areas * indicators * years];
        let mut targets = Targets::default();
        let settings: Vec<(i8, i16, f64, f64)> = (0..indicators)
            .map(|indicator| {
                let direction = if indicator % 50 < 30 {
                    1
                } else if indicator % 50 < 44 {
                    -1
                } else {
                    0
                };
                let scale = (20_f64.ln() + random.uniform() * (5000_f64 / 20.0).ln()).exp();
                let weight = (5.0 + random.uniform() * 25.0).round() / 10.0;
                (direction, if indicator % 5 == 0 { 2025 } else { 2030 }, scale, weight)
            })
            .collect();
        for area in 0..areas {
            for (indicator, (direction, due, scale, weight)) in settings.iter().enumerate() {
                let base = scale * (0.4 * random.normal()).exp();
                let growth = 0.03 * f64::from(*direction) + 0.03 * random.normal();
                let mut at_base = 0.0;
                for year in 0..years {
                    let passed = (FIRST + year) as i32 - BASE as i32;
                    let value = cents(base * (1.0 + growth).powi(passed) * (1.0 + 0.02 * random.normal()));
                    let missing = random.uniform() < 0.03 && passed != 0;
                    values[(year * areas + area) * indicators + indicator] = if missing { f64::NAN } else { value };
                    if passed == 0 {
                        at_base = value;
                    }
                }
                let required = (0.03 + 0.015 * random.normal()).abs() + 0.002;
                let sign = if *direction == 0 { 1.0 } else { f64::from(*direction) };
                let bound = cents(at_base * (1.0 + sign * required).powi(i32::from(*due) - BASE as i32));
                let low = cents(at_base * (0.75 + 0.3 * random.uniform()));
                targets.unit.push(codes[area]);
                targets.indicator.push(indicator as i16 + 1);
                targets.direction.push(*direction);
                targets.weight.push(*weight);
                targets.base_year.push(BASE as i16);
                targets.base_value.push(at_base);
                targets.target_year.push(*due);
                targets.bound.push(if *direction == 0 { low } else { bound });
                targets.bound_max.push(if *direction == 0 { cents(low * 1.2 + 0.01) } else { f64::NAN });
            }
        }
        let rows = areas * indicators;
        let year_of = |row: usize| (FIRST + row / rows) as i16;
        Self {
            areas,
            indicators,
            unit: (0..values.len()).map(|row| codes[row % rows / indicators]).collect(),
            indicator: (0..values.len()).map(|row| (row % indicators) as i16 + 1).collect(),
            year: (0..values.len()).map(year_of).collect(),
            value: values,
            targets,
        }
    }

    /// The observations, borrowed as they lie in memory.
    pub(crate) fn observations(&self) -> [(&'static str, Column<'_>); 4] {
        [
            ("area", Column::from(&self.unit[..])),
            ("indicator", Column::from(&self.indicator[..])),
            ("year", Column::from(&self.year[..])),
            ("value", Column::from(&self.value[..])),
        ]
    }

    /// The target table, with words in place of signs.
    pub(crate) fn targets(&self) -> [(&'static str, Column<'_>); 9] {
        let targets = &self.targets;
        let words = |words: [&str; 3]| {
            let codes: Vec<u8> = targets.direction.iter().map(|direction| (direction + 1) as u8).collect();
            Column::Dictionary { codes: codes.into(), valid: None, values: Box::new(Column::from(words.to_vec())) }
        };
        [
            ("area", Column::from(&targets.unit[..])),
            ("indicator", Column::from(&targets.indicator[..])),
            ("direction", words(["decrease", "within", "increase"])),
            ("compare", words(["reach", "within", "reach"])),
            ("bound", Column::from(&targets.bound[..])),
            ("bound_max", Column::from(&targets.bound_max[..])),
            ("by", Column::from(&targets.target_year[..])),
            ("baseline", Column::from(&targets.base_year[..])),
            ("baseline_value", Column::from(&targets.base_value[..])),
        ]
    }

    /// A plan with these targets, without their bounds.
    pub(crate) fn plan(&self) -> Plan {
        let one_each: Vec<usize> = (0..self.indicators).collect();
        let pick = |column: &str| {
            one_each
                .iter()
                .map(|row| {
                    self.targets()
                        .iter()
                        .find(|(name, _)| *name == column)
                        .map(|(_, column)| column.cell(*row).clone())
                        .unwrap_or(attainment::Cell::Empty)
                })
                .collect::<Vec<_>>()
        };
        let columns = ["area", "indicator", "direction", "compare", "bound", "bound_max", "by", "baseline"]
            .map(|name| (name, Column::from(pick(name))));
        let table = TargetTable::from_columns(&columns, &Columns::new());
        match table.and_then(|table| Plan::from_targets(&table)) {
            Ok(plan) => plan,
            Err(error) => unreachable!("{error}"),
        }
    }

    /// The six categories of the shared workload, as a method of one's own.
    pub(crate) fn method(&self) -> Method {
        let text = "
attainment: 1
id: assessment-v1
within: nearest_end
reached: { word: achieved, scale: done }
with_target:
  gauge: growth_ratio
  cuts:
    - { at_least: 0.95, word: on track, scale: on_track }
    - { at_least: 0.6, word: close, scale: near }
    - { at_least: 0, word: slow, scale: behind }
  below: { word: away, scale: away }
";
        match Method::parse(text, Format::Yaml) {
            Ok(method) => method,
            Err(error) => unreachable!("{error}"),
        }
    }

    /// The weighted mean of the degrees.
    pub(crate) fn scheme(&self) -> Scheme {
        let weights: Vec<String> = (0..self.indicators).map(|row| format!("\"{}\": {}", row + 1, self.targets.weight[row])).collect();
        let text = format!(
            "{{attainment: 1, id: composite, read: ratio, normalise: as_is, aggregate: arithmetic, pillars: {{{}}}}}",
            weights.join(", ")
        );
        match Scheme::parse(&text, Format::Yaml) {
            Ok(scheme) => scheme,
            Err(error) => unreachable!("{error}"),
        }
    }

    /// Room for a copy of all that is read, and for as many bytes as the answers have.
    pub(crate) fn buffers(&self) -> Buffers {
        let targets = &self.targets;
        Buffers {
            keys: (self.unit.clone(), self.indicator.clone(), self.year.clone(), self.value.clone()),
            numbers: [&targets.base_value, &targets.bound, &targets.bound_max, &targets.weight].map(Clone::clone),
            out: vec![0.0; self.areas * self.indicators * 4],
        }
    }

    /// Copies all that is read, and writes as many bytes as the answers have.
    pub(crate) fn copy(&self, buffers: &mut Buffers) {
        let targets = &self.targets;
        buffers.keys.0.copy_from_slice(&self.unit);
        buffers.keys.1.copy_from_slice(&self.indicator);
        buffers.keys.2.copy_from_slice(&self.year);
        buffers.keys.3.copy_from_slice(&self.value);
        for (to, from) in buffers.numbers.iter_mut().zip([&targets.base_value, &targets.bound, &targets.bound_max, &targets.weight]) {
            to.copy_from_slice(from);
        }
        buffers.out.fill(1.0);
        std::hint::black_box(buffers);
    }

    /// The same answers in floats, without a thought to what floats cannot tell: no names, no findings, no
    /// units, no baselines that differ. Ratio, growth ratio, category and forecast of each series.
    pub(crate) fn floats(&self) -> Vec<(f64, f64, u8, f64)> {
        let (areas, indicators) = (self.areas, self.indicators);
        let years = self.value.len() / (areas * indicators);
        let (low, high) = self.unit.iter().fold((i32::MAX, i32::MIN), |(low, high), unit| (low.min(*unit), high.max(*unit)));
        let mut places = vec![u32::MAX; (high - low) as usize + 1];
        let mut cube = vec![f64::NAN; self.value.len()];
        let mut met = 0;
        let rows = self.unit.iter().zip(&self.indicator).zip(&self.year).zip(&self.value);
        for (((unit, indicator), year), value) in rows {
            let place = &mut places[(unit - low) as usize];
            if *place == u32::MAX {
                (*place, met) = (met, met + 1);
            }
            let series = *place as usize * indicators + *indicator as usize - 1;
            cube[series * years + *year as usize - FIRST] = *value;
        }
        let series = |row: usize| {
            let targets = &self.targets;
            let values = &cube[row * years..][..years];
            let last = (0..years).rev().find(|year| !values[*year].is_nan()).unwrap_or(0);
            let (current, base) = (values[last], values[BASE - FIRST]);
            let (bound, high, direction) = (targets.bound[row], targets.bound_max[row], targets.direction[row]);
            let ratio = match direction {
                1 => current / bound,
                -1 => bound / current,
                _ if current < bound => current / bound,
                _ => (high / current).min(1.0),
            };
            let (goal, sign) = if direction == 0 && base > high {
                (high, -1.0)
            } else if direction < 0 {
                (bound, -1.0)
            } else {
                (bound, 1.0)
            };
            let due = f64::from(targets.target_year[row]);
            let (so_far, whole) = ((FIRST + last) as f64 - BASE as f64, due - BASE as f64);
            let growth = sign * ((current / base).powf(1.0 / so_far) - 1.0) / ((goal / base).powf(1.0 / whole) - 1.0).abs();
            let category = match growth {
                _ if ratio >= 1.0 => 5,
                growth if growth >= 0.95 => 4,
                growth if growth >= 0.6 => 3,
                growth if growth >= 0.0 => 2,
                _ => 1,
            };
            let (mut n, mut x, mut y, mut xx, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for (year, value) in values.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
                let at = (FIRST + year) as f64 - due;
                (n, x, y, xx, xy) = (n + 1.0, x + at, y + value, xx + at * at, xy + at * value);
            }
            (ratio, growth, category, (y * xx - x * xy) / (n * xx - x * x))
        };
        (0..areas * indicators).map(series).collect()
    }
}

/// Where a copy goes.
pub(crate) struct Buffers {
    keys: (Vec<i32>, Vec<i16>, Vec<i16>, Vec<f64>),
    numbers: [Vec<f64>; 4],
    out: Vec<f64>,
}
