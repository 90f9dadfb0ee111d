//! Units by the codes of statistical offices.

/// Codes that say the unit in full.
///
/// SDMX code list CL_UNIT_MEASURE and Eurostat's code list UNIT, as of 2024.
const CODES: &[(&str, &str)] = &[
    ("PT", "percent"),
    ("PC", "percent"),
    ("PCT", "percent"),
    ("PERCENT", "percent"),
    ("PP", "pp"),
    ("PC_PNT", "pp"),
    ("PS", "persons"),
    ("PER", "persons"),
    ("THS_PER", "thousand persons"),
    ("MIO_PER", "million persons"),
    ("THS_EUR", "thousand EUR"),
    ("MIO_EUR", "million EUR"),
    ("BLN_EUR", "billion EUR"),
    ("T", "t"),
    ("THS_T", "kt"),
    ("MIO_T", "Mt"),
];

/// What percentages of something, and percentage changes, begin with: `PT_B1GQ`, `PC_GDP`, `PCH_PRE`.
const PERCENTAGES: &[&str] = &["PT_", "PC_", "PCH_"];

/// The unit of a code, in words that plans use; a code that is not known counts itself.
pub(super) fn name(code: &str) -> &str {
    if let Some((_, name)) = CODES.iter().find(|(known, _)| *known == code) {
        return name;
    }
    match code {
        // Not applicable, not specified.
        "_Z" | "_X" | "_U" => "",
        code if PERCENTAGES.iter().any(|prefix| code.starts_with(prefix)) => "percent",
        code => code,
    }
}
