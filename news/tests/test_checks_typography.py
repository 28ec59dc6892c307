"""Punctuation and spacing: what is wrong is flagged and set right, what is right stays."""

import pytest

from news.checks import Level, run, run_on
from news.checks.base import Document
from news.checks.fixing import fixed


def found(check, english="", chinese=""):
    return [finding for finding in run_on(english, chinese) if finding.check == check]


WRONG_CHINESE = [
    ("half_width", "大会闭幕,代表返程。", "大会闭幕，代表返程。"),
    ("half_width", "森林(林地)恢复。", "森林（林地）恢复。"),
    ("half_width", "主任周岚 (Zhou Lan)表示同意。", "主任周岚 （Zhou Lan）表示同意。"),
    ("half_width", "她说:“欢迎。”", "她说：“欢迎。”"),
    ("half_width", "方案通过了.", "方案通过了。"),
    ("half_width", "真的吗?真的!", "真的吗？真的！"),
    ("half_width", '他提到"绿线"计划。', "他提到“绿线”计划。"),
    ("half_width", "见（图一)，另见附件。", "见（图一），另见附件。"),
    ("han_space", "工作组完成了 巡查，结果良好。", "工作组完成了巡查，结果良好。"),
    ("han_space", "工作组　完成 巡查。", "工作组完成巡查。"),
    ("han_space", "依照第七条 提交材料，逾期不候。", "依照第七条提交材料，逾期不候。"),
    ("han_space", "这名记者 说，渡轮复航。", "这名记者说，渡轮复航。"),
    ("han_space", "新华社灯塔湾11月3日电 港务局 宣布，渡轮复航。", "新华社灯塔湾11月3日电 港务局宣布，渡轮复航。"),
    ("mark_space", "巡查结束， 结果良好。", "巡查结束，结果良好。"),
    ("mark_space", "他提到 “绿线” 计划。", "他提到“绿线”计划。"),
    ("ellipsis", "湿地、草原...都在其中。", "湿地、草原……都在其中。"),
    ("ellipsis", "湿地、草原。。。都在其中。", "湿地、草原……都在其中。"),
    ("ellipsis", "湿地、草原…都在其中。", "湿地、草原……都在其中。"),
    ("ellipsis", "新计划--绿线工程--启动。", "新计划——绿线工程——启动。"),
    ("ellipsis", "新计划 — 绿线工程，启动。", "新计划——绿线工程，启动。"),
    ("pairing", "会议结束。。", "会议结束。"),
    ("pairing", "会议结束，，代表离开。", "会议结束，代表离开。"),
    ("pairing", "他说：“会议结束。“", "他说：“会议结束。”"),
    ("repeated_words", "这是他们的的计划。", "这是他们的计划。"),
    ("repeated_words", "完成了了任务。", "完成了任务。"),
    ("repeated_words", "我们我们都同意。", "我们都同意。"),
]
RIGHT_CHINESE = [
    ("half_width", "面积为1,200公顷，12:30开始，比分2:1。"),
    ("half_width", "上午9:30开幕，见https://example.org/a?b=1,2。"),
    ("half_width", "他引用了“Save the river, now!”一语。"),
    ("half_width", "联合国环境规划署（UNEP）发布报告。"),
    ("han_space", "加强合作 共创未来"),
    ("han_space", "成员为王 芳、李建国、张 三，共三人。"),
    ("han_space", "巡查结束。（记者 周岚 摄）"),
    ("han_space", "使用 GIS 系统，覆盖 12 个县。"),
    ("han_space", "新华社灯塔湾11月3日电 港务局今日宣布，渡轮复航。"),
    ("han_space", "中新社灯塔湾8月30日电 记者 周岚 李明报道，渡轮复航。"),
    ("han_space", "本报讯 渡轮今日复航，每日八班。"),
    ("han_space", "本台消息 渡轮今日复航，每日八班。"),
    ("han_space", "记者 周岚从港务局获悉，渡轮复航。"),
    ("han_space", "本报记者 欧阳小禾 周岚 摄影报道，渡轮复航。"),
    ("han_space", "文 周岚 图 李明，编辑 张弛。"),
    ("han_space", "渡轮靠岸，周岚 摄。"),
    ("han_space", "第七条 申请人应当提交材料，逾期不候。"),
    ("han_space", "第三章 总则。"),
    ("han_space", "办法规定：“第十二条 取得许可的，应当公示。”"),
    ("han_space", "附件二 名单如下：甲、乙。"),
    ("mark_space", "中新社灯塔湾8月30日电 （记者周岚）渡轮复航。"),
    ("mark_space", "江水清 岸线绿"),
    ("ellipsis", "湿地、草原……都在其中。"),
    ("ellipsis", "北京—上海高速铁路，2019—2021年。"),
    ("ellipsis", "新计划——绿线工程——启动。"),
    ("ellipsis", "命令为 run --all -v。"),
    ("pairing", "怎么会这样？！真的吗？？"),
    ("pairing", "他说：“《绿线》（试行）已发布。”"),
    ("pairing", "任务包括：1）巡查；2）补种；a）监测。"),
    ("repeated_words", "以恢复为目的的工程，为了了解情况，天天巡查，研究研究。"),
    ("repeated_words", "问题是是否公开，被被告拒绝，现在在岸边，不了了之。"),
    ("repeated_words", "的的喀喀湖的的确确很美。"),
]
WRONG_ENGLISH = [
    ("full_width", "The river，the lake", "The river, the lake"),
    ("full_width", "The plan（draft）is out。", "The plan (draft) is out."),
    ("full_width", "In ２０２５ it ended", "In 2025 it ended"),
    ("full_width", "《Nature》 said so", "“Nature” said so"),
    ("full_width", "He said：“Yes”", "He said: “Yes”"),
    ("full_width", "About 1，200 people", "About 1,200 people"),
    ("ellipsis", "Rivers, lakes…… and more", "Rivers, lakes… and more"),
    ("pairing", "The end.. Or not", "The end. Or not"),
    ("pairing", "Rivers,, lakes", "Rivers, lakes"),
    ("repeated_words", "Along the the river", "Along the river"),
    ("repeated_words", "It went to to sea", "It went to sea"),
]
RIGHT_ENGLISH = [
    ("full_width", "She said “yes” – it’s “green”…"),
    ("full_width", "The slogan 绿水青山，就是金山银山。 is known"),
    ("full_width", "The book 《绿线》 (Green Line) sold out"),
    ("pairing", "Acme Inc., founded in 1990... and so on. See ../data"),
    ("pairing", "a) rivers; b) lakes (and ponds)"),
    ("repeated_words", "He had had enough. The fact that that happened; Moon Jae-in in Seoul; The The played"),
]


def fix(finding, text, is_chinese):
    return fixed(text, finding.fix_chinese if is_chinese else finding.fix_english)


@pytest.mark.parametrize(("check", "text", "right"), WRONG_CHINESE)
def test_a_slip_in_chinese_is_flagged_and_set_right(check, text, right):
    [finding] = found(check, chinese=text)
    assert not finding.english
    assert fix(finding, text, True) == right
    assert not found(check, chinese=right)


@pytest.mark.parametrize(("check", "text"), RIGHT_CHINESE)
def test_right_chinese_is_left_alone(check, text):
    assert not found(check, chinese=text)


@pytest.mark.parametrize(("check", "text", "right"), WRONG_ENGLISH)
def test_a_slip_in_english_is_flagged_and_set_right(check, text, right):
    [finding] = found(check, english=text)
    assert not finding.chinese
    assert fix(finding, text, False) == right
    assert not found(check, english=right)


@pytest.mark.parametrize(("check", "text"), RIGHT_ENGLISH)
def test_right_english_is_left_alone(check, text):
    assert not found(check, english=text)


@pytest.mark.parametrize("text", ["会议结束。，代表离开", "他提到“”。", "《绿线已发布。", "见附件）。", "“结束。”“"])
def test_what_nobody_can_set_right_alone_is_flagged_without_a_fix(text):
    findings = found("pairing", chinese=text)
    assert findings
    assert not any(finding.is_fixable for finding in findings)


def test_full_width_in_english_blocks_and_half_width_in_chinese_warns():
    assert [finding.level for finding in found("full_width", english="yes，no")] == [Level.BLOCKS]
    assert [finding.level for finding in found("half_width", chinese="是,否")] == [Level.WARNS]
    assert [finding.level for finding in found("mark_space", chinese="是， 否")] == [Level.INFORMS]


def pairing_of(english, chinese):
    documents = [Document(tuple((str(at), text) for at, text in enumerate(texts))) for texts in (english, chinese)]
    return [finding for finding in run(*documents) if finding.check == "pairing"]


def test_a_quotation_may_run_on_over_paragraphs():
    english = ["“We came. We saw.", "“We went.”"]
    assert not pairing_of(english, ["“我们来了。我们看了。", "“我们走了。”"])
    assert not pairing_of(['"We came.', 'We went."'], ["“我们来了。", "我们走了。”"])
    assert pairing_of(['"We came."', '"We went."'], ["“我们来了。", "我们走了。"])


def test_the_message_names_what_stands_there_and_what_should():
    [finding] = found("half_width", chinese="大会闭幕,代表返程。")
    assert ", → ，" in finding.message.en
    assert ", → ，" in finding.message.zh
    assert [place.words for place in finding.chinese] == [","]


def test_marks_in_tags_and_entities_are_none():
    [finding] = found("half_width", chinese='<a id="a1">大会</a>&amp;论坛<b>闭幕</b>,返程')
    assert [(place.start, place.words) for place in finding.chinese] == [(7, ",")]
