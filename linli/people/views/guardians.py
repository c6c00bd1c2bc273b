"""My account: my children under 14."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.common import clock
from linli.common.errors import UserError

from ..access import signed_in
from ..actions.guardians import add_child
from ..forms.account import ChildForm
from ..forms.signin import blame
from ..fresh import fresh
from ..models import Guardianship
from .account import me, own_actor, page


@signed_in
@require_safe
def children(request: HttpRequest) -> HttpResponse:
    day = clock.local_date(clock.now())
    rows = Guardianship.objects.filter(guardian=me(request), ended_at=None, until__gt=day).select_related("child")
    return render(request, "people/account/children.html", {"rows": rows})


@signed_in
@fresh
@page
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
