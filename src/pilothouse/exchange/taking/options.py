"""What people's exports call the states, priorities and channels of their items, and which of ours they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pilothouse.exchange.taking.targets import Target, folded
from pilothouse.kinds import State

# The field, then what is meant: an option, or of a state what its category is, in the order in which a kind has them.
TABLE = """
state new              todo open opened new backlog unstarted triage submitted pending unprocessed reopened
                       未开始 待办 待处理 待评审 待规划 规划中 新建 新 激活 未处理 打开 重新打开 已提交
state approved,new     planned scheduled accepted selectedfordevelopment 已评审 评审通过 已立项 已规划 已排期
state active           inprogress started doing ongoing indevelopment 进行中 处理中 开发中 实现中 研发中
state review,active    inreview codereview testing intest qa 测试中 待测试 验收中 待验收
state done             done closed completed complete released shipped fixed resolved merged processed
                       已完成 完成 已实现 已发布 已上线 已关闭 关闭 已解决 已验收
state dropped          cancelled canceled wontfix wontdo rejected declined duplicate invalid
                       已拒绝 拒绝 已取消 取消 已废弃 已搁置
priority urgent        p0 urgent critical blocker highest immediate 紧急 最高 非常紧急 特急
priority high          p1 high major important 高 较高 重要
priority medium        p2 medium middle normal moderate 中 普通 一般 中等
priority low           p3 p4 low lowest minor trivial nicetohave 低 较低 最低 可选 无关紧要
priority -             nopriority none unset 无优先级 未设置
channel interview      interview userinterview 访谈 用户访谈 客户访谈
channel survey         survey questionnaire 问卷 问卷调查 调研
channel support        support ticket zendesk intercom helpdesk 客服 工单 在线客服 热线 客服热线
channel review         review appreview appstore googleplay 评论 应用商店 应用市场
channel issue          issue github gitlab jira
channel sales          sales salescall 销售 商务 客户拜访
channel email          email mail 邮件 邮箱
channel other          other 其他 其它
sentiment positive     positive pos good 正面 积极 好评
sentiment mixed        mixed neutral 中性 中评
sentiment negative     negative neg bad 负面 消极 差评
"""
# Words within a longer value that settle it where none of them contradicts: “P0 紧急”. Not so of a state: “not done”.
PARTED = ("priority", "channel")


def meanings() -> dict[tuple[str, str], tuple[str, ...]]:
    """The field and the word, to what may be meant; a line that starts with a space continues the one above."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    slug, meant = "", ""
    for line in TABLE.strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            slug, meant, *words = words
        found |= {(slug, word): tuple(meant.split(",")) for word in words}
    return found


MEANINGS = meanings()


def option_for(target: Target, value: str, index: Mapping[str, str]) -> str | None:
    """The option that a cell names in our words or in other people's; "" where it says that there is none, None where
    nobody can know."""
    if (found := one(target, value, index)) is not None or target.slug not in PARTED:
        return found
    parts = {one(target, part, index) for part in re.split(r"[\W_]+", value) if part} - {None}
    return parts.pop() if len(parts) == 1 else None


def one(target: Target, value: str, index: Mapping[str, str]) -> str | None:
    word = folded(value)
    if word in index:
        return index[word]
    meant = MEANINGS.get((target.slug, word), ())
    if meant == ("-",):
        return ""
    return next((slug for name in meant if (slug := option_named(target, name))), None)


def option_named(target: Target, name: str) -> str:
    """The option of that slug, or the state of that category: of several the one in which the work begins."""
    if any(option.slug == name for option in target.options):
        return name
    states = [option for option in target.options if isinstance(option, State) and option.category == name]
    begun = [state for state in states if state.stamps == "real_from"]
    return (begun or states)[0].slug if states else ""
