"""The contract of an adapter, held by each of them against a real other side; then what is special to each."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from linli.config.instance import Instance, write_secret
from linli.gateways.adapters import Adapter, Parcel, Receipt, Refused, Unavailable, adapter_for
from linli.gateways.adapters.http import HttpAdapter, fill
from linli.gateways.adapters.local import ConsoleAdapter, FileAdapter
from linli.gateways.adapters.nowhere import NowhereAdapter
from linli.gateways.adapters.smpp import SmppAdapter, encode
from linli.gateways.adapters.smtp import SmtpAdapter

from .servers import mail_server, sms_provider, smsc

PHONE, ADDRESS = "+8613800001234", "helq@example.org"
CODE = "您的验证码是 204816，5 分钟内有效。"


@dataclass
class Side:
    """The other side of an adapter under test."""

    adapter: Any  # makes a fresh one
    to: str
    texts: Any  # what has arrived
    refuse: Any = None  # makes it refuse this message for good
    put_off: Any = None  # makes it say: later
    closed: Any = None  # an adapter to which nobody answers


@pytest.fixture
def secret_file(settings):
    write_secret(settings.LINLI_DATA, "gateway", "geheim\n")
    return "gateway"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "log" / "outgoing.log"

    def texts():
        return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]

    return Side(lambda: FileAdapter(path), PHONE, texts)


@pytest.fixture
def console(capsys):
    return Side(
        ConsoleAdapter,
        PHONE,
        lambda: [json.loads(line)["text"] for line in capsys.readouterr().out.splitlines()],
    )


@pytest.fixture
def smtp():
    with mail_server() as there:

        def adapter(port=there.port):
            return SmtpAdapter(
                host="127.0.0.1", port=port, security="none", sender="柳渡街道 <linli@example.org>"
            )

        side = Side(
            adapter,
            ADDRESS,
            lambda: [text for _to, _subject, text in there.got],
            lambda: setattr(there, "refuse", 550),
            lambda: setattr(there, "refuse", 451),
            lambda: adapter(1),
        )
        side.there = there
        yield side


@pytest.fixture
def http(secret_file):
    with sms_provider() as there:

        def adapter(port=there.port):
            return HttpAdapter(
                url=f"http://127.0.0.1:{port}/v1/send",
                headers={"Authorization": "Bearer {secret}"},
                secret_file=secret_file,
                fields={"mobile": "{number}", "content": "{text}", "id": "{key}"},
                ok={"code": "0"},
                refused={"code": ["1003"]},
                reference="data.id",
            )

        side = Side(
            adapter,
            PHONE,
            lambda: [text for _to, text in there.got],
            lambda: setattr(there, "answer", (200, {"code": 1003})),
            lambda: setattr(there, "answer", (503, {})),
            lambda: adapter(1),
        )
        side.there = there
        yield side


@pytest.fixture
def smpp(secret_file):
    with smsc() as there:

        def adapter(port=there.port):
            options = {
                "user": "linli",
                "password_file": secret_file,
                "sender": "10690123",
                "security": "none",
            }
            return SmppAdapter(host="127.0.0.1", port=port, **options)

        side = Side(
            adapter,
            PHONE,
            lambda: [text for _to, text in there.got],
            lambda: setattr(there, "status", 0x0B),
            lambda: setattr(there, "status", 0x58),
            lambda: adapter(1),
        )
        side.there = there
        yield side


@pytest.fixture(params=["file", "console", "smtp", "http", "smpp"])
def side(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["smtp", "http", "smpp"])
def far(request):
    return request.getfixturevalue(request.param)


def parcel(side, text=CODE, subject="登录验证码"):
    return Parcel("018f-key", side.to, text, subject)


class TestContract:
    def test_what_is_sent_arrives_character_by_character(self, side):
        texts = [CODE, "plain words, 7 bit", "🏮 晚上好 — “您好” @£", "第一行\n第二行"]
        with side.adapter() as adapter:
            for text in texts:
                adapter.send(parcel(side, text))
        assert [text.replace("\r\n", "\n") for text in side.texts()] == texts

    def test_a_session_can_be_opened_again(self, side):
        for _ in range(2):
            with side.adapter() as adapter:
                assert isinstance(adapter.send(parcel(side)), str)
        assert len(side.texts()) == 2

    def test_receipts_never_raise(self, side):
        adapter = side.adapter()
        assert list(adapter.receipts()) == []
        with adapter:
            assert isinstance(list(adapter.receipts()), list)

    def test_closing_twice_is_fine(self, side):
        adapter = side.adapter()
        adapter.open()
        adapter.close()
        adapter.close()

    def test_a_lasting_refusal_is_told_from_a_passing_one(self, far):
        far.refuse()
        with pytest.raises(Refused) as refused, far.adapter() as adapter:
            adapter.send(parcel(far))
        far.put_off()
        with pytest.raises(Unavailable) as put_off, far.adapter() as adapter:
            adapter.send(parcel(far))
        for told in (str(refused.value), str(put_off.value)):
            assert told
            assert not any(secret in told for secret in ("13800001234", "helq", "204816"))

    def test_nobody_there_is_unavailable(self, far):
        with pytest.raises(Unavailable), far.closed() as adapter:
            adapter.send(parcel(far))


def test_the_mail_carries_its_subject(smtp):
    with smtp.adapter() as adapter:
        adapter.send(parcel(smtp, subject="柳渡街道：登录验证码"))
        with pytest.raises(Refused):
            adapter.send(parcel(smtp, subject="a\nBcc: other@example.org"))


def test_mail_says_how_to_end_it(smtp):
    away = "https://linli.example.org/inbox/off/abc/"
    with smtp.adapter() as adapter:
        adapter.send(Parcel("018f-key", ADDRESS, "text", "subject", unsubscribe=away))
    assert smtp.there.headers["List-Unsubscribe"] == f"<{away}>"
    assert smtp.there.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_log_masks_the_number_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "log" / "outgoing.log"
    FileAdapter(path).send(Parcel("k", PHONE, CODE))
    assert "13800001234" not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0


def test_the_provider_is_told_the_secret_and_gives_a_reference(http):
    with http.adapter() as adapter:
        assert adapter.send(parcel(http)) == "p-1"
    assert http.there.headers["Authorization"] == "Bearer geheim"
    assert http.there.got == [("13800001234", CODE)]


def test_a_redirect_is_not_followed(http):
    http.there.answer, http.there.location = (307, {}), f"http://127.0.0.1:{http.there.port}/elsewhere"
    with pytest.raises(Unavailable, match="307"), http.adapter() as adapter:
        adapter.send(parcel(http))
    assert http.texts() == []


def test_an_answer_that_is_no_json_is_not_success(http):
    http.there.answer = (200, "fine")
    with pytest.raises(Unavailable), http.adapter() as adapter:
        adapter.send(parcel(http))


def test_words_of_a_message_are_not_templates():
    words = {"{text}": "{secret} and {to}", "{secret}": "geheim", "{to}": PHONE}
    assert fill({"a": ["{text}|{to}"], "n": 3}, words) == {"a": [f"{{secret}} and {{to}}|{PHONE}"], "n": 3}


@pytest.mark.parametrize(
    "url", ["http://sms.example.org/", "ftp://127.0.0.1/", "https://u:p@sms.example.org/", "https://"]
)
def test_only_https_to_one_named_host(url):
    with pytest.raises(ValueError, match="http"):
        HttpAdapter(url=url, fields={})


def test_receipts_come_over_the_same_bind_and_every_question_is_answered(smpp):
    with smpp.adapter() as adapter:
        assert adapter.send(parcel(smpp)) == "m1"
        smpp.there.receipt = "UNDELIV"
        assert adapter.send(parcel(smpp, "second")) == "m2"
        assert list(adapter.receipts()) == [Receipt("m1", True, "DELIVRD"), Receipt("m2", False, "UNDELIV")]
        assert list(adapter.receipts()) == []
    assert smpp.there.codings == [8, 0]
    assert sorted(smpp.there.answered) == [0x5, 0x5, 0x15, 0x15]


def test_a_long_text_arrives_whole(smpp):
    text = "停水通知：" + "明天 9 点到 15 点纺机新村停水。" * 12
    with smpp.adapter() as adapter:
        adapter.send(parcel(smpp, text))
    assert smpp.texts() == [text]


def test_a_wrong_password_is_unavailable_and_not_repeated_in_the_message(smpp, settings):
    write_secret(settings.LINLI_DATA, "gateway", "wrong-secret")
    with pytest.raises(Unavailable, match="0xe") as error, smpp.adapter():
        pass
    assert "wrong-secret" not in str(error.value)


def test_what_the_gsm_alphabet_lacks_goes_as_ucs2():
    assert encode("ABC 123 @£$") == (b"ABC 123 \x00\x01\x02", 0)
    assert encode("a`b")[1] == encode("好")[1] == 8
    assert encode("€[") == (b"\x1b\x65\x1b\x3c", 0)


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({}, NowhereAdapter),
        ({"adapter": "file"}, NowhereAdapter),
        ({"adapter": "console"}, NowhereAdapter),
        ({"adapter": "pigeon"}, NowhereAdapter),
        ({"adapter": "smtp", "host": "m.example.org", "sender": "a@example.org"}, NowhereAdapter),
        ({"adapter": "http", "url": "https://s.example.org/x", "fields": {"a": "{to}"}}, HttpAdapter),
        ({"adapter": "http", "url": "https://s.example.org/x"}, NowhereAdapter),
        ({"adapter": "smpp", "host": "s.example.org", "user": "u"}, SmppAdapter),
        (
            {"adapter": "smpp", "host": "s.example.org", "user": "u", "password_file": "../columns"},
            NowhereAdapter,
        ),
    ],
)
def test_a_real_instance_gets_what_instance_json_says_or_a_reason(settings, options, kind):
    settings.LINLI_INSTANCE = Instance(kind="real", sms=options)
    adapter = adapter_for("sms")
    assert isinstance(adapter, kind)
    assert isinstance(adapter, Adapter)


def test_mail_leaves_only_encrypted(settings):
    with pytest.raises(ValueError, match="encrypted"):
        SmtpAdapter(host="mail.example.org", security="none", sender="a@example.org")
    settings.LINLI_INSTANCE = Instance(
        kind="real", email={"adapter": "smtp", "host": "m.example.org", "sender": "a@b.example"}
    )
    assert isinstance(adapter_for("email"), SmtpAdapter)
