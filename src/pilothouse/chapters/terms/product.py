"""Words for the things that are kept here."""

from django.utils.translation import gettext_lazy as _

from pilothouse.chapters.terms.declare import Term

TERMS = (
    Term("workspace", "workspace", "工作区", meaning=_(
        "People and the products they work on together. Nothing is shared between two workspaces.")),
    Term("product", "product", "产品", meaning=_(
        "What is being made. It has a key such as PH, and every item of it carries that key.")),
    Term("member", "member", "成员", meaning=_(
        "Somebody who works here: reads and writes what is not private.")),
    Term("guest", "guest", "访客", meaning=_(
        "Somebody from outside who reads and comments on the products they were invited to, and changes nothing "
        "else.")),
    Term("workspace-owner", "owner (of a workspace)", "所有者", meaning=_(
        "May do everything in a workspace, handing it over included.")),
    Term("item-owner", "owner (of an item)", "负责人", chapter=4, kind="task", meaning=_(
        "The one person who sees that an item gets done. Two owners are none.")),
    Term("item", "item", "条目", meaning=_(
        "One thing of any kind, with an id such as PH-123 by which everybody can name it.")),
    Term("kind", "kind", "类型", meaning=_(
        "What an item is: feedback, need, requirement, task. It says which fields and states the item has.")),
    Term("field", "field", "字段", meaning=_(
        "What an item keeps under a name of its own, such as a segment or an effort.")),
    Term("state", "state", "状态", chapter=4, meaning=_(
        "The step of its life that an item stands in, such as “To do” or “Shipped”.")),
    Term("link", "link", "关联", meaning=_(
        "Two items and how they hang together, said by a verb: supports, addresses, blocks.")),
    Term("thread", "thread", "证据链", chapter=1, meaning=_(
        "The chain of links from what somebody said to the decision that looked back on it. Follow it and you know "
        "why a thing was built.")),
    Term("feedback", "feedback", "反馈", chapter=2, kind="feedback", meaning=_(
        "What someone told us, as they said it, with who, where and when.")),
    Term("quote", "quote", "原话", chapter=2, kind="quote", meaning=_(
        "The passage that carries the point, word for word. It is the smallest piece of evidence.")),
    Term("insight", "insight", "洞察", chapter=2, kind="insight", meaning=_(
        "One sentence that we did not know before and that quotes or numbers support.")),
    Term("need", "need", "诉求", chapter=3, kind="need", meaning=_(
        "Who wants to get what done, when and why, without a word about the solution.")),
    Term("requirement", "requirement", "需求", chapter=3, kind="requirement", meaning=_(
        "What we will build to meet a need, and how we will know that it is done.")),
    Term("acceptance-criteria", "acceptance criteria", "验收标准", chapter=3, kind="requirement",
        meaning=_(
        "What must be true so that a requirement counts as done, written so that two people would judge alike.")),
    Term("score", "score", "得分", chapter=3, method="rice", meaning=_(
        "A method’s number for putting items in order. It orders the conversation; it does not end it.")),
    Term("release", "release", "版本", chapter=12, kind="release", meaning=_(
        "What ships together, on one day, with one prediction of what it should change.")),
    Term("task", "task", "任务", chapter=4, kind="task", meaning=_(
        "Who does what next, small enough to be finished within days.")),
    Term("metric", "metric", "指标", chapter=10, kind="metric", meaning=_(
        "A number that tells whether it worked, with its unit, its direction and where it is read.")),
    Term("reading", "reading (of a metric)", "读数", chapter=10, kind="metric", meaning=_(
        "One measurement of a metric on one day, with its n or interval where it comes from a sample.")),
    Term("prediction", "prediction", "预测", chapter=24, kind="release", method="brier",
        meaning=_(
        "What we expect and how sure we are, written down before. Without it nobody can be wrong, and nobody "
        "learns.")),
    Term("verdict", "verdict", "结论", chapter=24, kind="release", meaning=_(
        "What became of a prediction: moved as predicted, did not move, or cannot tell.")),
    Term("decision", "decision", "决策", chapter=24, kind="decision", meaning=_(
        "What was chosen among options, on what evidence, and what would change our mind.")),
    Term("review", "review (of a decision)", "复盘", chapter=24, kind="decision", meaning=_(
        "Looking back at the agreed day: was the prediction right, and was the way of deciding sound?")),
    Term("dissent", "dissent", "异议", chapter=5, kind="decision", meaning=_(
        "Who saw it otherwise, and why. It is kept because the one who was outvoted is sometimes right.")),
    Term("one-way-door", "one-way door", "单向门", chapter=24, kind="decision", meaning=_(
        "A decision that cannot be taken back cheaply. It deserves more evidence than one that can.")),
    Term("two-way-door", "two-way door", "双向门", chapter=24, kind="decision", meaning=_(
        "A decision that can be taken back cheaply: decide quickly and look at what happens.")),
    Term("evidence", "evidence", "证据", chapter=1, kind="quote", meaning=_(
        "What a claim stands on and somebody else could check: a quote, a count, a dated fact.")),
    Term("evidence-strength", "evidence strength", "证据强度", chapter=1, meaning=_(
        "How many independent sources there are, how recent, from which segments, and what contradicts them.")),
    Term("opinion", "opinion", "看法", chapter=1, kind="note", meaning=_(
        "A claim without evidence. It may be right; it is marked so that nobody takes it for more.")),
    Term("event", "event", "动态", meaning=_(
        "Who did what to which item, and when. Every change leaves one.")),
    Term("saved-view", "saved view", "视图", meaning=_(
        "A filter, an order and a layout with a name, for oneself or for everybody.")),
    Term("watch", "watch", "关注", meaning=_(
        "To hear of what happens to an item.")),
    Term("undo", "undo", "撤销", meaning=_(
        "To take a change back as if it had not been made. Both are kept in the history.")),
    Term("withdraw", "withdraw", "撤回", meaning=_(
        "To take back what was announced: a prediction, an invitation, a public link.")),
    Term("revoke", "revoke", "吊销", meaning=_(
        "To end a token for good, so that it opens nothing any more.")),
    Term("trash", "trash", "回收站", meaning=_(
        "Where removed items stay for 30 days and can be brought back.")),
)  # fmt: skip
