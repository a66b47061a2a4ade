"""Shows what `nianbao reuse` found: texts copied, names and years left behind, promises."""

from __future__ import annotations

from collections import Counter

from nlp.overview.chart_cards import section
from nlp.overview.charts import bar
from nlp.overview.gathering import Gathered
from nlp.overview.reuse_file import Chain, Reused
from nlp.overview.words import Words, count, percent
from nlp.showing.markup import Child, Markup, element, joined, table

_CHAINS, _LEFT = 20, 40
"""How many texts, names and years are listed."""
_LONGEST = 160
"""How many characters of a text are shown."""
_COPIES = 12
"""How many of the reports that have a text are named."""


def shown(gathered: Gathered, words: Words) -> Markup:
    """Return the section; where no file told of copied text it says how to have one."""
    reused = gathered.reused
    if reused is None:
        return section("copied", words("section_copied"), element("p", words("copied_none"), class_="note"))
    looked = words(
        "copied_looked",
        reports=count(reused.looked_through.get("reports") or 0),
        chains=count(len(reused.chains)),
        left=count(len(reused.left)),
        repeated=count(len(reused.repeated)),
    )
    return section(
        "copied",
        words("section_copied"),
        element("p", looked),
        element(
            "div", _chains(reused, words), _left(reused, words), _promises(reused, words), class_="cards wide"
        ),
    )


def _chains(reused: Reused, words: Words) -> Markup | None:
    if not reused.chains:
        return None
    most = sorted(reused.chains, key=lambda chain: (-len(chain.copies), -chain.characters))[:_CHAINS]
    entries = [element("li", _chain(chain, words)) for chain in most]
    return _card(words("copied_chains"), element("ol", *entries), len(reused.chains) - len(most), words)


def _chain(chain: Chain, words: Words) -> Markup:
    text = chain.copies[0].text
    shortened = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"
    whose = [copy.title for copy in chain.copies[:_COPIES]]
    more = "……" if len(chain.copies) > _COPIES else ""
    return joined(
        [
            element(
                "b", words("copied_chain", copies=count(len(chain.copies)), agencies=count(chain.agencies))
            ),
            element("span", f"“{shortened}”", class_="quoted"),
            element("small", "、".join(whose) + more),
        ]
    )


def _left(reused: Reused, words: Words) -> Markup | None:
    if not reused.left:
        return None
    entries = [
        element(
            "li",
            element(
                "b",
                words(
                    "copied_left_entry",
                    agency=left.whose,
                    year=left.year or "",
                    found=left.found,
                    expected=left.expected,
                ),
            ),
            element("span", f"“{left.text[:_LONGEST]}”", class_="quoted"),
        )
        for left in reused.left[:_LEFT]
    ]
    return _card(words("copied_left"), element("ol", *entries), len(reused.left) - len(entries), words)


def _promises(reused: Reused, words: Words) -> Markup | None:
    states = Counter(promise.state for promise in reused.promises)
    if not states:
        return None
    rows: list[list[Child]] = [["", words.listed("columns", "measures"), words("share")]]
    for state, number in states.most_common():
        share = number / states.total()
        barred = joined([percent(number, states.total()), " ", bar(share)])
        rows.append([words.listed("promises", state), count(number), barred])
    return _card(words("copied_promises"), table(rows, "findings"), 0, words)


def _card(title: str, content: Markup, more: int, words: Words) -> Markup:
    note = element("p", words("more", count=count(more)), class_="note") if more > 0 else None
    return element("div", element("h3", title), content, note, class_="card")
