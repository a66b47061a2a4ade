"""The chapter of problems and improvements, written in one of several habits, with the items it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from training.generator.grammar import Phrases
from training.generator.listing import (
    CHINESE,
    ITEMS,
    PARTS,
    Chapter,
    add_list,
    in_one_paragraph,
    introduction,
    items,
)


def chapter_five(phrases: Phrases) -> tuple[Chapter, str]:
    """Return the chapter written in one of the habits, and the kind of noise that this is, "" if none."""
    habit = phrases.rng.choices(HABITS, [habit.share for habit in HABITS])[0]
    chapter = Chapter()
    habit.write(chapter, phrases)
    return chapter, habit.noise


def _two_parts(chapter: Chapter, phrases: Phrases) -> None:
    """存在的主要问题, 改进措施: two sub-headings on their lines or run in, each with its items."""
    rng = phrases.rng
    mark = rng.choice(PARTS)
    run_in = rng.random() < 0.35
    problems, measures = items(phrases, "problem"), items(phrases, "measure")
    title = _sub_heading(chapter, mark(0) + phrases("problems"), phrases, run_in=run_in)
    add_list(chapter, problems, phrases, title + introduction(phrases, "admit"), mark(0))
    title = _sub_heading(chapter, mark(1) + phrases("improvements"), phrases, run_in=run_in)
    add_list(chapter, measures, phrases, title + introduction(phrases, "resolve"), mark(0))
    chapter.record(problems, measures)


def _sub_heading(chapter: Chapter, title: str, phrases: Phrases, *, run_in: bool) -> str:
    """Write a sub-heading on a line of its own; return "", or the title that opens the paragraph after it."""
    if run_in:
        return title + phrases.rng.choice(["。", "。", "：", ":"])
    chapter.add_heading(title + phrases.rng.choice(["", "", "", "。", "："]))
    return ""


def _last_year_first(chapter: Chapter, phrases: Phrases) -> None:
    """（一）2024年工作中存在问题的改进情况, then this year's problems, then the measures."""
    mark = PARTS[0]
    past_acts = items(phrases, "past_act", 4)
    chapter.add_heading(mark(0) + phrases("past_improvements"))
    add_list(chapter, past_acts, phrases, "", mark(0))
    chapter.record([], past_acts)
    problems, measures = items(phrases, "problem"), items(phrases, "measure")
    chapter.add_heading(mark(1) + phrases("problems"))
    add_list(chapter, problems, phrases, introduction(phrases, "admit"), mark(0))
    chapter.add_heading(mark(2) + phrases("improvements"))
    add_list(chapter, measures, phrases, introduction(phrases, "resolve"), mark(0))
    chapter.record(problems, measures)


def _no_parts(chapter: Chapter, phrases: Phrases) -> None:
    """Two lists without headings: what is wrong, what will be done."""
    problems, measures = items(phrases, "problem"), items(phrases, "measure")
    add_list(chapter, problems, phrases, phrases("admit") + phrases("colon"))
    add_list(chapter, measures, phrases, phrases("resolve") + phrases("resolve_colon"))
    chapter.record(problems, measures)


def _one_paragraph(chapter: Chapter, phrases: Phrases) -> None:
    """Everything in one paragraph."""
    problems, measures = items(phrases, "problem", 3), items(phrases, "measure", 4)
    text = phrases("admit") + phrases("colon") + in_one_paragraph(problems, ITEMS[0], phrases.rng)
    text += phrases("resolve") + phrases("resolve_colon")
    text += in_one_paragraph(measures, ITEMS[0], phrases.rng)
    chapter.add_paragraph(text)
    chapter.record(problems, measures)


def _aimed_at(chapter: Chapter, phrases: Phrases) -> None:
    """针对…的问题，一是…二是…: every measure answers the problem of its paragraph."""
    rng = phrases.rng
    pattern = rng.choice(["", "", "- ", "（{}）", "{}.", "{}是"])
    if rng.random() < 0.4:
        chapter.add_paragraph(phrases("admit") + "。")
    end = rng.choice(["的问题，", "的问题，", "问题，", "的问题：", "的情况，"])
    for i, problem in enumerate(items(phrases, "short_problem", 4)):
        symbol = "measure" if rng.random() < 0.5 else "act"
        measures = phrases.distinct(symbol, rng.choice([1, 2, 2, 3]))
        if pattern == "{}是":
            measures = measures[:1]  # its own enumerators would look like those of the paragraphs
        number = str(i + 1) if pattern == "{}." else CHINESE[i]
        start = pattern.format(number) + "针对" + problem + end
        if len(measures) > 1:
            chapter.add_paragraph(start + in_one_paragraph(measures, ITEMS[0], rng))
        else:
            chapter.add_paragraph(start + measures[0] + "。")
        chapter.problems.append(problem)
        chapter.improvements += [(measure, [i]) for measure in measures]


def _pairs(chapter: Chapter, phrases: Phrases) -> None:
    """问题一：… 整改措施：…, pair after pair."""
    rng = phrases.rng
    problem_word, measure_word = rng.choice(
        [("存在问题", "改进措施"), ("问题", "整改措施"), ("主要问题", "改进情况"), ("问题", "措施")]
    )
    pattern = rng.choice(
        ["{n}.{word}：", "{word}{chinese}：", "（{chinese}）{word}：", "{chinese}、{word}："]
    )
    for i, problem in enumerate(items(phrases, "problem", 4)):
        measure = phrases("measure")
        problem_text = pattern.format(n=i + 1, chinese=CHINESE[i], word=problem_word) + problem + "。"
        measure_text = f"{measure_word}：{measure}。"
        if rng.random() < 0.5:
            chapter.add_paragraph(problem_text + measure_text)
        else:
            chapter.add_paragraph(problem_text)
            chapter.add_paragraph(measure_text)
        chapter.problems.append(problem)
        chapter.improvements.append((measure, [i]))


def _not_enumerated(chapter: Chapter, phrases: Phrases) -> None:
    """One sentence names the problems, one says what will be done."""
    rng = phrases.rng
    problem = "、".join(phrases.distinct("bare_trouble", rng.choice([1, 2, 2, 3])))
    phrases.facts["bare"] = problem
    measure = phrases("lone_act")
    phrases.facts["lone"] = measure
    problem_sentence = phrases("one_problem")
    measure_sentence = phrases("lone_measure")
    if rng.random() < 0.5:
        chapter.add_paragraph(problem_sentence + measure_sentence)
    else:
        chapter.add_paragraph(problem_sentence)
        chapter.add_paragraph(measure_sentence)
    chapter.record([problem], [measure])


def _such_as(chapter: Chapter, phrases: Phrases) -> None:
    """如…、…等。针对存在问题，下一步，…一是…"""
    rng = phrases.rng
    problem = "、".join(phrases.distinct("bare_trouble", rng.choice([2, 3]))) + "等"
    measures = items(phrases, "measure", 4)
    text = phrases("admit") + rng.choice(["。如", "，如"]) + problem + "。"
    text += phrases("resolve") + phrases("resolve_colon") + in_one_paragraph(measures, ITEMS[0], rng)
    chapter.add_paragraph(text)
    chapter.record([problem], measures)


def _turning(chapter: Chapter, phrases: Phrases) -> None:
    """…还不够，我们将…: a sentence that turns from a problem to what will be done about it."""
    turn = phrases.rng.choice(["，我们将", "，今后将", "，下一步我们将", "，{we}将"]).replace(
        "{we}", phrases("we")
    )
    problem = phrases("bare_trouble")
    measure = phrases("act").split("。")[0]
    chapter.add_paragraph(problem + turn + measure + "。")
    chapter.record([problem], [measure])


def _nothing(chapter: Chapter, phrases: Phrases) -> None:
    """One sentence that there is nothing to report."""
    chapter.add_paragraph(phrases("none_found"))


@dataclass(frozen=True)
class WritingHabit:
    """A way of writing the chapter: its relative share, and the kind of noise that it is, "" if none."""

    write: Callable[[Chapter, Phrases], None]
    noise: str
    share: float


HABITS: tuple[WritingHabit, ...] = (
    WritingHabit(_two_parts, "", 40),
    WritingHabit(_no_parts, "", 14),
    WritingHabit(_one_paragraph, "", 8),
    WritingHabit(_aimed_at, "33_problem_and_measure_in_one", 10),
    WritingHabit(_last_year_first, "32_last_year_first", 8),
    WritingHabit(_such_as, "34_problems_without_enumerators", 6),
    WritingHabit(_not_enumerated, "34_problems_without_enumerators", 8),
    WritingHabit(_pairs, "33_problem_and_measure_in_one", 5),
    WritingHabit(_turning, "64_measure_in_problem", 2),
    WritingHabit(_nothing, "", 1),
)
