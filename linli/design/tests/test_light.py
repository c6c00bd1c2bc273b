"""Light marks in typed text: what becomes HTML, and that nothing else ever does."""

import re
import time
from html.parser import HTMLParser

import pytest

from linli.design.light import light, plain
from linli.design.text import bind

ELEMENTS = {"p", "br", "h2", "ul", "ol", "li", "blockquote", "strong", "a"}
MEGABYTE = 1_000_000


class Read(HTMLParser):
    """What a browser would make of it: elements with their attributes, and the text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.words = [], [], []
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def expect_only_ours(html):
    read = Read(html)
    for tag, attrs in read.elements:
        assert tag in ELEMENTS
        allowed = {"a": {"href", "rel"}, "ol": {"start"}, "li": {"value"}}.get(tag, set())
        assert set(attrs) <= allowed
        assert re.match(r"https?://[A-Za-z0-9]", attrs.get("href", "https://a"))
    return read


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("", ""),
        (" \n\n\t\n", ""),
        ("停水\n到晚上\n\n请存水", "<p>停水<br>到晚上</p>\n<p>请存水</p>"),
        ("停水\r\n到晚上\r\r请存水", "<p>停水<br>到晚上</p>\n<p>请存水</p>"),
        ("## 时间\n明天", "<h2>时间</h2>\n<p>明天</p>"),
        (
            "要带：\n- 身份证\n- 户口簿\n别忘了",
            "<p>要带：</p>\n<ul><li>身份证</li><li>户口簿</li></ul>\n<p>别忘了</p>",
        ),
        ("·身份证\n• 户口簿", "<ul><li>身份证</li><li>户口簿</li></ul>"),
        ("1. 登记\n2、抽签\n3）领钥匙", "<ol><li>登记</li><li>抽签</li><li>领钥匙</li></ol>"),
        ("**停水** 到晚上", "<p><strong>停水</strong> 到晚上</p>"),
        ("> 几点来水？\n\n六点", "<blockquote><p>几点来水？</p></blockquote>\n<p>六点</p>"),
        ("> 先\n>\n> 后", "<blockquote><p>先</p><p>后</p></blockquote>"),
        ("> - 一\n> - 二", "<blockquote><ul><li>一</li><li>二</li></ul></blockquote>"),
        ("> ## 大字", "<blockquote><p><strong>大字</strong></p></blockquote>"),
        (">> 内\n> 外", "<blockquote><blockquote><p>内</p></blockquote><p>外</p></blockquote>"),
        (">>>> 很深", "<blockquote><blockquote><p>很深</p></blockquote></blockquote>"),
    ],
)
def test_marks_become_plain_elements(typed, html):
    assert light(typed) == html


@pytest.mark.parametrize(
    "typed",
    [
        "3.5 万元",
        "-5 度",
        "10、11 幢停水",
        "8.30 开门",
        "**",
        "****",
        "** 空 **",
        "2**3",
        "a ** b **",
        "#一",
        "---",
        "1.",
    ],
)
def test_what_only_looks_like_a_mark_stays_as_typed(typed):
    assert light(typed) == f"<p>{bind(typed)}</p>"


def test_numbers_stay_as_they_were_typed():
    assert light("3. 丙\n4. 丁") == '<ol start="3"><li>丙</li><li>丁</li></ol>'
    assert light("1. 甲\n5. 戊\n6. 己") == '<ol><li>甲</li><li value="5">戊</li><li>己</li></ol>'
    assert (
        light("1. 甲\n（说明）\n2. 乙")
        == '<ol><li>甲</li></ol>\n<p>（说明）</p>\n<ol start="2"><li>乙</li></ol>'
    )


def test_emphasis_in_emphasis_closes_what_it_opens():
    assert light("**甲 **乙** 丙**") == "<p>**甲 <strong>乙</strong> 丙**</p>"
    for typed in ("***粗***", "**a**b**c**", "**a\n**b", "**https://a.example/**", "https://a.example/**b**"):
        expect_only_ours(light(typed))


@pytest.mark.parametrize(
    ("typed", "address", "shown"),
    [
        ("见 https://a.example/x?y=1&z=2#k。", "https://a.example/x?y=1&z=2#k", "a.example/x?y=1&z=2#k"),
        ("见https://a.example/就行", "https://a.example/", "a.example/"),
        ("（http://a.example:8080/b）", "http://a.example:8080/b", "a.example:8080/b"),
        ("See https://a.example/b, please.", "https://a.example/b", "a.example/b"),
        ("See https://a.example.", "https://a.example", "a.example"),
        ("https://a.example?q=1", "https://a.example?q=1", "a.example?q=1"),
        ("https://bank.example@evil.example/x", "https://bank.example", "bank.example"),
    ],
)
def test_addresses_become_links_without_what_ends_the_sentence(typed, address, shown):
    links = [attrs for tag, attrs in Read(light(typed)).elements if tag == "a"]
    assert links == [{"href": address, "rel": "nofollow ugc noopener"}]
    assert shown in Read(light(typed)).words


def test_a_long_address_is_shortened_but_its_host_is_shown_whole():
    html = light("https://a.example/" + "x" * 100)
    assert f'"https://a.example/{"x" * 100}"' in html and f">a.example/{'x' * 29}…<" in html
    host = "bank.example." * 5 + "evil.example"
    assert f">{host}/…<" in light(f"https://{host}/abc")


def test_text_around_links_and_marks_is_never_lost():
    typed = "前 https://a.example/b，中 **粗** 后 http://c.example/."
    assert "".join(Read(light(typed)).words) == "前 a.example/b，中 粗 后 c.example/."


CODE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</p></div>", "<!--", "&lt;b&gt;", "\"'><svg onload=x>",
    'http://a.example/"onclick=x', "https://x.example/<b>", "javascript:alert(1)", "[x](javascript:alert(1))",
    "data:text/html,<b>", "vbscript:x", "{{ secret }}", "{% load x %}", "{0}{}", "%s",
]  # fmt: skip
PLACES = [
    "{}",
    "## {}",
    "- {}",
    "1. {}",
    "> {}",
    ">> {}",
    "> - {}",
    "**{}**",
    "a\n{}",
    "https://a.example/{}",
    "https://{}",
    "{}\n\n{}",
]


@pytest.mark.parametrize("code", CODE)
@pytest.mark.parametrize("place", PLACES)
def test_no_page_code_gets_through_anywhere(place, code):
    typed = place.replace("{}", code)
    read = expect_only_ours(light(typed))
    if "https://" not in typed and "http://" not in typed:
        assert "".join(read.words).replace("\n", "").count(code) == place.count("{}")


@pytest.mark.parametrize(
    "scheme", ["javascript", "data", "vbscript", "file", "ftp", "JaVaScRiPt", "java\tscript", "https\u200b"]
)
def test_only_addresses_of_pages_become_links(scheme):
    assert "<a" not in light(f"{scheme}:alert(1)") and "<a" not in light(f"{scheme}:///etc/passwd")


def test_signs_that_hide_or_turn_the_order_are_left_out():
    for sign in "\u202e\u202d\u202a\u2066\u2067\u2069\u200e\u200f\u061c\u200b\ufeff\x00\x08\x1b\x85":
        assert light(f"甲{sign}乙") == "<p>甲乙</p>" and plain(f"甲{sign}乙") == "甲乙"
    family = "👨\u200d👩\u200d👧"
    assert family in light(family), "joiners of emoji stay"


def test_ten_thousand_marks_upon_a_letter_become_a_few():
    html = light("a" + "\u0301" * 10_000 + "b")
    assert html == "<p>a" + "\u0301" * 4 + "b</p>"
    mixed = "e" + "\u0301\u0e34\u064b\u20dd" * 2_500
    assert len(light(mixed)) < 20
    assert light("Vie\u0302\u0323t") == "<p>Vie\u0302\u0323t</p>", "what languages write stays"


PIECES = [
    "1", "1,", "*", "**", "**a", "**a**", ">", "> ", "-", "- a\n", "1. a\n", "\n", "\n \n", " ", "\t\n", "\u0301", "\u202e", "http://",
    "http://a", "http://a.", "http://a/.", "https://a.example/x ", "http://a?!", "#", "## ", "## a\n", "> a\n", ">>a\n", "a\n", "a\n\n",
    "1 幢", "5月9", "a", "<", "&", "字",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_takes_time_in_proportion(piece):
    typed = (piece * MEGABYTE)[: MEGABYTE // 5]
    least = min(_seconds(typed[: len(typed) // 8]) for _ in range(2))
    assert _seconds(typed) < 8 * 4 * max(least, 0.02)


def test_a_megabyte_of_everything_is_read_in_seconds():
    typed = ("".join(PIECES) * 20_000)[:MEGABYTE]
    assert _seconds(typed) < 10
    expect_only_ours(light(typed))


def _seconds(typed):
    began = time.process_time()
    light(typed)
    plain(typed)
    return time.process_time() - began


def test_headings_take_the_level_of_their_page():
    assert light("## 一\n二", top=3) == "<h3>一</h3>\n<p>二</p>"


def test_the_beginning_is_one_line_without_marks():
    typed = "## 停水\n> 谁问的\n- **一** 幢\n· 二幢\n1. 三\n\n见 https://a.example/"
    assert plain(typed) == "停水 谁问的 一 幢 二幢 1. 三 见 https://a.example/"
    assert plain("甲" * 200, 10) == "甲" * 9 + "…"
    assert plain("甲\n" * 100_000, 5) == "甲 甲…" or len(plain("甲\n" * 100_000, 5)) <= 5
    assert plain("") == ""
