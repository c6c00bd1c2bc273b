"""A confidential complaint against the property company: nothing leads anybody there, or anywhere else, to the reporter."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.urls import NoReverseMatch, get_resolver, reverse

from linli.casework.actions.identity import reveal
from linli.casework.actions.publishing import publish_case, unpublish_case
from linli.casework.models import Case, Spot
from linli.casework.urls import urlpatterns
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.models import AuditRow, OutboxRow
from linli.common.pagecache.parts import forget
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import actor_of, make_person, make_post
from linli.search.models import SearchEntry

from .town import NOW, make_town, put, submit

pytestmark = pytest.mark.django_db
PC, RC, SO = BodyKind.PROPERTY_COMPANY, BodyKind.RESIDENTS_COMMITTEE, BodyKind.STREET_OFFICE
NAME, PHONE, TEXT = "卡娜丽", "13899990000", "经理在楼道里骂人"


@pytest.fixture(autouse=True)
def time(monkeypatch, settings):
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    settings.LINLI_STAFF_SECOND_FACTOR = False
    forget()


@pytest.fixture
def town():
    return make_town()


@pytest.fixture
def secret(town):
    """A confidential complaint against the company, and the reporter."""
    town.reporter = town.neighbour(NAME, f"+86{PHONE}")
    return submit(town, town.reporter, secrecy="confidential", against=town.bodies[PC], theme="service", text=TEXT)


def marks(town, case):
    person = town.reporter.person
    return [NAME, PHONE, "899990000", str(person.pk), person.pk.hex, person.code, TEXT, case.code, case.code_said]


def addresses(case, town):
    """Every route of casework, the desk's too, with the case's key wherever a key is wanted; and what lies around."""
    spot = Spot.objects.create(code="12345678", place=town.place, name="灯", theme="light")
    for pattern in urlpatterns:
        for pk in (case.pk, town.bodies[PC].pk):
            values = {"pk": pk, "slug": town.slug, "code": spot.code, "file": case.pk, "size": "large", "number": 1, "key": case.pk}
            wanted = {name: values[name] for name in pattern.pattern.converters}
            yield reverse(f"casework:{pattern.name}", kwargs=wanted)
    yield from (f"/search/?q={NAME}", f"/search/?q={TEXT}", f"/search/?q={case.code}", f"/s/{town.slug}/", "/me/", "/desk/", "/me/inbox/", "/")
    for name in ("people:account_looked", "people:audit", "people:account_export", "messaging:inbox", "people:outbox", "portal:search"):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def bytes_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content += b"".join(packed.read(name) for name in packed.namelist())
    return content.decode(errors="replace")


def of_the_company(town):
    """The head, a clerk, an owner who also works there, each acting for the company; and nobody at all."""
    clerk = make_post(make_person("小工"), town.bodies[PC], Role.PROPERTY_COMPANY, title="客服").person
    return [town.heads[PC], clerk, town.heads[BodyKind.OWNERS_COMMITTEE], None]


def test_the_walk_would_find_the_reporter_where_he_is_shown(town, secret, client):
    """The canary sings: the reporter himself finds his case, and the desk finds him when it looks."""
    client.force_login(town.reporter.person)
    assert TEXT in bytes_of(client.get(reverse("casework:followed", args=[secret.pk])))
    client.force_login(town.heads[RC])
    page = bytes_of(client.post(reverse("casework:look", args=[secret.pk]), {"purpose": "contact"}))
    assert NAME in page and "138 9999 0000" in page


def test_no_page_search_export_feed_or_log_shows_him_to_the_company(town, secret, client):
    put(secret, visibility="asked")
    publish_case(case=secret.pk, title="服务态度", text="请改进", pictures=[], by=town.head(RC), now=NOW)
    reveal(case=secret.pk, purpose="contact", by=town.head(RC), now=NOW)
    walked = list(addresses(secret, town))
    assert len(walked) > 40
    hidden = marks(town, secret)
    for person in of_the_company(town):
        client.logout()
        if person is not None:
            client.force_login(person)
        for address in walked:
            page = bytes_of(client.get(address, follow=True))
            typed = address.partition("q=")[2]
            assert not [one for one in hidden if one in page and one != typed], f"{address} as {person}"


def test_no_verb_answers_the_company_by_trying(town, secret, client):
    client.force_login(town.heads[PC])
    for pattern in urlpatterns:
        wanted = set(pattern.pattern.converters)
        if wanted == {"pk"}:
            page = bytes_of(client.post(reverse(f"casework:{pattern.name}", args=[secret.pk]), {"purpose": "contact", "text": "x"}, follow=True))
            assert not [one for one in marks(town, secret) if one in page], pattern.name
    with pytest.raises(NotAllowed):
        reveal(case=secret.pk, purpose="contact", by=town.head(PC), now=NOW)


def test_no_row_beside_the_seal_holds_him_and_the_case(town, secret):
    reveal(case=secret.pk, purpose="contact", by=town.head(RC), now=NOW)
    person = town.reporter.person
    for row in AuditRow.objects.all():
        both = (str(secret.pk) in (row.subject_id, *map(str, row.detail.values()))) and person.pk in (row.actor, row.about, row.on_behalf)
        assert not both, row.action
    for row in OutboxRow.objects.all():
        assert str(person.pk) not in str(row.payload) or str(secret.pk) not in str(row.payload)
    assert not SearchEntry.objects.filter(text__contains=NAME).exists()
    written = ""
    with connection.cursor() as cursor:
        for model in apps.get_app_config("linli_casework").get_models():
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608
            written += str(cursor.fetchall())
    assert TEXT in written and not [one for one in (NAME, PHONE, str(person.pk), person.pk.hex) if one in written]


def test_only_the_desk_looks_with_a_purpose_and_he_reads_of_it(town, secret, client):
    with pytest.raises(UserError):
        reveal(case=secret.pk, purpose="curious", by=town.head(RC), now=NOW)
    for kind in (SO, BodyKind.SERVICE_STATION, BodyKind.DISTRICT):
        with pytest.raises(NotAllowed):
            reveal(case=secret.pk, purpose="contact", by=town.head(kind), now=NOW)
    seen = reveal(case=secret.pk, purpose="contact", by=town.head(RC), now=NOW)
    assert (seen.name, seen.phone) == (NAME, f"+86{PHONE}")
    client.force_login(town.reporter.person)
    assert "青砖里居委会：联系反映人，问清情况" in bytes_of(client.get(reverse("casework:followed", args=[secret.pk])))
    assert "查看了反映人的姓名电话" in bytes_of(client.get(reverse("people:account_looked")))
    anonymous = submit(town, town.neighbour(), secrecy="anonymous", passphrase="三只小猫在树上")
    with pytest.raises(UserError):
        reveal(case=anonymous.pk, purpose="contact", by=town.head(RC), now=NOW)


def test_a_desk_that_is_complained_of_is_not_the_desk(town):
    case = submit(town, town.neighbour(), secrecy="confidential", against=town.bodies[RC], theme="service")
    with pytest.raises(NotAllowed):
        reveal(case=case.pk, purpose="contact", by=town.head(RC), now=NOW)
    assert reveal(case=case.pk, purpose="contact", by=town.head(SO), now=NOW).name


def test_public_words_are_the_desks_and_go_when_they_are_taken_back(town, client):
    he = town.neighbour()
    case = submit(town, he, text="3 幢 302 的灯坏了", visibility_asked=True)
    with pytest.raises(NotAllowed):
        publish_case(case=case.pk, title="灯坏了", text="楼道灯坏了", pictures=[], by=town.head(PC), now=NOW)
    private = submit(town, he)
    with pytest.raises(UserError):
        publish_case(case=private.pk, title="灯", text="灯", pictures=[], by=town.head(RC), now=NOW)
    client.force_login(town.heads[RC])
    typed = {"title": "灯坏了", "text": "我是 3 幢 2 单元 302，电话 13812345678"}
    page = bytes_of(client.post(reverse("casework:publish", args=[case.pk]), typed))
    assert "个人手机号 138…78" in page and "详细住址" in page and Case.objects.public().count() == 0
    client.post(reverse("casework:publish", args=[case.pk]), {"title": "楼道灯坏了", "text": "晚上看不清"})
    client.logout()
    for address in (reverse("casework:public", args=[town.slug]), reverse("casework:public_case", args=[case.pk]), reverse("casework:feed", args=[town.slug])):
        page = bytes_of(client.get(address))
        assert "楼道灯坏了" in page and "302" not in page and case.code not in page, address
    assert SearchEntry.objects.filter(kind="case").count() == 1
    unpublish_case(case=case.pk, by=town.head(RC), now=NOW)
    assert client.get(reverse("casework:public_case", args=[case.pk])).status_code == 404 and not SearchEntry.objects.filter(kind="case").exists()


def test_the_walk_knows_every_route_of_casework():
    names = {pattern.name for pattern in urlpatterns}
    there = {key for key in get_resolver().namespace_dict["casework"][1].reverse_dict if isinstance(key, str)}
    assert there == names and actor_of(make_person()).acting is None
