"""A corrected record in the look of the form: what was decided, and what was read, where one points."""

from __future__ import annotations

from nlp.auditing.audit import audit
from nlp.auditing.text import findings_text
from nlp.correcting.applying import applied
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.corrections import Correction
from nlp.record.model import Report
from nlp.resources import folder
from nlp.showing.record import fragment

TOTAL = "tables.requests.total.total"


def corrected() -> Report:
    report = Reader().read(Input(str(folder("data") / "samples" / "01-tabs-2025.txt")))
    return applied(report, {TOTAL: Correction(id=report.id, field=TOTAL, read=1, value=4711)})


def test_the_form_shows_what_was_decided_and_tells_what_was_read() -> None:
    page = fragment(corrected())
    assert 'class="broken corrected"' in page
    assert ">4711<" in page
    assert "经人工更正；原先读作：\n印为“43”" in page
    assert "经人工更正</span>" in page, "in the legend"


def test_the_findings_speak_chinese_of_stale_corrections() -> None:
    said = findings_text(audit(corrected()))
    assert "有 1 处人工更正是针对另一种读法作出的" in said
    assert "“（七）总计”（总计）" in said
