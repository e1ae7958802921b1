//! What the project asks of itself, and whether a run shows it.

/// A bound that must hold and one to be proud of, on a figure of which less is better.
#[derive(Clone, Copy)]
pub struct Goal {
    /// What every release holds.
    pub must: f64,
    /// What is aimed at.
    pub stretch: f64,
}

impl Goal {
    /// Prints whether `figure` meets the bounds, as in `must 1.50 yes, stretch 1.10 no: 1.32 what it is`.
    pub fn judge(self, figure: f64, what: &str) {
        let answer = |bound: f64| if figure <= bound { "yes" } else { "NO" };
        let Self { must, stretch } = self;
        println!("must {must} {}, stretch {stretch} {}: {figure:.2} {what}", answer(must), answer(stretch));
    }
}
