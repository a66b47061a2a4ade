"""Finds what mirrors of a page put into its text: readings of characters, a word in place of 政府信息公开."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from unicodedata import combining, normalize

from nlp.resources import knowledge

_READING = r"\([a-zü\u00e0-\u01dc\u0251\u0261\u0300-\u030c]{1,10}\)"
_READINGS = re.compile(rf"{_READING}(?:{_READING})*")
_LETTERS_ALIKE = str.maketrans("\u0251\u0261", "ag")
_CHINESE = ("一", "龥")

_ENOUGH_TONELESS = 3
"""So many different syllables without tones in brackets are readings; fewer may be words of the text."""

_INJECTED = "(?P<word>(?!因)[一-龥A-Za-z]{2,12}?)"
_FEWEST_PLACES = 2
"""A word stands for 政府信息公开 if it stands in its place in so many of the phrases that hold it."""

_OWN_WORDS = re.compile("政府|信息|政务|公开|工作")
_IN_PLACE = {2: "公开", 3: "公开", 4: "信息公开", 5: "信息公开"}
_WHOLE = "政府信息公开"


def without_readings(text: str, leaving: str) -> str:
    """Return a text with `leaving` in place of each character of a reading behind a Chinese character.

    A syllable of Pinyin in brackets is a reading where it has a tone or is printed twice. Without tone it is
    one where the text has such readings, or several syllables of that sort.

    >>> without_readings("規(guī)章和政(zheng)(zheng)府(app)", "_")
    '規_____章和政______________府(app)'
    """
    if ")" not in text:
        return text
    toneless: list[re.Match[str]] = []
    certain: list[re.Match[str]] = []
    for match in _READINGS.finditer(text):
        if not _is_behind_chinese(text, match.start()):
            continue
        syllables = match.group()[1:-1].split(")(")
        if not all(_is_syllable(syllable) for syllable in syllables):
            continue
        is_repeated = len(syllables) > 1 and len(set(syllables)) == 1
        if is_repeated or not match.group().isascii():
            certain.append(match)
        else:
            toneless.append(match)
    if certain or len({match.group() for match in toneless}) >= _ENOUGH_TONELESS:
        certain += toneless
    pieces = []
    end = 0
    for match in sorted(certain, key=lambda match: match.start()):
        pieces += [text[end : match.start()], leaving * len(match.group())]
        end = match.end()
    pieces.append(text[end:])
    return "".join(pieces)


def _is_behind_chinese(text: str, place: int) -> bool:
    return place > 0 and _CHINESE[0] <= text[place - 1] <= _CHINESE[1]


def _is_syllable(letters: str) -> bool:
    """Return whether letters are a syllable of Pinyin, with its tone or without."""
    decomposed = normalize("NFD", letters.translate(_LETTERS_ALIKE))
    without_tone = "".join([letter for letter in decomposed if not combining(letter)])
    return _syllable().fullmatch(without_tone) is not None


@cache
def _syllable() -> re.Pattern[str]:
    return re.compile(knowledge("characters")["readings"]["syllable"])


def with_own_words(text: str, leaving: str) -> str:
    """Return a text in which a word that a mirror put in place of 政府信息公开 is read as that.

    The word is found by the phrases that it stands in, two different ones at least; it is replaced wherever
    it stands, by as many characters: a shorter one by 信息公开 or 公开, with `leaving` before what is too
    short.

    >>> page = "三、收到和处理某某游戏申请情况\\n四、某某游戏行政复议、行政诉讼情况"
    >>> with_own_words(page, "_").split("\\n")
    ['三、收到和处理信息公开申请情况', '四、信息公开行政复议、行政诉讼情况']
    """
    for word in _injected_words(text):
        own = _IN_PLACE.get(len(word), _WHOLE)
        text = text.replace(word, leaving * (len(word) - len(own)) + own)
    return text


def _injected_words(text: str) -> list[str]:
    phrases_of_word: defaultdict[str, set[str]] = defaultdict(set)
    for phrase, pattern in _phrases().items():
        for match in pattern.finditer(text):
            if not _OWN_WORDS.search(match["word"]):
                phrases_of_word[match["word"]].add(phrase)
    return [word for word, phrases in phrases_of_word.items() if len(phrases) >= _FEWEST_PLACES]


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    """Return the phrases that hold 政府信息公开, by their names, with a group `word` in its place."""
    phrases = {}
    for name, phrase in knowledge("characters")["replaced_words"].items():
        phrases[name] = re.compile(phrase.replace("WORD", _INJECTED))
    return phrases
