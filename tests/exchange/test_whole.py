"""A product goes out as one file and comes in again equal; a hostile file is refused by name and leaves nothing."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.base import ContentFile
from django.http import Http404

from pilothouse.exchange.whole.checks import BadFile
from pilothouse.exchange.whole.incoming import bring_in
from pilothouse.exchange.whole.outgoing import lines
from pilothouse.outcomes.models import Prediction, Reading
from pilothouse.people.models import Product, User
from pilothouse.workbench import search
from pilothouse.workbench.models import Attachment, CustomField, CustomState, Item, Run, SavedView, Watch
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.lifting import lift
from pilothouse.workbench.writing.undo import undo
from tests.exchange.helpers import again

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def full(cast):
    """A product with something in every table."""
    product, alice = cast.product, cast.alice
    CustomField.objects.create(
        product=product, kind="need", slug="own_repo", name="仓库", type="choice", options=[{"slug": "a", "name": "A"}]
    )
    CustomState.objects.create(product=product, kind="task", slug="waiting", name="等待", category="active")
    alice, product = again(alice), again(alice).product("TW")
    need = actions.create(
        alice,
        product,
        "need",
        {"title": "=1+1 离线 <b>", "body": "行\n二", "owner": "bob@example.com", "tags": "app, 离线", "own_repo": "a"},
    )
    child = actions.create(alice, product, "need", {"title": "Child", "parent": need.ref, "due_on": "2026-12-01"})
    parent = actions.create(alice, product, "need", {"title": "Later parent"})
    actions.change(alice, need, {"parent": parent.ref, "situation": "In the lift"})
    [made] = lift(alice, [need, child], "requirement", [{"title": "Offline", "reach": 1200, "confidence": 80.5}])
    actions.comment(alice, need, "We see this. @bob@example.com")
    trashed = actions.create(alice, product, "task", {"title": "Gone"})
    actions.trash(alice, [trashed])
    undo(alice, actions.change(alice, child, {"title": "Changed"}).batch)
    metric = actions.create(alice, product, "metric", {"title": "Boardings"})
    release = actions.create(alice, product, "release", {"title": "2.4"})
    Reading.objects.create(metric=metric, on="2026-11-01", value=0.5, low=0.4, high=0.6, n=100, recorded_by=alice.user)
    Prediction.objects.create(
        release=release, metric=metric, baseline=1, expected=2, probability=70, review_on="2026-12-01"
    )
    Run.objects.create(
        product=product,
        item=made,
        method="rice",
        version="1",
        inputs={"reach": 1},
        result={"score": 2.5},
        actor=alice.user,
    )
    SavedView.objects.create(product=product, kind="need", owner=cast.bob.user, name="Mine", query="state=heard")
    Watch.objects.get_or_create(item=need, user=cast.gwen.user)
    row = Attachment(item=need, name="图.png", size=5, type="image/png", added_by=alice.user)
    row.file.save("x", ContentFile(b"\x89PNG\x00"))
    elsewhere = actions.create(alice, alice.product("SEC"), "need", {"title": "Other product"})
    actions.link(alice, need, "relates", elsewhere)
    return Product.objects.select_related("workspace").get(pk=product.pk)


CANVASES = ("veils", "own_layouts", "canvases", "votes", "figures")
PLANNING = ("skills", "workers", "days_off", "capacities", "estimates", "scorecard", "plan", "gates", "told")


def exported(product: Product) -> str:
    return "".join(lines(product))


def canonical(text: str) -> dict:
    """Without what must differ: the product's own key and date."""
    document = json.loads(text)
    for name in ("key", "created_at"):
        document["product"].pop(name)
    return document


def as_file(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode("utf-8", "surrogatepass"))


def test_out_and_in_again_is_equal(cast, full):
    text = exported(full)
    copy = bring_in(again(cast.alice), as_file(text), "COPY")
    assert copy.pk != full.pk
    first, second = canonical(text), canonical(exported(Product.objects.select_related("workspace").get(pk=copy.pk)))
    assert set(first) == set(second)
    for name in first:
        for one, two in zip(first[name], second[name], strict=True) if isinstance(first[name], list) else []:
            assert one == two
        assert first[name] == second[name], name
    elsewhere = ("product", "survey", "cod", *CANVASES, *PLANNING)  # these have tests of their own
    assert all(first[name] for name in first if not name.startswith(elsewhere))
    items = Item.objects.filter(product=copy)
    assert search.matching(items, "离线", [copy.pk]).count() == 1
    assert actions.create(again(cast.alice), copy, "need", {"title": "Next"}).number == full.last_number + 1


def test_another_layout_of_the_same_json_is_read_as_well(cast, full):
    text = json.dumps(json.loads(exported(full)), indent=2)
    copy = bring_in(again(cast.alice), as_file(text), "COPY")
    assert canonical(exported(Product.objects.select_related("workspace").get(pk=copy.pk))) == canonical(exported(full))


def test_elsewhere_people_are_known_by_their_address_and_others_stay_names(cast, full):
    text = exported(full)
    copy = bring_in(again(cast.charlie), as_file(text), "TW")
    assert copy.workspace == cast.charlie.workspace
    owner = Item.objects.get(product=copy, number=1).owner
    assert (str(owner), owner.is_active, owner.has_usable_password()) == ("Bob", False, False)
    assert owner.pk != cast.bob.user.pk
    assert "bob@example.com" not in owner.email
    assert not owner.memberships.exists()
    count = User.objects.count()
    bring_in(again(cast.charlie), as_file(text), "TWO")
    assert User.objects.count() == count


def test_undo_in_the_copy_touches_only_the_copy(cast, full):
    copy = bring_in(again(cast.alice), as_file(exported(full)), "COPY")
    batch = copy.events.filter(verb="changed", undone_at=None).first().batch
    undo(again(cast.alice), batch)
    assert Item.objects.get(product=full, number=1).fields["situation"] == "In the lift"
    assert "situation" not in Item.objects.get(product=copy, number=1).fields


def broken(text: str, **changes) -> str:
    document = json.loads(text)
    for path, value in changes.items():
        table, _sep, rest = path.partition("__")
        if rest:
            document[table][0][rest] = value
        else:
            document[table] = value
    return json.dumps(document)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"version": 2}, "newer"),
        ({"format": "x"}, "not a product"),
        ({"product": []}, "no product"),
        ({"items__title": 5}, "items[1].title"),
        ({"items__title": "x" * 600}, "items[1].title"),
        ({"items__title": "a\x00"}, "items[1].title"),
        ({"items__title": "\ud800"}, "items[1].title"),
        ({"items__number": -1}, "items[1]"),
        ({"items__number": 2}, "items[2]"),
        ({"items__number": 10**30}, "items[1].number"),
        ({"items__kind": "nonsense"}, "items[1]"),
        ({"items__parent": 999}, "parent"),
        ({"items__parent": 1}, "below itself"),
        ({"items__parent": 2}, "below itself"),
        ({"items__owner": 99}, "items[1].owner"),
        ({"items__score": "high"}, "items[1].score"),
        ({"items__due_on": "2026-02-31"}, "items[1].due_on"),
        ({"items__created_at": "9999-12-31T23:59:59+00:00"}, "items[1].created_at"),
        ({"items__fields": []}, "items[1].fields"),
        ({"items__fields": {"frequency": "hourly"}}, "items[1].fields.frequency"),
        ({"items__fields": {"frequency": {"a": 1}}}, "items[1].fields.frequency"),
        ({"items__surprise": 1}, "surprise"),
        ({"items": [5]}, "items[1]"),
        ({"links__source": 77}, "links[1].source"),
        ({"links__relation": "eats"}, "links[1].relation"),
        ({"item_tags__tag": None}, "item_tags[1].tag"),
        ({"custom_fields__type": "virus"}, "custom_fields[1].type"),
        ({"custom_fields__options": ["a"]}, "custom_fields[1]"),
        ({"custom_fields__kind": "x"}, "custom_fields[1].kind"),
        ({"attachments__file": "!!!"}, "attachments[1].file"),
        ({"events__changes": "x"}, "events[1].changes"),
        ({"people__email": 7}, "people[1].email"),
        ({"passwords": [{}]}, "passwords"),
        ({"predictions__expected": 1.0}, "contradict"),
    ],
)  # fmt: skip
def test_hostile_files_are_refused_by_name_and_leave_nothing(cast, full, changes, named, settings):
    counts = (Product.objects.count(), Item.objects.count(), User.objects.count(), files(settings))
    with pytest.raises(BadFile) as refused:
        bring_in(again(cast.alice), as_file(broken(exported(full), **changes)), "COPY")
    assert named in str(refused.value)
    assert counts == (Product.objects.count(), Item.objects.count(), User.objects.count(), files(settings))


def files(settings) -> int:
    return sum(1 for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "5", '{"format":"pilothouse-product"}', "[" * 100_000, '{"a":1e400}', '{"a":NaN}', '{"a":' + "9" * 6000 + "}", "\x00"],
)  # fmt: skip
def test_what_is_no_such_file_is_said_to_be_none(cast, text):
    with pytest.raises(BadFile):
        bring_in(again(cast.alice), as_file(text), "COPY")


def test_a_file_that_was_cut_off_is_refused(cast, full):
    text = exported(full)
    for part in (0.3, 0.6, 0.99):
        with pytest.raises(BadFile):
            bring_in(again(cast.alice), as_file(text[: int(len(text) * part)]), "COPY")
    assert not Product.objects.filter(key="COPY").exists()


def test_taken_keys_and_guests_are_refused(cast, full):
    with pytest.raises(BadFile, match="TW"):
        bring_in(again(cast.alice), as_file(exported(full)), "TW")
    with pytest.raises(BadFile):
        bring_in(again(cast.alice), as_file(exported(full)), "not a key")
    with pytest.raises(Http404):
        bring_in(again(cast.gwen), as_file(exported(full)), "COPY")
