"""How people write the steps of a scale, from the lowest to the highest, in English and in Chinese.

Words of one step are separated by bars. A cell is looked up without case, spaces and signs, so that "I can’t" and
"i cant" are one. Kano's wordings are those of Berger et al., 1993, and those that people use in their stead.
"""

# ruff: noqa: E501 tables
from __future__ import annotations

from pilothouse.exchange.taking.targets import folded

AGREEMENT = {
    "lowest": "strongly disagree|totally disagree|completely disagree|disagree strongly|非常不同意|完全不同意|很不同意|强烈反对",
    "low": "disagree|moderately disagree|mostly disagree|不同意|比较不同意|不太同意",
    "rather low": "somewhat disagree|slightly disagree|disagree a little|tend to disagree|有点不同意|有些不同意",
    "middle": "neither agree nor disagree|neutral|neither|undecided|not sure|一般|中立|不确定|说不清|既不同意也不反对",
    "rather high": "somewhat agree|slightly agree|agree a little|tend to agree|有点同意|有些同意",
    "high": "agree|moderately agree|mostly agree|同意|比较同意",
    "highest": "strongly agree|totally agree|completely agree|agree strongly|非常同意|完全同意|很同意",
}
SATISFACTION = {
    "lowest": "very dissatisfied|extremely dissatisfied|completely dissatisfied|very unsatisfied|非常不满意|很不满意|完全不满意",
    "low": "dissatisfied|unsatisfied|moderately dissatisfied|不满意|比较不满意|不太满意",
    "rather low": "somewhat dissatisfied|slightly dissatisfied|somewhat unsatisfied|有点不满意|有些不满意",
    "middle": "neither satisfied nor dissatisfied|neutral|neither|一般|中立",
    "rather high": "somewhat satisfied|slightly satisfied|有点满意|有些满意",
    "high": "satisfied|moderately satisfied|满意|比较满意",
    "highest": "very satisfied|extremely satisfied|completely satisfied|非常满意|很满意|完全满意",
}
EASE = {
    "lowest": "very difficult|extremely difficult|very hard|非常困难|很困难|很难",
    "low": "difficult|hard|moderately difficult|困难|比较困难|难",
    "rather low": "somewhat difficult|slightly difficult|有点困难|有些困难",
    "middle": "neither easy nor difficult|neither|neutral|一般|中立",
    "rather high": "somewhat easy|slightly easy|有点容易|有些容易",
    "high": "easy|moderately easy|容易|比较容易",
    "highest": "very easy|extremely easy|非常容易|很容易",
}
LIKELIHOOD = {
    "lowest": "very unlikely|extremely unlikely|not at all likely|definitely not|非常不可能|完全不可能|很不可能",
    "low": "unlikely|probably not|不可能|不太可能|比较不可能",
    "rather low": "somewhat unlikely|slightly unlikely",
    "middle": "neither likely nor unlikely|neutral|neither|not sure|maybe|一般|不确定|说不清",
    "rather high": "somewhat likely|slightly likely",
    "high": "likely|probably|可能|比较可能",
    "highest": "very likely|extremely likely|definitely|非常可能|很可能",
}
# The steps that a scale of so many points has.
STEPS = {
    4: ("lowest", "low", "high", "highest"),
    5: ("lowest", "low", "middle", "high", "highest"),
    6: ("lowest", "low", "rather low", "rather high", "high", "highest"),
    7: ("lowest", "low", "rather low", "middle", "rather high", "high", "highest"),
}
# With four and five points the outer steps are often softer: "somewhat satisfied" below "very satisfied".
SOFTER = {"low": "rather low", "high": "rather high"}
WHOLE = (
    "never|从不|从来没有,rarely|seldom|hardly ever|很少,sometimes|occasionally|有时|偶尔,often|frequently|经常,always|very often|总是|一直",
    "very poor|terrible|非常差|很差,poor|bad|差|较差,fair|average|ok|okay|一般,good|好|较好,excellent|very good|非常好|很好|优秀",
    "not at all important|unimportant|完全不重要|不重要,slightly important|不太重要,moderately important|一般,"
    "important|very important|比较重要|重要,extremely important|非常重要",
    "not at all|完全没有,slightly|有一点,moderately|一般,very|比较,extremely|非常",
    "not at all disappointed|not disappointed|不失望|无所谓,somewhat disappointed|有点失望,very disappointed|非常失望",
)
KANO = (
    "i like it that way|i enjoy it that way|i like it|i really like it|i would like it|like|like it|enjoy|delighted"
    "|i would be delighted to find it that way|this would be very helpful to me|我很喜欢|很喜欢|非常喜欢|喜欢|满意",
    "it must be that way|i must be that way|must be|i expect it|i expect it that way|expect|expect it|it has to be that way"
    "|it is a basic necessity or i expect it that way|this is a basic requirement for me|理应如此|理所当然|它理应如此|必须如此|应该如此",
    "i am neutral|im neutral|neutral|i do not care|i dont care|indifferent|this would not affect me|no opinion"
    "|无所谓|我无所谓|中立|一般",
    "i can live with it that way|i can live with it|live with|can live with it|i can tolerate it|tolerate|i can accept it"
    "|i dislike it but i can live with it that way|this would be a minor inconvenience|勉强接受|可以忍受|能忍受|能够忍受|可以接受",
    "i dislike it that way|i dislike it|dislike|dislike it|i would dislike it|i hate it|i cant accept it|i cannot accept it"
    "|i dislike it and i cant accept it|i dislike it and i cannot accept it|this would be a major problem for me"
    "|我很不喜欢|很不喜欢|非常不喜欢|不喜欢|不满意",
)  # fmt: skip
YES = frozenset(map(folded, ("yes", "y", "true", "1", "on", "x", "checked", "selected", "是", "有", "对", "已选"))) | {
    "✓",
    "✔",
    "√",
}
NO = frozenset(map(folded, ("no", "n", "false", "0", "off", "unchecked", "not selected", "否", "没有", "不", "未选")))


def index(steps: list[str]) -> dict[str, int]:
    """Every way of writing a step, to its number from 1; the lower step wins where one word stands for two."""
    found: dict[str, int] = {}
    for number, words in enumerate(steps, 1):
        for word in words.split("|"):
            found.setdefault(folded(word), number)
    return found


def families(points: int) -> list[dict[str, int]]:
    """The scales that people write with so many points."""
    found = [index(scale.split(",")) for scale in WHOLE if scale.count(",") == points - 1]
    for scale in (AGREEMENT, SATISFACTION, EASE, LIKELIHOOD):
        if steps := STEPS.get(points):
            found.append(index([softened(scale, step, points) for step in steps]))
    return found + ([index(list(KANO))] if points == 5 else [])


def softened(scale: dict[str, str], step: str, points: int) -> str:
    return f"{scale[step]}|{scale[SOFTER[step]]}" if points < 6 and step in SOFTER else scale[step]


KANO_INDEX = index(list(KANO))
