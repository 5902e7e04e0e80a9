"""Fill a product with many believable items, in English and Chinese, with fields, tags and links.

    PILOTHOUSE_DATA=... python -m bench.make_items --items 100000 --email me@example.com

Makes a workspace `bench` and a product `BIG`; the kinds share the items in fixed parts. Rows are written in bulk,
with their search index, so that reading can be measured; they leave no events but one each for the newest.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from datetime import date, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilothouse.settings")

WORDS = [
    "ticket",
    "boat",
    "signal",
    "lift",
    "card",
    "reader",
    "phone",
    "queue",
    "timetable",
    "harbour",
    "group",
    "pass",
    "refund",
    "login",
    "slow",
    "offline",
    "map",
    "price",
    "season",
    "child",
    "screen",
    "battery",
    "update",
    "crash",
    "language",
    "payment",
    "receipt",
    "seat",
    "storm",
    "delay",
    "gate",
]
PARTS = [
    "手机",
    "连接",
    "失败",
    "离线",
    "船票",
    "信号",
    "电梯",
    "刷卡",
    "退款",
    "登录",
    "太慢",
    "地图",
    "价格",
    "儿童",
    "屏幕",
    "电池",
    "更新",
    "闪退",
    "语言",
    "付款",
    "发票",
    "座位",
    "延误",
    "闸机",
    "团体票",
    "时刻表",
    "提醒",
    "排队",
    "无法",
    "打开",
]
SHARES = {"requirement": 0.5, "feedback": 0.3, "task": 0.1, "quote": 0.05, "need": 0.03, "insight": 0.02}
TAGS = ["app", "web", "离线", "支付", "signal", "gate", "urgent", "later", "ux", "性能"]
BATCH = 2_000


def main() -> int:
    options = arguments()
    import django

    django.setup()
    start = time.perf_counter()
    product, people = place(options.email)
    made = fill(product, people, options.items)
    print(f"{made:,} items in {product.workspace.slug}/{product.key} after {time.perf_counter() - start:.0f} s")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--email", default="bench@example.com")
    return parser.parse_args()


def place(email: str):
    from pilothouse.people.models import Membership, Product, Role, User, Workspace

    workspace, _ = Workspace.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    owner = User.objects.filter(email=email).first() or User.objects.create_user(email, "the 7:40 boat", name="Mei Lin")
    names = ("Alice Ahn", "Bob Berg", "陈晓", "王芳")
    others = [
        User.objects.filter(email=f"{n}@example.org").first() or User.objects.create_user(f"{n}@example.org", name=name)
        for n, name in enumerate(names)
    ]
    for user in (owner, *others):
        Membership.objects.get_or_create(workspace=workspace, user=user, defaults={"role": Role.OWNER})
    product, _ = Product.objects.get_or_create(workspace=workspace, key="BIG", defaults={"name": "Tidewater 潮汐"})
    return product, [owner, *others]


def make_items(actor, product, count: int) -> None:
    """Items as one person's, for the measurements of this folder."""
    fill(product, [actor.user], count)


def fill(product, people, total: int) -> int:
    from fractional_indexing import generate_n_keys_between

    from pilothouse.workbench.models import Tag
    from pilothouse.workbench.upkeep import settle

    Tag.objects.bulk_create([Tag(product=product, name=name) for name in TAGS], ignore_conflicts=True)
    tags = list(Tag.objects.filter(product=product))
    made, chance = 0, random.Random(7)  # the same items every time
    for kind, share in SHARES.items():
        ranks = generate_n_keys_between(None, None, int(total * share))
        for begin in range(0, len(ranks), BATCH):
            made += write(product, people, tags, kind, ranks[begin : begin + BATCH], chance)
    join(product, chance)
    settle(made)
    return made


def write(product, people, tags, kind: str, ranks: list[str], chance: random.Random) -> int:
    from django.db import transaction

    from pilothouse.kinds import KINDS
    from pilothouse.workbench import search
    from pilothouse.workbench.models import Item

    with transaction.atomic():
        numbers = product.take_numbers(len(ranks))
        items = [
            item(product, people, KINDS[kind], number, rank, chance)
            for number, rank in zip(numbers, ranks, strict=True)
        ]
        Item.objects.bulk_create(items)
        through = Item.tags.through
        through.objects.bulk_create(
            through(item=row, tag=tag) for row in items for tag in chance.sample(tags, chance.choice((0, 0, 1, 2)))
        )
        search.index(items)
    return len(items)


def item(product, people, kind, number: int, rank: str, chance: random.Random):
    from django.utils import timezone

    from pilothouse.workbench.models import Item

    state = chance.choice(kind.states)
    owner = chance.choice([None, *people])
    return Item(
        product=product, kind=kind.slug, number=number, rank=rank, title=sentence(chance, 4),
        body="\n\n".join(sentence(chance, 30) for _ in range(chance.choice((0, 1, 2, 6)))),
        state=state.slug, owner=owner, created_by=people[0], fields=fields(kind, chance),
        due_on=date(2026, 11, 1) + timedelta(days=chance.randrange(200)) if chance.random() < 0.3 else None,
        score=round(chance.random() * 1_000, 1) if kind.slug == "requirement" and chance.random() < 0.6 else None,
        closed_at=timezone.now() if state.closed else None,
    )  # fmt: skip


def sentence(chance: random.Random, words: int) -> str:
    if chance.random() < 0.5:
        return " ".join(chance.choices(WORDS, k=words)).capitalize()
    return "".join(chance.choices(PARTS, k=words))


def fields(kind, chance: random.Random) -> dict:
    values = {}
    for declared in kind.fields:
        if chance.random() < 0.3:
            continue
        if declared.type == "choice":
            values[declared.slug] = chance.choice(declared.options).slug
        elif declared.type == "number":
            values[declared.slug] = chance.randrange(100)
        elif declared.type == "date":
            values[declared.slug] = (date(2026, 1, 1) + timedelta(days=chance.randrange(330))).isoformat()
        elif declared.type == "text":
            values[declared.slug] = sentence(chance, 2)
    return values


def join(product, chance: random.Random) -> None:
    """Links along the thread: quotes to insights, insights to needs, needs to requirements, these to tasks."""
    from pilothouse.kinds import KINDS
    from pilothouse.workbench.models import Item, Link

    ids = {
        kind: list(Item.objects.filter(product=product, kind=kind).values_list("pk", flat=True)[:5_000])
        for kind in SHARES
    }
    for source, target in (
        ("feedback", "quote"),
        ("quote", "insight"),
        ("insight", "need"),
        ("need", "requirement"),
        ("requirement", "task"),
    ):
        relation = KINDS[source].lifts_to[target]
        rows = [Link(source_id=pk, target_id=chance.choice(ids[target]), relation=relation) for pk in ids[source]]
        Link.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


if __name__ == "__main__":
    sys.exit(main())
