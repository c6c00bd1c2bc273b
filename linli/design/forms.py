"""Forms as GOV.UK does them: label, hint, the error in the same words as in the summary, what was typed kept.

`Renderer` is FORM_RENDERER, so that every form of the product, allauth's too, looks the same without
naming a template.
"""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from linli.common.plain_check import check_plain
from linli.design.widgets import Code, Day, Phone, ThreePart, Tiles

__all__ = [
    "BoundField",
    "Code",
    "Day",
    "DayField",
    "Phone",
    "PlainForm",
    "Renderer",
    "ThreePart",
    "ThreePartField",
    "Tiles",
]

# Widgets whose parts carry their own looks; all others are one box with class `in`.
UNBOXED = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)
DAY_FORMATS = ["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]


class BoundField(forms.BoundField):
    """Adds the looks (`in`), and the places that summary and screen readers point to."""

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden and not isinstance(widget, UNBOXED):
            classes = f"{widget.attrs.get('class', '')} {attrs.get('class', '')}".split()
            attrs["class"] = " ".join(dict.fromkeys(["in", *classes]))
        if isinstance(widget, forms.Textarea) and str(widget.attrs.get("rows")) == "10":
            attrs["rows"] = 4  # Django's own default is a third of a page
        if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
            attrs.pop("aria-invalid", None)
        return attrs

    @property
    def focus_id(self) -> str:
        """The id that a link of the error summary leads to: the first control of the field."""
        if isinstance(
            self.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)
        ):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def said(self) -> list[str]:
        """The errors in words. A field that says no more than “required” is named: 手机号还没填."""
        required = forms.Field.default_error_messages["required"]
        bare = (error.code == "required" and error.message == required for error in self.errors.as_data())
        return [
            self._missing() if is_bare else text
            for error, is_bare in zip(self.errors.as_data(), bare, strict=True)
            for text in error.messages
        ]

    def _missing(self) -> str:
        values = {"label": self.label}
        if isinstance(self.field.widget, forms.CheckboxInput):
            return _("“%(label)s”还没勾") % values
        if isinstance(self.field.widget, (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)):
            return _("“%(label)s”还没选") % values
        return _("“%(label)s”还没填") % values

    @property
    def is_group(self) -> bool:
        return isinstance(
            self.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)
        )

    @property
    def is_check(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_tiles(self) -> bool:
        return isinstance(self.field.widget, Tiles)

    @property
    def is_parts(self) -> bool:
        return isinstance(self.field.widget, forms.MultiWidget)

    @property
    def is_optional(self) -> bool:
        return not self.field.required and not self.is_check


class Renderer(TemplatesSetting):
    form_template_name = "design/form.html"
    formset_template_name = "django/forms/formsets/div.html"
    field_template_name = "design/field.html"
    bound_field_class = BoundField


class PlainForm(forms.Form):
    """A form whose words others read: marks that turn their order round and page code are named at their field.

    It holds for every text field, those that a form adds later too.
    """

    def full_clean(self) -> None:
        for field in self.fields.values():
            typed = isinstance(field, forms.CharField) and not field.widget.is_hidden
            if typed and check_plain not in field.validators:
                field.validators.append(check_plain)
        super().full_clean()


class DayField(forms.DateField):
    """A day near today. The native control where there is one (phones since 2012), tolerant typing where not."""

    widget = Day
    default_error_messages = {"invalid": _("日期没看懂，请写成 2026-05-25 或 2026年5月25日")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=DAY_FORMATS, **kwargs)

    def to_python(self, value):
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)


class ThreePartField(forms.MultiValueField):
    """A day that people know by heart (birth, signing): year, month and day typed; no calendar to page through."""

    widget = ThreePart
    default_error_messages = {
        "invalid": _("没有这一天，请看看年、月、日"),
        "incomplete": _("年、月、日都要写"),
    }

    def __init__(self, **kwargs):
        parts = (forms.IntegerField(), forms.IntegerField(), forms.IntegerField())
        super().__init__(fields=parts, require_all_fields=True, **kwargs)

    def compress(self, data_list):
        if not data_list or all(part in (None, "") for part in data_list):
            return None
        try:
            return forms.DateField().to_python("{:04d}-{:02d}-{:02d}".format(*data_list))
        except (forms.ValidationError, TypeError, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
