"""What readers report, moderators write, authors appeal: small forms with the rules in force as choices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.design.forms import DayField, PlainForm

from ..models import Board
from ..queries.speech import Rules
from ..rules import TITLE, Pin
from ..speech_rules import BASIS, NEEDS_ARTICLE, ORDER, REASON, SOURCE, WORDS, ActKind

LONGEST = 60  # letters of an article in a list of choices

K = ActKind


def article_choices(rules: Rules, *, order: bool = False) -> list[tuple[int, str]]:
    """`第 3 条 不公开别人的电话…`; with `order` also that no rule is broken."""
    found = [(n, _now("第 %(n)d 条 %(text)s") % {"n": n, "text": _short(text)}) for n, text in rules.numbered]
    return [*found, (ORDER, _now("没有人违规，只为看着清楚"))] if order else found


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class ReportForm(PlainForm):
    article = forms.TypedChoiceField(label=_("违反哪一条"), coerce=int, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("想说明的"), max_length=WORDS, required=False, widget=_area(),
        help_text=_("只有管理人看得到，不会告诉发言的人是谁举报的"),
    )  # fmt: skip

    def __init__(self, *args: Any, rules: Rules, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["article"].choices = article_choices(rules)  # type: ignore[attr-defined]


class WhyForm(PlainForm):
    """An article and a reason; the subclasses add what their act needs."""

    article = forms.TypedChoiceField(label=_("按哪一条"), coerce=int)
    reason = forms.CharField(
        label=_("为什么"), max_length=REASON, widget=_area(),
        help_text=_("当事人收到，也写进公开的管理记录。不写姓名、门牌，不引用原话"),
    )  # fmt: skip

    def __init__(self, *args: Any, rules: Rules, kind: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        first = [("", _now("选一条"))]
        choices = [*first, *article_choices(rules, order=kind not in NEEDS_ARTICLE)]
        self.fields["article"].choices = choices  # type: ignore[attr-defined]
        self.order_fields(
            [*(name for name in self.fields if name not in ("article", "reason")), "article", "reason"]
        )


HOURS = [(24, _("1 天")), (72, _("3 天")), (168, _("7 天")), (720, _("30 天"))]


class PauseForm(WhyForm):
    hours = forms.TypedChoiceField(
        label=_("暂停多久"), coerce=int, choices=HOURS, initial=72, widget=forms.RadioSelect
    )


class SlowForm(WhyForm):
    seconds = forms.TypedChoiceField(
        label=_("每人两次发言之间"), coerce=int, initial=120, widget=forms.RadioSelect,
        choices=[(60, _("1 分钟")), (120, _("2 分钟")), (600, _("10 分钟")), (3600, _("1 小时"))],
    )  # fmt: skip
    slow_hours = forms.TypedChoiceField(
        label=_("放慢多久"), coerce=int, initial=2, widget=forms.RadioSelect,
        choices=[(1, _("1 小时")), (2, _("2 小时")), (24, _("1 天")), (72, _("3 天"))],
    )  # fmt: skip


class PinForm(WhyForm):
    pin = forms.TypedChoiceField(
        label=_("置顶到哪一级"), coerce=int, initial=1, widget=forms.RadioSelect,
        choices=[(pin.value, pin.label) for pin in Pin if pin],
    )  # fmt: skip
    until = DayField(label=_("到哪天"), required=False, help_text=_("过了这天自己落下来。不填就一直在上面"))


class BoardField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.place.name}·{obj.name}"


class MoveForm(WhyForm):
    board = BoardField(label=_("移到哪个版块"), queryset=Board.objects.none(), empty_label=None)

    def __init__(self, *args: Any, boards: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["board"].queryset = boards  # type: ignore[attr-defined]


class SplitForm(WhyForm):
    numbers = forms.CharField(
        label=_("哪几楼"), max_length=200, help_text=_("比如 5-9，或者 5,7,8。1 楼留在原处")
    )
    title = forms.CharField(label=_("新话题的标题"), max_length=TITLE)

    def clean_numbers(self) -> list[int]:
        return read_numbers(self.cleaned_data["numbers"])


class MergeForm(WhyForm):
    into = forms.CharField(
        label=_("并到哪个话题"),
        max_length=200,
        help_text=_("那个话题的网址，或者网址里的数字，比如 /topics/128/"),
    )

    def clean_into(self) -> int:
        digits = "".join(
            char
            for char in self.cleaned_data["into"].partition("topics/")[2] or self.cleaned_data["into"]
            if char.isascii()
        )
        head = digits.strip("/ ").split("/")[0]
        if not head.isdigit() or len(head) > 12:
            raise forms.ValidationError(_("没看懂，写那个话题的网址，比如 /topics/128/"))
        return int(head)


class ClarifyForm(WhyForm):
    number = forms.IntegerField(
        label=_("第几楼是官方说明"), min_value=1, help_text=_("您单位名义的一条，显示在话题最上面")
    )
    source = forms.CharField(
        label=_("出处"),
        max_length=SOURCE,
        help_text=_("网址，或者哪份文件、哪个单位说的"),
    )

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        del self.fields["article"]  # nobody broke a rule
        self.fields["reason"].label, self.fields["reason"].help_text = _("一句话说清事实"), ""


def read_numbers(text: str) -> list[int]:
    """`5-9,12` as numbers. Raises ValidationError for what is none, and for more than 500."""
    found: set[int] = set()
    for part in (
        text.replace("，", ",").replace("、", ",").replace("—", "-").replace("～", "-").split(",")
    ):  # data
        first, _dash, last = (piece.strip() for piece in part.partition("-"))
        if not part.strip():
            continue
        if not first.isdecimal() or (_dash and not last.isdecimal()) or len(first) > 7 or len(last) > 7:
            raise forms.ValidationError(
                _now("没看懂“%(part)s”，写成 5-9 或 5,7") % {"part": part.strip()[:20]}
            )
        low, high = int(first), int(last or first)
        if not 0 < low <= high or high - low >= 500:
            raise forms.ValidationError(
                _now("没看懂“%(part)s”，写成 5-9 或 5,7") % {"part": part.strip()[:20]}
            )
        found.update(range(low, high + 1))
    return sorted(found)


class EraseForm(PlainForm):
    basis = forms.CharField(
        label=_("法律依据"), max_length=BASIS,
        help_text=_("哪部法律第几条，或者哪份文书的文号。写进公开的管理记录和审计"),
    )  # fmt: skip
    sure = forms.BooleanField(label=_("正文、照片和以前的版本都删掉，不能恢复"))


class AppealForm(PlainForm):
    words = forms.CharField(
        label=_("为什么不同意"), max_length=REASON, widget=_area(5),
        help_text=_("只有答复的人看得到。写您当时想说什么，哪里没违规"),
    )  # fmt: skip


class DecideForm(PlainForm):
    overturn = forms.TypedChoiceField(
        label=_("怎么定"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("撤销原处理，恢复原样")), ("no", _("维持原处理"))],
    )  # fmt: skip
    answer = forms.CharField(
        label=_("为什么"), max_length=REASON, widget=_area(4),
        help_text=_("申诉的人收到，也写进公开的管理记录。不写姓名、门牌"),
    )  # fmt: skip


class RulesForm(PlainForm):
    articles = forms.CharField(
        label=_("公约"),
        widget=_area(14),
        max_length=9000,
        help_text=_("一行一条，第一行就是第 1 条"),
    )
    lead = forms.CharField(label=_("开头一句"), max_length=WORDS, required=False)
    adopted_on = DayField(label=_("哪天通过的"), help_text=_("从这天起算数。写以后的日子，到那天才换"))


class WordsForm(PlainForm):
    words = forms.CharField(
        label=_("先看一眼的词"), widget=_area(10), max_length=7000, required=False,
        help_text=_("一行一个，2 到 20 个字。有这些词的发言先等审核，不会悄悄丢掉；这张表不公开"),
    )  # fmt: skip
