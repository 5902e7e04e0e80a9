"""What people's exports call their columns, in both languages, and which of our names they mean.

The kinds' own names and slugs need not stand here. A name is looked up without case, spaces and signs.
"""

from __future__ import annotations

TABLE = """
title        title subject summary headline name
             标题 主题 名称 概要 摘要 需求名称 任务名称 反馈标题 问题标题
body         body description content text comment review feedback message details
             内容 正文 描述 评论 评价 反馈 详情 需求描述 反馈内容 评论内容 问题描述 留言
state        state status 状态
owner        owner assignee assignedto 负责人 处理人 经办人 指派给
tags         tags tag labels keywords 标签 关键词
start_on     starton startdate start 开始日期 开始时间 计划开始
due_on       dueon duedate due deadline 截止日期 截止时间 到期日 计划完成
parent       parent parentid 父需求 上级 父级
external_id  id key issuekey issueid uuid externalid 编号 工单号 外部编号 需求编号 任务编号
ref          ref reference 引用编号
said_on      time date created createdat createdon timestamp submittedat publishedat
             时间 日期 发表时间 创建时间 提交时间 评论时间 反馈时间 发布时间
rating       rating stars star score 评分 评级 星级 打分 分数
person       author user username nickname reporter from 用户 昵称 用户名 作者 姓名 反馈人 提出人
email        email mail emailaddress 邮箱 电子邮件 邮件
company      company organization organisation account 公司 企业 单位
category     label category type class 类别 分类 类型
source_url   url link sourceurl 链接 网址 来源链接
channel      channel source 渠道 来源
segment      segment 人群 细分 用户群
priority     priority 优先级
points       points storypoints 故事点
estimate     estimate 预估工时 工时
"""
# Columns worth a field of their own, by which people filter and group.
OWN_FIELD = frozenset(
    [
        "repo",
        "repository",
        "product",
        "app",
        "version",
        "appversion",
        "platform",
        "device",
        "os",
        "country",
        "language",
        "region",
        "应用",
        "平台",
        "产品",
        "仓库",
        "设备",
        "系统",
        "国家",
        "地区",
        "语言",
        "机型",
        "应用版本",
    ]
)
REVIEW = frozenset(["rating", "stars", "star", "评分", "评级", "星级"])
ISSUE = frozenset(["repo", "repository", "issue", "issuekey", "仓库"])


def index() -> dict[str, str]:
    """Every word to the name that it means; a line that starts with a space continues the one above."""
    found: dict[str, str] = {}
    slug = ""
    for line in TABLE.strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            slug = words.pop(0)
        found.update(dict.fromkeys(words, slug))
    return found


INDEX = index()
