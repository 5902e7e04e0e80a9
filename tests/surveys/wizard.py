"""The import wizard as a person uses it: a file, how to read it, what was asked, what the columns become, and go."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from pilothouse.exchange.models import Import
from pilothouse.surveys.models import Survey
from pilothouse.workbench import jobs
from pilothouse.workbench.models import Item


class Wizard:
    """Every step is a request to its page; the jobs that the pages start are run at once."""

    def __init__(self, client: Any, actor: Any, product: Any) -> None:
        self.client, self.product = client, product
        client.force_login(actor.user)
        self.url = ""

    def post(self, path: str, data: dict[str, Any], *, status: int = 302) -> Any:
        answer = self.client.post(path, data)
        assert answer.status_code == status, banners(answer)
        if status == 302:
            self.url = answer.headers["Location"]
        return answer

    @property
    def source(self) -> Import:
        return Import.objects.select_related("survey__item").get(pk=re.findall(r"import/([0-9a-f-]{36})", self.url)[0])

    @property
    def base(self) -> str:
        return self.url.rsplit("/", 1)[0]

    def upload(self, file: Path | tuple[str, bytes], survey: Survey | None = None, **reading: str) -> Wizard:
        name, data = (file.name, file.read_bytes()) if isinstance(file, Path) else file
        start = f"{survey.url}/import" if survey else f"{self.product.url}surveys/import"
        self.post(start, {"file": SimpleUploadedFile(name, data)})
        assert self.client.get(self.url).status_code == 200
        self.post(self.url, {**reading, "next": "1"})
        return self

    def questions(
        self,
        types: dict[str, str] | None = None,
        parts: dict[str, list[str]] | None = None,
        designs: dict[str, bytes] | None = None,
        more: dict[str, str] | None = None,
    ) -> Wizard:
        """By the first column of each question: its type, the names of its things, its design."""
        page = self.client.get(self.url)
        assert page.status_code == 200
        form = fields(page.content.decode())
        heads = [unescape(head) for head in re.findall(r'aria-label="Wording of ([^"]*)"', page.content.decode())]
        for number, head in enumerate(heads):
            if head in (types or {}):
                form[f"type-{number}"] = types[head]  # type: ignore[index]
            if head in (parts or {}):
                form[f"parts-{number}"] = "\n".join(parts[head])  # type: ignore[index]
            if head in (designs or {}):
                form[f"design-{number}"] = SimpleUploadedFile("design.csv", designs[head])  # type: ignore[index]
        self.post(self.url, {**form, **(more or {}), "next": "1"})
        return self

    def columns(self, **more: str) -> Wizard:
        """Goes on as it is proposed; `more` are fields of the form."""
        page = self.client.get(self.url)
        assert page.status_code == 200
        self.post(self.url, {**fields(page.content.decode()), **more, "next": "1"})
        return self

    def checked(self) -> dict[str, int]:
        """The counts of the dry run."""
        self.run("check_job")
        assert self.client.get(self.url).status_code == 200
        return {name: count for name, count in (self.source.check_job.result or {}).items() if count}

    def start(self) -> dict[str, int]:
        self.post(f"{self.base}/start", {})
        self.run("job")
        assert self.client.get(self.url).status_code == 200
        return {name: count for name, count in self.source.counts.items() if count}

    def run(self, name: str) -> None:
        job = getattr(self.source, name)
        jobs.run.call(str(job.pk))
        job.refresh_from_db()
        assert job.status == "done", job.message

    @property
    def survey(self) -> Survey:
        found = Survey.objects.select_related("live").get(pk=self.source.survey_id)
        found.item = Item.objects.select_related("product__workspace").get(pk=found.item_id)
        return found


def fields(page: str) -> dict[str, str]:
    """What a form would post as it stands: inputs and the chosen option of each list."""
    main = page[page.index("<main") :] if "<main" in page else page
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", main):
        name, kind = attribute(tag, "name"), attribute(tag, "type") or "text"
        if not name or name == "csrfmiddlewaretoken" or kind in ("file", "submit", "search"):
            continue
        if kind not in ("checkbox", "radio") or " checked" in tag:
            found[name] = attribute(tag, "value") or ""
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', main, re.DOTALL):
        found[name] = unescape(inner).lstrip("\n")
    for name, inner in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', main, re.DOTALL):
        options = re.findall(r"<option[^>]*>", inner)
        chosen = next((option for option in options if " selected" in option), options[0] if options else "")
        found[name] = attribute(chosen, "value") or ""
    return found


def attribute(tag: str, name: str) -> str | None:
    match = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(match[1]) if match else None


def banners(answer: Any) -> str:
    text = answer.content.decode()
    return (
        " | ".join(re.sub(r"<[^>]+>", " ", found) for found in re.findall(r'class="banner.*?</div>', text, re.DOTALL))
        or text[:500]
    )
