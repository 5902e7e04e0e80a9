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
    Method(
        id="multiple_response",
        en="Multiple response",
        zh="多选题统计",
        chapter=2,
        asks_en="What was ticked how often, by how many people?",
        asks_zh="每个选项被多少人勾选，占多大比例？",
    ),
    Method(
        id="nps",
        en="Net Promoter Score",
        zh="净推荐值（NPS）",
        chapter=16,
        asks_en="Do more people recommend us than warn against us, and is that sure?",
        asks_zh="推荐我们的人比劝退的人多吗，这个差别可靠吗？",
    ),
    Method(
        id="csat_ces",
        en="CSAT and CES",
        zh="满意度与费力度（CSAT、CES）",
        chapter=16,
        asks_en="How many are satisfied, or found it easy?",
        asks_zh="有多少人满意，又有多少人觉得省力？",
    ),
    Method(
        id="sus",
        en="System Usability Scale",
        zh="系统可用性量表（SUS）",
        chapter=11,
        asks_en="How usable do people find this, compared with other systems?",
        asks_zh="用户觉得好不好用，和其他系统比处在什么水平？",
    ),
    Method(
        id="umux_lite",
        en="UMUX-Lite",
        zh="UMUX-Lite 可用性量表",
        chapter=11,
        asks_en="How usable is this, asked with only two questions?",
        asks_zh="只问两道题，就想知道好不好用？",
    ),
)
