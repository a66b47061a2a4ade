"""Which agency a record is of: by its name, and by its path and text where the name does not tell."""

from __future__ import annotations

import pytest
from msgspec import UNSET

from nlp.agencies.agencies import agency_of
from tests.agencies.reporting import report


def name(organization: str, preface: str = "", path: str = "a.txt", year: int | None = 2022) -> str | None:
    agency = agency_of(report(organization, preface, path, year))
    return None if agency is None else agency.name


def candidates(organization: str, year: int | None = 2022) -> list[str]:
    agency = agency_of(report(organization, year=year))
    assert agency is not None
    assert agency.name is None
    return [] if agency.candidates is UNSET else [one.name for one in agency.candidates]


@pytest.mark.parametrize(
    ("spellings", "right"),
    [
        (("西工区城管局", "洛阳西工区城市管理局", "河南省洛陽市西工區城市管理局"), "洛阳市西工区城市管理局"),
        (("洛阳市西工区 城市管理局（综合行政执法局）",), "洛阳市西工区城市管理局"),
        (("义乌市政府办", "金华市义乌市人民政府办公室"), "义乌市人民政府办公室"),
        (("綦江区住建委", "重庆市綦江区住房城乡建设委员会"), "重庆市綦江区住房和城乡建设委员会"),
        (("恩施州巴东县", "恩施土家族苗族自治州巴东县人民政府"), "恩施土家族苗族自治州巴东县人民政府"),
        (("内蒙古财政厅", "内蒙古自治区财政厅"), "内蒙古自治区财政厅"),
        (("西工区税务局", "国家税务总局洛阳市西工区税务局"), "国家税务总局洛阳市西工区税务局"),
        (("洛阳高新区管委会", "洛阳市高新技术产业开发区管理委员会"), "洛阳市高新技术产业开发区管理委员会"),
        (("洛阳市公安局西工分局", "洛阳市公安局西工区分局"), "洛阳市公安局西工分局"),
        (("余杭区径山镇", "杭州市余杭区径山镇政府", "径山镇人民政府"), "杭州市余杭区径山镇人民政府"),
        (("国家发改委", "国家发展和改革委员会"), "国家发展和改革委员会"),
        (("新疆生产建设兵团第八师",), "新疆生产建设兵团第八师"),
        (("济源市财政局", "河南省济源市财政局"), "济源市财政局"),
        (("枣庄市市中区矿区街道", "枣庄市市中区矿区街道办事处"), "枣庄市市中区矿区街道办事处"),
        (("信宜市东镇街道", "茂名市信宜市东镇街道办事处"), "信宜市东镇街道办事处"),
        (("乾安县财政局", "吉林省松原市乾安縣財政局"), "松原市乾安县财政局"),
        (("建德市乾潭镇", "杭州市建德市乾潭镇人民政府"), "建德市乾潭镇人民政府"),
        (("洛阳师范学院",), "洛阳师范学院"),
        (("吉林省吉林市财政局",), "吉林市财政局"),
    ],
)
def test_every_spelling_of_an_agency_has_one_name(spellings: tuple[str, ...], right: str) -> None:
    assert {name(spelling) for spelling in spellings} == {right}


@pytest.mark.parametrize(
    ("organization", "place", "code", "kind", "level"),
    [
        ("北京市朝阳区教育局", ("北京市", None, "朝阳区"), "110105", "education", "county"),
        ("澄迈县公安局", ("海南省", None, "澄迈县"), "469023", "police", "county"),
        ("河南省人民政府", ("河南省", None, None), "410000", "government", "province"),
        ("东莞市长安镇人民政府", ("广东省", "东莞市", None), "441900", "town", "township"),
        ("洛阳市第一人民医院", ("河南省", "洛阳市", None), "410300", "hospital", "city"),
        (
            "洛阳市自然资源和规划局西工分局",
            ("河南省", "洛阳市", "西工区"),
            "410303",
            "natural_resources",
            "county",
        ),
        ("审计署", (None, None, None), None, "audit", "state"),
        ("浦东新区民政局", ("上海市", None, "浦东新区"), "310115", "civil_affairs", "county"),
    ],
)
def test_an_agency_has_place_code_kind_and_level(
    organization: str, place: object, code: str | None, kind: str, level: str
) -> None:
    agency = agency_of(report(organization))
    assert agency is not None
    assert (agency.place, agency.code, agency.kind, agency.level) == (place, code, kind, level)


def test_a_place_of_former_times_has_the_code_that_follows() -> None:
    agency = agency_of(report("下城区教育局", year=2020))
    assert agency is not None
    assert (agency.name, agency.place[2], agency.code) == ("杭州市下城区教育局", "下城区", "330105")
    assert name("杭州市拱墅区教育局") == "杭州市拱墅区教育局"


def test_a_name_of_several_places_is_told_by_nothing() -> None:
    assert candidates("鼓楼区财政局") == [
        f"{city}鼓楼区财政局" for city in ("南京市", "徐州市", "福州市", "开封市")
    ]
    assert candidates("江北区财政局", year=2021) == ["宁波市江北区财政局", "重庆市江北区财政局"]
    assert candidates("中心医院") == candidates("城关镇人民政府") == candidates("县水利局") == []


@pytest.mark.parametrize(
    ("preface", "path"),
    [
        ("", "福建省/福州市/2022.txt"),
        ("", "fj/福州/2022.txt"),
        ("联系地址：福建省福州市鼓楼区某某路8号。", "a.txt"),
        ("咨询电话：0591-20000000。", "a.txt"),
        ("本报告由福州市鼓楼区财政局编制。", "a.txt"),
        ("按照福州市人民政府办公厅要求编制。", "a.txt"),
    ],
)
def test_path_and_text_tell_which_place_is_meant(preface: str, path: str) -> None:
    assert name("鼓楼区财政局", preface, path) == "福州市鼓楼区财政局"


@pytest.mark.parametrize(
    "preface",
    [
        "本年度曾赴南京市学习。",
        "联系地址：福州市鼓楼区某路。本报告由南京市鼓楼区财政局编制。",
        "按照江苏省人民政府办公厅要求编制。",
    ],
)
def test_what_does_not_tell_a_place_or_contradicts_itself_tells_none(preface: str) -> None:
    assert name("鼓楼区财政局", preface) is None


@pytest.mark.parametrize(
    ("organization", "preface", "path", "right"),
    [
        ("县财政局", "本报告由新安县财政局编制。", "a.txt", "洛阳市新安县财政局"),
        ("县财政局", "按照洛阳市财政局要求编制。", "a.txt", None),
        ("财政局", "", "河南省/洛阳市/新安县/a.txt", "洛阳市新安县财政局"),
        ("财政局", "", "河南省/洛阳市/a.txt", None),
        ("市财政局", "", "河南省/洛阳市/a.txt", "洛阳市财政局"),
        ("财政局", "我市情况如下，全市共公开信息。", "河南省/洛阳市/a.txt", "洛阳市财政局"),
        ("高新区管委会", "地址：洛阳市某某路。", "a.txt", "洛阳市高新技术产业开发区管理委员会"),
        ("市场监督管理局", "", "a.txt", None),
    ],
)
def test_an_agency_without_a_place_is_where_its_record_says(
    organization: str, preface: str, path: str, right: str | None
) -> None:
    assert name(organization, preface, path) == right


@pytest.mark.parametrize("organization", ["洛阳市人民政府门户网站", "某某市政务公开", "2022年度报告"])
def test_names_of_sites_and_titles_are_no_agencies(organization: str) -> None:
    assert agency_of(report(organization)) is None


def test_places_that_no_list_has_are_kept_as_printed() -> None:
    agency = agency_of(report("甲乙縣水利局"))
    assert agency is not None
    assert (agency.name, agency.place, agency.code) == ("甲乙县水利局", (None, None, None), None)


def test_a_report_without_an_agency_has_none() -> None:
    assert agency_of(report(None)) is None
