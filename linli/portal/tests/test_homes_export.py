"""The list of homes as a file."""

import io

import openpyxl
import pytest

from linli.areas.api import read_table
from linli.areas.tests.factories import make_cell
from linli.common.models import AuditRow
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return make_cell()


@pytest.fixture
def clerk(places):
    return make_post(body=make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"]), role=Role.RESIDENTS_COMMITTEE).person


def content(response):
    return b"".join(response.streaming_content)


def test_a_clerk_takes_the_homes_out_as_excel_and_the_audit_says_so(client, places, clerk):
    make_residency(make_person("住户"), places["home"])
    client.force_login(clerk)
    response = client.get(f"/places/{places['compound_a1'].pk}/homes/export/")
    assert response["Content-Disposition"].startswith("attachment") and ".xlsx" in response["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(content(response))).active
    assert [[cell.value for cell in row] for row in sheet] == [
        ["楼栋", "单元", "房号", "楼层", "建筑面积", "用途"],
        ["3 幢", "1 单元", "101", 1, 67.48, "住宅"],
        ["3 幢", "1 单元", "201", 2, 88.12, "住宅"],
    ]
    row = AuditRow.objects.get(action="homes.export")
    assert row.actor == clerk.pk and row.subject_id == str(places["compound_a1"].pk)


def test_what_was_taken_out_as_csv_can_be_brought_in_again(client, places, clerk):
    client.force_login(clerk)
    data = content(client.get(f"/places/{places['compound_a1'].pk}/homes/export/?form=csv"))
    table = read_table(io.BytesIO(data))
    assert next(row for _line, row in table.rows) == ["3 幢", "1 单元", "101", "1", "67.48", "住宅"]


def test_nobody_else_gets_it_and_no_audit_row_is_written(client, places, clerk):
    url = f"/places/{places['compound_b1'].pk}/homes/export/"
    assert client.get(url).status_code == 302
    client.force_login(clerk)
    assert client.get(url).status_code == 404
    resident = make_person("住户")
    make_residency(resident, places["home"])
    client.force_login(resident)
    assert client.get(f"/places/{places['compound_a1'].pk}/homes/export/").status_code == 404
    assert not AuditRow.objects.filter(action="homes.export").exists()
