"""It begins again as on the first day, or goes: with everything of its own and nothing of anybody else's."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from pilothouse.people.access import Actor
from pilothouse.people.models import Membership, Product, Role, User, Workspace
from pilothouse.people.workspaces import open_workspace
from pilothouse.practice import life
from pilothouse.practice.load import load_once
from pilothouse.workbench import search
from pilothouse.workbench.models import Attachment, Event, Item
from pilothouse.workbench.writing import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(practice) -> Actor:
    """Read anew: what is removed here loses its key, and the others go on using theirs."""
    user, workspace = User.objects.get(pk=practice[0].user.pk), Workspace.objects.get(pk=practice[0].workspace.pk)
    return Actor(user, workspace, Role.OWNER)


def test_it_starts_over_and_keeps_what_else_was_made(ada, media):
    own = Product.objects.create(workspace=ada.workspace, key="OWN", name="Mine", created_by=ada.user)
    kept = actions.create(ada, own, "task", {"title": "Stays"})
    before = Item.objects.filter(product__key="TW").count()
    changed = Item.objects.get(product__key="TW", external_id="requirement offline")
    row = Attachment(item=changed, name="a.txt", size=1)
    row.file.save("a.txt", ContentFile(b"a"))
    actions.change(ada, changed, {"title": "Spoilt"})
    life.reset(Actor(ada.user, ada.workspace, ada.role))
    assert Item.objects.filter(product__key="TW").count() == before
    assert not Item.objects.filter(title="Spoilt").exists()
    assert Item.objects.filter(pk=kept.pk).exists()
    assert search.unindexed() == 0
    assert Product.objects.filter(workspace=ada.workspace).count() == 3


def test_it_goes_with_its_people_and_leaves_whoever_has_a_workspace(
    ada, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.DATA = tmp_path
    guest = User.objects.create_user("real@x.example", "a password of a person")
    Membership.objects.create(workspace=ada.workspace, user=guest, role=Role.MEMBER)
    mine = open_workspace(ada.user, "Ada's own")
    with django_capture_on_commit_callbacks(execute=True):
        life.remove(Actor(ada.user, ada.workspace, ada.role))
    assert list(Workspace.objects.values_list("slug", flat=True)) == [mine.slug]
    assert set(User.objects.values_list("email", flat=True)) == {"ada@tidewater.example", "real@x.example"}
    assert not Item.objects.exists()
    assert not Event.objects.exists()
    User.objects.all().delete()
    load_once()
    assert not Workspace.objects.filter(practice=True).exists()  # removed once, it does not come back by itself


def test_whoever_belongs_nowhere_else_is_signed_out(ada, settings, tmp_path):
    settings.DATA = tmp_path
    client = Client()
    client.force_login(ada.user)
    assert client.post("/w/tidewater/practice/removal").headers["Location"] == "/accounts/login/"
    assert not User.objects.filter(email__endswith="@tidewater.example").exists()
    assert client.get("/w/tidewater/").status_code in (302, 404)


def test_no_other_workspace_is_ever_removed(cast):
    with pytest.raises(ValueError, match="practice"):
        life.remove(cast.alice)
    assert Workspace.objects.filter(pk=cast.alice.workspace.pk).exists()


def test_nothing_of_a_workspace_in_earnest_begins_again_or_goes(cast, client):
    client.force_login(cast.alice.user)
    cast.alice.workspace.practice = True  # as somebody may have read it before
    for act in (life.reset, life.remove):
        with pytest.raises(ValueError, match="practice"):
            act(cast.alice)
    for path in ("over", "removal"):
        assert client.post(f"{cast.alice.workspace.url}practice/{path}").status_code == 404
    assert Product.objects.filter(pk=cast.product.pk).exists()
