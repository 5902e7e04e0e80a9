import pytest

from pilothouse.faces import HUES, hue, initials


@pytest.mark.parametrize(
    ("name", "letters", "short"),
    [
        ("张伟", "张伟", "伟"),
        ("欧阳娜娜", "娜娜", "娜"),
        ("Ada King Lovelace", "AL", "AL"),
        ("zoë", "Z", "Z"),
        ("e\u0301mile", "E\u0301", "E\u0301"),
        ("محمد علي", "مع", "مع"),
        ("🦊", "🦊", "🦊"),
        ("👩🏽‍🚀 Kim", "👩🏽‍🚀", "👩🏽‍🚀"),
        ("Bob 2", "B", "B"),
        ("   ", "?", "?"),
    ],
)
def test_initials_of_any_name(name, letters, short):
    assert (initials(name), initials(name, short=True)) == (letters, short)


def test_the_same_text_has_the_same_hue():
    assert hue("登船") == hue("登船")
    assert {hue(f"tag {n}") for n in range(100)} == set(range(HUES))
