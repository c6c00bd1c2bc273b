"""100,000 entries in a fresh instance on SQLite: processor time of a two-character word, of the worst questions, of writing."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from .measure import Figure
from .measure import run as measured

MAKE = """
import pathlib, sys
from linli.config import instance, prepare
from linli.config.cli import setup
folder = pathlib.Path(sys.argv[1])
instance.create(instance.Instance(kind="real", district=""), folder)
setup.django()
prepare.prepare(folder)
"""
ASK = r"""
import json, random, statistics, sys, time
from linli.config.cli import setup
setup.django()
from linli.people.api import Actor
from linli.search import api
from linli.search.models import SearchEntry
from linli.search.tests import factories

def cpu(do, *args):
    start = time.process_time()
    do(*args)
    return (time.process_time() - start) * 1000

def ask(typed, **facts):
    api.search(api.read_question(typed, api.synonyms_for(typed)), actor=Actor(), **facts)

factories.register()
start = time.process_time()
api.put_entries(factories.entries(100_000, size=120))
written = (time.process_time() - start) / 100
rng = random.Random(3)
texts = list(SearchEntry.objects.values_list("text", flat=True)[:2000])
words = []
while len(words) < 400:
    text = rng.choice(texts)
    at = rng.randrange(len(text) - 2)
    word = text[at : at + 2]
    if all(ord(c) > 0x2E80 and c.isalnum() for c in word):
        words.append(word)
ask("停水")
took = sorted(cpu(ask, word) for word in words)
one = sorted(cpu(ask, word[0]) for word in words[:100])
four = sorted(cpu(ask, texts[n][:4]) for n in range(100))
letters = factories.LETTERS
worst = max(
    cpu(ask, typed) for typed in (
        letters[:60], " ".join(letters[:8]), " ".join(letters[n : n + 2] for n in range(0, 16, 2)), "停", "2", "停 电 水 梯",
        "业委会 物业 居委会 街道办 电动车 老人 车位 户口",
    )
)
guess = max(cpu(lambda: api.guesses(api.read_question(letters[:59], {}), actor=Actor())) for _ in range(3))
print(json.dumps({"write": written, "one": one[94], "two50": took[199], "two": took[379], "most": took[-1], "four": four[94],
                  "worst": worst, "guess": guess}))
"""


def run() -> list[Figure]:
    folder = Path(tempfile.mkdtemp(prefix="linli-bench-"))
    environment = {"LINLI_DATA": str(folder / "data"), "LINLI_DATABASE": ""}
    try:
        measured([sys.executable, "-c", MAKE, str(folder / "data")], environment)
        taken = measured([sys.executable, "-c", ASK], environment)
        size = (folder / "data" / "linli.sqlite3").stat().st_size / 1024 / 1024
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    ms = json.loads(taken.output.strip().splitlines()[-1])
    return [
        Figure("two characters among 100,000 entries, median", ms["two50"], "ms"),
        Figure("two characters among 100,000 entries, p95", ms["two"], "ms", 20),
        Figure("two characters among 100,000 entries, most", ms["most"], "ms"),
        Figure("one character, p95", ms["one"], "ms"),
        Figure("four characters, p95", ms["four"], "ms"),
        Figure("the worst of questions", ms["worst"], "ms", 2000),
        Figure("guessing what was meant, worst", ms["guess"], "ms", 2000),
        Figure("writing 1,000 entries of 130 characters", ms["write"], "s"),
        Figure("database", size, "MiB"),
    ]
