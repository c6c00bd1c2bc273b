"""Tags and filters of every template (built in, no `load` needed)."""

import datetime as dt
import re
from functools import lru_cache

from django import template
from django.template.defaulttags import URLNode, url
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import do_static, static
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils import translation
from django.utils.html import conditional_escape, format_html, format_html_join

from linli.common import clock, slots
from linli.common import text as common_text
from linli.common.ops import numbers
from linli.common.pagecache import kept
from linli.design import dates, text
from linli.design.outline import OwnNode

register = template.Library()
register.tag("static", do_static)
ICON = re.compile(r"^[a-z-]+$")
SHORT = 80  # characters of a name or line that many pages repeat; longer texts are not remembered


@register.simple_tag
def icon(name: str, size: str = "", label: str = ""):
    """A symbol of icons.svg. `size="s"` stands in a line of text; `label` only where no word stands beside it."""
    return _icon(name or "", size, str(label))


@lru_cache(maxsize=1024)
def _icon(name: str, size: str, label: str):
    if not ICON.match(name):
        return ""
    css = f"i {size}" if size else "i"
    href = f"{static('design/icons.svg')}#i-{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', css, label, href
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', css, href)


@register.simple_tag
def request_number() -> str:
    """The number under which this request stands in the log, in groups for reading aloud; empty outside of one."""
    number = numbers.current()
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""


@register.simple_tag(takes_context=True)
def slot(context, name: str, **details):
    """The links (or boxes) that apps put into a named place: `{% slot "nav.main" as links %}`."""
    request = context.get("request")
    return slots.entries(name, request, **details) if request is not None else []


class AddressNode(URLNode):
    """Django's `{% url %}`, each address worked out once: a page has dozens, the same as the page before."""

    def render(self, context):
        args = tuple(arg.resolve(context) for arg in self.args)
        more = tuple(sorted((name, value.resolve(context)) for name, value in self.kwargs.items()))
        match = getattr(getattr(context, "request", None), "resolver_match", None)
        try:
            found = _address(self.view_name.resolve(context), args, more, match.namespace if match else None, get_urlconf())
        except NoReverseMatch:
            if self.asvar is None:
                raise
            found = ""
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


@lru_cache(maxsize=4096)
def _address(name, args, more, current, urlconf):
    return reverse(name, urlconf, args, dict(more), current)


@register.tag(name="url")
def do_url(parser, token):
    node = url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)


def _now(now):
    return now or clock.now()


@register.filter
def day(value, now=None):
    """`<time>` with the day in words; never breaks. For attributes use `day_text`."""
    if not value:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', dates.as_date(value).isoformat(), day_text(value, now)
    )


@register.filter
def day_text(value, now=None):
    return dates.day_text(value, _now(now)) if value else ""


@register.filter
def long_day(value):
    """Always with the year, for papers and proofs."""
    if not value:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', dates.as_date(value).isoformat(), dates.long_day_text(value)
    )


@register.filter
def moment(value, now=None):
    """`<time>` with 今天 16:20, 昨天 9:05, or day and time. For attributes use `moment_text`."""
    if not value:
        return ""
    if not isinstance(value, dt.datetime):
        return day(value, now)
    return format_html(
        '<time datetime="{}">{}</time>', dates.local(value).isoformat(timespec="seconds"), moment_text(value, now)
    )


@register.filter
def moment_text(value, now=None):
    return dates.moment_text(value, _now(now)) if value else ""


@register.filter
def weekday(value):
    return dates.weekday_text(value) if value else ""


@register.filter
def month(value):
    return dates.month_text(value) if value else ""


@register.filter
def bind(value):
    """Keeps a figure with its measure word, and dates and times in one piece. Gives HTML."""
    words = str(value or "")
    return _bound(words) if len(words) <= SHORT else _bound.__wrapped__(words)


@lru_cache(maxsize=2048)
def _bound(words: str):
    parts = text.WHOLE.split(text.bind(words))
    pairs = [("", part) if n % 2 == 0 else (part, "") for n, part in enumerate(parts)]
    return format_html_join("", "{}{}", ((_whole(whole), plain) for whole, plain in pairs))


def _whole(part: str):
    return format_html('<span class="nb">{}</span>', part) if part else ""


@register.filter
def phone_groups(value):
    return text.phone_groups(value)


@register.filter
def code_groups(value):
    return text.code_groups(value)


@register.filter
def mask_phone(value):
    return common_text.mask_phone(value) if value else ""


@register.filter
def mask_name(value):
    return common_text.mask_name(value) if value else ""


@register.filter
def tel(value):
    """The address of a `tel:` link."""
    return re.sub(r"[^\d+]", "", str(value or ""))


@register.filter
def error_count(form) -> int:
    """How many places of the form are wrong, those of the form as a whole counted too."""
    return sum(len(errors) for errors in form.errors.values())


class KeptNode(template.Node):
    """A part of the page that is the same for everybody: see `kept` in linli.common.pagecache."""

    def __init__(self, name: str, keys: list, tags: tuple[str, ...], nodes):
        self.name, self.keys, self.tags, self.nodes = name, keys, tags, nodes

    def render(self, context):
        values = (key.resolve(context) for key in self.keys)
        key = (self.name, translation.get_language(), *(tuple(v) if isinstance(v, list) else v for v in values))
        return kept(key, lambda: self.nodes.render(context), tags=self.tags)


@register.tag(name="kept")
def do_kept(parser, token):
    """`{% kept "name" key key tags="areas bodies" %}…{% endkept %}`: nothing of a person between the two."""
    _tag, name, *rest = token.split_contents()
    tags = [word for word in rest if word.startswith("tags=")]
    keys = [parser.compile_filter(word) for word in rest if word not in tags]
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(name.strip("\"'"), keys, tuple(tags[0][5:].strip("\"'").split()) if tags else (), nodes)


@register.tag(name="own")
def do_own(parser, token):
    """`{% own %}…{% endown %}`: the reader's own part of a page whose rest is kept (linli.design.outline)."""
    nodes = parser.parse(("endown",))
    parser.delete_first_token()
    return OwnNode(nodes)


class AgainNode(template.Node):
    """Renders a block of this page a second time: `{% again "title" %}` writes the h1 from the title."""

    def __init__(self, name: str):
        self.name = name

    def render(self, context):
        block = context.render_context[BLOCK_CONTEXT_KEY].get_block(self.name)
        return block.render(context) if block is not None else ""


@register.tag
def again(parser, token):
    return AgainNode(token.split_contents()[1].strip("\"'"))


@register.filter
def elided(paginator, number):
    """The page numbers that are worth a link: the ends and those around this one."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
