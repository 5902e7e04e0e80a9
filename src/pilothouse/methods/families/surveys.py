"""Survey statistics."""

from pilothouse.methods._method import Method

METHODS: tuple[Method, ...] = (
    Method(
        id="sample_size",
        en="Sample size and margin",
        zh="样本量与误差",
        chapter=2,
        asks_en="How many answers do we need, and how exact are those we have?",
        asks_zh="要收多少份回答才够，手上这些又有多准？",
    ),
    Method(
        id="proportion_ci",
        en="Interval of a share",
        zh="比例的置信区间",
        chapter=2,
        asks_en="How far could the true share be from the one we measured?",
        asks_zh="测出来的比例，离真实值可能差多远？",
    ),
    Method(
        id="crosstab",
        en="Cross-tab",
        zh="交叉分析",
        chapter=2,
        asks_en="Do groups answer differently, and in which cells?",
        asks_zh="不同人群的回答有没有差别，差在哪一格？",
    ),
    Method(
        id="chi_square",
        en="Chi-square and exact tests",
        zh="卡方检验与精确检验",
        chapter=2,
        asks_en="Are these two counts related, or do they fit what was expected?",
        asks_zh="两组计数有没有关系，和预期对不对得上？",
    ),
)
