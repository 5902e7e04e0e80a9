"""Ways to reach people, through a real mail server; what is kept for a while; and one respondent's own data."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pilothouse.people import mail
from pilothouse.surveys.answering import collecting, invitations, retention
from pilothouse.surveys.definition import Condition, Consent, Quota
from pilothouse.surveys.models import Invitation, QuotaCount, Response, Survey, Visit
from pilothouse.workbench.models import Item
from pilothouse.workbench.writing import actions
from tests.surveys.respond import Respondent, choices, opened, question, questionnaire, text

pytestmark = pytest.mark.django_db
PEOPLE = "Ada Wu <Ada@Example.com>\n邱梅，mei@example.org\nbob@example.com\n  \nNo Address\n=cmd|' /C calc'!A0\tx@example.com"


def survey_of(cast, **more) -> Survey:
    asked = [question("q1", options=choices("a", "b")), question("t", "text")]
    return opened(cast, questionnaire(asked, **more), access="personal")


class Smtp(StreamRequestHandler):
    """As much of a mail server as takes messages in."""

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            if line.upper().startswith("DATA"):
                self.say("354 go on")
                body = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    body += part
                self.server.got.append(message_from_bytes(body, policy=default))
            self.say("221 bye" if line.upper() == "QUIT" else "250 ok")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def post_office(settings):
    server = ThreadingTCPServer(("127.0.0.1", 0), Smtp)
    server.daemon_threads, server.got = True, []
    Thread(target=server.serve_forever, daemon=True).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    settings.EMAIL_USE_TLS = False
    yield server.got
    mail.flush()
    server.shutdown()


def test_pasted_lines_become_people():
    assert invitations.people(PEOPLE) == [
        ("Ada Wu", "ada@example.com"), ("邱梅", "mei@example.org"), ("", "bob@example.com"), ("No Address", ""),
        ("=cmd|' /C calc'!A0", "x@example.com"),
    ]  # fmt: skip


def test_links_are_made_once_listed_and_work(cast, client, settings):
    survey = survey_of(cast)
    client.force_login(cast.bob.user)
    for _twice in range(2):
        assert client.post(f"{survey.url}/invitations", {"people": PEOPLE, "language": "zh-hans"}).status_code == 302
    assert Invitation.objects.count() == 6  # who has no address cannot be told apart
    file = client.get(f"{survey.url}/invitations.csv").content.decode()
    assert file.startswith("\ufeff")
    assert "\n'=cmd" in file
    link = re.search(r"ada@example.com,(\S+?),", file)[1]
    assert link.startswith(settings.PUBLIC_URL)
    person = Respondent(survey).begin(link.removeprefix(settings.PUBLIC_URL))
    assert person.response.invitation.name == "Ada Wu"
    assert person.response.language == "zh-hans"
    page = client.get(f"{survey.url}/collect").content.decode()
    assert "Ada Wu" in page
    assert link not in page
    assert all(len(one.token_digest) == 64 and one.token_digest not in file for one in Invitation.objects.all())


def test_who_may_reach_the_links(cast, client):
    survey = survey_of(cast)
    invitations.invite(cast.alice, survey, [("Ada", "ada@example.com")])
    number = Invitation.objects.get().pk
    paths = ["invitations", "invitations.csv", "invitations/send", f"invitations/{number}/revoke", "respondent"]
    for actor in (cast.gwen, cast.charlie):
        client.force_login(actor.user)
        for path in paths:
            for send in (client.get, client.post):
                assert send(f"{survey.url}/{path}", {"people": "x"}).status_code in (404, 405), path
    assert Invitation.objects.filter(revoked_at=None).count() == 1
    other = survey_of(cast)
    client.force_login(cast.bob.user)
    assert client.post(f"{other.url}/invitations/{number}/revoke").status_code == 404
    assert client.post(f"{survey.url}/invitations/{number}/revoke").status_code == 302
    assert Invitation.objects.get().revoked_at


def test_invitations_and_reminders_leave_by_mail(cast, client, post_office, settings):
    survey = survey_of(cast)
    client.force_login(cast.alice.user)
    client.post(
        f"{survey.url}/invitations",
        {"people": "邱梅 <mei@example.org>\nAda\r <ada@example.com>", "language": "zh-hans"},
    )
    client.post(f"{survey.url}/invitations/send")
    mail.flush()
    assert sorted(one["To"] for one in post_office) == ["ada@example.com", "mei@example.org"]
    message = next(one for one in post_office if one["To"] == "mei@example.org")
    body = message.get_content()
    assert "邱梅" in body
    link = re.search(rf"{re.escape(settings.PUBLIC_URL)}(/s/\S+)", body)[1]
    Respondent(survey).begin(link).send(q1="a", t="x")
    client.post(f"{survey.url}/invitations/send")
    client.post(f"{survey.url}/invitations/send", {"remind": "1"})
    mail.flush()
    assert [one["To"] for one in post_office[2:]] == ["ada@example.com"]


def test_without_a_mail_server_nothing_is_sent_and_it_is_said(cast, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    survey = survey_of(cast)
    invitations.invite(cast.alice, survey, [("Ada", "ada@example.com")])
    client.force_login(cast.alice.user)
    client.post(f"{survey.url}/invitations/send")
    assert Invitation.objects.get().sent_at is None
    assert "no mail server" in client.get(f"{survey.url}/collect").content.decode()


def test_contacts_who_have_not_said_no_are_invited(cast, client):
    survey = survey_of(cast)
    for name, consent in (("Mei", True), ("Ann", None), ("Tom", False)):
        fields = {"email": f"{name}@example.com", **({} if consent is None else {"consent": consent})}
        actions.create(cast.alice, cast.product, "contact", {"title": name, **fields})
    client.force_login(cast.alice.user)
    client.post(f"{survey.url}/invitations", {"contacts": "1"})
    assert sorted(Invitation.objects.values_list("name", flat=True)) == ["Ann", "Mei"]


def test_the_code_and_the_snippet_lead_to_the_survey(cast, client, settings):
    survey = survey_of(cast)
    client.force_login(cast.gwen.user)
    drawn = client.get(f"{survey.url}/qr.svg")
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert drawn.content.startswith(b"<svg")
    assert b"style=" not in drawn.content
    assert collecting.snippet(survey, '"><script>').count("<script>") == 0
    assert f"{settings.PUBLIC_URL}{survey.path}" in collecting.snippet(survey, "x")


@pytest.mark.parametrize(
    ("hosts", "ancestors"),
    [([], "'none'"), (["shop.example"], "shop.example"), (["x.example; script-src *", "'self'", "*"], "'none'")],
)
def test_only_named_hosts_may_frame_it(cast, client, hosts, ancestors):
    survey = opened(cast, questionnaire([question("t", "text")]), embed_hosts=hosts)
    person = Respondent(survey).begin()
    for path in (survey.path, person.path):
        answer = client.get(path)
        assert f"frame-ancestors {ancestors}" in answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
        assert ("X-Frame-Options" in answer.headers) == (ancestors == "'none'")
    client.force_login(cast.alice.user)
    assert client.get(survey.url).headers["X-Frame-Options"] == "DENY"


def test_answers_go_when_their_time_is_over_and_counts_stay(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    asked = [question("t", "text"), question("f", "file")]
    survey = opened(cast, questionnaire(asked, consent=Consent(text=text("ok"), retention_days=30)))
    kept = Respondent(survey).begin().send(t="young")
    old = Respondent(survey).begin().send(t="old", **{"f-file": SimpleUploadedFile("a.txt", b"words")})
    file = tmp_path / old.response.answers["f"]["key"]
    assert file.exists()
    Response.objects.filter(pk=old.response.pk).update(started_at=timezone.now() - timedelta(days=31))
    Visit.objects.update(day=timezone.now().date() - timedelta(days=3))
    before = old.response.changed
    assert retention.erase_old() == 1
    assert retention.erase_old() == 0
    gone = old.response
    assert (gone.answers, gone.off_path, gone.hidden, gone.flags, gone.excluded) == ({}, {}, {}, ["erased"], True)
    assert gone.changed > before
    assert gone.status == Response.COMPLETE
    assert kept.response.answers == {"t": "young"}
    assert QuotaCount.objects.get(quota="").count == 2
    retention.nightly()
    assert not Visit.objects.exists()


def test_one_persons_data_given_out_and_erased(cast, client, settings):
    quota = Quota(id="a", name="a", when=Condition(question="q1", value="a"), limit=5)
    survey = survey_of(cast, quotas=[quota])
    made = invitations.invite(cast.alice, survey, [("Ada", "ada@example.com")])
    person = Respondent(survey).begin(invitations.link(made[0]).removeprefix(settings.PUBLIC_URL))
    key = person.response.key
    person.send(q1="a", t="my words")
    client.force_login(cast.bob.user)
    address = f"https://elsewhere.example/s/{survey.code}/r/{key}?page=p1"
    found = json.loads(client.post(f"{survey.url}/respondent", {"address": address}).content)
    assert found["invited_as"] == {"name": "Ada", "email": "ada@example.com"}
    assert {"question": "About t?", "answer": "my words"} in found["answers"]
    other = survey_of(cast)
    assert client.post(f"{other.url}/respondent", {"address": address, "erase": "1"}).status_code == 302
    assert Response.objects.filter(key=key).exists()
    client.post(f"{survey.url}/respondent", {"address": address, "erase": "1"})
    assert not Response.objects.filter(key=key).exists()
    assert Invitation.objects.get(pk=made[0].pk).email == ""
    assert dict(QuotaCount.objects.values_list("quota", "count")) == {"": 0, "a": 0}
    assert Item.objects.get(pk=survey.item_id).fields["responses"] == 0
    for junk in ("", "x", "0" * 5_000, str(key)):
        assert client.post(f"{survey.url}/respondent", {"address": junk}).status_code == 302
