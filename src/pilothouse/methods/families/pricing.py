"""Pricing."""

from pilothouse.methods.shared.method import Method

METHODS: tuple[Method, ...] = (
    Method(
        id="van_westendorp",
        en="Van Westendorp price meter",
        zh="价格敏感度测试（PSM）",
        chapter=13,
        asks_en="Between which prices does this seem neither too cheap to trust nor too dear?",
        asks_zh="价格定在什么范围，不会便宜得让人起疑，也不会贵得没人买？",
    ),
    Method(
        id="gabor_granger",
        en="Gabor-Granger",
        zh="Gabor-Granger 定价法",
        chapter=13,
        asks_en="How many would buy at each price, and where is revenue highest?",
        asks_zh="每个价位有多少人愿意买，定在哪里收入最高？",
    ),
)
