"""Words of asking people and of reading what they said."""

from django.utils.translation import gettext_lazy as _

from pilothouse.chapters.terms.declare import Term

TERMS = (
    Term("chapter", "chapter", "章", meaning=_(
        "A part of the guide, with the tools that do its work here.")),
    Term("segment", "segment", "人群", chapter=2, meaning=_(
        "A group of people who want the same, so that you would do something different for them.")),
    Term("persona", "persona", "用户画像", chapter=3, kind="persona", meaning=_(
        "Whom we build for, resting on people we spoke with and not on imagination.")),
    Term("competitor", "competitor", "竞品", chapter=2, kind="competitor", meaning=_(
        "What else people can choose, doing nothing included.")),
    Term("customer", "customer", "客户", chapter=16, kind="customer", meaning=_(
        "Who pays. Often not the one who uses.")),
    Term("contact", "contact", "联系人", chapter=16, kind="contact", meaning=_(
        "The person we talk to, and whether they agreed to be asked.")),
    Term("interview", "interview", "访谈", chapter=2, kind="feedback", method="saturation",
        meaning=_(
        "A talk about what somebody did the last time, not about what they would like.")),
    Term("saturation", "saturation", "饱和", chapter=2, method="saturation", meaning=_(
        "The point after which further interviews bring hardly anything new.")),
    Term("leading-question", "leading question", "诱导性提问", chapter=2, kind="survey",
        meaning=_(
        "A question that tells people which answer is wanted. Ask about what happened instead.")),
    Term("survey", "survey", "问卷", chapter=2, kind="survey", meaning=_(
        "What people are asked, and the answers of those who replied.")),
    Term("questionnaire", "questionnaire", "问卷内容", chapter=2, kind="survey", meaning=_(
        "The pages and questions of a survey, as they are shown.")),
    Term("response", "response", "答卷", chapter=2, kind="survey", meaning=_(
        "All that one person answered in a survey.")),
    Term("answer", "answer", "回答", chapter=2, kind="survey", meaning=_(
        "What somebody said to one question.")),
    Term("question", "question", "题目", chapter=2, kind="survey", meaning=_(
        "What is asked in one go, with its type and its options.")),
    Term("answer-option", "option", "选项", chapter=2, kind="survey", meaning=_(
        "What can be chosen in a question.")),
    Term("question-row", "row (of a question)", "行", chapter=2, kind="survey", meaning=_(
        "One of several things that a question asks about in the same way.")),
    Term("survey-version", "version (of a survey)", "问卷版本", chapter=2, kind="survey",
        meaning=_(
        "A questionnaire as it was published. It never changes, so that answers keep their meaning.")),
    Term("flag", "flag", "可疑标记", chapter=2, kind="survey", meaning=_(
        "Why a response looks odd. It stays in until a person takes it out.")),
    Term("quota", "quota", "配额", chapter=2, kind="survey", meaning=_(
        "How many complete responses of a kind are wanted.")),
    Term("hidden-field", "hidden field", "隐藏字段", chapter=2, kind="survey", meaning=_(
        "A value that comes with the link, such as the channel.")),
    Term("code", "code (of open answers)", "编码", chapter=2, method="cohen_kappa", meaning=_(
        "A name for what open answers say, so that they can be counted.")),
    Term("codebook", "codebook", "编码表", chapter=2, method="krippendorff_alpha", meaning=_(
        "What the codes mean, with an example of what is in and what is out.")),
    Term("wave", "wave", "轮次", chapter=2, kind="survey", meaning=_(
        "One round of a survey that is asked again.")),
    Term("design", "design (MaxDiff, conjoint)", "设计表", chapter=3, kind="survey", method="maxdiff",
        meaning=_(
        "Which things stand in which set or task, arranged so that their effects can be told apart.")),
    Term("kano-category", "Kano categories", "Kano 类别", chapter=3, kind="requirement", method="kano",
        meaning=_(
        "What a feature does to satisfaction: must-be, one-dimensional, attractive, indifferent or reverse.")),
    Term("job-to-be-done", "job to be done", "要办成的事", chapter=3, kind="need", method="opportunity_score",
        meaning=_(
        "What somebody wants to get done in a situation, whatever the tool they take for it.")),
    Term("journey", "customer journey", "用户旅程", chapter=11, meaning=_(
        "What somebody goes through from the first thought to the end, stage by stage, with what they feel and "
        "where it breaks.")),
    Term("usability", "usability", "可用性", chapter=11, method="sus", meaning=_(
        "Whether people reach what they came for, without errors and without effort that annoys.")),
    Term("heuristic", "heuristic evaluation", "启发式评估", chapter=11, method="heuristic_severity",
        meaning=_(
        "Several people look for breaches of known rules, each alone, and rate how severe they are.")),
    Term("accessibility", "accessibility", "无障碍", chapter=11, meaning=_(
        "Whether people who see, hear or move otherwise can use it too. In many places it is the law.")),
    Term("desk-research", "desk research", "案头研究", chapter=2, kind="competitor", meaning=_(
        "What others have already found out and published, with source and date.")),
    Term("bias", "bias", "偏差", chapter=2, meaning=_(
        "What pulls answers to one side however many you collect. More answers do not cure it.")),
)  # fmt: skip
