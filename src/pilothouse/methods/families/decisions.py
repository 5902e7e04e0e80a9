"""Decisions and usability inspection."""

from pilothouse.methods.shared.method import Method

METHODS = (
    Method(
        id="weighted_decision_matrix",
        en="Decision matrix with sensitivity",
        zh="加权决策矩阵（含敏感性分析）",
        chapter=24,
        asks_en="Which option is best, and how little must change to turn the answer over?",
        asks_zh="哪个方案最好？权重变多少，结论就会翻？",
    ),
    Method(
        id="decision_tree",
        en="Decision tree",
        zh="决策树（期望值、完全信息价值）",
        chapter=24,
        asks_en="Which choice has the best expected value, and what is better information worth?",
        asks_zh="哪个选择期望收益最高？花钱多了解一些情况，最多值多少？",
    ),
    Method(
        id="topsis",
        en="TOPSIS",
        zh="TOPSIS 优劣解距离法",
        chapter=24,
        asks_en="How do options rank when their criteria come in different units?",
        asks_zh="指标单位各不相同时，方案怎么排序？",
    ),
    Method(
        id="brier",
        en="Brier score and calibration",
        zh="Brier 评分与预测校准",
        chapter=24,
        asks_en="Do things we call 70 % likely happen 7 times in 10?",
        asks_zh="说“七成把握”的事，真的十次里成了七次吗？",
    ),
    Method(
        id="heuristic_severity",
        en="Heuristic evaluation: severity",
        zh="启发式评估严重度",
        chapter=11,
        asks_en="Which usability problems should be mended first?",
        asks_zh="专家走查发现的问题，先改哪些？",
    ),
    Method(
        id="usability_discovery",
        en="Problem discovery",
        zh="可用性测试样本量（问题发现率）",
        chapter=11,
        asks_en="Have we tested with enough users?",
        asks_zh="测的人够不够？还有多少问题没测出来？",
    ),
)
