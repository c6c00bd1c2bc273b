"""Who is on duty: written by a site's editors, shown on its first page until the clock says otherwise."""

import re
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from linli.areas.tests.factories import make_area
from linli.calendar.api import read_hours
from linli.common import clock
from linli.common.clock import SHANGHAI
from linli.common.errors import NotAllowed, UserError
from linli.common.models import AuditRow
from linli.portal.actions.duty import put_on_duty, take_off_duty
from linli.portal.duty_queries import on_duty
from linli.portal.duty_rules import Duty, tidy
from linli.portal.models import DutyLine
from linli.sites.api import site_of

from .blog_kit import make_town

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 5, 20, 10, 0, tzinfo=SHANGHAI)
DESK = "/desk/site/qingzhuanli/duty/"


@pytest.fixture(autouse=True)
def time(monkeypatch, settings):
    class Time:
        now = WEDNESDAY

    frozen = Time()
    monkeypatch.setattr(clock, "now", lambda: frozen.now)
    settings.LINLI_PAGE_CACHE, settings.LINLI_STAFF_SECOND_FACTOR = 0, False
    return frozen


@pytest.fixture
def town():
    return make_town()


def put(town, name="沈玉兰", hours="周一至周五 8:30—17:30", where="site_community_a", phone="555 0110", role="居委会主任"):
    duty = Duty(name=name, role=role, phone=phone, hours=read_hours(hours))
    return put_on_duty(site=town[where], duty=duty, by=town["committee"], now=clock.now())


def browser(actor):
    client = Client()
    client.force_login(actor.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def said(site):
    return [(one.name, one.on_duty, one.until) for one in on_duty(site, clock.now())]


def test_who_is_there_stands_before_who_comes_and_the_clock_moves_them(town, time):
    put(town)
    put(town, "宋佳明", "周三 13:00—17:00")
    put(town, "顾志明", "周五 9:00—11:00")
    put(town, "门卫", "24 小时")
    site = town["site_community_a"]
    assert sorted(said(site)[:2]) == [("沈玉兰", True, "在岗到 17:30"), ("门卫", True, "24 小时在岗")]
    assert said(site)[2:] == [("宋佳明", False, "今天 13:00 来"), ("顾志明", False, "周五 9:00 来")]
    time.now = WEDNESDAY + timedelta(hours=9)
    assert ("沈玉兰", False, "明天 8:30 来") in said(site)


def test_a_compound_shows_its_own_and_its_communitys_and_no_other_place_does(town):
    put(town)
    put(town, "唐惠民", "每天 8:00—18:00", "site_compound_a1", role="物业经理")
    names = {key: {row[0] for row in said(town[key])} for key in ("site_compound_a1", "site_compound_a2", "site_community_a", "site_community_b", "site_street")}
    assert names == {
        "site_compound_a1": {"沈玉兰", "唐惠民"}, "site_compound_a2": {"沈玉兰"}, "site_community_a": {"沈玉兰"},
        "site_community_b": set(), "site_street": set(),
    }  # fmt: skip


def test_the_first_page_says_it_with_a_number_to_call(town, client):
    put(town)
    html = client.get("/s/qingzhuanli/").content.decode()
    assert "今天谁值班" in html and 'href="tel:5550110"' in html and "在岗到" in html
    assert "今天谁值班" not in client.get("/s/yinxingxiang/").content.decode()


def test_an_editor_writes_changes_and_removes_a_line_on_a_phone(town):
    editor = browser(town["editor"])
    form = {"name": "沈玉兰", "role": "居委会主任", "phone": "555 0110", "hours": "每天 8:30—17:30", "holidays": "official"}
    assert editor.post(DESK, form).status_code == 302
    line = DutyLine.objects.get()
    assert (line.name, line.phone) == ("沈玉兰", "5550110") and "沈玉兰" in editor.get(DESK).content.decode()
    url = f"/desk/duty/{line.pk}/"
    assert "每天 8:30—17:30" in re.sub("<.*?>", "", editor.get(url).content.decode())
    assert editor.post(url, form | {"name": "宋佳明"}).status_code == 302 and DutyLine.objects.get().name == "宋佳明"
    editor.post(url, {"do": "remove"})
    assert not DutyLine.objects.exists()
    assert [row.action for row in AuditRow.objects.filter(action__startswith="duty").order_by("pk")] == ["duty.write", "duty.write", "duty.remove"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "沈\u202e玉兰"), ("name", "<script>"), ("role", ""), ("phone", "打前台"), ("hours", ""), ("hours", "有空就来"), ("hours", "周一 9:00—11:00，10:00—12:00")],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(town, field, value):
    form = {"name": "沈玉兰", "role": "居委会主任", "phone": "555 0110", "hours": "每天 8:30—17:30", "holidays": "official"} | {field: value}
    answer = browser(town["editor"]).post(DESK, form)
    assert set(answer.context["form"].errors) == {field} and not DutyLine.objects.exists()
    kept = "居委会主任" if field != "role" else "沈玉兰"
    assert kept in answer.content.decode()


def test_only_those_who_shape_the_site_write_it(town):
    line = put(town)
    for who in ("resident", "property", "auditor"):
        with pytest.raises(NotAllowed):
            put_on_duty(site=town["site_community_a"], duty=Duty("甲", "乙", "", read_hours("24 小时")), by=town[who], now=clock.now())
        with pytest.raises(NotAllowed):
            take_off_duty(line=line, by=town[who], now=clock.now())
    assert browser(town["property"]).get(DESK).status_code == 404


def test_hours_are_needed_and_names_are_short():
    with pytest.raises(UserError):
        tidy(Duty("沈玉兰", "主任"))
    with pytest.raises(UserError) as wrong:
        tidy(Duty("沈" * 21, "主任", "", read_hours("24 小时")))
    assert wrong.value.field == "name"


def test_many_lines_take_no_more_queries(town, django_assert_max_num_queries):
    for n in range(12):
        put(town, f"人{n}")
    make_area(parent=town["community_a"])
    assert site_of(town["community_a"]) is not None
    with django_assert_max_num_queries(3):
        assert len(on_duty(town["site_community_a"], clock.now())) == 4
