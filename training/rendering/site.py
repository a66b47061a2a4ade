"""Writes a drafted report as the page of a site, set on paper as a browser prints it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape
from random import Random

from lxml import html

from training.generator import markup
from training.generator.drafting import Draft
from training.generator.grammar import Phrases
from training.rendering.paper import Paper

ON_PAPER = 0.2
"""The share of sites that print what is around a report as well."""


def page(draft: Draft, paper: Paper, facts: dict[str, str], rng: Random) -> str:
    """Return the page as HTML; `facts` are the names and years that the lines around the report use."""
    how = replace(
        markup.habits(rng),
        style=_style(paper, shown=rng.random() < ON_PAPER),
        header_again=paper.header_again,
        columns=paper.widths if paper.fixed else None,
    )
    return markup.page(draft, how, rng, around=partial(_surrounded, facts=facts))


def _style(paper: Paper, *, shown: bool) -> str:
    """Return the style sheet, by which Chromium prints the page: its paper, its letters, its page numbers.

    `shown` says whether what is around the report is printed as well.
    """
    turned = " landscape" if paper.landscape else ""
    number = ""
    if paper.footer:
        before, after = paper.footer
        number = f'@bottom-center{{content:"{before}" counter(page) "{after}";font-size:9pt}}'
    width = "width:100%;" if paper.full_width else "width:auto;"
    align = "center" if paper.centred else "left"
    layout = "table-layout:fixed;" if paper.fixed else ""
    rows = "tr{break-inside:avoid}" if paper.rows_whole else ""
    vertical = "td[rowspan]{writing-mode:vertical-rl}" if paper.vertical else ""
    hidden = "" if shown else "@media print{.site{display:none}}"
    return (
        f"@page{{size:A4{turned};margin:{paper.margin}mm;{number}}}"
        f"body{{font-family:'{paper.font}';font-size:{paper.letters}pt;line-height:{paper.leading};margin:0}}"
        f"p{{text-indent:2em}}td p{{text-indent:0;margin:0}}"
        f"table{{border-collapse:collapse;{width}{layout}font-size:{paper.table_letters}pt;line-height:1.2}}"
        f"td{{border:1px solid #000;padding:1pt {paper.padding}mm;"
        f"text-align:{align}}}{rows}{vertical}{hidden}"
    )


def _surrounded(body: str, rng: Random, facts: dict[str, str]) -> str:
    """Put the lines that a site has on every page before and after a report."""
    phrases = Phrases(rng, {**facts, "page": "1", "pages": "5"})
    links = phrases.distinct("nav", rng.choice([4, 8, 15]))
    above = phrases.distinct("top", rng.choice([1, 2, 4]))
    below = phrases.distinct("bottom", rng.choice([1, 2, 3, 6]))
    items = "".join(f'<li><a href="/{n}.html">{escape(link)}</a></li>' for n, link in enumerate(links))
    return (
        f'<div class="site nav"><ul>{items}</ul></div><script>var title = "年度报告";</script>'
        f'<div class="site">{_lines(above)}</div><div class="main" id="zoom">{body}</div>'
        f'<div class="site foot">{_lines(below)}</div>'
    )


def surroundings(page: str) -> list[str]:
    """Return the texts of a page that are the site's, not the report's, its styles and scripts included.

    >>> surroundings('<div class="site"><div>打印 关闭</div></div><p>一、总体情况</p>')
    ['打印 关闭']
    """
    texts = []
    for element in html.fromstring(page).iter("div", "style", "script"):
        classes = (element.get("class") or "").split()
        if element.tag != "div" or "site" in classes:
            texts += [str(text) for text in element.itertext() if str(text).strip()]
    return texts


def _lines(texts: list[str]) -> str:
    return "".join(f"<div>{escape(text)}</div>" for text in texts)
