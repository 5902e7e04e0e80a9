"""What was uploaded is personal data: it goes when it is no longer needed, and what is still needed stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pilothouse.exchange.models import Import
from pilothouse.exchange.tidying import tidy
from tests.exchange.helpers import run, uploaded

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def source(cast, client):
    client.force_login(cast.alice.user)
    uploaded(client)
    return Import.objects.get()


def test_an_uploaded_file_goes_a_month_after_its_import(cast, client, source):
    assert run(cast.alice, source)
    assert tidy() == 0
    Import.objects.update(finished_at=timezone.now() - timedelta(days=31))
    assert (tidy(), tidy()) == (1, 0)
    assert not source.folder.exists()
    assert "failed.csv" not in client.get(source.url).content.decode()
    assert client.get(f"{source.url}/failed.csv").status_code == 404
    assert client.post(f"{source.url}/undo").status_code == 302


def test_what_was_never_started_goes_after_a_week(cast, client, source, work):
    uploaded(client, name="begun.csv")
    begun = Import.objects.exclude(pk=source.pk).get()
    assert run(cast.alice, begun)
    client.post(f"{source.url}/columns", {"next": "1", "key": "2"})
    work()
    Import.objects.update(created_at=timezone.now() - timedelta(days=6))
    assert tidy() == 0
    assert source.folder.exists()
    Import.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert (tidy(), tidy()) == (1, 0)
    assert not source.folder.exists()
    assert client.get(f"{source.url}/columns").status_code == 404
    assert list(Import.objects.all()) == [begun]
    assert begun.folder.exists()
