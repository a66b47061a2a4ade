"""How the runs of a Word document look: by their own settings, and by those of the styles that they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from nlp.reading.docx.parts import W
from nlp.reading.marked_digits import Print

Element = etree._Element
Settings = Mapping[str, str]
"""What settings say of a run, by their names without a namespace; switches are ON or OFF."""

ON, OFF = "on", "off"
_VALUE = f"{W}val"
_SWITCHES = frozenset(("strike", "dstrike", "vanish"))
_TOGGLED = ("strike", "vanish")
"""Settings that two styles of a run, such as its paragraph's and its own, turn off together."""
_NAMES = (*sorted(_SWITCHES), "vertAlign", "position", "color", "sz")
_TAGS = {f"{W}{name}": name for name in _NAMES}
_RAISED = 6
"""In half points: Word's own raised print is moved so far; what is moved less may be set so for its look."""
_ILLEGIBLE = 4
"""In half points: print of no larger size is a speck."""
_WHITE = frozenset(("FFFFFF", "ffffff"))
_UNSHADED = frozenset(("auto", "", *_WHITE))
_OFF_THE_LINE = frozenset(("superscript", "subscript"))
_SPECKS = frozenset(map(str, range(1, _ILLEGIBLE + 1)))
_USUAL = {f"{W}color": _WHITE, f"{W}sz": _SPECKS, f"{W}vertAlign": _OFF_THE_LINE}
"""Settings that most runs have, and the values of theirs by which a run looks other than most."""
_NAMING_STYLES = {"character": f"{W}rStyle", "paragraph": f"{W}pStyle", "table": f"{W}tblStyle"}
"""The settings that name a style, by its kind."""
_MOST_STYLES_ABOVE = 20


class _Style(NamedTuple):
    """A style: its kind, the id of the one it is based on, its settings of runs, if it colours the paper.

    The kind is that of the file, and empty where the file does not say it.
    """

    kind: str
    parent: str
    settings: Settings
    is_shaded: bool


@dataclass
class Looks:
    """Tells how runs look.

    `styles` are those of the document by their ids, `defaults` the settings of all its runs, and
    `default_ids` the ids of the styles of paragraphs, tables and runs that name none, by their kinds.
    """

    styles: Mapping[str, _Style]
    defaults: Settings
    default_ids: Mapping[str, str]
    _inherited: dict[str, Settings] = field(default_factory=dict)

    @classmethod
    def of(cls, part: Element | None) -> Looks:
        """Return the looks of a document with a part styles.xml, None where it has none."""
        styles: dict[str, _Style] = {}
        defaults: dict[str, str] = {}
        default_ids: dict[str, str] = {}
        if part is None:
            return cls(styles, defaults, default_ids)
        for style in part.iterchildren(f"{W}style"):
            id = style.get(f"{W}styleId", "")
            parent = style.find(f"{W}basedOn")
            is_shaded = any(_is_coloured(shade) for shade in style.iter(f"{W}shd"))
            kind = style.get(f"{W}type", "")
            styles[id] = _Style(kind, _text(parent), _settings(style.find(f"{W}rPr")), is_shaded)
            if style.get(f"{W}default") in ("1", "true", ON):
                default_ids[kind] = id
        defaults.update(_settings(part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")))
        return cls(styles, defaults, default_ids)

    def marked_runs(self, part: Element) -> Iterator[tuple[Element, Print]]:
        """Yield the runs of a part that are not printed like others, each once, and how they are."""
        for run in dict.fromkeys(self._telling(part)):
            look = self._print(run)
            if look is not Print.PLAIN:
                yield run, look

    def _telling(self, part: Element) -> Iterator[Element]:
        """Yield the runs that have a setting or a style by which they may look other than most."""
        if _is_telling(self.defaults) or any(map(self._tells, self.default_ids.values())):
            yield from part.iter(f"{W}r")
            return
        telling = {**_USUAL, **self._telling_styles()}
        for setting in part.iter(*_TAGS, *telling):
            tag = str(setting.tag)
            values = telling.get(tag)
            if values is None:
                name = _TAGS[tag]
                tells = _is_telling({name: _value(name, setting)})
            else:
                tells = setting.get(_VALUE) in values
            if tells:
                yield from _runs_with(setting)

    def _telling_styles(self) -> dict[str, set[str]]:
        """Return the ids of styles by which runs look other than most, by the settings that name them."""
        telling: dict[str, set[str]] = {}
        for id, style in self.styles.items():
            kinds = [style.kind] if style.kind in _NAMING_STYLES else _NAMING_STYLES
            if self._tells(id):
                for kind in kinds:
                    telling.setdefault(_NAMING_STYLES[kind], set()).add(id)
        return telling

    def _tells(self, id: str) -> bool:
        return _is_telling(self._of_style(id))

    def _of_style(self, id: str) -> Settings:
        """Return the settings of a style and of those that it is based on."""
        known = self._inherited.get(id)
        if known is not None:
            return known
        chain: list[_Style] = []
        above = id
        while above in self.styles and len(chain) < _MOST_STYLES_ABOVE:
            chain.append(self.styles[above])
            above = self.styles[above].parent
        settings: dict[str, str] = {}
        for style in reversed(chain):
            settings.update(style.settings)
        self._inherited[id] = settings
        return settings

    def _print(self, run: Element) -> Print:
        settings = self._settings_of(run)
        if settings.get("vanish") == ON:
            return Print.HIDDEN
        if ON in (settings.get("strike"), settings.get("dstrike")):
            return Print.STRUCK
        if settings.get("vertAlign") in _OFF_THE_LINE:
            return Print.RAISED
        moved = abs(_number(settings.get("position", "")))
        if moved:
            return Print.RAISED if moved >= _RAISED else Print.APART
        is_white = settings.get("color") in _WHITE
        if settings.get("sz") in _SPECKS or (is_white and not self._is_shaded(run)):
            return Print.UNSEEN
        return Print.PLAIN

    def _settings_of(self, run: Element) -> Settings:
        """Return all settings of a run: those of the document, of its table, paragraph and style, its own."""
        levels = [self._of_style(id) for id in self._style_ids(run)]
        own = _settings(run.find(f"{W}rPr"))
        settings = dict(self.defaults)
        for level in (*levels, own):
            settings.update(level)
        for name in _TOGGLED:
            if name not in own and self.defaults.get(name) != ON:
                count = sum(1 for level in levels if level.get(name) == ON)
                settings[name] = ON if count % 2 else OFF
        return settings

    def _style_ids(self, run: Element) -> list[str]:
        """Return the ids of the styles of a run's table, of its paragraph and of itself."""
        ids = []
        for kind, around in (("table", "tbl"), ("paragraph", "p"), ("character", "r")):
            node = run if around == "r" else next(run.iterancestors(f"{W}{around}"), None)
            if node is not None:
                name = node.find(f"{W}{around}Pr/{_NAMING_STYLES[kind]}")
                ids.append(_text(name) or self.default_ids.get(kind, ""))
        return ids

    def _is_shaded(self, run: Element) -> bool:
        """Return whether a run stands on paper of another colour than white."""
        if run.find(f"{W}rPr/{W}highlight") is not None:
            return True
        if any(self.styles[id].is_shaded for id in self._style_ids(run) if id in self.styles):
            return True
        for node in (run, *run.iterancestors(f"{W}p", f"{W}tc", f"{W}tbl")):
            shade = node.find(f"{node.tag}Pr/{W}shd")
            if shade is not None and _is_coloured(shade):
                return True
        return False


def _runs_with(setting: Element) -> Iterator[Element]:
    """Yield the runs that a setting or the name of a style is of: those of its run, paragraph or table."""
    settings = setting.getparent()
    node = None if settings is None else settings.getparent()
    if node is None or settings is None or settings.tag != f"{node.tag}Pr":
        return
    if node.tag == f"{W}r":
        yield node
    else:
        yield from node.iter(f"{W}r")


def _settings(look: Element | None) -> dict[str, str]:
    """Return the settings of a run or style; `look` is the element that holds them."""
    settings = {}
    for setting in () if look is None else look:
        name = _TAGS.get(str(setting.tag))
        if name is not None:
            settings[name] = _value(name, setting)
    return settings


def _value(name: str, setting: Element) -> str:
    value = setting.get(_VALUE, "")
    if name not in _SWITCHES:
        return value
    return OFF if value in ("0", "false", OFF) else ON


def _is_telling(settings: Settings) -> bool:
    """Return whether some of the settings make a run look other than most."""
    if not settings:
        return False
    return (
        any(settings.get(name) == ON for name in _SWITCHES)
        or settings.get("vertAlign") in _OFF_THE_LINE
        or _number(settings.get("position", "")) != 0
        or settings.get("sz") in _SPECKS
        or settings.get("color") in _WHITE
    )


def _is_coloured(shade: Element) -> bool:
    is_pattern = shade.get(_VALUE) not in ("clear", "nil", None)
    fill = shade.get(f"{W}fill", "")
    return is_pattern or fill not in _UNSHADED or shade.get(f"{W}themeFill") is not None


def _number(value: str) -> int:
    digits = value.removeprefix("-").removesuffix("pt")
    return int(digits) if digits.isdecimal() and len(digits) < 6 else 0


def _text(element: Element | None) -> str:
    return "" if element is None else element.get(_VALUE, "")
