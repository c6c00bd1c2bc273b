"""An abusive question is hidden by moderators who have no part in it, as a post is: rule, reason, log, appeal."""

from datetime import timedelta

import pytest
from django.urls import reverse

from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.states import UnknownTransition
from linli.deliberation.models import Duty, Question
from linli.deliberation.queries.questions import listed
from linli.forum.actions.appeals import decide_appeal, lodge_appeal
from linli.forum.api import Act, Why, hide_thing, ref_of, restore_thing
from linli.people.rules import BodyKind
from linli.search.models import SearchEntry
from linli.sites.api import ensure_sites, site_of

from .factories import NOW, ask, make_town, sign

pytestmark = pytest.mark.django_db
WHY = Why(1, "骂了一位师傅")
LATER = NOW + timedelta(hours=2)
B = BodyKind


@pytest.fixture(autouse=True)
def time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def town():
    town = make_town()
    ensure_sites(now=NOW)
    return town


@pytest.fixture
def asker(town):
    return town.neighbour("何立群")


@pytest.fixture
def question(town, asker):
    return ask(town, asker, title="那个师傅是不是有病", text="他脑子坏了吧")


def hide(town, question, kind=B.RESIDENTS_COMMITTEE, now=NOW):
    return hide_thing(ref=ref_of("question", question.pk), why=WHY, by=town.head(kind), now=now)


def page(client, question, by=None):
    if by is not None:
        client.force_login(by.person)
    return client.get(reverse("deliberation:question", args=[question.pk])).content.decode().replace("\u00a0", " ")


def test_a_hidden_question_says_the_rule_and_the_reason_and_nothing_else(town, asker, question, client):
    act = hide(town, question)
    assert (act.kind, act.thing, act.person, act.place) == ("hide", f"question:{question.pk}", asker.person, question.place)
    shown = page(client, question)
    assert "骂了一位师傅" in shown and "发言公约第 1 条" in shown
    assert "脑子" not in shown and "有病" not in shown
    assert not listed(site_of(question.place), show="", theme="", now=NOW).exists()
    assert not SearchEntry.objects.filter(kind="question", subject=str(question.pk)).exists()
    assert "脑子" in page(client, question, asker)
    assert Duty.objects.get(question=question).is_open, "the clock runs on"


def test_nobody_signs_what_is_hidden(town, question):
    hide(town, question)
    with pytest.raises(NotAllowed):
        sign(town, question)


def test_the_office_that_was_asked_does_not_hide_it(town, asker):
    question = ask(town, asker, B.RESIDENTS_COMMITTEE)
    with pytest.raises(UserError, match="和您或您的单位有关"):
        hide(town, question, B.RESIDENTS_COMMITTEE)
    with pytest.raises(NotAllowed):
        hide(town, question, B.PROPERTY_COMPANY)  # keeps no order anywhere
    assert hide(town, question, B.STREET_OFFICE).kind == "hide"


def test_what_not_everybody_reads_cannot_be_hidden(town, asker):
    question = ask(town, asker, visibility="private")
    with pytest.raises(NotAllowed):
        hide(town, question)


def test_of_two_at_once_the_second_is_told(town, question):
    hide(town, question)
    with pytest.raises(UnknownTransition):
        hide(town, question, B.OWNERS_COMMITTEE)


def test_it_is_brought_back_with_all_that_it_had(town, question, client):
    hide(town, question)
    back = restore_thing(
        ref=ref_of("question", question.pk), why=Why(0, "不是骂人"), by=town.head(B.OWNERS_COMMITTEE), now=LATER
    )
    assert back.undoes.kind == "hide"
    assert "脑子" in page(client, question)
    assert SearchEntry.objects.filter(kind="question", subject=str(question.pk)).exists()
    assert listed(site_of(question.place), show="", theme="", now=NOW).get() == question


def test_an_appeal_goes_to_others_and_never_to_the_office_that_was_asked(town, asker, client):
    question = ask(town, asker, B.RESIDENTS_COMMITTEE)
    act = hide(town, question, B.OWNERS_COMMITTEE)
    appeal = lodge_appeal(act=act, words="说的是事情，没有骂人", by=asker, now=LATER)
    assert appeal.get_tier_display() == "街道办", "the committee was asked, so that it does not decide"
    with pytest.raises(NotAllowed):
        decide_appeal(appeal=appeal, overturn=True, answer="我来定", by=town.head(B.RESIDENTS_COMMITTEE), now=LATER)
    decide_appeal(appeal=appeal, overturn=True, answer="没有违反", by=town.head(B.STREET_OFFICE), now=LATER)
    question.refresh_from_db()
    assert question.hidden_at is None and Act.objects.get(undoes=act).kind == "restore"
    with pytest.raises(UserError, match="申诉已经撤销"):
        hide(town, question, B.OWNERS_COMMITTEE)


def test_the_public_log_names_it_and_leads_there_without_its_words(town, question, client):
    act = hide(town, question)
    site = site_of(question.place)
    log = client.get(reverse("forum:log", args=[site.slug])).content.decode()
    assert "隐去了一个提问" in log and question.url in log and "有病" not in log
    shown = client.get(reverse("forum:act", args=[act.pk])).content.decode()
    assert "骂了一位师傅" in shown and "脑子" not in shown


def test_a_moderator_hides_it_at_the_desk_and_its_author_appeals(town, asker, question, client):
    shen = town.head(B.RESIDENTS_COMMITTEE)
    assert reverse("forum:desk_thing", args=[question.pk]) in page(client, question, shen)
    desk = reverse("forum:desk_thing", args=[question.pk])
    wrong = client.post(desk, {"do": "hide", "article": "1", "reason": ""})
    assert wrong.status_code == 200 and "为什么" in wrong.content.decode()
    assert client.post(desk, {"do": "hide", "article": "1", "reason": "骂人"}).status_code == 302
    assert Question.objects.get(pk=question.pk).is_hidden
    act = Act.objects.get(kind="hide")
    client.force_login(asker.person)
    assert "脑子" in client.get(reverse("forum:act", args=[act.pk])).content.decode()
    assert client.post(reverse("forum:appeal", args=[act.pk]), {"words": "我没骂人"}).status_code == 302


def test_a_party_sees_the_desk_page_and_can_do_nothing_there(town, asker, client):
    question = ask(town, asker, B.RESIDENTS_COMMITTEE)
    client.force_login(town.head(B.RESIDENTS_COMMITTEE).person)
    shown = client.get(reverse("forum:desk_thing", args=[question.pk])).content.decode()
    assert "由别的管理人处理" in shown and "?do=hide" not in shown
    client.force_login(asker.person)
    assert client.get(reverse("forum:desk_thing", args=[question.pk])).status_code == 404
