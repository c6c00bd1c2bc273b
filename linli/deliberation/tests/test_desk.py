"""The desk of an office: what it presses, and what it is told."""

from linli.common.ids import uuid7
from linli.deliberation.models import AnswerTemplate, Duty
from linli.people.rules import BodyKind, Role

from .factories import answer, ask, make_body, make_person, make_post
from .test_pages import pytestmark, text, time, town, url

__all__ = ["pytestmark", "time", "town"]
PC, OC, RC = BodyKind.PROPERTY_COMPANY, BodyKind.OWNERS_COMMITTEE, BodyKind.RESIDENTS_COMMITTEE


def test_an_office_answers_from_a_template_and_readers_see_the_office(town, client):
    question = ask(town)
    client.force_login(town.heads[PC])
    client.post(
        url("template_new"),
        {"key": str(uuid7()), "title": "账目在哪看", "text": "账目贴在【地点】。", "theme": "fees"},
    )
    row = AnswerTemplate.objects.get()
    assert "分摊款用了多少？" in text(client.get(url("desk")))
    page = client.get(url("desk_one", question.pk) + f"?template={row.pk}").content.decode()
    assert "账目贴在【地点】。</textarea>" in page
    said = client.post(url("answer", question.pk), {"text": "账目贴在 2 幢门口。"}, follow=True)
    assert "答复了" in text(said) and "执笔：邻安物业主任" in text(said)
    client.logout()
    public = text(client.get(question.url))
    assert "邻安物业正式答复" in public and "执笔" not in public


def test_two_officials_at_once_one_succeeds_and_the_other_keeps_his_text(town, client):
    question = ask(town)
    mate = make_post(make_person("周工"), town.bodies[PC], Role.PROPERTY_COMPANY)
    answer(town, question)
    client.force_login(mate.person)
    said = client.post(url("answer", question.pk), {"text": "我也写了一段"})
    page = said.content.decode()
    assert "刚才同事先办了" in page and question.answers.count() == 1


def test_a_transfer_to_a_body_that_does_not_serve_the_place_is_refused_with_the_reason_kept(town, client):
    question = ask(town)
    other = make_body(PC, town.places["compound_b1"], name="巷口物业")
    client.force_login(town.heads[PC])
    said = client.post(url("transfer", question.pk), {"to": str(other.pk), "why": "归他们"})
    assert "这个单位不管这里" in text(said) and "归他们" in said.content.decode()
    client.post(url("transfer", question.pk), {"to": str(town.bodies[OC].pk), "why": "业委会管"})
    assert Duty.objects.get().office == town.bodies[OC]
    assert client.get(url("desk_one", question.pk)).status_code == 404, "it is no longer theirs"


def test_every_step_of_the_desk_is_pressed_and_said(town, client):
    question = ask(town)
    client.force_login(town.heads[PC])
    mate = make_post(make_person("周工"), town.bodies[PC], Role.PROPERTY_COMPANY, title="工程主管")
    for name, data in (
        ("progress", {"progress": "在对账"}), ("pause", {"why": "等流水"}), ("resume", {}), ("assign", {"post": str(mate.pk)}),
    ):  # fmt: skip
        assert client.post(url(name, question.pk), data).status_code == 302, name
    page = text(client.get(question.url))
    for said in ("在对账", "等流水", "恢复计时", "周工·工程主管"):
        assert said in page
    for name in ("progress", "pause", "answer"):
        assert 'id="errors"' in client.post(url(name, question.pk), {}).content.decode(), name
    assert "没有停表" in text(client.post(url("resume", question.pk)))


def test_the_joint_number_is_set_by_the_head_alone(town, client):
    mate = make_post(make_person("宋佳明"), town.bodies[RC], Role.RESIDENTS_COMMITTEE)
    client.force_login(mate.person)
    client.post(url("signatures"), {"needed": "5"})
    client.force_login(town.heads[RC])
    assert "20 人" in text(client.get(url("signatures")))
    assert "现在是 5 人" in text(client.post(url("signatures"), {"needed": "5"}, follow=True))
    assert 'id="errors"' in client.post(url("signatures"), {"needed": "1"}).content.decode()


def test_templates_are_the_own_offices_and_named_once(town, client):
    client.force_login(town.heads[PC])
    key = str(uuid7())
    for _ in range(2):
        client.post(url("template_new"), {"key": key, "title": "甲", "text": "文"})
    assert AnswerTemplate.objects.count() == 1
    again = client.post(url("template_new"), {"key": str(uuid7()), "title": "甲", "text": "另一段"})
    assert "已经有一个叫" in text(again) and "另一段" in again.content.decode()
    client.force_login(town.heads[RC])
    assert (
        client.get(url("template", key)).status_code == 404
        and client.post(url("template_drop", key)).status_code == 404
    )
    client.force_login(town.heads[PC])
    client.post(url("template_drop", key))
    assert not AnswerTemplate.objects.exists()
