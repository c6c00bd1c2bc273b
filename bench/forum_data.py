"""One forum as neutral JSON lines, the same for every system: people, boards, topics with their posts, who read how far.

    python -m bench.forum_data 100000 > lines.jsonl

A seed and the number of posts give the same lines everywhere; the words of topic n do not depend on how many there are.
Topic 0 is the giant, a tenth of all posts; every other has 20. A line knows no system's keys: people, boards and topics
have running numbers, times are seconds before the loading.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Line = dict[str, Any]

PEOPLE, OUTSIDERS, HANDLERS = 50, 8, 2  # of the people: with no home here; of the office
BOARDS = ("public",) * 7 + ("members",) * 2 + ("own",)
IN_TOPIC, GIANT = 20, 0  # posts of a usual topic; the giant's number
PUBLIC, MEMBERS, OWN = 11, 17, 19  # one topic of each permission class that is there at every size
READER = 2  # the person whose pages are timed: lives here, read a third of all
PER_DAY = 500  # so that a larger forum is an older one, not a busier one
COMMON, RARE = "停车", "鹦鹉"

SURNAMES = "何胡林沈周唐江马严罗孟白贺石姚邵汪钱傅康"
GIVEN = ("立群", "小满", "玉兰", "海宁", "雨桐", "建国", "秀英", "思远", "嘉禾", "文博", "晓燕", "大勇", "静怡", "国梁", "春梅")
THINGS = (
    "停车", "电梯", "步道", "路灯", "水管", "快递", "垃圾", "广场", "宠物", "楼道", "门禁", "充电", "燃气", "暖气", "绿化", "围墙", "车棚", "雨棚",
    "自来水", "健身器材", "儿童乐园", "消防通道", "物业费", "维修资金", "团购", "理发店", "早餐摊", "班车", "校门口", "菜市场", "图书角", "活动室",
)  # fmt: skip
WHERE = ("东门", "西门", "南门", "三幢", "五幢", "七幢", "九幢", "地下车库", "中心花园", "河边", "二单元", "顶楼", "架空层", "岗亭边")
WHEN = ("今天早上", "昨天晚上", "上个礼拜", "这两天", "下班以后", "周末", "一大早", "半夜里", "前天下午", "每到雨天")
SAID = (
    "{where}的{thing}{when}又出了问题，有没有人知道找谁", "{when}路过{where}，看见{thing}没人管", "{thing}的事我问过一回，说是再等等", "{where}那边的{thing}修好了，谢谢师傅",
    "我家也一样，{when}特别明显", "建议把{thing}挪到{where}去，大家都方便", "{thing}到底归谁管，能不能给个说法", "有人愿意一起去{where}看看{thing}吗",
    "{when}我拍了照片，{where}那一段最厉害", "{thing}的价钱问过三家，{where}这家最实在", "别吵，先把{thing}的账说清楚", "{where}住的老人多，{thing}这件事拖不得",
)  # fmt: skip
ENDS = ("。", "。", "！", "？", "……")


def people() -> Iterator[Line]:
    chance, names = random.Random("people"), set[str]()
    for n in range(PEOPLE):
        while (name := chance.choice(SURNAMES) + chance.choice(GIVEN)) in names:
            pass
        names.add(name)
        yield {"kind": "person", "n": n, "name": name, "class": class_of(n)}


def class_of(person: int) -> str:
    """`member` lives here, `outsider` has no home here, `handler` works in the office."""
    if person >= PEOPLE - HANDLERS:
        return "handler"
    return "outsider" if person >= PEOPLE - HANDLERS - OUTSIDERS else "member"


def boards() -> Iterator[Line]:
    for n, reads in enumerate(BOARDS):
        yield {"kind": "board", "n": n, "name": f"{THINGS[n]}专版", "reads": reads}


def sizes(posts: int) -> list[int]:
    """How many posts each topic has: the giant, then as many usual ones as fit."""
    giant = max(IN_TOPIC, posts // 10)
    usual = (posts - giant) // IN_TOPIC
    if usual <= max(PUBLIC, MEMBERS, OWN):
        raise ValueError("too few posts for one topic of each class")
    return [giant] + [IN_TOPIC] * usual


def board_of(topic: int) -> int:
    """In turn; but most of the first forty stand on one board, so that its first page is full at every size."""
    turn = topic % len(BOARDS)
    return PUBLIC % len(BOARDS) if topic < 40 and BOARDS[turn] == "public" else turn


def topics(posts: int, seed: int = 5) -> Iterator[Line]:
    """Topics, each followed by its posts. The last topic is the newest; the giant runs through the whole time."""
    many = sizes(posts)
    span = posts * 86400 / PER_DAY
    for topic, size in enumerate(many):
        chance = random.Random(f"{seed}:{topic}")
        begun = span if topic == GIANT else span * (len(many) - topic) / len(many)
        lasts = span if topic == GIANT else min(begun, 86400.0)
        yield {
            "kind": "topic", "n": topic, "board": board_of(topic), "title": _title(chance, topic), "author": _author(chance),
            "posts": size, "ago": round(begun), "last_ago": round(begun - lasts * (size - 1) / size),
        }  # fmt: skip
        for number in range(1, size + 1):
            yield _post(chance, topic, number, round(begun - lasts * (number - 1) / size))


def _title(chance: random.Random, topic: int) -> str:
    return f"{chance.choice(WHERE)}的{chance.choice(THINGS)} {topic}"


def _author(chance: random.Random) -> int:
    """Who lives here or works here; a few write most of it."""
    if chance.random() < 0.04:
        return PEOPLE - 1 - chance.randrange(HANDLERS)
    return int((PEOPLE - HANDLERS - OUTSIDERS) * chance.random() ** 2)


def _post(chance: random.Random, topic: int, number: int, ago: int) -> Line:
    reacts = chance.sample(range(PEOPLE - HANDLERS - OUTSIDERS), chance.randint(1, 6)) if chance.random() < 0.15 else []
    cut = chance.randint(0, len(reacts)) if reacts else 0
    return {
        "kind": "post", "topic": topic, "number": number, "author": _author(chance), "ago": ago, "text": _text(chance),
        "agree": sorted(reacts[cut:]), "thank": sorted(reacts[:cut]),
    }  # fmt: skip


def _text(chance: random.Random) -> str:
    """One to three paragraphs of some forty to two hundred letters, now and then with marks."""
    said = [_sentence(chance) for _ in range(chance.randint(2, 6))]
    if chance.random() < 0.0004:
        said.append(f"另外，谁家的{RARE}飞到{chance.choice(WHERE)}了？")
    kind = chance.random()
    if kind < 0.05:
        return said[0] + "\n\n" + "\n".join(f"- {one}" for one in said[1:])
    if kind < 0.12:
        return f"> {said[0]}\n\n" + "".join(said[1:])
    if kind < 0.20:
        return f"**{said[0]}**" + "".join(said[1:])
    half = len(said) // 2
    return "".join(said[:half]) + "\n\n" + "".join(said[half:]) if kind < 0.5 else "".join(said)


def _sentence(chance: random.Random) -> str:
    words = {"where": chance.choice(WHERE), "thing": chance.choice(THINGS), "when": chance.choice(WHEN)}
    return chance.choice(SAID).format(**words) + chance.choice(ENDS)


def reads(posts: int, seed: int = 5) -> Iterator[Line]:
    """How far each person read, unevenly: person n a share of 1/(n+1) of all topics, mostly to their end."""
    many = sizes(posts)
    for person in range(PEOPLE):
        chance = random.Random(f"{seed}:read:{person}")
        for topic, size in enumerate(many):
            if chance.random() * (person + 1) < 1 and may_read(person, topic):
                number = size if chance.random() < 0.7 else chance.randint(1, size)
                yield {"kind": "read", "person": person, "topic": topic, "number": number}


def may_read(person: int | None, topic: int) -> bool:
    """Whom the permission class of the topic's board lets in, but for the authors of a board of own topics."""
    access = BOARDS[board_of(topic)]
    if access == "public":
        return True
    who = class_of(person) if person is not None else ""
    return who == "handler" or (access == "members" and who == "member")


def lines(posts: int, seed: int = 5) -> Iterator[Line]:
    yield from people()
    yield from boards()
    yield from topics(posts, seed)
    yield from reads(posts, seed)


def write(path: Path, posts: int, seed: int = 5) -> Path:
    with path.open("w", encoding="utf-8") as out:
        for line in lines(posts, seed):
            out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    return path


def read(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def of_kind(path: Path, kind: str) -> Iterator[Line]:
    """The lines of one kind, without taking the others apart."""
    begins = f'{{"kind":"{kind}"'
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.startswith(begins))


def truths(found: Iterable[Line], words: Iterable[str]) -> dict[str, set[tuple[int, int]]]:
    """Of a visitor's search: the posts (topic, number) on public boards in which each word stands, blanks and line ends aside.

    A first post has its title too.
    """
    stands: dict[str, set[tuple[int, int]]] = {word: set() for word in words}
    titles: dict[int, str] = {}
    for line in found:
        if line["kind"] == "topic":
            titles[line["n"]] = line["title"]
        elif line["kind"] == "post" and BOARDS[board_of(line["topic"])] == "public":
            head, text = (titles[line["topic"]] if line["number"] == 1 else ""), "".join(line["text"].split())
            for word, keys in stands.items():
                if word in head or word in text:
                    keys.add((line["topic"], line["number"]))
    return stands


if __name__ == "__main__":
    for one in lines(int(sys.argv[1])):
        print(json.dumps(one, ensure_ascii=False, separators=(",", ":")))
