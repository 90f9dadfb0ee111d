//! Bits and whole numbers of a column, owned or borrowed.

use std::borrow::Cow;

/// One bit for each row, laid out as in Arrow: the least significant bit of a byte first.
///
/// ```
/// use attainment::Bits;
/// let bits: Bits = [true, false, true].into_iter().collect();
/// assert_eq!((bits.len(), bits.get(1), bits.count()), (3, false, 2));
/// // The same bits, two places into a buffer of somebody else's.
/// let borrowed = Bits::new(&[0b10100][..], 2, 3).unwrap();
/// assert_eq!(borrowed, bits);
/// ```
#[derive(Clone, Debug)]
pub struct Bits<'a> {
    bytes: Cow<'a, [u8]>,
    offset: usize,
    len: usize,
}

impl<'a> Bits<'a> {
    /// `len` bits that start `offset` bits into the bytes; `None` where the bytes end before.
    pub fn new(bytes: impl Into<Cow<'a, [u8]>>, offset: usize, len: usize) -> Option<Self> {
        let bytes = bytes.into();
        let needed = offset.checked_add(len)?.div_ceil(8);
        (needed <= bytes.len()).then_some(Self { bytes, offset, len })
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The bit of a row; not set beyond the end.
    #[inline]
    pub fn get(&self, row: usize) -> bool {
        let at = self.offset + row;
        row < self.len && self.bytes.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1)
    }

    /// How many bits are set.
    pub fn count(&self) -> usize {
        (0..self.len).filter(|row| self.get(*row)).count()
    }

    /// The bytes, and how many bits into them the first row is.
    pub fn as_bytes(&self) -> (&[u8], usize) {
        (&self.bytes, self.offset)
    }

    /// The same with bytes of its own.
    pub fn into_owned(self) -> Bits<'static> {
        Bits { bytes: Cow::Owned(self.bytes.into_owned()), offset: self.offset, len: self.len }
    }
}

impl PartialEq for Bits<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && (0..self.len).all(|row| self.get(row) == other.get(row))
    }
}

impl FromIterator<bool> for Bits<'static> {
    fn from_iter<I: IntoIterator<Item = bool>>(bits: I) -> Self {
        let (mut bytes, mut len) = (Vec::new(), 0_usize);
        for bit in bits {
            if len % 8 == 0 {
                bytes.push(0);
            }
            if let Some(last) = bytes.last_mut().filter(|_| bit) {
                *last |= 1 << (len % 8);
            }
            len += 1;
        }
        Self { bytes: Cow::Owned(bytes), offset: 0, len }
    }
}

macro_rules! ints {
    ($($variant:ident $type:ty;)*) => {
        /// Whole numbers of any width.
        ///
        /// ```
        /// use attainment::Ints;
        /// let years = Ints::from(vec![2023_i16, 2024]);
        /// assert_eq!((years.len(), years.get(1), years.get(2)), (2, Some(2024), None));
        /// ```
        #[derive(Clone, Debug, PartialEq)]
        pub enum Ints<'a> {
            $(#[doc = concat!("Of type `", stringify!($type), "`.")] $variant(Cow<'a, [$type]>),)*
        }

        impl Ints<'_> {
            /// The number of rows.
            pub fn len(&self) -> usize {
                match self {
                    $(Self::$variant(values) => values.len(),)*
                }
            }

            /// The number of a row; `None` beyond the end.
            #[inline]
            pub fn get(&self, row: usize) -> Option<i128> {
                match self {
                    $(Self::$variant(values) => values.get(row).map(|value| i128::from(*value)),)*
                }
            }

            /// The least and the greatest; `None` where there is none.
            pub(crate) fn ends(&self) -> Option<(i128, i128)> {
                match self {
                    $(Self::$variant(values) => {
                        let first = *values.first()?;
                        let (low, high) = values.iter().fold((first, first), |(low, high), value| (low.min(*value), high.max(*value)));
                        Some((i128::from(low), i128::from(high)))
                    })*
                }
            }

            /// How far numbers from a row on lie above `low`, as far as 32 bits hold it.
            pub(crate) fn differences(&self, from: usize, low: i64, out: &mut [u32]) {
                match self {
                    $(Self::$variant(values) => {
                        for (out, value) in out.iter_mut().zip(values.get(from..).unwrap_or_default()) {
                            *out = (*value as i64).wrapping_sub(low) as u32;
                        }
                    })*
                }
            }

            /// The same with numbers of its own.
            pub fn into_owned(self) -> Ints<'static> {
                match self {
                    $(Self::$variant(values) => Ints::$variant(Cow::Owned(values.into_owned())),)*
                }
            }
        }

        $(
            impl From<Vec<$type>> for Ints<'static> {
                fn from(values: Vec<$type>) -> Self {
                    Self::$variant(Cow::Owned(values))
                }
            }

            impl<'a> From<&'a [$type]> for Ints<'a> {
                fn from(values: &'a [$type]) -> Self {
                    Self::$variant(Cow::Borrowed(values))
                }
            }
        )*
    };
}

ints! {
    I8 i8;
    I16 i16;
    I32 i32;
    I64 i64;
    U8 u8;
    U16 u16;
    U32 u32;
    U64 u64;
}

impl Ints<'_> {
    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
