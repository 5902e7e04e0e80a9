"""An import writes each row exactly once, names what is wrong, goes on after a kill, and can be taken back."""

from __future__ import annotations

import pytest
from django.http import Http404

from pilothouse.exchange.models import Import, Problem
from pilothouse.exchange.taking import steps, write
from pilothouse.workbench import jobs
from pilothouse.workbench.models import CustomField, Event, Item, Job, Notice
from pilothouse.workbench.writing import actions
from tests.exchange.helpers import again, dry_run, map_to, receive, run, take, work

pytestmark = pytest.mark.usefixtures("media")

REVIEWS = "时间,评分,标题,内容,邮箱\n2026-01-02,5,很好用,连接很快,lin@example.com\n2026-01-03,1,连不上,一直转圈,mei@example.com\n"


@pytest.fixture
def file(tmp_path):
    def made(text: str | bytes, name: str = "reviews.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return made


def titles() -> list[str]:
    return list(Item.objects.live().order_by("number").values_list("title", flat=True))


def reasons(source: Import, *, checking: bool = False) -> dict[int, list[tuple[str, str]]]:
    rows = Problem.objects.filter(source=source, checking=checking)
    return {row.row: [(reason["column"], reason["message"]) for reason in row.reasons] for row in rows}


def test_columns_are_guessed_in_chinese_and_a_second_run_changes_nothing(cast, file):
    source = receive(cast.bob, cast.product, file(REVIEWS))
    assert [column["target"] for column in source.plan["columns"]] == ["said_on", "rating", "title", "body", "email"]
    assert dry_run(cast.bob, source) == {"created": 2}
    assert not Item.objects.exists()
    assert run(cast.bob, source) == {"created": 2}
    item = Item.objects.get(title="连不上")
    assert item.fields == {"said_on": "2026-01-03", "rating": 1, "email": "mei@example.com", "channel": "review"}
    assert (item.created_by, item.body) == (cast.bob.user, "一直转圈")
    assert take(cast.bob, cast.product, file(REVIEWS, "again.csv")) == {"unchanged": 2}
    assert take(cast.bob, cast.product, file(REVIEWS.encode("gbk"), "excel.csv")) == {"unchanged": 2}
    assert len(titles()) == 2


@pytest.mark.parametrize(
    ("policy", "rating", "segment", "counts"),
    [("changed", 4, "new", {"updated": 1}), ("fill", 2, "new", {"updated": 1}), ("skip", 2, None, {"skipped": 1})],
)
def test_what_happens_to_rows_that_are_here_already(cast, file, policy, rating, segment, counts):
    take(cast.alice, cast.product, file("id,title,rating,segment\nA1,Slow,2,\n"))
    assert take(cast.alice, cast.product, file("id,title,rating,segment\nA1,,4,new\n"), policy=policy) == counts
    item = Item.objects.get(external_id="A1")
    assert (item.title, item.fields["rating"], item.fields.get("segment")) == ("Slow", rating, segment)


def test_wrong_rows_are_named_and_the_others_arrive(cast, file):
    rows = (
        "title,rating,said_on,email\nGood,3,2026-01-01,a@b.co\n"
        + "x" * 600
        + ",3,,\nBad,many,soon,no\n,1,,\nNul\x00,1,,\nWide,1,,,extra\n"
    )
    source = receive(cast.alice, cast.product, file(rows))
    map_to(source, title="title", rating="rating", said_on="said_on", email="email")
    assert dry_run(cast.alice, source) == {"created": 1, "failed": 5}
    assert run(cast.alice, source) == {"created": 1, "failed": 5}
    wrong = reasons(source)
    assert wrong == reasons(source, checking=True)
    assert list(wrong) == [3, 4, 5, 6, 7]
    assert [column for column, _message in wrong[4]] == ["rating", "said_on", "email"]
    assert wrong[3][0][0] == wrong[5][0][0] == wrong[6][0][0] == "title"
    assert "5 cells" in wrong[7][0][1]
    assert titles() == ["Good"]


def test_a_row_that_repeats_another_is_skipped_and_says_which(cast, file):
    source = receive(cast.alice, cast.product, file("id,title\n7,One\n8,Two\n7,Again\n"))
    map_to(source, id="external_id")
    assert run(cast.alice, source) == {"created": 2, "skipped": 1}
    assert "row 2" in reasons(source)[4][0][1]
    assert titles() == ["One", "Two"]


def test_titles_come_from_the_first_sentence_where_they_are_missing(cast, file):
    rows = "内容\n连接失败。每次都这样\n" + "很长的话" * 40 + "\nIt never opens? I give up.\n"
    take(cast.alice, cast.product, file(rows))
    assert titles()[0] == "连接失败"
    assert (len(titles()[1]), titles()[1][-1], titles()[2]) == (81, "…", "It never opens?")


def test_people_are_known_by_their_address_or_their_name_alone_and_options_by_either_language(cast, file):
    rows = "标题,负责人,状态,渠道\nA,Bob,已读,应用评论\nB,charlie@example.com,Processed,review\nC,BOB@example.com,,Survey\n"
    source = receive(cast.alice, cast.product, file(rows))
    assert run(cast.alice, source) == {"created": 2, "failed": 1}
    assert reasons(source)[3][0][0] == "负责人"
    assert list(Item.objects.values_list("owner__email", "state", "fields__channel").order_by("number")) == [
        ("bob@example.com", "read", "review"),
        ("bob@example.com", "inbox", "survey"),
    ]
    assert not Notice.objects.exists()
    second = take(cast.alice, cast.product, file(rows), unknown_owner_empty=True)
    assert second == {"created": 1, "unchanged": 2}


def test_own_fields_are_made_once_by_those_who_may(cast, file):
    rows = "title,repo,Seats\nA,facebook/react,1200\nB,vscode,\nC,facebook/react,7\n"
    source = receive(cast.alice, cast.product, file(rows))
    map_to(source, repo="new:choice", Seats="new:number")
    assert run(cast.alice, source) == {"created": 3}
    assert list(CustomField.objects.values_list("slug", "type")) == [("own_repo", "choice"), ("own_seats", "number")]
    assert Item.objects.get(title="A").fields == {
        "channel": "issue", "own_repo": "facebook-react", "own_seats": 1200,
    }  # fmt: skip
    more = rows + "D,new/one,3\n"
    assert take(cast.alice, cast.product, file(more)) == {"created": 1, "unchanged": 3}
    assert Item.objects.get(title="D").fields["own_repo"] == "new-one"
    source = receive(cast.bob, cast.product, file("title,other\nA,1\n"))
    map_to(source, other="new:number")
    job = work(steps.begin(again(cast.bob), source), status=Job.FAILED)
    assert "Only owners and admins" in job.message


TRACKERS = [
    "Summary,Issue key,Status,Priority,Labels,Labels,Due Date,Parent id\nA,APP-1,To Do,Highest,x,y,05/Mar/26 10:12 AM,1\nB,APP-2,In Progress,,,,,\n",
    "标题,编号,当前状态,优先级,标签,预计结束,父需求\nA,1,规划中,P0-紧急,x|y,2026年3月5日,APP-9\nB,2,实现中,无优先级,,,\n",
]


@pytest.mark.parametrize("rows", TRACKERS)
def test_exports_of_trackers_come_in_by_what_their_words_mean(cast, file, rows):
    source = receive(cast.alice, cast.product, file(rows), "requirement")
    assert run(cast.alice, source) == {"created": 2}
    first, second = Item.objects.order_by("number")
    assert (first.state, second.state, first.parent) == ("idea", "building", None)
    assert (first.fields.get("priority"), second.fields.get("priority")) == ("urgent", None)
    assert (first.due_on.isoformat(), {tag.name for tag in first.tags.all()}) == ("2026-03-05", {"x", "y"})
    odd = receive(
        cast.alice, cast.product, file("标题,信心,影响人数 (人/季度)\nC,0.8,5\nD,１,\nE,75%,\n"), "requirement"
    )
    assert run(cast.alice, odd) == {"created": 3}
    assert [item.fields["confidence"] for item in Item.objects.order_by("number")[2:]] == [80, 100, 75]
    assert Item.objects.get(title="C").fields["reach"] == 5
    progress = receive(cast.alice, cast.product, file("标题,进度\nA,已评审\nB,已评审\n"), "requirement")
    assert progress.plan["columns"][1] == {
        "name": "进度", "target": "state", "type": "text", "values": {"已评审": "approved"}, "fractions": False,
    }  # fmt: skip


def test_values_are_mapped_to_options(cast, file):
    source = receive(cast.alice, cast.product, file("title,state\nA,offen\nB,fertig\n"))
    assert dry_run(cast.alice, source) == {"failed": 2}
    source.plan["columns"][1]["values"] = {"offen": "inbox", "fertig": "processed"}
    source.save()
    assert run(cast.alice, source) == {"created": 2}
    assert Item.objects.get(title="B").closed_at is not None


def test_an_import_goes_on_where_its_worker_was_killed(cast, file, monkeypatch):
    monkeypatch.setattr(steps, "BATCH", 10)
    rows = "id,title\n" + "".join(f"{n},Row {n}\n" for n in range(45))
    source = receive(cast.alice, cast.product, file(rows))
    real, calls = write.carry_out, []

    def die_in_the_third(*args):
        real(*args)
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(write, "carry_out", die_in_the_third)
    job = steps.begin(again(cast.alice), source)
    with pytest.raises(KeyboardInterrupt):
        jobs.run.call(str(job.pk))
    source.refresh_from_db()
    assert (source.position, source.created, Item.objects.count()) == (20, 20, 20)
    job.refresh_from_db()
    assert (job.status, job.done) == (Job.RUNNING, 20)
    Job.objects.filter(pk=job.pk).update(worker="elsewhere:1", heartbeat_at="2026-01-01T00:00:00Z")
    assert jobs.revive() == 1
    work(job)
    source.refresh_from_db()
    assert (source.position, source.created, Item.objects.count()) == (45, 45, 45)
    assert Event.objects.filter(batch=source.batch, verb="created").count() == 45


def test_two_workers_never_write_the_same_rows(cast, file):
    source = receive(cast.alice, cast.product, file("id,title\n1,A\n"))
    stale = Import.objects.get(pk=source.pk)
    assert run(cast.alice, source) == {"created": 1}
    Import.objects.filter(pk=source.pk).update(finished_at=None)
    job = steps.begin(again(cast.alice), Import.objects.get(pk=source.pk))
    claimed = jobs.claim(str(job.pk))
    decider, seen = steps.prepared(jobs.Running(claimed), again(cast.alice), stale)
    with pytest.raises(jobs.Superseded):
        write.write_batch(
            jobs.Running(claimed),
            again(cast.alice),
            stale,
            decider,
            next(steps.batches(steps.source_of(stale), seen, 0)),
        )
    assert Item.objects.count() == 1


def test_a_cancelled_import_keeps_whole_batches_and_can_go_on(cast, file, monkeypatch):
    monkeypatch.setattr(steps, "BATCH", 10)
    source = receive(cast.alice, cast.product, file("id,title\n" + "".join(f"{n},Row {n}\n" for n in range(25))))
    real = write.carry_out

    def ask_to_stop(*args):
        real(*args)
        Job.objects.update(cancel_asked=True)

    monkeypatch.setattr(write, "carry_out", ask_to_stop)
    work(steps.begin(again(cast.alice), source), status=Job.CANCELLED)
    assert Item.objects.count() == 10
    monkeypatch.setattr(write, "carry_out", real)
    assert run(cast.alice, source) == {"created": 25}
    assert Item.objects.count() == 25


def test_taking_back_spares_what_was_worked_on_and_importing_again_brings_it_back(cast, file):
    path = file("id,title,rating\n1,A,1\n2,B,2\n3,C,3\n")
    first = receive(cast.alice, cast.product, path)
    run(cast.alice, first)
    actions.change(cast.bob, Item.objects.get(title="B"), {"segment": "commuters"})
    pressed = [steps.begin_undo(again(cast.alice), first) for _twice in range(2)]
    assert pressed[0] == pressed[1]
    Import.objects.update(finished_at=None)
    assert steps.begin(again(cast.alice), first) == Import.objects.get().job  # it does not go on while it goes back
    job = work(pressed[0])
    assert (job.result["count"], job.result["kept"], titles()) == (2, ["TW-2"], ["B"])
    Import.objects.update(undone_at=None, undo_job=None)  # as where the worker was killed before it said so
    assert work(steps.begin_undo(again(cast.alice), first)).result["count"] == 0
    assert take(cast.alice, cast.product, path) == {"created": 2, "unchanged": 1}
    assert (titles(), Item.objects.count()) == (["A", "B", "C"], 3)


def test_what_a_person_threw_away_stays_away(cast, file):
    path = file("id,title\n1,Spam\n2,Good\n")
    take(cast.alice, cast.product, path)
    actions.trash(cast.bob, [Item.objects.get(title="Spam")])
    source = receive(cast.alice, cast.product, path)
    assert run(cast.alice, source) == {"unchanged": 1, "skipped": 1}
    assert "trash" in reasons(source)[2][0][1]


def test_updates_are_taken_back_too(cast, file):
    take(cast.alice, cast.product, file("id,title,tags\n1,Old,app\n"))
    second = receive(cast.alice, cast.product, file('id,title,tags\n1,New,"app, 离线"\n'))
    assert run(cast.alice, second) == {"updated": 1}
    work(steps.begin_undo(again(cast.alice), second))
    item = Item.objects.get()
    assert (item.title, [tag.name for tag in item.tags.all()]) == ("Old", ["app"])


def test_references_find_the_products_own_items(cast, file):
    kept = actions.create(cast.alice, cast.product, "feedback", {"title": "Old"})
    source = receive(cast.alice, cast.product, file(f"id,title\n{kept.ref},Renamed\nTW-99,Nobody\n,Fresh\n"))
    map_to(source, id="ref")
    assert run(cast.alice, source) == {"updated": 1, "failed": 1, "created": 1}
    assert titles() == ["Renamed", "Fresh"]
    source = receive(cast.alice, cast.product, file(f"id,title\n{kept.ref},Renamed\nTW-99,Nobody\n,Fresh\n"))
    assert run(cast.alice, source) == {"unchanged": 2, "failed": 1}


def test_strangers_and_guests_get_nowhere(cast, file):
    source = receive(cast.alice, cast.product, file(REVIEWS))
    for actor in (cast.gwen, cast.charlie):
        with pytest.raises(Http404):
            steps.begin(again(actor), source) if actor is cast.gwen else steps.found(again(actor), str(source.pk))
    secret = receive(cast.alice, cast.private, file(REVIEWS))
    with pytest.raises(Http404):
        steps.found(again(cast.bob), str(secret.pk))


def test_a_file_that_is_broken_far_down_fails_with_its_row_and_writes_nothing(cast, file):
    rows = b"title\n" + b"fine\n" * 3_000 + b'"' + b"x" * 2_100_000
    source = receive(cast.alice, cast.product, file(rows))
    job = work(steps.begin(again(cast.alice), source), status=Job.FAILED)
    assert "row 3001" in job.message
    assert not Item.objects.exists()


def test_query_counts_do_not_grow_with_the_rows(cast, file, django_assert_max_num_queries):
    def rows(count: int) -> str:
        return "id,title,tags,负责人\n" + "".join(f"{n},Row {n},tag{n % 7},bob@example.com\n" for n in range(count))

    source = receive(cast.alice, cast.product, file(rows(900)))
    job = steps.begin(again(cast.alice), source)
    with django_assert_max_num_queries(110):
        jobs.run.call(str(job.pk))
    assert Item.objects.count() == 900
