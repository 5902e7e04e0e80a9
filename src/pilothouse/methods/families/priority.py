"""Needs and priority."""

from pilothouse.methods._method import Method

METHODS = (
    Method(
        id="kano",
        en="Kano model",
        zh="Kano 模型",
        chapter=3,
        asks_en="Which features delight, which are expected, and which go unnoticed?",
        asks_zh="哪些功能让人惊喜，哪些理应具备，哪些有没有都一样？",
    ),
    Method(
        id="rice",
        en="RICE",
        zh="RICE 评分",
        chapter=3,
        asks_en="Which of these brings most to most people for the effort it costs?",
        asks_zh="同样的投入，先做哪一个能让更多人得到更大的好处？",
    ),
)
