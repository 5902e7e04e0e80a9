"""Both languages whole: every kind and view in either, and no interface string left in English on a Chinese page."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pilothouse.kinds import KINDS
from tests.promises.test_urls import walk
from tests.promises.world import fill

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "src/pilothouse/locale/zh_Hans/LC_MESSAGES/django.po"
VIEWS = ("list", "table", "board", "cards")
TAG = {"en": "en", "zh-hans": "zh-Hans"}
LONG = 12  # Shorter ones are names too, or stand inside of other words.
WORDS = re.compile(r"(?:^|[\s>\"“(（，。：·])({})(?:$|[\s<\"”).,:;)），。：·])")
SPOKEN = re.compile(r'(?:alt|aria-label|placeholder|title|data-confirm|data-confirm-verb)="([^"]*)"')
UNSEEN = re.compile(r"<(script|style|svg|cite)\b.*?</\1>", re.DOTALL)  # a work is cited in its own language


def interface_strings() -> list[str]:
    """The catalogue's English, longer ones first; of those with a placeholder, the longest piece that is fixed."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    texts = (text for message in messages for text in as_tuple(message.id) if text not in as_tuple(message.string))
    pieces = {max(re.split(r"%\(\w+\)[sd]|%%", text), key=len).strip() for text in texts}
    return sorted((piece for piece in pieces if len(piece) > LONG), key=len, reverse=True)


def as_tuple(text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


ENGLISH = re.compile(WORDS.pattern.replace("{}", "|".join(map(re.escape, interface_strings()))))


def left_in_english(html: str) -> list[str]:
    """What a reader sees or hears on the page and the catalogue has in Chinese."""
    html = UNSEEN.sub("", html)
    seen = re.sub(r"<[^>]+>", "\n", html)
    return sorted(set(ENGLISH.findall(unescape("\n".join([seen, *SPOKEN.findall(html)])))))


def speak(client, actor, language: str) -> None:
    actor.user.language = language
    actor.user.save()
    client.force_login(actor.user)


def test_a_string_left_in_english_is_found():
    assert left_in_english("<p>Nothing has happened here yet.</p>") == ["Nothing has happened here yet."]
    assert left_in_english('<a aria-label="Sign out everywhere else"></a>') == ["Sign out everywhere else"]
    assert left_in_english("<p>这里还没有动态。</p>") == []


@pytest.mark.parametrize(("who", "most"), [("alice", 180), ("gwen", 60)])
def test_no_page_in_chinese_has_a_string_left_in_english(client, cast, who, most):
    fill(cast)
    actor = getattr(cast, who)
    speak(client, actor, "zh-hans")
    seen = walk(client, actor.workspace.url, most=most)
    assert len(seen) > 40
    assert not {path: found for path, html in seen.items() if (found := left_in_english(html))}


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/nowhere"])
def test_the_way_in_is_in_the_language_of_the_browser(client, db, path):
    html = client.get(path, headers={"Accept-Language": "zh-CN,zh;q=0.9"}).content.decode()
    assert '<html lang="zh-Hans"' in html
    assert not left_in_english(html)


@pytest.mark.parametrize("language", TAG)
@pytest.mark.parametrize("slug", KINDS)
def test_every_kind_is_shown_in_every_view_and_says_its_language(client, cast, slug, language):
    made = fill(cast)[slug]
    speak(client, cast.alice, language)
    list_url = f"{cast.product.url}{slug}/"
    pages = [made.url, f"{list_url}new", f"{list_url}?q=zzz", *(f"{list_url}?view={view}" for view in VIEWS)]
    for path in pages:
        answer = client.get(path, follow=True)  # some kinds are made on a page of their own
        html = answer.content.decode()
        assert answer.status_code == 200, path
        assert f'<html lang="{TAG[language]}"' in html, path
        assert language == "en" or not left_in_english(html), path


def test_the_catalogue_is_complete():
    done = subprocess.run([sys.executable, "bin/messages.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_chinese_keeps_to_its_own_punctuation_and_to_one_word_per_thing():
    with CATALOGUE.open("rb") as file:
        texts = [text for message in read_po(file) if message.id for text in as_tuple(message.string)]
    half_width = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]|\([\u4e00-\u9fff]|[\u4e00-\u9fff]\)")
    joined = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")
    bare = [re.sub(r"%\(\w+\)[sd]|[@#/]\S*", "", text) for text in texts]
    assert not [text for text in bare if half_width.search(text)]
    assert not [text for text in bare if joined.search(text)]
    assert not [text for text in texts if re.search("[您「」]|释放|客群|航线", text)]
