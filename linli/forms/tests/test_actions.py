"""Versions and fillings against the database."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from linli.areas.tests.factories import make_cell
from linli.common.errors import UserError
from linli.common.models import AuditRow, OutboxRow
from linli.common.states import UnknownTransition
from linli.common.text import mask_phone
from linli.events.forms import FormSent
from linli.events.people import AccountClosed, AccountsMerged
from linli.forms import subscribers
from linli.forms.actions.account import drop_expired
from linli.forms.actions.fillings import (
    HiddenStep,
    Incomplete,
    drop_filling,
    make_resume_link,
    save_step,
    send_filling,
)
from linli.forms.actions.kinds import change_draft, create_form, draft_of, publish_form, withdraw_form
from linli.forms.models import Filling, FormVersion
from linli.forms.queries import filling_of_token, used_version
from linli.forms.rules import editing
from linli.forms.rules.states import FILLING, VERSION, Audience, FillingState, VersionState
from linli.people.account_export import collect

from .factories import (
    ALLOWANCE,
    NOW,
    VIEWS,
    Actor,
    actor_of,
    example,
    fill_in,
    make_body,
    make_clerk,
    make_filling,
    make_form,
    make_person,
    make_residency,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return make_cell()


def new_version(kind, now=NOW):
    draft = draft_of(kind=kind, by=None, now=now)
    definition = editing.drop_field(draft.definition, "words")
    draft = change_draft(draft=draft, revision=draft.revision, definition=definition, by=None, now=now)
    return publish_form(draft=draft, revision=draft.revision, why="少问一题", by=None, now=now)


def test_the_flows_are_sound():
    assert VERSION.problems() == [] and FILLING.problems() == []


def test_a_version_is_published_with_a_reason_and_replaces_the_one_before(places):
    kind = make_form(places["compound_a1"])
    first = used_version(kind)
    second = new_version(kind)
    first.refresh_from_db()
    assert (first.state, second.state, second.number) == (VersionState.WITHDRAWN, VersionState.PUBLISHED, 2)
    with pytest.raises(UserError) as caught:
        publish_form(draft=draft_of(kind=kind, by=None, now=NOW), revision=0, why=" ", by=None, now=NOW)
    assert caught.value.field == "why"


def test_what_was_published_never_changes(places):
    kind = make_form(places["compound_a1"])
    version = used_version(kind)
    with pytest.raises(UserError, match="没有存"):
        change_draft(draft=version, revision=version.revision, definition=example("old-age-allowance"), by=None, now=NOW)
    assert used_version(kind).text == version.text


def test_of_two_editors_the_second_is_told_and_nothing_of_the_first_is_lost(places):
    kind = make_form(places["compound_a1"], published=False)
    first = make_person("宋佳明")
    draft = draft_of(kind=kind, by=None, now=NOW)
    one, two = (editing.drop_field(draft.definition, key) for key in ("words", "where"))
    change_draft(draft=draft, revision=0, definition=one, by=Actor(person=first), now=NOW)
    with pytest.raises(UserError, match="宋佳明刚改过"):
        change_draft(draft=draft, revision=0, definition=two, by=None, now=NOW)
    assert draft_of(kind=kind, by=None, now=NOW).definition == one
    with pytest.raises(UserError, match="刚改过"):
        publish_form(draft=draft, revision=0, why="发", by=None, now=NOW)


def test_an_empty_form_is_not_published(places):
    body = make_body()
    kind = create_form(key="k", title="空表", body=body, place=places["street"], audience=Audience.ANYONE, by=None, now=NOW)
    with pytest.raises(UserError, match="还没有步骤"):
        publish_form(draft=kind.versions.get(), revision=0, why="试试", by=None, now=NOW)
    with pytest.raises(UserError) as caught:
        create_form(key="k", title="又一张", body=body, place=places["street"], audience=Audience.ANYONE, by=None, now=NOW)
    assert caught.value.field == "key"


def test_answers_are_sealed_in_the_database(places):
    filling = make_filling(make_form(places["street"], "old-age-allowance"), make_person())
    fill_in(filling, ALLOWANCE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM linli_forms_filling")
        (raw,) = cursor.fetchone()
    assert "周秀英" not in raw and "110105" not in raw and Filling.objects.get().answers["name"] == "周秀英"


def test_what_is_known_is_filled_in_with_its_source_and_day(places):
    person = make_person("何立群", phone="+8613800001234", legal_name="何力群", born="1946-03-05")
    make_residency(person, places["home"])
    filling = make_filling(make_form(places["street"], "old-age-allowance"), person)
    assert filling.answers["name"] == "何力群" and filling.answers["phone"] == "+8613800001234"
    assert filling.answers["address"] == "青砖里纺机新村3 幢1 单元101"
    assert filling.facts["address"] == {"source": "home.address", "day": "2020-01-01"}
    assert "何" not in str(filling.facts) and "138" not in str(filling.facts)
    saved = save_step(filling=filling, fields=["name", "phone"], values={"name": "何立群", "phone": "+8613800001234"}, page="", by=None, now=NOW)
    assert saved.facts["name"]["corrected"] and "corrected" not in saved.facts["phone"]


def test_a_fact_that_may_not_be_corrected_stands(places):
    kind = make_form(places["street"], "old-age-allowance", published=False)
    draft = draft_of(kind=kind, by=None, now=NOW)
    fixed = editing.put_field(draft.definition, "", replace(draft.definition.find("phone"), may_correct=False))
    draft = change_draft(draft=draft, revision=0, definition=fixed, by=None, now=NOW)
    publish_form(draft=draft, revision=draft.revision, why="电话以账号为准", by=None, now=NOW)
    filling = make_filling(kind, make_person(phone="+8613800001234"))
    saved = save_step(filling=filling, fields=["phone", "name"], values={"phone": "+8613900009999", "name": "别人"}, page="", by=None, now=NOW)
    assert saved.answers["phone"] == "+8613800001234" and saved.answers["name"] == "别人"


def test_a_forced_hidden_step_is_refused_and_nothing_of_it_kept(places):
    filling = make_filling(make_form(places["street"], "old-age-allowance"), make_person())
    save_step(filling=filling, fields=["registered"], values={"registered": True}, page="home", by=None, now=NOW)
    with pytest.raises(HiddenStep):
        save_step(filling=filling, fields=["registered_where"], values={"registered_where": "别处"}, page="elsewhere", by=None, now=NOW)
    assert "registered_where" not in Filling.objects.get().answers


def test_a_changed_answer_takes_what_hung_on_it_along(places):
    filling = make_filling(make_form(places["compound_a1"]))
    saved = fill_in(filling, VIEWS, send=False)
    saved = save_step(filling=saved, fields=["cars"], values={"cars": 0}, page="you", by=None, now=NOW)
    assert "parks" not in saved.answers and "plate_wish" not in saved.answers


@pytest.mark.parametrize("values", [{"cars": "二"}, {"cars": True}, {"cars": 10**30}, {"cars": -1}, {"cars": [1]}])
def test_wrong_types_are_refused_at_their_field(places, values):
    filling = make_filling(make_form(places["compound_a1"]))
    with pytest.raises(UserError) as caught:
        save_step(filling=filling, fields=["cars"], values=values, page="", by=None, now=NOW)
    assert caught.value.field == "cars" and Filling.objects.get().answers == {}


def test_two_tabs_do_not_lose_each_others_answers(places):
    make_filling(make_form(places["compound_a1"]))
    one, two = Filling.objects.get(), Filling.objects.get()
    save_step(filling=one, fields=["cars"], values={"cars": 0}, page="", by=None, now=NOW)
    save_step(filling=two, fields=["trouble"], values={"trouble": ["none"]}, page="", by=None, now=NOW)
    assert Filling.objects.get().answers == {"cars": 0, "trouble": ["none"]}


def test_what_is_incomplete_is_not_sent_and_says_what_is_missing(places):
    filling = make_filling(make_form(places["compound_a1"]))
    with pytest.raises(Incomplete) as caught:
        send_filling(filling=filling, by=None, now=NOW)
    assert set(caught.value.outcome.missing) == {"cars", "trouble", "measures", "fee_ok"}


def test_a_form_is_sent_once_and_told_once(places, monkeypatch):
    from linli.common import bus

    monkeypatch.setattr(bus, "_subscribers", {**bus._subscribers, FormSent: {"FormSent>test": bus.Listener("test")}})
    filling = fill_in(make_filling(make_form(places["compound_a1"])), VIEWS)
    with pytest.raises(UnknownTransition):
        send_filling(filling=filling, by=None, now=NOW)
    with pytest.raises(UnknownTransition):
        save_step(filling=filling, fields=["cars"], values={"cars": 0}, page="", by=None, now=NOW)
    heard = list(OutboxRow.objects.filter(kind="FormSent>test"))
    assert [row.payload["filling_id"] for row in heard] == [str(filling.pk)]
    assert set(heard[0].payload) == {"filling_id", "version_id", "kind_id"}


def test_beginning_twice_with_one_key_makes_one(places):
    kind, once = make_form(places["compound_a1"]), uuid4()
    assert make_filling(kind, once=once).pk == make_filling(kind, once=once).pk
    with pytest.raises(UserError):
        make_filling(kind, make_person(), once=once)


def test_an_old_version_that_is_open_is_sent_while_the_new_one_is_in_use(places):
    kind = make_form(places["compound_a1"])
    filling = make_filling(kind)
    new_version(kind, NOW + timedelta(hours=1))
    sent = fill_in(filling, VIEWS | {"words": "谢谢"})
    assert sent.version.number == 1 and sent.answers["words"] == "谢谢"
    with pytest.raises(UserError, match="不用了"):
        make_filling_of(sent.version)


def make_filling_of(version):
    from linli.forms.actions.fillings import begin_filling

    return begin_filling(version=version, person=None, by=None, now=NOW)


def test_a_withdrawn_form_is_not_sent_and_says_why(places):
    kind = make_form(places["compound_a1"])
    filling = fill_in(make_filling(kind), VIEWS, send=False)
    withdraw_form(version=used_version(kind), why="改到论坛里谈", by=None, now=NOW)
    with pytest.raises(UserError, match="改到论坛里谈"):
        send_filling(filling=filling, by=None, now=NOW)


def test_after_thirty_days_what_nobody_sent_is_forgotten(places):
    kind = make_form(places["compound_a1"])
    fill_in(make_filling(kind), VIEWS, send=False)
    sent = fill_in(make_filling(kind), VIEWS)
    late = NOW + timedelta(days=31)
    stale = Filling.objects.begun().get()
    with pytest.raises(UserError, match="30 天"):
        send_filling(filling=stale, by=None, now=late)
    assert drop_expired(now=late) == 1 and drop_expired(now=late) == 0
    stale.refresh_from_db()
    assert (stale.state, stale.sealed, stale.facts) == (FillingState.DROPPED, "", {})
    sent.refresh_from_db()
    assert sent.answers == VIEWS


def test_a_link_leads_back_until_another_is_made_or_it_is_sent(places):
    filling = make_filling(make_form(places["compound_a1"]))
    first = make_resume_link(filling=filling)
    second = make_resume_link(filling=filling)
    assert filling_of_token(first, NOW) is None and filling_of_token(second, NOW).pk == filling.pk
    assert len(second) >= 32 and second not in str(list(Filling.objects.values_list()))
    assert filling_of_token(second, NOW + timedelta(days=31)) is None
    fill_in(filling, VIEWS)
    assert filling_of_token(second, NOW) is None and filling_of_token("", NOW) is None


def test_a_closed_account_takes_what_it_had_begun_along_and_its_name_off_what_it_sent(places):
    person = make_person(phone="+8613800001234")
    kind = make_form(places["street"], "old-age-allowance")
    begun, sent = make_filling(kind, person), fill_in(make_filling(kind, person), ALLOWANCE)
    subscribers.on_closed(AccountClosed(person_id=person.pk), NOW)
    begun.refresh_from_db()
    sent.refresh_from_db()
    assert begun.state == FillingState.DROPPED and not begun.sealed
    assert sent.person is None and sent.answers["name"] == "周秀英"


def test_merged_accounts_keep_their_forms(places):
    keep, drop = make_person(), make_person()
    filling = make_filling(make_form(places["compound_a1"]), drop)
    subscribers.on_merged(AccountsMerged(kept_id=keep.pk, dropped_id=drop.pk), NOW)
    filling.refresh_from_db()
    assert filling.person_id == keep.pk


def test_the_copy_of_ones_data_has_every_answer_in_words(places):
    person = make_person()
    fill_in(make_filling(make_form(places["compound_a1"]), person), VIEWS)
    part = next(part for part in collect(person) if part.key == "linli_forms.Filling")
    assert "家里几辆车: 2" in str(part.rows) and "小区停车意见征集" in str(part.rows)


def test_the_audit_names_keys_only(places):
    clerk = make_clerk(places["street"])
    person = make_person(phone="+8613800001234")
    filling = make_filling(make_form(places["street"], "old-age-allowance"), person, by=actor_of(clerk))
    fill_in(filling, ALLOWANCE, by=actor_of(clerk))
    row = AuditRow.objects.get(action="filling.send")
    assert row.about == person.pk and row.actor == clerk.pk
    assert "周秀英" not in str(list(AuditRow.objects.values())) and mask_phone("+8613800001234") not in str(row.detail)


def test_dropping_forgets_at_once(places):
    filling = fill_in(make_filling(make_form(places["compound_a1"])), VIEWS, send=False)
    assert drop_filling(filling=filling, by=None, now=NOW).answers == {}
    assert FormVersion.objects.count() == 1
