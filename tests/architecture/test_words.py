"""Chinese first, English as full equal."""

from tools.checks import chinese, exceptions, tree, words
from tools.checks.tree import expect_none


def test_every_text_of_the_interface_has_an_english_translation():
    expect_none(words.untranslated())


def test_no_translation_is_fuzzy_or_empty_or_changes_a_placeholder():
    expect_none(words.bad_entries())


def test_chinese_in_python_stands_in_translation_calls():
    expect_none(chinese.in_python())


def test_chinese_in_templates_stands_in_translation_tags():
    expect_none(chinese.in_templates())


def test_every_excused_place_still_exists():
    expect_none(chinese.unused_exceptions())
    assert all(reason for reason in exceptions.CHINESE_IS_DATA.values())


def _file(tmp_path, monkeypatch, name: str, text: str):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(tree, "name", lambda it: it.name)
    return path


def test_the_reader_of_templates_finds_tags_blocks_plurals_and_filters(tmp_path, monkeypatch):
    path = _file(
        tmp_path,
        monkeypatch,
        "page.html",
        '{% translate "门牌" %}{% blocktranslate with n=x %}共 {{ n }} 户{% endblocktranslate %}'
        "{% blocktranslate count n=k %}{{ n }} 户{% plural %}{{ n }} 户人家{% endblocktranslate %}"
        '{% translate "门" context "house" %}{{ title|default:_("未命名") }}',
    )
    found = [(word.context, word.msgid, word.plural) for word in words.in_template(path)]
    assert found == [
        ("", "门牌", ""),
        ("", "共 %(n)s 户", ""),
        ("", "%(n)s 户", "%(n)s 户人家"),
        ("house", "门", ""),
        ("", "未命名", ""),
    ]


def test_the_reader_of_python_follows_aliases_and_refuses_texts_put_together(tmp_path, monkeypatch):
    path = _file(
        tmp_path,
        monkeypatch,
        "views.py",
        "from django.utils.translation import gettext_lazy as _, ngettext\n"
        'a = _("好" "的")\nb = ngettext("一户", "%d 户", 2)\nc = _(f"{a}")\n',
    )
    found, broken = words.in_python(path)
    assert [(word.msgid, word.plural) for word in found] == [("好的", ""), ("一户", "%d 户")]
    assert len(broken) == 1
