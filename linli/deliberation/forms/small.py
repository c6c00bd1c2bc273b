"""The small forms: rate, contest, and what an office does."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.fields import PrivacyAsked, words
from linli.design.forms import PlainForm
from linli.people.api import Body, Post

from ..models import AnswerTemplate
from ..rules import ANSWER, FEWEST, MOST_SIGNATURES, REASON, TEMPLATE_TITLE, Solved, Theme

STARS = [(5, _("5 分，很好")), (4, _("4 分")), (3, _("3 分，一般")), (2, _("2 分")), (1, _("1 分，很差"))]


class RateForm(forms.Form):
    solved = forms.ChoiceField(label=_("问题解决了吗"), choices=Solved.choices, widget=forms.RadioSelect)
    stars = forms.TypedChoiceField(
        label=_("给这次答复打几分"), choices=STARS, coerce=int, widget=forms.RadioSelect
    )


class ContestForm(PrivacyAsked):
    watched = ("why",)
    why = words(_("哪里没答清楚"), REASON, _("上一级照着这段话再答；所有人看得到"), rows=4)
    field_order = ["why", "private_ok"]

    def __init__(self, *args: Any, private: bool = False, **kw: Any) -> None:
        self.private = private
        super().__init__(*args, **kw)

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if not self.private:
            self.warn(got)
        return got


class AnswerForm(PrivacyAsked):
    watched = ("text",)
    text = words(
        _("答复"), ANSWER, _("以单位名义公开；谁写的会记录在案。空一行分段；行首写“- ”成一条一条"), rows=9
    )
    field_order = ["text", "private_ok"]

    def __init__(self, *args: Any, private: bool = False, **kw: Any) -> None:
        self.private = private
        super().__init__(*args, **kw)

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if not self.private:
            self.warn(got)
        return got


class ProgressForm(PlainForm):
    progress = words(_("进展"), REASON, _("不算答复，期限照走；大家看得到"), rows=3)


class TransferForm(PlainForm):
    to = forms.ChoiceField(label=_("转给"), widget=forms.RadioSelect)
    why = words(_("为什么转"), REASON, _("居民看得到。期限不重算"), rows=2)

    def __init__(self, *args: Any, offices: list[Body], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["to"].choices = [(str(body.pk), body.name) for body in offices]  # type: ignore[attr-defined]


class PauseForm(PlainForm):
    why = words(_("为什么停表"), REASON, _("比如：要等区里批复。居民看得到"), rows=2)


class AssignForm(forms.Form):
    post = forms.TypedChoiceField(label=_("由谁负责"), coerce=UUID)

    def __init__(self, *args: Any, posts: list[Post], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["post"].choices = [  # type: ignore[attr-defined]
            (str(post.pk), f"{post.person.display_name}·{post.title}") for post in posts
        ]


class TemplateForm(PlainForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    title = words(_("叫什么"), TEMPLATE_TITLE, _("同事一看就知道用在哪，比如：路灯报修已派工"))
    text = words(_("内容"), ANSWER, _("要改的地方写成【】，答的时候填上"), rows=9)
    theme = forms.ChoiceField(
        label=_("用在哪一类"), choices=[("", _("都可以")), *Theme.choices], required=False
    )

    def __init__(self, *args: Any, template: AnswerTemplate | None = None, **kw: Any) -> None:
        start: dict[str, Any] = {"key": uuid4()}
        if template is not None:
            start = {
                "key": template.pk,
                "title": template.title,
                "text": template.text,
                "theme": template.theme,
            }
        kw["initial"] = start
        super().__init__(*args, **kw)


class JointForm(forms.Form):
    needed = forms.IntegerField(
        label=_("满几人联署就交办"), min_value=FEWEST, max_value=MOST_SIGNATURES,
        widget=forms.NumberInput({"class": "short", "inputmode": "numeric"}), help_text=_("已经在征集的照原来的数"),
    )  # fmt: skip
