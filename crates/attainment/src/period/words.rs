//! Periods in words, for people: 2018–2022, 2025年第三季度.

use super::{Edge, Frequency, Period, Point};
use crate::text::Lang;

impl Point {
    /// The period as a text says it.
    pub(crate) fn in_words(self, lang: Lang) -> String {
        if lang == Lang::En {
            return self.to_string();
        }
        let (year, part) = (self.calendar_year(), self.part());
        match self.frequency() {
            Frequency::Year => format!("{year}年"),
            Frequency::Half => format!("{year}年{}半年", if part == 1 { "上" } else { "下" }),
            Frequency::Quarter => format!("{year}年第{part}季度"),
            Frequency::Month => format!("{year}年{part}月"),
            Frequency::Day => self.to_string(),
        }
    }
}

impl Period {
    /// The period as a text says it.
    pub(crate) fn in_words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Point(point), _) => point.in_words(lang),
            (Self::Window(Edge::At(from), Edge::At(to)), Lang::En) => format!("{from}–{to}"),
            (Self::Window(Edge::At(from), Edge::At(to)), Lang::Zh) if [from, to].iter().all(|end| end.frequency() == Frequency::Year) => {
                format!("{from}—{to}年")
            }
            (Self::Window(Edge::At(from), Edge::At(to)), Lang::Zh) => format!("{}至{}", from.in_words(lang), to.in_words(lang)),
            _ => self.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_in_words() {
        for (text, en, zh) in [
            ("2025", "2025", "2025年"),
            ("2025-H2", "2025-H2", "2025年下半年"),
            ("2025-Q3", "2025-Q3", "2025年第3季度"),
            ("2025-06", "2025-06", "2025年6月"),
            ("2021/2025", "2021–2025", "2021—2025年"),
            ("2018-01/2018-05", "2018-01–2018-05", "2018年1月至2018年5月"),
            ("2018/..", "2018/..", "2018/.."),
        ] {
            let said = text.parse::<Period>().map(|period| (period.in_words(Lang::En), period.in_words(Lang::Zh)));
            assert_eq!(said, Ok((en.to_owned(), zh.to_owned())));
        }
    }
}
