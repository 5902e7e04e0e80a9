"""Words of markets, money, teams and the law."""

from django.utils.translation import gettext_lazy as _

from pilothouse.chapters.terms.declare import Term

TERMS = (
    Term("position", "positioning", "定位", chapter=13, meaning=_(
        "What you want a certain segment to think of you, compared with what they would take instead.")),
    Term("value-proposition", "value proposition", "价值主张", chapter=13, meaning=_(
        "Which pain you take away or which gain you bring, for whom, and why you rather than another.")),
    Term("willingness-to-pay", "willingness to pay", "支付意愿", chapter=13, method="gabor_granger",
        meaning=_(
        "The most that somebody would give for it. People say more than they pay.")),
    Term("elasticity", "price elasticity", "价格弹性", chapter=13, method="gabor_granger",
        meaning=_(
        "By how many per cent demand falls when the price rises by one.")),
    Term("life-cycle", "product life cycle", "产品生命周期", chapter=12, method="life_cycle_stage",
        meaning=_(
        "Introduction, growth, maturity, decline. Each asks for other work.")),
    Term("adoption", "diffusion of innovations", "创新扩散", chapter=12, method="bass_diffusion",
        meaning=_(
        "How a new thing spreads: first through those who try, then through those who follow others.")),
    Term("market-share", "market share", "市场份额", chapter=21, method="bcg_matrix", meaning=_(
        "Your part of all that is sold in a market that somebody else would draw the same way.")),
    Term("swot", "SWOT", "SWOT 分析", chapter=21, method="qspm_tows", meaning=_(
        "Strengths and weaknesses inside, opportunities and threats outside. Worth something once each note has "
        "evidence and something follows.")),
    Term("five-forces", "five forces", "五力模型", chapter=21, method="porter_five_forces",
        meaning=_(
        "Rivals, newcomers, substitutes, suppliers and buyers: who presses on what you can earn.")),
    Term("business-model", "business model", "商业模式", chapter=21, meaning=_(
        "How you make something for somebody, and how money comes back.")),
    Term("unit-economics", "unit economics", "单位经济模型", chapter=21, method="ltv", meaning=_(
        "What one customer brings and costs. If one loses money, many lose more.")),
    Term("ltv", "lifetime value (LTV)", "客户终身价值（LTV）", chapter=21, kind="customer", method="ltv",
        meaning=_(
        "The margin that a customer brings until they leave.")),
    Term("cac", "acquisition cost (CAC)", "获客成本（CAC）", chapter=21, method="ltv",
        meaning=_(
        "All that it costs to win one customer, salaries included.")),
    Term("npv", "net present value (NPV)", "净现值（NPV）", chapter=17, method="npv",
        meaning=_(
        "What future payments are worth today, less what is paid now.")),
    Term("break-even", "break-even point", "盈亏平衡点", chapter=17, method="breakeven",
        meaning=_(
        "How much must be sold before it pays.")),
    Term("opportunity-cost", "opportunity cost", "机会成本", chapter=17, meaning=_(
        "What you give up by doing this: the best of the things you now cannot do.")),
    Term("sunk-cost", "sunk cost", "沉没成本", chapter=17, kind="decision", meaning=_(
        "What was spent and does not come back. It is no reason to go on.")),
    Term("okr", "objectives and key results (OKR)", "目标与关键结果（OKR）", chapter=14, kind="metric",
        meaning=_(
        "A goal that one can picture, and two to four numbers that say whether it was reached.")),
    Term("raci", "RACI", "RACI 责任表", chapter=5, meaning=_(
        "Who does it, who answers for it, who is asked and who is told. Exactly one person answers.")),
    Term("stakeholder", "stakeholder", "干系人", chapter=5, kind="contact", meaning=_(
        "Who can help or stop it, or has to live with it.")),
    Term("retrospective", "retrospective", "回顾会", chapter=14, meaning=_(
        "The team looks at how it worked and changes one thing.")),
    Term("premortem", "premortem", "事前验尸", chapter=9, kind="decision", meaning=_(
        "Imagine that it has failed and write down why, before you begin.")),
    Term("assumption", "assumption", "假设", chapter=9, kind="note", meaning=_(
        "What must be true for the idea to work and nobody has checked. Test the one that would sink it first.")),
    Term("experiment", "experiment", "实验", chapter=9, kind="task", meaning=_(
        "The cheapest thing that could show you wrong, with the result that would do so written down before.")),
    Term("personal-data", "personal data", "个人信息", chapter=19, kind="contact", meaning=_(
        "What can be tied to a person. Collect what you need, say why, and delete it when the reason is gone.")),
    Term("consent", "consent", "同意", chapter=19, kind="contact", meaning=_(
        "A yes that was free, informed and can be taken back.")),
    Term("localisation", "localisation", "本地化", chapter=18, meaning=_(
        "Making it fit a place: words, formats, law, habits. Translation is the smallest part.")),
    Term("technology-radar", "technology radar", "技术雷达", chapter=15, method="technology_radar",
        meaning=_(
        "Which technologies to adopt, try, watch or leave, and how that view moved since the last edition.")),
    Term("case-study", "case study", "案例", chapter=8, kind="decision", meaning=_(
        "What was the problem, what did you do, what changed, by which numbers, and what was not your doing.")),
    Term("reading-ledger", "reading ledger", "学习记录", chapter=7, kind="reading", meaning=_(
        "What you read or attended, the note you took, and what you made of it at work.")),
    Term("practice-product", "practice product", "练习产品", chapter=6, meaning=_(
        "A made-up product with a year of life in it, to try everything on without risk.")),
    Term("canvas", "canvas", "画布", chapter=21, kind="canvas", meaning=_(
        "Notes laid out in named places, so that several people see the same picture. Each note is an item.")),
    Term("note", "note", "便签", chapter=21, kind="note", meaning=_(
        "One thought on a canvas. It can rest on evidence and become a requirement or a task.")),
    Term("decision-option", "option (of a decision)", "方案",
        chapter=24, kind="option", method="weighted_decision_matrix",
        meaning=_(
        "One of the things a decision chooses between. Doing nothing is always one of them.")),
)  # fmt: skip
