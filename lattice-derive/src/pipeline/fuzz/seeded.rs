//! Choices that follow from one number, so that the number tells the whole input.

/// A stream of choices (SplitMix64, by Steele, Lea and Flood).
pub(super) struct Seeded(u64);

impl Seeded {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// A number less than `bound`, which is not zero.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub(super) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(super) fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    /// `len` pieces, each chosen anew.
    pub(super) fn several(
        &mut self,
        len: usize,
        between: &str,
        mut piece: impl FnMut(&mut Self) -> String,
    ) -> String {
        let pieces: Vec<String> = (0..len).map(|_| piece(self)).collect();
        pieces.join(between)
    }
}
