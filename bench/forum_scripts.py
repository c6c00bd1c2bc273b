"""Scripts that run over an instance in a process of their own: statements of pages, recall and time of a search."""

COUNT = r"""
import json, sys
from linli.config.cli import setup
setup.django()
from django.conf import settings
settings.LINLI_PAGE_CACHE, settings.ALLOWED_HOSTS = 0, ["*"]
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
counts = {}
for what, path, cookie in json.loads(sys.argv[1]):
    client = Client(headers={"cookie": cookie} if cookie else {})
    for _ in range(3):  # whatever a process keeps is kept by then
        client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    counts[what] = len(asked)
print(json.dumps(counts))
"""

SEARCH = r"""
import json, random, statistics, sys, time
from pathlib import Path
from bench import forum_data as data
from linli.config.cli import setup
setup.django()
from linli.people.api import Actor
from linli.search import api

MOST = 1000

def loaded(page):
    # The posts of the lines among the hits: what the run itself has written since is not in the truth.
    return [int(entry.subject) for entry in page.entries if entry.kind in ("topic", "reply") and int(entry.subject) <= len(posts)]

lines, posts, texts = Path(sys.argv[1]), {}, []
for number, line in enumerate(data.of_kind(lines, "post"), start=1):
    posts[line["topic"], line["number"]] = number
    if number % 997 == 0 and len(texts) < 400:
        texts.append(line["text"])
chance, words = random.Random(3), [data.COMMON, data.RARE]
while len(words) < 40:
    text = chance.choice(texts)
    at = chance.randrange(len(text) - 2)
    word = text[at : at + 2]
    if all(0x4E00 <= ord(c) < 0xA000 for c in word) and word not in words:
        words.append(word)
truth = data.truths((line for line in data.read(lines) if line["kind"] in ("topic", "post")), words)
should = found = wrong = 0
took = []
for word in words:
    question = api.read_question(word, {})
    wanted = sorted((posts[key] for key in truth[word]), reverse=True)
    start = time.process_time()
    first = api.search(question, actor=Actor())
    took.append((time.process_time() - start) * 1000)
    hits, after = loaded(first), first.after
    while after is not None and len(hits) < MOST:
        page = api.search(question, actor=Actor(), after=after, size=200)
        hits, after = [*hits, *loaded(page)], page.after
    shown = set(hits)
    should += len(wanted) if after is None else len(shown)
    found += len(shown.intersection(wanted))
    wrong += len(shown.difference(wanted)) + (len(shown) != len(hits))
took.sort()
print(json.dumps({"recall": found / should, "wrong": wrong, "words": len(words), "median": took[len(took) // 2], "p95": took[int(len(took) * 0.95)],
                  "rare": len(truth[data.RARE]), "common": len(truth[data.COMMON])}))
"""
