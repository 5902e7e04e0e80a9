"""Files: checked at each download, never run in the browser, hidden rather than lost."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pilothouse.workbench.models import Attachment, Event
from pilothouse.workbench.writing import actions, conversation
from pilothouse.workbench.writing.undo import undo

HX = {"HX-Request": "true"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def need(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return actions.create(cast.alice, cast.product, "need", {"title": "Open without a signal"})


def upload(client, item, name, content):
    return client.post(f"{item.url}/attachments", {"file": SimpleUploadedFile(name, content)}, headers=HX)


@pytest.mark.parametrize(
    ("name", "content", "kind", "inline"),
    [
        ("lift.png", PNG, "image/png", True),
        ("evil.png", b"<svg onload=alert(1)>", "application/octet-stream", False),
        ("evil.html", b"<script>alert(1)</script>", "application/octet-stream", False),
        ("evil.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "application/octet-stream", False),
        ("电梯“录音”.txt", b"hello", "application/octet-stream", False),
    ],
)
def test_only_a_true_picture_is_shown_in_place(cast, client, need, name, content, kind, inline):
    client.force_login(cast.bob.user)
    assert upload(client, need, name, content).status_code == 200
    row = Attachment.objects.get()
    answer = client.get(f"{need.url}/attachments/{row.pk}")
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"].startswith("inline" if inline else "attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert b"".join(answer.streaming_content) == content
    assert name.split(".")[0] not in row.file.name


def test_a_picture_that_was_swapped_on_the_disk_is_only_a_download(cast, client, need):
    client.force_login(cast.bob.user)
    upload(client, need, "lift.png", PNG)
    row = Attachment.objects.get()
    with open(row.file.path, "wb") as file:
        file.write(b"<script>alert(1)</script>")
    assert client.get(f"{need.url}/attachments/{row.pk}").headers["Content-Disposition"].startswith("attachment")


def test_empty_missing_and_too_large_files_are_refused(cast, client, need, monkeypatch):
    client.force_login(cast.bob.user)
    assert client.post(f"{need.url}/attachments", headers=HX).status_code == 422
    assert upload(client, need, "empty.txt", b"").status_code == 422
    monkeypatch.setattr(conversation, "MOST_BYTES", 10)
    assert upload(client, need, "large.txt", b"x" * 11).status_code == 422
    assert not Attachment.objects.exists()


def test_each_download_is_checked_and_removal_is_undone(cast, client, need):
    client.force_login(cast.gwen.user)
    upload(client, need, "mine.txt", b"hello")
    row = Attachment.objects.get()
    url = f"{need.url}/attachments/{row.pk}"
    cast.product.members.remove(cast.gwen.user)
    assert client.get(url).status_code == 404
    cast.product.members.add(cast.gwen.user)
    client.force_login(cast.charlie.user)
    assert client.get(url).status_code == 404
    assert client.post(f"{url}/removal", headers=HX).status_code == 404
    client.force_login(cast.bob.user)
    assert client.post(f"{url}/removal", headers=HX).status_code == 200
    assert client.get(url).status_code == 404
    undo(cast.bob, Event.objects.get(verb="detached").batch)
    assert client.get(url).status_code == 200


def test_a_file_belongs_to_its_item(cast, client, need):
    other = actions.create(cast.alice, cast.product, "need", {"title": "Other"})
    client.force_login(cast.bob.user)
    upload(client, need, "a.txt", b"x")
    assert client.get(f"{other.url}/attachments/{Attachment.objects.get().pk}").status_code == 404
