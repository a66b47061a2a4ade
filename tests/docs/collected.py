"""A small collection of pages whose answers are known, with a blank, a repeated and a doubtful report."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from training.generator import markup
from training.generator.agencies import Agency
from training.generator.drafting import draft, facts
from training.generator.figures import Numbers
from training.generator.grids import Spelling, grids
from training.generator.page import Block
from training.generator.printing import BLANK, Figure, Figures, plain
from training.years.planting import broken_sum
from training.years.yearly import form_of, over_years

YEARS = (2021, 2022, 2023)
AGENCIES = {
    "洛阳市西工区财政局": "finance",
    "洛阳市西工区教育局": "education",
    "徐州市泉山区水利局": "water",
    "徐州市泉山区民政局": "civil_affairs",
    "徐州市泉山区人民政府": "government",
}
BLANK_OF = ("徐州市泉山区水利局", 2022)
"""The report that leaves how many requests were granted, partly granted and denied blank."""
DOUBTFUL = ("洛阳市西工区教育局", 2023)
"""The report that names two years, and so is to be looked at."""
TWICE = ("徐州市泉山区民政局", 2022)
"""The report that lies in two files."""
WRONG_SUM = ("洛阳市西工区财政局", 2022)
AGAIN = "洛阳市西工区财政局"
"""The agency that names one problem every year."""
_PROBLEM = "个别科室对主动公开的时限把握不准，信息更新偶有滞后"


@dataclass
class Collected:
    """The numbers of the collection by agency and year."""

    numbers: dict[tuple[str, int], Numbers] = field(default_factory=dict)

    def usable(self) -> list[tuple[str, int]]:
        """Return the reports that no one has to look at."""
        return [key for key in self.numbers if key != DOUBTFUL]


def write(folder: Path) -> Collected:
    """Write the pages into a folder, and return their numbers."""
    made = Collected()
    for n, (name, kind) in enumerate(AGENCIES.items()):
        told = over_years(YEARS, 3.0, Random(f"recipes/{n}"))
        if name == WRONG_SUM[0]:
            broken_sum(told, WRONG_SUM[1], Random("sum"))
        for year in YEARS:
            made.numbers[name, year] = told[year]
            page = _page(name, year, told[year])
            file = folder / name[:3] / str(year) / f"{kind}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page, encoding="utf-8")
            if (name, year) == TWICE:
                (file.parent / "copy.html").write_text(page, encoding="utf-8")
    return made


def _page(name: str, year: int, numbers: Numbers) -> str:
    rng = Random(f"recipes/{name}/{year}")
    agency = Agency(name, name, name[:6], "", "区委、区政府", ("本机关",), ("政策解读",), 1.0)
    form = form_of(year)
    tables = grids(form, _figures(name, year, numbers), Spelling({}), rng)
    made = draft(agency, facts(agency, year, form, numbers, rng), tables, rng)
    blocks = [block for block in made.blocks if block.section not in ("title", "problems_and_improvements")]
    period = year - 1 if (name, year) == DOUBTFUL else year
    problem = _PROBLEM if name == AGAIN else f"{year}年人手偏紧，第{year % 10}季度培训没有排满"
    before = [
        Block(f"{name}{year}年政府信息公开工作年度报告", "heading", "title"),
        Block(f"统计期限为{period}年1月1日至{period}年12月31日。", "narrative", "preface"),
    ]
    after = [
        Block("五、存在的主要问题及改进情况", "heading", "problems_and_improvements"),
        Block(f"存在的主要问题：一是{problem}；二是公开栏目{year % 7}处没有及时更新。", "narrative", ""),
        Block("改进措施：一是加强培训；二是定期检查。", "narrative", ""),
    ]
    made.blocks[:] = [*before, *blocks, *after]
    return markup.page(made, markup.habits(Random("recipes")), rng)


def _figures(name: str, year: int, numbers: Numbers) -> Figures:
    figures: Figures = {}
    for table, rows in numbers.items():
        figures[table] = {}
        for row, cells in rows.items():
            figures[table][row] = {column: Figure(value, plain(value)) for column, value in cells.items()}
    if (name, year) == BLANK_OF:
        for row in ("granted", "partially_granted", "denied_state_secret"):
            figures["requests"][row] = dict.fromkeys(figures["requests"][row], BLANK)
    return figures
