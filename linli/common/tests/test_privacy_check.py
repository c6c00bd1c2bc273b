"""Personal data in texts that are about to be published."""

import pytest

from linli.common.privacy_check import Private, find_private, is_id_number, say_findings

GOOD_ID = "11010519491231002X"  # the example of GB 11643


def kinds(text: str, **kw: object) -> list[str]:
    return [finding.kind for finding in find_private(text, **kw)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [GOOD_ID, "110105 1949 1231 002x", "１１０１０５１９４９１２３１００２Ｘ", f"证号{GOOD_ID}，请核对"],
)
def test_an_id_number_with_a_right_check_digit_is_found_however_it_is_written(text: str) -> None:
    assert kinds(text) == [Private.ID]


@pytest.mark.parametrize(
    "text", ["110105194912310021", "110105194913310020", "订单 202605191234567890", "1234567890123456789012"]
)
def test_other_long_numbers_are_not_id_numbers(text: str) -> None:
    assert kinds(text) == []
    assert not is_id_number(text)


def test_an_old_id_number_of_fifteen_digits_is_found_by_its_day_of_birth() -> None:
    assert kinds("老证 110105491231002 还能用") == [Private.ID]
    assert kinds("编号 110105499931002") == []


@pytest.mark.parametrize(
    "text",
    ["13800001234", "138 0000 1234", "138-0000-1234", "+86 13800001234", "请打１３８００００１２３４找小王"],
)
def test_a_mobile_number_is_a_persons(text: str) -> None:
    assert kinds(text) == [Private.PHONE]


def test_the_numbers_of_an_office_are_not_a_persons() -> None:
    assert kinds("社区热线 555 0100，12345 也可以") == []
    assert kinds("值班手机 138 0000 1234", known=["+8613800001234"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "3 幢 2 单元 501 室",
        "3号楼2单元501",
        "三幢二单元五〇一室",
        "5栋1203室",
        "住 3-2-501，请上门",
        "12 座 B 单元 0301 室",
    ],
)
def test_a_whole_home_address_is_found(text: str) -> None:
    assert kinds(text) == [Private.ADDRESS]


@pytest.mark.parametrize(
    "text",
    [
        "纺机新村 1—6 幢停水",
        "3 幢南门口",
        "3 幢 2 单元门禁",
        "柳渡路 218 弄 2 号窗口",
        "2026-11-22 到 2026-12-01",
        "22-11-2026",
        "9:00-11:30",
        "社区 2 楼 201 室",
    ],
)
def test_buildings_entrances_offices_and_days_are_no_home_address(text: str) -> None:
    assert kinds(text) == []


def test_findings_come_in_reading_order_and_say_where_they_stand() -> None:
    text = f"张某（{GOOD_ID}）电话 13800001234，住 3 幢 2 单元 501 室"
    found = find_private(text)
    assert [finding.kind for finding in found] == [Private.ID, Private.PHONE, Private.ADDRESS]
    assert all(text[finding.start : finding.end] == finding.text for finding in found)
    assert GOOD_ID not in say_findings(found)
    assert "13800001234" not in say_findings(found)


def test_the_digits_of_a_key_in_an_address_are_nobodys_phone() -> None:
    assert kinds("见 /notices/01971380-0001-7234-8000-13800001234a/ 的公告") == []
    assert kinds("见 /notices/01971380-0001-7234-8000-13800001234a/ 或打 13800001234") == [Private.PHONE]
