"""What people's exports call their columns, in both languages, and which of our names they mean.

The kinds' own names and slugs need not stand here. A name is looked up without case, spaces and signs.
"""

from __future__ import annotations

TABLE = """
title        title subject summary headline name cardname taskname
             标题 主题 名称 概要 摘要 需求名称 需求标题 任务名称 任务标题 反馈标题 问题标题 缺陷标题 功能名称 事项
body         body description content text comment review feedback message details notes
             内容 正文 描述 评论 评价 反馈 详情 需求描述 详细描述 反馈内容 评论内容 问题描述 留言 用户原话 原话 说明
state        state status stage
             状态 当前状态 需求状态 任务状态 进度 进展 阶段 所处阶段
owner        owner assignee assignedto 负责人 处理人 当前处理人 经办人 指派给 跟进人 产品经理
tags         tags tag labels keywords 标签 关键词 关键字
start_on     starton startdate start 开始日期 开始时间 计划开始 预计开始
due_on       dueon duedate due deadline targetdate enddate
             截止日期 截止时间 到期日 计划完成 预计完成 预计结束 结束日期 预计上线 计划上线
parent       parent parentid partof 父需求 上级 父级
external_id  id key issuekey issueid uuid externalid taskid 编号 工单号 外部编号 需求编号 任务编号 缺陷编号
ref          ref reference 引用编号
said_on      time date created createdat createdon createdtime timestamp submittedat publishedat
             时间 日期 发表时间 创建时间 创建日期 提交时间 提出时间 提出日期 评论时间 反馈时间 反馈日期 发布时间
rating       rating stars star score 评分 评级 星级 打分 分数
person       author user username nickname reporter from createdby creator
             用户 昵称 用户名 作者 姓名 反馈人 提出人 提交人 联系人 创建人
email        email mail emailaddress customeremail 邮箱 电子邮件 邮件 联系邮箱
company      company organization organisation account customercompany 公司 企业 单位 公司名称 客户名称
category     label category type class issuetype 类别 分类 类型
source_url   url link sourceurl permalink 链接 网址 来源链接 原文链接
channel      channel source 渠道 来源 反馈渠道
segment      segment 人群 细分 用户群
priority     priority 优先级
suite        module component components 模块 所属模块 功能模块 组件
acceptance   acceptancecriteria 验收标准 验收条件
reach        reach 影响用户数 影响用户 覆盖人数 覆盖用户数
confidence   confidence 信心 置信度
points       points storypoints storypointestimate customfieldstorypoints 故事点 规模
estimate     estimate 预估工时 预计工时 工时
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
