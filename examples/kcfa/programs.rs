//! The programs that are analysed: two that the literature has.

/// `blur`, which applies functions through an identity so that an analysis takes one for the other (the benchmark of the k-CFA
/// papers of Might and others); `n` copies of it, one after the other.
pub(crate) fn blur(n: u32) -> String {
    let one = "
        (letrec ((id (lambda (x) x))
                 (blur (lambda (y) y))
                 (lp (lambda (a n)
                       (if (<= n 1)
                           (id a)
                           (let ((r ((blur id) #t)) (s ((blur id) #f)))
                             (not ((blur lp) s (- n 1))))))))
          (lp #f 2))";
    (1..n).fold(one.to_owned(), |rest, _| format!("(let ((before {one})) {rest})"))
}

/// The family that makes k-CFA exponential (Van Horn and Mairson, *Deciding kCFA is complete for EXPTIME*, 2008): each of `n` variables is
/// bound twice, in two contours, and the innermost function captures all of them.
pub(crate) fn worst(n: u32) -> String {
    let names = |letter: char| (1..=n).map(|i| format!("{letter}{i}")).collect::<Vec<_>>().join(" ");
    let innermost = format!("((lambda (z) (z {})) (lambda ({}) y1))", names('x'), names('y'));
    (1..=n).rev().fold(innermost, |body, i| {
        format!("((lambda (f{i}) (let ((a{i} (f{i} #t))) (f{i} #f))) (lambda (x{i}) {body}))")
    })
}
