"""Plants what copying leaves in made-up reports: passages, names, years, items, promises taken up."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from nlp.text.words import cutter
from training.generator.agencies import Agency, agencies
from training.reuse.world import MadeUp

COPIES = (
    "verbatim",
    "name swapped",
    "year swapped",
    "10 % of words changed",
    "sentences reordered",
    "partial",
)
"""The ways in which a passage is taken over."""
SCOPES = ("over years", "between agencies")

LENGTHS = {"over years": 100, "between agencies": 160}
"""A passage that is taken over has at least so many characters."""


@dataclass(frozen=True)
class Planted:
    """Something planted: its kind, the records, and the text in the one that it was planted in.

    `other` is the record that the text is from, "" where it is from none.
    """

    kind: str
    scope: str
    record: str
    other: str
    text: str
    found: str = ""


def sentences(text: str) -> list[str]:
    """Return the sentences of a text with their full stops.

    >>> sentences("一是学习；二是培训。再来")
    ['一是学习；', '二是培训。', '再来']
    """
    return re.findall(r"[^。；]+[。；]?", text)


class Planter:
    """Plants in the reports of a world; no report gets two things of a kind."""

    def __init__(self, reports: Sequence[MadeUp], rng: Random) -> None:
        self.reports = list(reports)
        self.planted: list[Planted] = []
        self._rng = rng
        self._used: set[tuple[str, str]] = set()
        self._taken_parts: set[int] = set()
        self._by_place = {(report.agency.name, report.year): report for report in reports}
        self._words = self._pool()

    def plant_all(self, of_each: int) -> list[Planted]:
        """Plant so many of each kind and scope; return what was planted."""
        for scope in SCOPES:
            for kind in COPIES:
                self._repeat(of_each, partial(self._copy, kind, scope))
        self._repeat(of_each, self._chain)
        self._repeat(of_each, self._name)
        self._repeat(of_each, self._year)
        self._repeat(of_each, self._period)
        self._repeat(of_each, self._item_twice)
        self._repeat(of_each, self._problem_again)
        self._repeat(of_each, self._measure_again)
        self._repeat(of_each, self._taken_up)
        for report in self.reports:
            self._distract(report)
        return self.planted

    def _repeat(self, times: int, plant: Callable[[], None]) -> None:
        before = len(self.planted)
        for _ in range(50 * times):
            if len(self.planted) - before >= times:
                return
            plant()

    def _pool(self) -> list[str]:
        words: set[str] = set()
        for report in self._rng.sample(self.reports, min(100, len(self.reports))):
            for part in report.overview():
                words.update(word for word in cutter()("".join(part.paragraphs)) if _is_word(word))
        return sorted(words)

    def _free(self, report: MadeUp, kind: str) -> bool:
        key = (report.id, kind)
        if key in self._used:
            return False
        self._used.add(key)
        return True

    def _next(self, report: MadeUp) -> MadeUp | None:
        return self._by_place.get((report.agency.name, report.year + 1))

    def _target(self, source: MadeUp, scope: str) -> MadeUp | None:
        if scope == "over years":
            return self._next(source)
        target = self._rng.choice(self.reports)
        return target if target.agency != source.agency and target.year >= source.year else None

    def _copy(self, kind: str, scope: str) -> None:
        rng = self._rng
        source = rng.choice(self.reports)
        target = self._target(source, scope)
        if target is None:
            return
        least = LENGTHS[scope]
        passage = self._passage(source, kind, least)
        if passage:
            self._put(source, target, self._taken(passage, source, target, kind), kind, scope)

    def _passage(self, source: MadeUp, kind: str, least: int) -> list[str]:
        """Return neighbouring sentences of a report that suit a kind of copy, none where it has none."""
        parts = [part for part in source.overview() if id(part) not in self._taken_parts]
        if not parts:
            return []
        part = self._rng.choice(parts)
        chosen: list[str] = []
        for sentence in sentences("".join(part.paragraphs)):
            chosen.append(sentence)
            if sum(map(len, chosen)) >= least and len(chosen) >= 2:
                break
        text = "".join(chosen)
        names = source.agency.name in text or source.agency.short in text
        has_year = str(source.year) in text
        suits = {
            "name swapped": names,
            "year swapped": has_year and not names,
            "sentences reordered": len(chosen) > 2 and not names and not has_year,
        }.get(kind, not names and not has_year)
        if not suits or len(text) < least or re.search("20\\d\\d", text.replace(str(source.year), "")):
            return []
        self._taken_parts.add(id(part))
        return chosen

    def _taken(self, passage: list[str], source: MadeUp, target: MadeUp, kind: str) -> list[str]:
        """Return a passage as the other report has it."""
        own = [one.replace(source.agency.name, target.agency.name) for one in passage]
        own = [one.replace(source.agency.short, target.agency.short) for one in own]
        own = [one.replace(str(source.year), str(target.year)) for one in own]
        if kind == "sentences reordered":
            return [*own[1:], own[0]]
        if kind == "10 % of words changed":
            return [self._changed(one) for one in own]
        return own

    def _changed(self, sentence: str) -> str:
        words = cutter()(sentence)
        places = [n for n, word in enumerate(words) if _is_word(word)]
        for n in self._rng.sample(places, min(len(places), max(1, round(0.1 * len(words))))):
            words[n] = self._rng.choice(self._words)
        return "".join(words)

    def _put(self, source: MadeUp, target: MadeUp, taken: list[str], kind: str, scope: str) -> None:
        parts = [part for part in target.overview() if id(part) not in self._taken_parts]
        if not parts:
            return
        part = self._rng.choice(parts)
        self._taken_parts.add(id(part))
        n = self._rng.randrange(len(part.paragraphs))
        text = "".join(taken)
        if kind == "partial":
            own = sentences(part.paragraphs[n])
            part.paragraphs[n] = own[0].rstrip("。；") + "。" + text.rstrip("。；") + "。" + "".join(own[1:])
        else:
            part.paragraphs[n] = text
        self.planted.append(Planted(kind, scope, target.id, source.id, text))

    def _chain(self) -> None:
        """Copy one passage to three reports."""
        source = self._rng.choice(self.reports)
        passage = self._passage(source, "verbatim", LENGTHS["between agencies"])
        if not passage:
            return
        for _ in range(3):
            target = self._target(source, "between agencies")
            if target is not None:
                self._put(source, target, passage, "one of a chain", "between agencies")

    def _name(self) -> None:
        """Put another agency's name where the report has its own."""
        report = self._rng.choice(self.reports)
        other = self._neighbour(report.agency)
        places = []
        for part in report.parts:
            for n, paragraph in enumerate(part.paragraphs):
                named = re.search(f"{report.agency.name}(?!网)", paragraph)
                if named and id(part) not in self._taken_parts:
                    places.append((part, n))
        if other is None or not places or not self._free(report, "name"):
            return
        part, n = self._rng.choice(places)
        self._taken_parts.add(id(part))
        part.paragraphs[n] = part.paragraphs[n].replace(report.agency.name, other.name)
        self._plant("name left", report, part.paragraphs[n], other.name)

    def _neighbour(self, agency: Agency) -> Agency | None:
        """Return an agency of the same trade and rank in another place, where one is met soon."""
        trade = agency.name.removeprefix(agency.place)
        if trade == agency.name:
            return None
        for other in self._rng.sample(agencies(), 400):
            same_rank = other.place[-1] == agency.place[-1] and len(other.place) < len(agency.place) + 4
            is_other = other.place not in agency.place and agency.place not in other.place
            if same_rank and is_other and other.name == other.place + trade:
                return other
        return None

    def _year(self) -> None:
        """Leave last year's year where a sentence opens with it."""
        report = self._rng.choice(self.reports)
        places = []
        for part in report.overview():
            for n, paragraph in enumerate(part.paragraphs):
                opens = [one for one in sentences(paragraph) if one.startswith(f"{report.year}年")]
                opens = [
                    one for one in opens if not re.search(_ON_PURPOSE, one.removeprefix(str(report.year)))
                ]
                if opens and id(part) not in self._taken_parts:
                    places.append((part, n, opens[0]))
        if not places or not self._free(report, "year"):
            return
        part, n, opening = self._rng.choice(places)
        old = opening.replace(str(report.year), str(report.year - 1))
        self._taken_parts.add(id(part))
        part.paragraphs[n] = part.paragraphs[n].replace(opening, old)
        self._plant("year left", report, old, str(report.year - 1))

    def _period(self) -> None:
        """Leave last year's period of the figures in the preface."""
        report = self._rng.choice(self.reports)
        period = f"{report.year}年1月1日"
        for part in report.parts:
            for n, paragraph in enumerate(part.paragraphs):
                for sentence in sentences(paragraph):
                    if period in sentence and "12月31日" in sentence and self._free(report, "period"):
                        old = sentence.replace(str(report.year), str(report.year - 1))
                        part.paragraphs[n] = paragraph.replace(sentence, old)
                        self._plant("period left", report, old, str(report.year - 1))
                        return

    def _plant(self, kind: str, report: MadeUp, text: str, found: str = "", other: str = "") -> None:
        self.planted.append(Planted(kind, "", report.id, other, text, found))

    def _item_twice(self) -> None:
        report = self._rng.choice(self.reports)
        items = self._rng.choice([report.problems, report.measures])
        long = [item for item in items if len(item) >= 14]
        if long and self._free(report, "item"):
            item = self._rng.choice(long)
            items.append(item)
            self._plant("item twice", report, item)

    def _problem_again(self) -> None:
        self._again("problems", "problem of last year")

    def _measure_again(self) -> None:
        self._again("measures", "measure of last year")

    def _again(self, name: str, kind: str) -> None:
        last = self._rng.choice(self.reports)
        this = self._next(last)
        long = [item for item in getattr(last, name) if len(item) >= 16 and str(last.year + 1) not in item]
        if this is None or not long or not self._free(this, "again"):
            return
        item = self._rng.choice(long)
        getattr(this, name).append(item)
        self._plant(kind, this, item, other=last.id)

    def _taken_up(self) -> None:
        """Tell that a measure of last year was carried out, in part in other words."""
        last = self._rng.choice(self.reports)
        this = self._next(last)
        long = [item for item in last.measures if len(item) >= 24 and "，" in item]
        if this is None or not long or not self._free(this, "again"):
            return
        measure = self._rng.choice(long)
        clauses = re.split("[，。；]", measure)
        longest = max(clauses, key=len)
        kept = [clause for clause in clauses if clause == longest or self._rng.random() < 0.8]
        this.done.append("针对上年提出的问题，已" + "，".join(kept) + "，成效初步显现")
        share = len("".join(kept)) / len("".join(clauses))
        if share < _PLAINLY:
            this.done.pop()
            return
        self._plant("measure taken up", this, measure, other=last.id)

    def _distract(self, report: MadeUp) -> None:
        """Write what is not left behind but looks so: last year on purpose, others by right."""
        parts = [part for part in report.overview() if id(part) not in self._taken_parts]
        if not parts or self._rng.random() < 0.4:
            return
        part = self._rng.choice(parts)
        other = self._rng.choice(agencies())
        form = self._rng.choice(_DISTRACTIONS)
        above = other.province + self._rng.choice(["人民政府", "人民政府办公厅", "财政厅"])
        facts = {
            "year": report.year,
            "last": report.year - 1,
            "other": other.name,
            "above": above,
            "one": self._rng.randint(1, 90),
            "two": self._rng.randint(1, 90),
            "we": report.agency.we[0],
        }
        part.paragraphs.append(form.format(**facts))


_ON_PURPOSE = "20\\d\\d|^年\\d|以来|上年|同比|增长"
"""With these a sentence that opens with last year's year may mean it."""
_PLAINLY = 0.75
"""A measure counts as taken up where so much of it is told."""
_DISTRACTIONS = (
    "与{last}年相比，{we}主动公开信息增加{one}条。",
    "{last}年，{we}收到申请{one}件；{year}年，{we}收到申请{two}件。",
    "{last}年度{we}政务公开测评反馈的{one}个问题已全部整改。",
    "{we}与{other}建立信息共享机制，交换数据{one}条。",
    "组织{one}人赴{other}学习交流{two}次。",
    "{year}年，{above}印发的{one}项任务已落实{two}项。",
    "按照{above}（{last}）{one}号文件要求，{we}梳理事项{two}项。",
    "公开{last}年部门决算和{year}年部门预算，涉及{one}项。",
    "{last}年以来，{we}连续开展读网{one}次。",
    "截至{year}年12月31日，{we}共公开信息{one}条，比{last}年12月31日多{two}条。",
)


def _is_word(word: str) -> bool:
    return len(word) > 1 and all("一" <= character <= "龥" for character in word)
