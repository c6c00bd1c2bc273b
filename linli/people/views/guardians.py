"""My account: my children under 14."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.common import clock
from linli.common.errors import UserError

from ..access import signed_in
from ..actions.account_close import close_account
from ..actions.card import issue_card
from ..actions.guardians import add_child
from ..forms.account import ChildForm
from ..forms.signin import blame
from ..fresh import fresh
from ..models import Guardianship, Person
from .account import me, own_actor, page


@signed_in
@page
@fresh
def children(request: HttpRequest) -> HttpResponse:
    """My wards; a new card for one, or the end of its account."""
    day = clock.local_date(clock.now())
    rows = Guardianship.objects.filter(guardian=me(request), ended_at=None, until__gt=day).select_related("child")
    if request.method == "POST" and "child" in request.POST:
        child = next((row.child for row in rows if str(row.child_id) == request.POST["child"]), None)
        if child is None:
            raise Http404
        return _do(request, child)
    return render(request, "people/account/children.html", {"rows": rows})


def _do(request: HttpRequest, child: Person) -> HttpResponse:
    if "card" in request.POST:
        secret = issue_card(person=child, by=own_actor(request), now=clock.now())
        return render(request, "people/account/child_done.html", {"child": child, "secret": secret})
    if "close" in request.POST:
        close_account(person=child, by=own_actor(request), now=clock.now())
        messages.success(request, _("孩子的账号注销了"))
    return redirect("people:account_children")


@signed_in
@page
@fresh
def child_add(request: HttpRequest) -> HttpResponse:
    form = ChildForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            child, secret = add_child(
                guardian=me(request), name=form.cleaned_data["name"], born=form.born_date(), by=own_actor(request), now=clock.now()
            )
            return render(request, "people/account/child_done.html", {"child": child, "secret": secret})
        except UserError as error:
            blame(form, error)
    return render(request, "people/account/child_add.html", {"form": form})
