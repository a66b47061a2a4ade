"""Words are weighed as scikit-learn weighs them."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer

from nlp.labelling.vocabulary import Vocabulary, tokens, window
from nlp.text.lines import split

KNOWN = ("公开", "政府", "信息")
SIZE = len(KNOWN) + 1
VOCABULARY = Vocabulary(KNOWN, np.array([2 * SIZE + 3, 3 * SIZE + 1]), np.ones(SIZE + 2))


def test_words_and_pairs_of_neighbours_have_columns_and_unknown_words_share_one() -> None:
    cells = VOCABULARY.weigh(VOCABULARY.numbers(["政府", "信息", "公开", "年报", "\n", "公开", "公开"]))
    assert list(zip(cells.rows.tolist(), cells.columns.tolist(), strict=True)) == [
        (0, 0),
        (0, 1),
        (0, 2),
        (0, 3),
        (0, 4),
        (0, 5),
        (1, 1),
    ]


def test_no_pair_spans_a_line_feed_or_an_unknown_word() -> None:
    cells = VOCABULARY.weigh(VOCABULARY.numbers(["政府", "\n", "信息", "年报", "公开"]))
    assert not {4, 5} & set(cells.columns.tolist())


def test_weights_are_those_of_scikit_learn() -> None:
    texts = ["政府 信息 公开 公开", "信息 信息 年报", "公开"]
    rows = [VOCABULARY.numbers(text.split()) for text in texts]
    counts = np.zeros((len(texts), VOCABULARY.size))
    for at, numbers in enumerate(rows):
        _, columns = VOCABULARY._occurrences(numbers)
        np.add.at(counts[at], columns, 1)
    transformer = TfidfTransformer(sublinear_tf=True).fit(csr_matrix(counts))
    weighed = Vocabulary(KNOWN, VOCABULARY.pairs, transformer.idf_)
    feeds = [weighed.numbers([*text.split(), "\n"]) for text in texts]
    cells = weighed.weigh(np.concatenate(feeds))
    ours = csr_matrix((cells.weights, (cells.rows, cells.columns)), counts.shape).toarray()
    assert np.allclose(ours, transformer.transform(csr_matrix(counts)).toarray(), atol=1e-12)


def test_a_vocabulary_without_pairs_weighs_words_alone() -> None:
    alone = Vocabulary(KNOWN, np.array([], np.int64), np.ones(SIZE))
    assert alone.weigh(alone.numbers(["政府", "信息"])).columns.tolist() == [2, 3]


def test_of_a_long_line_only_the_window_is_cut() -> None:
    assert len("".join(tokens(split("政府信息公开" * 1000)))) == len(window("政府信息公开" * 1000))
