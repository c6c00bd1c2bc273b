"""The living gallery: each component of `templates/design/` in every state, with the data of gallery.toml."""

import re
import tomllib
from functools import cache
from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from linli.common import slots
from linli.design.forms import Code, DayField, Phone, ThreePartField, Tiles

HERE = Path(__file__).parent
# Frames that other templates extend; everything else in the folder is a component.
FRAMES = {"base", "page", "desk", "form_page", "print"}
PAGES = {
    "index": _("颜色和字"),
    "words": _("词和话"),
    "places": _("地方"),
    "time": _("时间和承诺"),
    "talk": _("说话"),
    "reading": _("读和核对"),
    "forms": _("表单"),
    "desk": _("工作台"),
    "paper": _("纸"),
}
PLATES = ["lan", "lv", "zhuan", "dai", "zi", "tong", "liu", "tie"]


def components() -> set[str]:
    """The names of all component templates."""
    return {path.stem for path in (HERE / "templates/design").glob("*.html")} - FRAMES


@cache
def shown() -> list[dict]:
    return tomllib.loads((HERE / "gallery.toml").read_text(encoding="utf-8"))["show"]


# Components that need a form; they are shown on the page of forms.
SMALL = {"tag", "no", "face", "datep", "call", "panes", "plate", "home"}
# Buttons do nothing outside a form; these are meant to stand in one.
IN_A_FORM = {"reactions", "bulk", "desk_list", "post"}
FORM_COMPONENTS = {"field", "form", "errors", "tiles"}


def context(page: str, request) -> dict[str, object]:
    """What one page of the gallery shows."""
    others = slots.entries("gallery.show", request, page=page)
    return {
        "styles": dict.fromkeys(one.context["css"] for one in others),
        "page": page,
        "title": PAGES[page],
        "pages": PAGES.items(),
        "shows": [
            *(_show(entry, request) for entry in shown() if entry["page"] == page),
            *(_show_other(one, request) for one in others),
        ],
        "plates": PLATES,
        "colours": tokens("colour") if page == "index" else [],
        "icons": icons() if page == "index" else [],
        "sizes": ["2xl", "xl", "l", "m", "s", "xs"],
        "good_form": ExampleForm(prefix="good") if page == "forms" else None,
        "form": ExampleForm(WRONG, prefix="wrong") if page == "forms" else None,
        "preview": "print" if request.GET.get("preview") == "print" else "",
    }


def _show(entry: dict, request) -> dict[str, object]:
    return {
        "component": entry["component"],
        "in_form": entry["component"] in IN_A_FORM,
        "small": entry["component"] in SMALL,
        "states": [
            {"case": state["case"], "html": _render(entry["component"], state, request)}
            for state in entry["states"]
        ],
    }


def _show_other(box: slots.Box, request) -> dict[str, object]:
    """A part that another app draws and shows here."""
    states = [
        {"case": state["case"], "html": render_to_string(box.template, state, request=request)}
        for state in box.context["states"]
    ]
    return {"component": box.name, "in_form": False, "small": False, "states": states}


def _render(component: str, state: dict, request) -> str:
    values = {key: value for key, value in state.items() if key != "case"}
    if component == "pager":
        values = {"page": Paginator(range(values["pages"]), 1).page(values["number"])}
    if component == "shots":
        values["shots"] = [{**shot, "src": static("design/favicon.svg")} for shot in values["shots"]]
    if "pictures" in values:
        values["pictures"] = [{**picture, "src": static("design/favicon.svg")} for picture in values["pictures"]]
    if component == "enamels":
        values["field"] = EnamelForm(values)["accent"]
    if values.get("src") == "{favicon}":
        values["src"] = static("design/favicon.svg")
    return render_to_string(f"design/{component}.html", values, request=request)


@cache
def tokens(_kind: str) -> list[str]:
    """The colour tokens, in the order of tokens.css."""
    css = (HERE / "static/design/tokens.css").read_text(encoding="utf-8")
    return re.findall(r"^    --([a-z0-9-]+): (?:light-dark|#)", css.split("/* type:")[0], re.M)


@cache
def icons() -> list[str]:
    return re.findall(r'id="i-([a-z0-9-]+)"', (HERE / "static/design/icons.svg").read_text(encoding="utf-8"))


class EnamelForm(forms.Form):
    accent = forms.ChoiceField(label=_("颜色"), choices=[(one, one) for one in PLATES], widget=forms.RadioSelect)


class ExampleForm(forms.Form):
    """One field of every kind."""

    kind = forms.ChoiceField(
        label=_("是哪一类？"),
        choices=[
            ("lamp", _("路灯照明")),
            ("water", _("水管下水")),
            ("door", _("电梯门禁")),
            ("noise", _("噪声扰民")),
        ],
        widget=Tiles(icons={"lamp": "bolt", "water": "drop", "door": "door", "noise": "horn"}),
        error_messages={"required": _("选一类，派单才快")},
    )
    where = forms.CharField(
        label=_("在哪里"),
        help_text=_("写楼号和旁边的标志物。"),
        error_messages={"required": _("写一下在哪里，比如“5 幢北侧台阶”")},
    )
    what = forms.CharField(label=_("说说情况"), widget=forms.Textarea, required=False)
    phone = forms.CharField(label=_("您的手机号"), widget=Phone)
    code = forms.CharField(
        label=_("短信验证码"), widget=Code, help_text=_("已发到 138****1234，5 分钟内有效。")
    )
    day = DayField(label=_("您想哪天用活动室？"), help_text=_("最早明天，最晚提前 30 天。"))
    born = ThreePartField(label=_("出生日期"), help_text=_("比如 1948 年 10 月 3 日"))
    role = forms.ChoiceField(
        label=_("您是这一户的"),
        choices=[("owner", _("业主")), ("tenant", _("租户")), ("family", _("家人"))],
        widget=forms.RadioSelect,
    )
    place = forms.ChoiceField(
        label=_("社区"), choices=[("", _("请选一个")), ("1", _("青砖里")), ("2", _("银杏巷"))]
    )
    tell = forms.MultipleChoiceField(
        label=_("怎么告诉您"),
        choices=[("sms", _("短信")), ("call", _("电话"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    photo = forms.FileField(label=_("照片"), required=False, help_text=_("最多 4 张。"))
    agree = forms.BooleanField(
        label=_("我读过发言公约"), error_messages={"required": _("先读公约，再勾这里")}
    )

    def clean_phone(self):
        phone = "".join(self.cleaned_data["phone"].split())
        if len(phone) == 10:
            raise forms.ValidationError(_("手机号少了一位，现在是 10 位"))
        return phone


WRONG = {
    "wrong-what": "步道三盏灯都不亮，台阶那里看不清。",
    "wrong-phone": "138 0000 123",
    "wrong-code": "12",
    "wrong-day": "2026年5月12日",
    "wrong-born_0": "1948",
    "wrong-born_1": "13",
    "wrong-born_2": "3",
    "wrong-role": "tenant",
    "wrong-place": "1",
}
