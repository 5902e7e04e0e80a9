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
        id="moscow",
        en="MoSCoW",
        zh="MoSCoW 分级",
        chapter=3,
        asks_en="Is so much a must that nothing is left to give way?",
        asks_zh="必须做的是不是太多，出了意外已经没有东西可以让步？",
    ),
    Method(
        id="rice",
        en="RICE",
        zh="RICE 评分",
        chapter=3,
        asks_en="Which of these brings most to most people for the effort it costs?",
        asks_zh="同样的投入，先做哪一个能让更多人得到更大的好处？",
    ),
    Method(
        id="ice",
        en="ICE",
        zh="ICE 评分",
        chapter=3,
        asks_en="Which of these many ideas deserves a closer look first?",
        asks_zh="想法很多，先细看哪几个？",
    ),
    Method(
        id="wsjf",
        en="WSJF and cost of delay",
        zh="WSJF 与延迟成本",
        chapter=3,
        asks_en="In which order does waiting cost least?",
        asks_zh="按什么顺序做，等待的代价最小？",
    ),
    Method(
        id="value_effort",
        en="Value and effort",
        zh="价值投入四象限",
        chapter=3,
        asks_en="Which is a quick win, and which should nobody start?",
        asks_zh="哪些花小力气就有大收获，哪些干脆不要开始？",
    ),
    Method(
        id="opportunity_score",
        en="Opportunity score",
        zh="机会分",
        chapter=3,
        asks_en="What matters much to people and is served badly today?",
        asks_zh="哪些事用户很在意，现在却做得不好？",
    ),
    Method(
        id="weighted_scoring",
        en="Weighted scoring",
        zh="加权评分",
        chapter=3,
        asks_en="Which option is best when several criteria weigh differently?",
        asks_zh="几条标准轻重不同，综合起来哪个方案最好？",
    ),
)
