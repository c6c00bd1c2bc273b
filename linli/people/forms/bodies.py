"""Forms about bodies. What was typed is kept; the rules are the actions'."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level
from linli.design.forms import DayField

from ..actions.bodies import LIMITS
from ..models import Body, Post
from ..rules import BodyKind

END = "end"


def _words(label: object, key: str, *, required: bool = False, hint: object = "", **attrs: Any) -> forms.CharField:
    widget = forms.TextInput(attrs) if attrs else forms.TextInput()
    return forms.CharField(label=label, max_length=LIMITS[key], required=required, help_text=hint, widget=widget)


def _name(label: object = _("名称")) -> forms.CharField:
    return _words(label, "name", required=True, hint=_("大家平时叫的，比如“青砖里居委会”"))


class FactsForm(forms.Form):
    """How a body is reached."""

    phone = _words(_("电话"), "phone", inputmode="tel", **{"class": "short"})
    address = _words(_("地址"), "address")
    hours = _words(_("办公时间"), "hours", hint=_("比如：周一至周五 9:00—17:00"))


class PlacesMixin(forms.Form):
    """Adds `places`: boxes to tick."""

    def offer(self, areas: list[Area], chosen: set[int]) -> None:
        choices = [(str(a.pk), _("%(name)s（%(level)s）") % {"name": a.name, "level": Level(a.level).label}) for a in areas]
        field = forms.MultipleChoiceField(
            label=_("在哪些地方"), choices=choices, widget=forms.CheckboxSelectMultiple,
            help_text=_("管到这个地方和它下面的一切"), error_messages={"required": _("请至少选一个地方")},
        )  # fmt: skip
        field.initial = [str(pk) for pk in chosen]
        self.fields["places"] = field
        self.areas = {str(a.pk): a for a in areas}

    def chosen_places(self) -> list[Area]:
        return [self.areas[pk] for pk in self.cleaned_data["places"]]


class CreateForm(PlacesMixin, FactsForm):
    kind = forms.ChoiceField(label=_("哪一种单位"), choices=[("", _("请选")), *BodyKind.choices], error_messages={"required": _("请选单位的种类")})
    name = _name()
    official_name = _words(_("全称"), "official_name", hint=_("公章上的名称"))
    since = DayField(label=_("从哪天起"))

    field_order = ["kind", "name", "official_name", "places", "since", "phone", "address", "hours"]

    def __init__(self, *args: Any, areas: list[Area], chosen: set[int] | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.offer(areas, chosen or set())
        self.order_fields(self.field_order)


class MoveForm(PlacesMixin):
    on = DayField(label=_("从哪天起"), help_text=_("取消的地方到这一天为止，新加的从这一天开始"))

    def __init__(self, *args: Any, areas: list[Area], chosen: set[int], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.offer(areas, chosen)
        self.order_fields(["places", "on"])


class RenameForm(forms.Form):
    name = _name(_("新名称"))
    official_name = _words(_("新全称"), "official_name", hint=_("公章上的名称"))
    on = DayField(label=_("从哪天起叫新名称"))


class EndForm(forms.Form):
    on = DayField(label=_("从哪天起不再存在"))
    end_posts = forms.BooleanField(label=_("在任人员的职务同时结束"), required=False)


class FatesMixin(forms.Form):
    """Adds one choice for every open post: who takes it over, or that it ends."""

    def ask_fates(self, posts: list[Post], heirs: list[tuple[str, object]]) -> None:
        self.posts = posts
        for post in posts:
            field = forms.ChoiceField(
                label=f"{post.person.display_name}·{post.title}", choices=[("", _("请选去向")), *heirs, (END, _("职务结束"))],
                help_text=post.body.name, error_messages={"required": _("请给每位在任的人选去向")},
            )  # fmt: skip
            self.fields[f"post-{post.pk}"] = field

    def fates(self) -> dict[Any, int | None]:
        said = {post.pk: self.cleaned_data[f"post-{post.pk}"] for post in self.posts}
        return {pk: None if fate == END else int(fate) for pk, fate in said.items()}

    def fate_fields(self) -> list[Any]:
        return [self[f"post-{post.pk}"] for post in self.posts]


class MergeForm(FatesMixin):
    name = _name(_("合并后的名称"))
    official_name = _words(_("合并后的全称"), "official_name", hint=_("公章上的名称"))
    on = DayField(label=_("从哪天起合并"))

    def __init__(self, *args: Any, posts: list[Post], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.ask_fates(posts, [("0", _("到合并后的单位"))])


class SplitForm(FatesMixin):
    """`parts` new bodies; each place and each post goes to one of them."""

    on = DayField(label=_("从哪天起拆分"))

    def __init__(self, *args: Any, body: Body, parts: int, areas: list[Area], posts: list[Post], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.parts, self.areas = range(parts), areas
        heirs: list[tuple[str, object]] = [(str(n), _("第 %(n)d 个新单位") % {"n": n + 1}) for n in self.parts]
        for n in self.parts:
            self.fields[f"name-{n}"] = _name(_("第 %(n)d 个新单位的名称") % {"n": n + 1})
            self.fields[f"official-{n}"] = _words(_("第 %(n)d 个的全称") % {"n": n + 1}, "official_name")
        for area in areas:
            self.fields[f"area-{area.pk}"] = forms.ChoiceField(
                label=area.name, choices=[("", _("请选归谁")), *heirs], error_messages={"required": _("请选这个地方归谁")}
            )
        self.ask_fates(posts, heirs)

    def part_fields(self) -> list[tuple[Any, Any]]:
        return [(self[f"name-{n}"], self[f"official-{n}"]) for n in self.parts]

    def area_fields(self) -> list[Any]:
        return [self[f"area-{area.pk}"] for area in self.areas]

    def places_of(self, part: int) -> tuple[Area, ...]:
        return tuple(area for area in self.areas if self.cleaned_data[f"area-{area.pk}"] == str(part))
