"""Questions as Atom."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.design.light import light
from linli.people.api import public
from linli.sites.api import FeedEntry, Site, of_site
from linli.sites.api import feed as write_feed

from .. import words
from ..queries import questions as read

MOST = 30


@require_safe
@public
@of_site
def feed(request: HttpRequest, site: Site) -> HttpResponse:
    """The newest questions that were put, each with its answers."""

    def entries() -> Iterator[FeedEntry]:
        for question in read.for_feed(site, MOST):
            text = light(question.text)
            for answer in question.answers.all():
                text = format_html(
                    "{}<h2>{}</h2>{}",
                    text,
                    _("%(office)s答复") % {"office": answer.office.name},
                    light(answer.text),
                )
            yield FeedEntry(
                question.pk, question.title, question.url, words.who(question), question.put_at or question.asked_at,
                question.changed_at, text,
            )  # fmt: skip

    title = _("%(name)s的提问") % {"name": site.name}
    path = reverse("deliberation:questions", args=[site.slug])
    return write_feed(
        request, site, kind="questions", title=title, path=path, entries=entries, tags=("questions", "bodies")
    )
