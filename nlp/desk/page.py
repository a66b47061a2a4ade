"""Lays a page of the desk out: head, header, main part, sheet of keys."""

from __future__ import annotations

from nlp.desk.words import Words
from nlp.showing.markup import Child, Markup, element, joined


def page(words: Words, title: str, main: Markup, navigation: Child = None) -> str:
    """Return a whole page; `main` is its element `main`, `navigation` stands in its header."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{title} – {words.say('title')}"),
        element("link", rel="stylesheet", href="/showing.css"),
        element("link", rel="stylesheet", href="/desk.css"),
        element("script", src="/desk.js", defer=""),
    )
    header = element(
        "header",
        element("a", words.say("title"), href="/", class_="home", data_key="l"),
        navigation,
        element("span", class_="space"),
        _button(words.say("undo"), "u", data_post="/undo"),
        _button(words.say("redo"), "y", data_post="/redo"),
        _button(words.say("keys"), "?", data_opens="keys"),
        element("a", words.say("language"), href=f"/language/{words.other}", hreflang=words.other),
    )
    # The status is an output that screen readers speak whenever it changes.
    status = element("p", id="status", role="status", aria_live="polite", data_lost=words.say("lost"))
    body = element("body", header, status, main, _sheet(words))
    language = {"zh": "zh-CN", "en": "en"}[words.language]
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=language)}\n"


def keyed(words: str, key: str, **attributes: object) -> Markup:
    """Return a button that does something to the report, with the key that presses it."""
    return _button(words, key, **attributes)


def hint(key: str) -> Markup:
    """Return a key as it is shown on what it presses."""
    return element("kbd", key, aria_hidden="true")


def _button(words: str, key: str, **attributes: object) -> Markup:
    return element(
        "button",
        words,
        hint(key) if key else None,
        type="button",
        data_key=key or None,
        aria_keyshortcuts=key or None,
        **attributes,
    )


def _sheet(words: Words) -> Markup:
    rows = [
        element("tr", element("th", element("kbd", key), scope="row"), element("td", does))
        for key, does in words.sheet()
    ]
    return element(
        "dialog",
        element("h2", words.say("keys"), id="keys-title"),
        element("table", joined(rows)),
        element("form", element("button", words.say("close")), method="dialog"),
        id="keys",
        aria_labelledby="keys-title",
    )
