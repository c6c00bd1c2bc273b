"""A filling as pages: one thing a page for who fills in himself, one page for who types for others.

Another app calls `serve_filling` from a view of its own: the address, the frame and what comes after sending are its.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.common import clock
from linli.common.errors import UserError
from linli.common.states import UnknownTransition
from linli.people.api import Actor

from .actions.fillings import HiddenStep, Incomplete, make_resume_link, outcome_of, save_step, send_filling
from .filling_form import FillingForm
from .models import Filling
from .rules.answers import Outcome
from .rules.definition import Field
from .rules.pages import Page, pages, resume_at, shown_fields, shown_pages
from .rules.shown import lines
from .rules.states import FillingState, VersionState

CHECK, LATER = "check", "later"
BEGUN = "forms_begun"  # session: keys of the fillings that this browser began without an account
MOST_BEGUN = 20


@dataclass(frozen=True)
class Place:
    """Where a filling is mounted: its address, where one comes after sending, what else happens with it in the same
    transaction, the page's frame and its crumbs (label, url), and the address of a resume link made of its secret."""

    address: str
    done: str
    sent: Callable[[Filling], object] | None = None
    frame: str = "design/form_page.html"
    crumbs: Iterable[tuple[str, str]] = ()
    resume: Callable[[str], str] | None = None
    context: dict[str, Any] = field(default_factory=dict)

    def at(self, page: str, **more: str) -> str:
        return f"{self.address}?{urlencode({'page': page, **more})}"


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def remember(request: HttpRequest, filling: Filling) -> None:
    """This browser began it (or opened its link): it may go on without an account."""
    keys = [str(filling.pk), *(key for key in request.session.get(BEGUN, []) if key != str(filling.pk))]
    request.session[BEGUN] = keys[:MOST_BEGUN]


def is_own(request: HttpRequest, filling: Filling) -> bool:
    """Whether it is the asking person's: his account's, that of whom he acts for, or begun in this browser by nobody."""
    actor = actor_of(request)
    if filling.person_id is not None:
        return actor.principal is not None and actor.principal.pk == filling.person_id
    return filling.post_id is None and str(filling.pk) in request.session.get(BEGUN, [])


def is_helper(request: HttpRequest) -> bool:
    """Whether somebody acts for the one whose form it is: what the platform knows of him stays masked."""
    return actor_of(request).mandate is not None


def qr(text: str) -> str:
    """A QR code as a picture inside the page."""
    return segno.make(text, error="m", micro=False).svg_data_uri(border=2, scale=1, dark="#000", light="#fff")


def serve_filling(request: HttpRequest, filling: Filling, place: Place) -> HttpResponse:
    """The page `?page=` of a form that somebody fills in himself. The caller has asked whether it is his."""
    if filling.state == FillingState.SENT:
        return redirect(place.done)
    if filling.state != FillingState.BEGUN or filling.expires_at < clock.now():
        raise Http404
    out, key = outcome_of(filling), request.GET.get("page", "")
    if key == CHECK:
        return _check(request, filling, place, out)
    if key == LATER:
        return _later(request, filling, place)
    page = next((one for one in pages(filling.version.definition) if one.key == key), None)
    if page is None:
        return redirect(place.at(_next(filling, out)))
    if not shown_fields(page, out):
        messages.error(request, _("这一步按您前面的回答不用填，填的没有存"))
        return redirect(place.at(_next(filling, out)))
    return _page(request, filling, place, out, page)


def _next(filling: Filling, out: Outcome) -> str:
    return resume_at(filling.version.definition, out, filling.page) or CHECK


def asked(fields: Iterable[Field], out: Outcome) -> dict[str, tuple[Field, bool]]:
    """The fields with whether each has to be answered."""
    return {one.key: (one, out.asks(one.key)) for one in fields}


def _page(request: HttpRequest, filling: Filling, place: Place, out: Outcome, page: Page) -> HttpResponse:
    questions = asked(shown_fields(page, out), out)
    posted = request.POST if request.method == "POST" else None
    form = FillingForm(posted, filling=filling, shown=questions, masked=is_helper(request))
    if posted is not None and "more" not in posted:
        later = posted.get("do") == LATER
        weighed = form.weigh(whole=not later)
        done = not form.errors and not weighed.missing.keys() & questions.keys()
        if later or not form.errors:
            try:
                saved = save_step(
                    filling=filling, fields=questions, values=form.values, page=page.key if done else filling.page,
                    by=actor_of(request), now=clock.now(),
                )  # fmt: skip
            except (HiddenStep, UnknownTransition) as error:
                messages.error(request, _lost(error))
                return redirect(place.address)
            except UserError as error:
                form.add_error(None, str(error))
            else:
                return redirect(place.at(LATER if later else _after(request, saved, page)))
    rows = shown_pages(filling.version.definition, out)
    keys = [one.key for one in rows]
    at = keys.index(page.key)
    context = {
        "form": form, "page": page, "step": at + 1, "steps": len(rows), "back": place.at(keys[at - 1]) if at else "",
        "from_check": request.GET.get("back") == CHECK, "replaced": filling.version.state != VersionState.PUBLISHED,
    }  # fmt: skip
    return render_filling(request, "forms/page.html", filling, place, context)


def _lost(error: UserError) -> str:
    return _("这张表已经交了或收掉了") if isinstance(error, UnknownTransition) else str(error)


def _after(request: HttpRequest, filling: Filling, page: Page) -> str:
    """The page after this one; from the check back to it, unless the change brought something to answer."""
    out = outcome_of(filling)
    if request.GET.get("back") == CHECK:
        return CHECK if out.is_right else _first(filling, out)
    rows = [one.key for one in shown_pages(filling.version.definition, out)]
    at = rows.index(page.key) + 1 if page.key in rows else 0
    return rows[at] if at < len(rows) else CHECK


def _check(request: HttpRequest, filling: Filling, place: Place, out: Outcome) -> HttpResponse:
    """Check your answers; every one can be changed. Sent only when nothing is missing."""
    if request.method == "POST":
        try:
            with transaction.atomic():
                sent = send_filling(filling=filling, by=actor_of(request), now=clock.now())
                if place.sent:
                    place.sent(sent)
            return redirect(place.done)
        except UnknownTransition:
            return redirect(place.done)
        except Incomplete as error:
            messages.error(request, str(error))
            return redirect(place.at(_next(filling, error.outcome)))
        except UserError as error:
            messages.error(request, str(error))
            return redirect(place.at(CHECK))
    if not out.is_right:
        return redirect(place.at(_first(filling, out)))
    masked = is_helper(request)
    answers = {line.key: line for line in lines(filling.version.definition, filling.answers)}
    hidden = {line.key: line for line in lines(filling.version.definition, filling.answers, masked=True)} if masked else {}
    groups = [
        (one.step, [_summary(key, answers, hidden, filling, place, one.key) for key in _keys(one, out) if key in answers])
        for one in shown_pages(filling.version.definition, out)
    ]
    return render_filling(request, "forms/check.html", filling, place, {"groups": [(step, rows) for step, rows in groups if rows]})


def _first(filling: Filling, out: Outcome) -> str:
    """The first page that lacks something."""
    wanting = {path.split(".")[0] for path in (*out.errors, *out.missing)}
    rows = shown_pages(filling.version.definition, out)
    return next((page.key for page in rows if any(one.key in wanting for one in page.fields)), rows[0].key if rows else CHECK)


def _keys(page: Page, out: Outcome) -> list[str]:
    return [one.key for one in shown_fields(page, out)]


def _summary(key: str, answers: Any, hidden: Any, filling: Filling, place: Place, page: str) -> dict[str, str]:
    line = hidden[key] if key in hidden and key in filling.facts else answers[key]
    one = filling.version.definition.find(key)
    stands = one is not None and not one.may_correct and key in filling.facts
    return {"label": line.label, "value": line.text, "url": "" if stands else place.at(page, back=CHECK)}


def _later(request: HttpRequest, filling: Filling, place: Place) -> HttpResponse:
    """How to go on another time: in one's account, or by a link that only he has who made it."""
    link = ""
    if request.method == "POST" and filling.person_id is None and place.resume:
        link = settings.LINLI_ORIGIN.rstrip("/") + place.resume(make_resume_link(filling=filling))
    context = {"link": link, "qr": qr(link) if link else "", "go_on": place.at(_next(filling, outcome_of(filling)))}
    return render_filling(request, "forms/later.html", filling, place, context | {"may_link": place.resume is not None})


def render_filling(request: HttpRequest, template: str, filling: Filling, place: Place, context: dict[str, Any]) -> HttpResponse:
    """A page of a filling; kept by nobody on its way."""
    kind = filling.version.kind
    shared = {"filling": filling, "kind": kind, "place": place, "frame": place.frame, "definition": filling.version.definition}
    response = render(request, template, place.context | shared | context)
    response["Cache-Control"] = "no-store"
    return response
