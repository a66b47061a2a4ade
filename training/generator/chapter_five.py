"""Problems and improvements in every habit of writing them, with the items they hold."""

from __future__ import annotations

from collections.abc import Callable

from training.generator.grammar import Phrases
from training.generator.listing import (
    CHINESE,
    ITEMS,
    PARTS,
    Chapter,
    Enumerator,
    in_one,
    items,
    listed,
    opened,
)


def chapter_five(phrases: Phrases) -> tuple[Chapter, str]:
    """Write the chapter in one of the habits; return it and the kind of NOISE.md, empty if none."""
    rng = phrases.rng
    habit, noise = rng.choices([h[:2] for h in HABITS], [h[2] for h in HABITS])[0]
    chapter = Chapter()
    habit(chapter, phrases)
    return chapter, noise


def _part(chapter: Chapter, title: str, phrases: Phrases, run_in: bool) -> str:
    """Write a sub-heading on its own line, or return it to run into the paragraph."""
    end = (
        phrases.rng.choice(["。", "。", "：", ":"])
        if run_in
        else phrases.rng.choice(["", "", "", "。", "："])
    )
    if run_in:
        return title + end
    chapter.head(title + end)
    return ""


def _two_parts(chapter: Chapter, phrases: Phrases, first: int = 0) -> None:
    """存在的主要问题, 改进措施: each with its items."""
    rng = phrases.rng
    mark, run_in = rng.choice(PARTS), rng.random() < 0.35
    problems, measures = items(phrases, "problem"), items(phrases, "measure")
    title = _part(chapter, mark(first) + phrases("problems"), phrases, run_in)
    listed(chapter, problems, phrases, title + opened(phrases, "admit"), mark(0))
    title = _part(chapter, mark(first + 1) + phrases("improvements"), phrases, run_in)
    listed(chapter, measures, phrases, title + opened(phrases, "resolve"), mark(0))
    chapter.problems += problems
    chapter.improvements += [(measure, []) for measure in measures]


def _last_year_first(chapter: Chapter, phrases: Phrases) -> None:
    """（一）2024年工作中存在问题的改进情况, then this year's problems, then the measures."""
    past = items(phrases, "past_act", 4)
    mark = PARTS[0]
    chapter.head(mark(0) + phrases("past_improvements"))
    listed(chapter, past, phrases, "", mark(0))
    chapter.improvements += [(act, []) for act in past]
    _two_parts_from(chapter, phrases, mark)


def _two_parts_from(chapter: Chapter, phrases: Phrases, mark: Enumerator) -> None:
    problems, measures = items(phrases, "problem"), items(phrases, "measure")
    chapter.head(mark(1) + phrases("problems"))
    listed(chapter, problems, phrases, opened(phrases, "admit"), mark(0))
    chapter.head(mark(2) + phrases("improvements"))
    listed(chapter, measures, phrases, opened(phrases, "resolve"), mark(0))
    chapter.problems += problems
    chapter.improvements += [(measure, []) for measure in measures]


def _no_parts(chapter: Chapter, phrases: Phrases) -> None:
    """Two paragraphs without headings: what is wrong, what will be done."""
    problems, measures = items(phrases, "problem"), items(phrases, "measure")
    listed(chapter, problems, phrases, phrases("admit") + phrases("colon"))
    listed(chapter, measures, phrases, phrases("resolve") + phrases("resolve_colon"))
    chapter.problems += problems
    chapter.improvements += [(measure, []) for measure in measures]


def _one_paragraph(chapter: Chapter, phrases: Phrases) -> None:
    """Everything in one paragraph."""
    rng = phrases.rng
    problems, measures = items(phrases, "problem", 3), items(phrases, "measure", 4)
    first = phrases("admit") + phrases("colon") + in_one(problems, ITEMS[0], rng)
    chapter.say(first + phrases("resolve") + phrases("resolve_colon") + in_one(measures, ITEMS[0], rng))
    chapter.problems += problems
    chapter.improvements += [(measure, []) for measure in measures]


def _aimed_at(chapter: Chapter, phrases: Phrases) -> None:
    """针对…的问题，一是…二是…: every measure answers the problem of its paragraph."""
    rng = phrases.rng
    lead = rng.choice(["", "", "- ", "（{}）", "{}.", "{}是"])
    if rng.random() < 0.4:
        chapter.say(phrases("admit") + "。")
    end = rng.choice(["的问题，", "的问题，", "问题，", "的问题：", "的情况，"])
    for i, problem in enumerate(items(phrases, "short_problem", 4)):
        measures = phrases.distinct("measure" if rng.random() < 0.5 else "act", rng.choice([1, 2, 2, 3]))
        number = str(i + 1) if lead == "{}." else CHINESE[i]
        start = lead.format(number) + "针对" + problem + end
        several = len(measures) > 1 and lead != "{}是"
        chapter.say(start + (in_one(measures, ITEMS[0], rng) if several else measures[0] + "。"))
        chapter.problems.append(problem)
        kept = measures if several else measures[:1]
        chapter.improvements += [(measure, [i]) for measure in kept]


def _pairs(chapter: Chapter, phrases: Phrases) -> None:
    """问题一：… 整改措施：…, pair after pair."""
    rng = phrases.rng
    asked, answered = rng.choice(
        [("存在问题", "改进措施"), ("问题", "整改措施"), ("主要问题", "改进情况"), ("问题", "措施")]
    )
    style = rng.choice(["{n}.{asked}：", "{asked}{c}：", "（{c}）{asked}：", "{c}、{asked}："])
    for i, problem in enumerate(items(phrases, "problem", 4)):
        measure = phrases("measure")
        start = style.format(n=i + 1, c=CHINESE[i], asked=asked)
        if rng.random() < 0.5:
            chapter.say(f"{start}{problem}。{answered}：{measure}。")
        else:
            chapter.say(f"{start}{problem}。")
            chapter.say(f"{answered}：{measure}。")
        chapter.problems.append(problem)
        chapter.improvements.append((measure, [i]))


def _not_enumerated(chapter: Chapter, phrases: Phrases) -> None:
    """One sentence names the problems, one what will be done."""
    rng = phrases.rng
    bare = "、".join(phrases.distinct("bare_trouble", rng.choice([1, 2, 2, 3])))
    phrases.facts["bare"] = bare
    lone = phrases("lone_act")
    phrases.facts["lone"] = lone
    first, then = phrases("one_problem"), phrases("lone_measure")
    if rng.random() < 0.5:
        chapter.say(first + then)
    else:
        chapter.say(first)
        chapter.say(then)
    chapter.problems.append(bare)
    chapter.improvements.append((lone, []))


def _such_as(chapter: Chapter, phrases: Phrases) -> None:
    """如…、…等。针对存在问题，下一步，…一是…"""
    rng = phrases.rng
    bare = "、".join(phrases.distinct("bare_trouble", rng.choice([2, 3]))) + "等"
    measures = items(phrases, "measure", 4)
    start = phrases("admit") + rng.choice(["。如", "，如"]) + bare + "。"
    chapter.say(start + phrases("resolve") + phrases("resolve_colon") + in_one(measures, ITEMS[0], rng))
    chapter.problems.append(bare)
    chapter.improvements += [(measure, []) for measure in measures]


def _nothing(chapter: Chapter, phrases: Phrases) -> None:
    chapter.say(phrases("none_found"))


HABITS: tuple[tuple[Callable[[Chapter, Phrases], None], str, float], ...] = (
    (_two_parts, "", 40),
    (_no_parts, "", 14),
    (_one_paragraph, "", 8),
    (_aimed_at, "33_problem_and_measure_in_one", 10),
    (_last_year_first, "32_last_year_first", 8),
    (_such_as, "34_problems_without_enumerators", 6),
    (_not_enumerated, "34_problems_without_enumerators", 8),
    (_pairs, "33_problem_and_measure_in_one", 5),
    (_nothing, "", 1),
)
