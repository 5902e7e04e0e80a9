"""Needs and priority."""

from pilothouse.methods._method import Method

METHODS = (
    Method(
        id="rice",
        en="RICE",
        zh="RICE 评分",
        chapter=3,
        asks_en="Which of these brings most to most people for the effort it costs?",
        asks_zh="同样的投入，先做哪一个能让更多人得到更大的好处？",
    ),
)
