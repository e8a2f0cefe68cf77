//! The golden corpus, natively: the same lines, byte for byte, as the package gives in every runtime and
//! browser (`tests/golden/`, `tests/matrix/`).

#[path = "golden/prove.rs"]
mod prove;

use prewash::document::NodeId;

use prove::{document, file, number};

#[test]
fn the_golden_corpus_gives_the_lines_that_it_gives_everywhere() {
    let (corpus, expected) = (file("tests/golden/corpus.json"), file("tests/golden/expected.json"));
    let lines = prove::prove(&corpus);
    let (corpus, expected) = (document(&corpus), document(&expected));
    let expected: Vec<_> =
        expected.elements(NodeId::ROOT).map(|line| expected.string(line)).collect();
    assert_eq!(lines.len(), expected.len());
    let mut wrong = Vec::new();
    for ((case, line), expected) in corpus.elements(NodeId::ROOT).zip(&lines).zip(&expected) {
        if *line != **expected {
            wrong.push(format!("{}\n  {line}\n  {expected}", corpus.json(case)));
        }
    }
    let count = wrong.len();
    assert!(wrong.is_empty(), "{count} differ:\n{}", wrong.join("\n"));
}

#[test]
fn numbers_are_written_as_in_javascript() {
    for (value, expected) in [
        (0.0, "0"),
        (-0.0, "0"),
        (-1.5, "-1.5"),
        (100.0, "100"),
        (1e21, "1e+21"),
        (123_456_789_012_345_680_000.0, "123456789012345680000"),
        (1e-6, "0.000001"),
        (1.5e-7, "1.5e-7"),
        (f64::MAX, "1.7976931348623157e+308"),
        (5e-324, "5e-324"),
    ] {
        assert_eq!(number(value), expected);
    }
}
