"""A world of agencies in real places, whose names are spelled differently in every year."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from nlp.agencies.divisions import Division, above, by_name, in_year, today, towns
from nlp.record.agencies import Agency
from nlp.record.model import Report, Section, Source

YEARS = range(2020, 2025)
BODIES: dict[str, tuple[str, ...]] = {
    "教育局": ("教育局",),
    "财政局": ("财政局",),
    "住房和城乡建设局": ("住房和城乡建设局", "住建局", "住房城乡建设局"),
    "卫生健康委员会": ("卫生健康委员会", "卫健委", "卫生健康委"),
    "市场监督管理局": ("市场监督管理局", "市场监管局"),
    "人力资源和社会保障局": ("人力资源和社会保障局", "人社局"),
    "发展和改革委员会": ("发展和改革委员会", "发改委", "发展改革委"),
    "城市管理局": ("城市管理局", "城管局", "城市管理局（综合行政执法局）"),
    "人民政府": ("人民政府", "政府", ""),
    "人民政府办公室": ("人民政府办公室", "政府办公室", "政府办"),
    "文化广电和旅游局": ("文化广电和旅游局", "文化广电旅游局"),
    "城市改造办公室": ("城市改造办公室", "城市改造办"),
    "税务局": ("税务局",),
    "气象局": ("气象局",),
    "第一人民医院": ("第一人民医院",),
}
"""Bodies by their usual names, with the ways in which reports print them."""

TRADITIONAL = str.maketrans("区县阳长东宁乡镇务发义办卫监财农业乐庆门龙凤宾广兴华",
                            "區縣陽長東寧鄉鎮務發義辦衛監財農業樂慶門龍鳳賓廣興華")  # fmt: skip


class Named(NamedTuple):
    """A report of an agency: `truth` tells the agency apart from all others."""

    truth: str
    report: Report


def world(seed: int, agencies: int = 400, only_ambiguous: bool = False) -> Iterator[Named]:
    """Yield a report of each agency for each year; an eighth are towns, some have no place in their names.

    With `only_ambiguous` all lie in districts whose names other districts bear as well.
    """
    draw = Random(seed)
    places = [place for place in today().values() if place.code[:2] not in ("71", "81", "82")]
    if only_ambiguous:
        places = [place for place in places if is_ambiguous(place)]
    seen = set()
    while len(seen) < agencies:
        place = draw.choice(places)
        kind = draw.random()
        if kind < 0.12 and place.level == "county":
            body = _town(draw, place)
        elif kind < 0.16 and place.level == "city":
            body = "高新技术产业开发区管理委员会"
        else:
            body = draw.choice(list(BODIES))
        if not body or (place.code, body) in seen:
            continue
        seen.add((place.code, body))
        for year in YEARS:
            yield Named(f"{place.code} {body}", _report(draw, place, body, year))


def _town(draw: Random, place: Division) -> str:
    inside = [name for name, counties in towns().items() if place.code in counties]
    return draw.choice(sorted(inside)) if inside else ""


def _report(draw: Random, place: Division, body: str, year: int) -> Report:
    parents = above(place)
    printed = draw.choice(BODIES.get(body, (body,)))
    if body.endswith(("镇", "乡", "苏木")):
        printed = body + draw.choice(("人民政府", "政府", ""))
    elif body.endswith("街道"):
        printed = body + draw.choice(("办事处", ""))
    elif body.startswith("高新"):
        printed = draw.choice((body, "高新区管委会", "高新技术产业开发区管委会"))
    if not printed and place.level != "county":
        printed = "人民政府"
    own = place.name
    shape = draw.randrange(6)
    if shape == 0:
        own = "".join(parent.name for parent in reversed(parents)) + own
    elif shape == 1 and parents:
        own = parents[0].name + own
    elif shape == 2 and body in ("财政局", "教育局", "住房和城乡建设局") and place.level == "county":
        own = own[-1] if place.name[-1] in "县区旗" else own
    name = own + printed
    if body == "税务局" and draw.random() < 0.5:
        name = "国家税务总局" + name
    if draw.random() < 0.15:
        name = name.translate(TRADITIONAL)
    if draw.random() < 0.1:
        name = " ".join(name)
    return _with_evidence(draw, place, name, year)


def _with_evidence(draw: Random, place: Division, name: str, year: int) -> Report:
    """Return the report with the places that its path, preface and address name, or some do."""
    parents = above(place)
    whole = "".join(parent.name for parent in reversed(parents)) + place.name
    folder = "/".join(parent.name for parent in reversed(parents)) + f"/{place.name}/"
    path = (folder if draw.random() < 0.4 else "") + f"{draw.randrange(10**6)}.txt"
    unit = place.name[-1]
    preface = f"本报告由{name}编制。" if draw.random() < 0.5 else "根据有关规定编制。"
    address = f"联系地址：{whole}人民路{draw.randrange(1, 300)}号。" if draw.random() < 0.6 else ""
    noise = draw.choice(list(today().values())).name
    text = f"我{unit}公开信息。全{unit}共受理申请。赴{noise}学习。"
    sections = [
        Section("preface", "", 1, (1, 2), preface + address),
        Section("overview", "一、总体情况", 1, (3, 4), text),
    ]
    sha256 = f"{draw.getrandbits(256):064x}"
    source = Source(path.rpartition("/")[2], path, sha256, "text/plain", "utf-8", 0, 9)
    return Report(source=source, organization=name, year=year, sections=sections)


class Joined(NamedTuple):
    """How well a world's reports were joined: counts of reports and of pairs."""

    reports: int
    right: int
    told_wrong: int
    untold: int
    pairs: int
    pairs_joined: int
    pairs_wrong: int


def measured(named: list[tuple[str, Agency | None]]) -> Joined:
    """Return how reports are joined by `name`, given the truth and the agency of each.

    A report is right if its name is that of most reports of its agency, and of no other agency.
    """
    by_truth: dict[str, list[str | None]] = {}
    by_told: dict[str, list[str]] = {}
    for truth, agency in named:
        name = None if agency is None else agency.name
        by_truth.setdefault(truth, []).append(name)
        if name is not None:
            by_told.setdefault(name, []).append(truth)
    right = untold = pairs = joined = 0
    for names in by_truth.values():
        told = [name for name in names if name is not None]
        untold += len(names) - len(told)
        usual = max(set(told), key=told.count) if told else None
        is_apart = usual is not None and len(set(by_told[usual])) == 1
        right += told.count(usual) if usual is not None and is_apart else 0
        pairs += len(names) * (len(names) - 1) // 2
        joined += sum(told.count(name) * (told.count(name) - 1) // 2 for name in set(told))
    wrong = 0
    for truths in by_told.values():
        same = sum(truths.count(truth) * (truths.count(truth) - 1) // 2 for truth in set(truths))
        wrong += len(truths) * (len(truths) - 1) // 2 - same
    return Joined(len(named), right, len(named) - right - untold, untold, pairs, joined, wrong)


def is_ambiguous(place: Division) -> bool:
    """Return whether several divisions bear the name of one."""
    return len(in_year(by_name()[place.name], None)) > 1
