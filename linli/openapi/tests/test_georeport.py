"""GeoReport v2 as a program meets it: a client from PyPI, both forms, keys, and what is never listed."""

from __future__ import annotations

import urllib.error
from io import BytesIO
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from civicbot.http import HttpError, HttpTransport, RateLimiter
from civicbot.open311 import Open311Client
from civicbot.registry import Endpoint
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.casework.models import Case, Identity
from linli.common import clock
from linli.openapi.actions.keys import give_key, revoke_key
from linli.openapi.models import ApiKey
from linli.people.rules import BodyKind
from linli.people.tests.town import make_town

pytestmark = pytest.mark.django_db
BASE = "/open311/v2"
WHERE = {"address_string": "纺机新村"}


class Inside(HttpTransport):
    """The client's own transport with Django's test client where the network would be."""

    def __init__(self):
        super().__init__(rate_limiter=RateLimiter(min_interval=0))
        self.client = Client()

    def _open(self, req):
        parts = urlsplit(req.full_url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if req.data is None:
            answer = self.client.get(path)
        else:
            answer = self.client.post(path, req.data, content_type="application/x-www-form-urlencoded")
        if answer.status_code >= 400:
            raise HttpError(answer.status_code, req.full_url, answer.content.decode()) from urllib.error.URLError("refused")
        return answer.content


@pytest.fixture
def town(settings):
    settings.LINLI_PAGE_CACHE, settings.LINLI_STAFF_SECOND_FACTOR = 0, False
    return make_town()


@pytest.fixture
def key(town):
    _row, text = give_key(name="区热线", contact="区热线办", hourly=3, by=town.head(BodyKind.STREET_OFFICE), now=clock.now())
    return text


@pytest.fixture
def robot():
    endpoint = Endpoint("linli", "Linli", f"http://testserver{BASE}", write=True)
    return Open311Client(endpoint, Inside())


def post(client, key, **more):
    words = {"api_key": key, "service_code": "light", "description": "3 号楼门口路灯不亮", **WHERE}
    return client.post(f"{BASE}/requests.json", {**words, **more})


def test_a_client_from_pypi_finds_reports_and_reads(robot, key, town):
    services = robot.list_services()
    assert {"light", "lift", "other"} <= {row["service_code"] for row in services}
    assert [row["code"] for row in robot.get_service_definition("light")["attributes"]] == ["kind", "urgency", "wish"]
    sent = robot.create_request(
        "light", dry_run=False, confirm="SEND", api_key=key, validate_remote=True, address_string="纺机新村",
        description="3 号楼门口路灯不亮", attributes={"urgency": "urgent"},
    )  # fmt: skip
    (told,) = sent.response
    case = Case.objects.get(pk=told["service_request_id"])
    assert (case.theme, case.urgency, case.channel, case.place, case.secrecy) == ("light", "urgent", "api", town.place, "anonymous")
    assert case.code_said in told["service_notice"]
    assert robot.list_requests() == [], "nothing is public before the desk has approved it"
    Case.objects.filter(pk=case.pk).update(visibility="public", public_title="路灯", public_text="路灯不亮")
    (row,) = robot.list_requests(service_code="light", status="open")
    assert (row["service_request_id"], row["description"], row["status"]) == (str(case.pk), "路灯不亮", "open")
    assert robot.get_request(case.pk)["service_code"] == "light"
    assert robot.get_token(str(case.pk))[0]["service_request_id"] == str(case.pk)
    with pytest.raises(HttpError, match="404"):
        robot.get_service_definition("volcano")


def test_private_refused_and_unapproved_cases_are_listed_nowhere(client, key):
    answer = post(client, key)
    pk = answer.json()[0]["service_request_id"]
    for visibility, state in (("private", "submitted"), ("asked", "submitted"), ("public", "refused")):
        Case.objects.filter(pk=pk).update(visibility=visibility, state=state, public_text="x")
        assert client.get(f"{BASE}/requests.json").json() == []
        assert client.get(f"{BASE}/requests.json?service_request_id={pk}").json() == []
        assert client.get(f"{BASE}/requests/{pk}.xml").status_code == 404
        assert client.get(f"{BASE}/tokens/{pk}.json").status_code == 404


def test_a_named_report_keeps_its_name_and_phone_sealed(client, key):
    answer = post(client, key, first_name="立群", last_name="何", phone="13800135555", **{"attribute[kind]": "complaint"})
    assert answer.status_code == 201, answer.content
    case = Case.objects.get()
    assert (case.secrecy, case.kind, case.reporter) == ("named", "complaint", None)
    assert Identity.objects.get(case=case).name == "何立群"
    assert "立群" not in client.get(f"{BASE}/requests.json").content.decode()


def test_xml_says_the_same_as_json(client, key):
    pk = post(client, key).json()[0]["service_request_id"]
    Case.objects.update(visibility="public", public_text="灯 & <b>")
    tree = ElementTree.fromstring(client.get(f"{BASE}/requests/{pk}.xml").content)  # noqa: S314 - our own answer
    assert (tree.tag, tree[0].tag, tree[0].findtext("description")) == ("service_requests", "request", "灯 & <b>")
    named = client.get("/open311/discovery.xml")
    assert named["Content-Type"].startswith("text/xml")
    assert ElementTree.fromstring(named.content).find("endpoints/endpoint/formats/format").text == "application/json"  # noqa: S314 - our own answer
    assert ElementTree.fromstring(client.get(f"{BASE}/services.xml").content)[0].findtext("service_code") == "light"  # noqa: S314 - our own answer


@pytest.mark.parametrize(
    ("change", "status", "names"),
    [
        ({"api_key": ""}, 403, "api_key"), ({"api_key": "guess"}, 403, "api_key"), ({"service_code": "volcano"}, 404, "service_code"),
        ({"description": ""}, 400, "description"), ({"address_string": ""}, 400, "address_string"),
        ({"address_string": "月球"}, 400, "location"), ({"address_id": "999999"}, 400, "address_id"),
        ({"lat": "200", "long": "0"}, 400, "lat"), ({"attribute[kind]": "joke"}, 400, "attribute[kind]"),
        ({"jurisdiction_id": "elsewhere"}, 404, "jurisdiction_id"), ({"first_name": "群", "last_name": "何", "phone": "12"}, 400, "phone"),
    ],
)  # fmt: skip
def test_a_wrong_report_is_refused_and_makes_no_case(client, key, change, status, names):
    answer = post(client, key, **change)
    (error,) = answer.json()
    assert (answer.status_code, error["code"]) == (status, status)
    assert names in error["description"]
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><request>&b;</request>', "text/xml", 403),
        (b"{}", "application/json", 403),
        (b'--x\r\nContent-Disposition: form-data; name="media"; filename="a.jpg"\r\n\r\n\xff\xd8', "multipart/form-data; boundary=y", 403),
        (b"cut", "multipart/form-data", 400),
    ],
)  # fmt: skip
def test_a_bomb_or_a_body_cut_off_is_refused(client, key, body, kind, status):
    answer = client.generic("POST", f"{BASE}/requests.json", body, content_type=kind)
    assert answer.status_code == status, answer.content
    assert not Case.objects.exists()


def test_a_key_is_counted_by_the_hour_and_may_be_revoked(client, key, town):
    assert [post(client, key).status_code for _ in range(4)] == [201, 201, 201, 429]
    assert Case.objects.count() == 3
    revoke_key(key=ApiKey.objects.get().pk, by=town.head(BodyKind.STREET_OFFICE), now=clock.now())
    assert post(client, key).status_code == 403


def test_a_picture_comes_with_the_report_and_a_false_one_is_refused(client, key):
    answer = post(client, key, media=SimpleUploadedFile("lamp.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png"))
    assert (answer.status_code, Case.objects.count()) == (400, 0), answer.content
    drawn = BytesIO()
    from PIL import Image

    Image.new("RGB", (40, 30), "navy").save(drawn, "PNG")
    answer = post(client, key, media=SimpleUploadedFile("lamp.png", drawn.getvalue(), "image/png"))
    assert answer.status_code == 201, answer.content
    assert Case.objects.get().pictures.count() == 1


def test_the_key_is_shown_once_and_the_body_sees_its_own(client, town):
    client.force_login(town.heads[BodyKind.STREET_OFFICE])
    answer = client.post("/desk/api-keys/", {"name": "江州随手拍", "contact": "区热线办", "hourly": "60"})
    row = ApiKey.objects.get()
    assert answer.status_code == 200 and row.digest not in answer.content.decode()
    assert "江州随手拍" in client.get("/desk/api-keys/").content.decode()
    assert client.post("/desk/api-keys/", {"name": "", "contact": "x", "hourly": "0"}).status_code == 200
    client.force_login(town.heads[BodyKind.DISTRICT])
    assert "江州随手拍" not in client.get("/desk/api-keys/").content.decode()
    assert client.post(f"/desk/api-keys/{row.pk}/revoke/").status_code == 404
