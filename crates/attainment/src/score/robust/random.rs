//! Random numbers that can be asked for in any order.

/// The step of SplitMix64: 2^64 over the golden ratio, made odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// SplitMix64 (Steele, Lea and Flood, 2014): the number after `state`.
const fn mix(state: u64) -> u64 {
    let z = state.wrapping_add(STEP);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// One sequence of a seed. Since the nth number needs no other, one thread or many draw the same.
#[derive(Clone, Copy)]
pub(super) struct Stream(u64);

impl Stream {
    pub(super) const fn new(seed: u64, stream: u64) -> Self {
        Self(mix(seed ^ mix(stream)))
    }

    /// The nth number, at least 0 and below 1: 53 random bits.
    pub(super) fn uniform(self, nth: u64) -> f64 {
        let bits = mix(self.0.wrapping_add(nth.wrapping_mul(STEP)));
        (bits >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// The nth number as one of `count` choices.
    pub(super) fn choice(self, nth: u64, count: usize) -> usize {
        ((self.uniform(nth) * count as f64) as usize).min(count.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_sequence() {
        // The first numbers of SplitMix64 from the state 1234567, as in its reference program.
        let mut state = 1_234_567_u64;
        let mut next = || {
            let number = mix(state);
            state = state.wrapping_add(STEP);
            number
        };
        assert_eq!([next(), next(), next()], [6457827717110365317, 3203168211198807973, 9817491932198370423]);
    }

    #[test]
    fn uniform_numbers_fill_the_unit() {
        let stream = Stream::new(7, 3);
        let numbers: Vec<f64> = (0..20_000).map(|nth| stream.uniform(nth)).collect();
        let mean = numbers.iter().sum::<f64>() / 20_000.0;
        assert!(numbers.iter().all(|x| (0.0..1.0).contains(x)) && (mean - 0.5).abs() < 0.01);
        assert_ne!(Stream::new(7, 4).uniform(0), stream.uniform(0));
        assert!((0..1000).all(|nth| stream.choice(nth, 3) < 3));
    }
}
