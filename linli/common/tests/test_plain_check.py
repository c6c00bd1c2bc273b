"""Text that turns round or carries page code is named to its writer."""

import pytest
from django.core.exceptions import ValidationError

from linli.common.plain_check import check_plain, not_plain


@pytest.mark.parametrize("text", ["停水\u202e知通", "a\u2066b", "\u200f停水"])
def test_marks_that_turn_the_order_round_are_named(text):
    assert "顺序" in not_plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "< img src=x onerror=alert(1)>",
        "看 javascript:alert(1)",
        "</p>",
        "<!-- x",
        "&#x3c;script",
        "data:text/html,x",
    ],
)
def test_page_code_is_named(text):
    assert "网页代码" in not_plain(text)
    with pytest.raises(ValidationError):
        check_plain(text)


@pytest.mark.parametrize(
    "text",
    ["停水到 20:30", "1 < 2", "温度 <3 度", "注：data 在附件", "Data: see below", "见 https://example.org/a?b=1&c=2", "“好”"],
)
def test_ordinary_text_is_left_alone(text):
    assert not_plain(text) == ""
