"""Figures that correct translations write in other ways, and the errors that must be told from them."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.checks import REGISTER, Level, run_on
from news.checks.base import About, Document, TextPair
from news.checks.figures_chinese import read_chinese, readings
from news.checks.figures_english import read_english
from news.checks.text import Passage

OURS = ("numbers", "dates", "percent", "currency", "units")


def findings(english, chinese, *names):
    return run_on(english, chinese, off=frozenset(REGISTER) - set(names or ["numbers"]))


def adapted(english, chinese):
    documents = (Document((("body", english),)), Document((("body", chinese),)))
    pair = TextPair(Passage([(0, english)]), Passage([(0, chinese)]), documents, About(), is_adapted=True)
    return list(REGISTER["numbers"].find(pair))


SAME = {
    "scale": [
        ("The fund holds RMB 1.2 billion.", "该基金规模为人民币12亿元。"),
        ("The fund holds 1.25 billion yuan.", "该基金规模为12.5亿元人民币。"),
        ("A US$1.5bn loan was agreed.", "双方商定贷款15亿美元。"),
        ("It cost £125m and $3 million.", "耗资1.25亿英镑和300万美元。"),
        ("Some 24,801 people live there.", "当地人口为2万4801人。"),
        ("Output passed 120 million tonnes.", "产量突破1.2亿吨。"),
        ("It has 1.2 trillion yuan in assets.", "其资产达1.2万亿元。"),
        ("Exports reached $5-10 billion.", "出口额达50亿至100亿美元。"),
        ("Exports reached $5-10 billion.", "出口额达50-100亿美元。"),
        ("Between 3 and 4 million people took part.", "三四百万人参加。"),
        ("Over 20 million visits were recorded.", "共接待2000余万人次。"),
        ("More than 3,000 firms took part.", "3,000多家企业参加。"),
        ("Some 90 million yuan was raised.", "募集资金9 千万元。"),
    ],
    "words": [
        ("Nearly a hundred schools joined.", "近百所学校加入。"),
        ("Thousands of pupils came.", "上千名学生到场。"),
        ("Tens of thousands of readers wrote in.", "数万名读者来信。"),
        ("Hundreds of guests attended.", "数百名嘉宾出席。"),
        ("Half a million seedlings were planted.", "共种植树苗50万株。"),
        ("Two and a half million people watched.", "250万人观看。"),
        ("Twelve of the 30 pilots are women.", "30名飞行员中有12名女性。"),
        ("One third of the 60 seats are free.", "60个座位中有三分之一空着。"),
        ("Two-thirds of 90 replies were positive.", "90份答复中三分之二持肯定态度。"),
        ("About half of the 40 houses are let.", "40套房屋中约50%已出租。"),
        ("A dozen volunteers helped 15 families.", "十几名志愿者帮助了15户家庭。"),
        ("Two dozen villages lie on the route.", "沿途有24个村庄。"),
        ("Both bridges opened in 2019.", "2座桥梁均于2019年通车。"),
        ("Sales doubled to 40 million yuan.", "销售额翻一番，达到4000万元。"),
        ("It is twice as long as the old line of 35 km.", "长度是35公里旧线的2倍。"),
        ("The number tripled.", "数量增长2倍。"),
        ("Profits rose by 200%.", "利润增长两倍。"),
        ("Thirty percent of 500 staff work at night.", "500名员工中3成上夜班。"),
        ("Some 70 to 80 percent agreed.", "百分之七八十的人同意。"),
        ("The library and two others opened.", "该图书馆等3所新馆开放。"),
        ("The choirs of Aba, Bela and Cora sang.", "阿巴、贝拉、科拉等3个合唱团演唱。"),
        ("An hour later, 20 people had left.", "1个小时后，20人已离开。"),
        ("In 1,000 cases, 990 were solved.", "一千起案件中，990起已解决。"),
    ],
    "ordinals": [
        ("The 16th fair opens today.", "第十六届交易会今日开幕。"),
        ("The 13th Five-Year Plan ended in 2020.", "“十三五”规划于2020年收官。"),
        ("The twenty-first session began.", "第21次会议开幕。"),
        ("Art of the 21st century is shown.", "展出21世纪艺术。"),
        ("Phase II covers 12 districts.", "2期工程覆盖12个区。"),
        ("After World War II, 30 mills closed.", "二战后，30家工厂关闭。"),
    ],
    "years": [
        ("The hall dates from the 1980s.", "礼堂建于20世纪80年代。"),
        ("The hall dates from the 1980s.", "礼堂建于上世纪八十年代。"),
        ("The canal dates from the 1800s.", "运河开凿于19世纪。"),
        ("It was common in the early 2000s.", "这在本世纪初很常见。"),
        ("Many in the team were born after 1980.", "团队中许多人是1980后。"),
        ("The post-80s generation leads.", "80后挑大梁。"),
        ("The plan covers 2025-26.", "规划期为2025年至2026年。"),
        ("The plan covers 2025–26.", "规划期为2025-26年。"),
        ("It was founded in 1949.", "该社成立于一九四九年。"),
        ("It opens in 2025.", "将于二〇二五年开放。"),
        ("Revenue for FY25 rose.", "2025财年营收增长。"),
        ("On 3 June 2025 it closed.", "2025年6月3日关闭。"),
        ("On June 3-5 it is closed.", "6月3日至5日关闭。"),
        ("The notice of 2021-06-11 stands.", "2021.6.11的通知有效。"),
        ("It was built last year.", "建于2019年。"),
        ("It opens on Tuesday.", "于6月3日开放。"),
    ],
    "times": [
        ("Doors open at 7.55am.", "早上7:55开门。"),
        ("Doors open at 7 a.m.", "早上7点开门。"),
        ("The talk starts at 3 p.m.", "讲座15时开始。"),
        ("The talk starts at 3:30 p.m.", "讲座下午3点半开始。"),
        ("The talk starts at 15:30.", "讲座于下午3点30分开始。"),
        ("It starts at 8:15.", "8点一刻开始。"),
        ("It runs until October 31.", "持续至10月底。"),
        ("It opened on 1 January 2020.", "于2020年元旦开放。"),
        ("It ends at midnight.", "活动24时结束。"),
        ("The desk is staffed 24/7.", "服务台24小时有人值守。"),
    ],
    "durations": [
        ("It lasts 60 days.", "为期两个月。"),
        ("It lasts 18 months.", "为期一年半。"),
        ("It lasts half a year.", "为期6个月。"),
        ("It took two and a half years.", "历时2年半。"),
        ("It took two and a half years.", "历时30个月。"),
        ("For three decades it stood empty.", "它空置了30年。"),
        ("Applications close in a fortnight.", "14天后截止申请。"),
        ("He waited 48 hours.", "他等了两天。"),
    ],
    "measures": [
        ("It is 5 miles long.", "全长8公里。"),
        ("The plant has a capacity of 600 MW.", "电厂装机容量60万千瓦。"),
        ("The field covers 100 mu (6.67 hectares).", "该地块占地100亩。"),
        ("The field covers 6.67 hectares.", "该地块占地100亩。"),
        ("It reached 80 degrees Fahrenheit.", "气温达到27摄氏度。"),
        ("It reached 35°C.", "气温达35℃。"),
        ("It grew by 12.5%-13%.", "增长12.5%至13%。"),
        ("A budget of $20 million", "预算2000万美元（约合1.4亿元人民币）"),
        ("A 30m pool was built.", "建成一座30米泳池。"),
    ],
    "shapes": [
        ("They won 3-1.", "他们以3比1获胜。"),
        ("Rule 1/3 of the code", "规则第1/3条"),
        ("The recipe needs 2½ cups.", "食谱需要2.5杯。"),
        ("The recipe needs 2½ cups.", "食谱需要两杯半。"),
        ("Version 3.11.2 is out.", "3.11.2版已发布。"),
        ("Call +86 10 5550 1234.", "请致电010-55501234。"),
        ("Call (86-10) 5550 1234.", "请致电010-55501234。"),
        ("A grant for phases I-III", "第1至3期资助"),
        ("Four out of 10 agreed.", "四成的人同意。"),
        ("The COVID-19 ward has 40 beds.", "新冠病房有40张床位。"),
        ("The COVID-19 ward has 40 beds.", "COVID-19病房有40张床位。"),
        ("G20 members met.", "二十国集团成员会晤。"),
        ("A 5G network serves 12 towns.", "5G网络覆盖12个城镇。"),
        ("PM2.5 fell by 8%.", "PM2.5下降8%。"),
        ("The low was -3.5 degrees.", "最低气温零下3.5度。"),
        ("See https://example.org/2019/77 for 3 maps.", "3张地图见网站。"),
        ("Rooms 33, 34 and 39 are closed.", "33，34和39号房间关闭。"),
        ("Ages 20 to 30", "20至30岁"),
        ("", "没有译文的12段"),
    ],
}
"""By kind: what is said in both languages, in whatever form."""


@pytest.mark.parametrize(("english", "chinese"), [pair for pairs in SAME.values() for pair in pairs])
def test_the_same_figure_in_another_form_is_not_flagged(english, chinese):
    assert [found.message.en for found in findings(english, chinese, *OURS)] == []


WRONG = [
    ("The fund holds RMB 1.2 billion.", "该基金规模为人民币1.2亿元。", "人民币1.2亿元"),
    ("Some 24,801 people live there.", "当地人口为2万4810人。", "2万4810"),
    ("More than 3,000 firms took part.", "3,000多万家企业参加。", "3,000多万"),
    ("The 16th fair opens today.", "第17届交易会今日开幕。", "17"),
    ("It was founded in 1949.", "该社成立于1994年。", "1994"),
    ("The plan covers 2025-26.", "规划期为2025年至2027年。", "2027"),
    ("Doors open at 7.55am.", "早上7:45开门。", "45"),
    ("The talk starts at 3 p.m.", "讲座16时开始。", "16"),
    ("On 3 June 2025 it closed.", "2025年1月3日关闭。", "1"),
    ("It lasts 60 days.", "为期3个月。", "3个月"),
    ("It is 5 miles long.", "全长9公里。", "9公里"),
    ("The plant has a capacity of 600 MW.", "电厂装机容量6万千瓦。", "6万千瓦"),
    ("The recipe needs 2½ cups.", "食谱需要3½杯。", "3½"),
    ("Version 3.11.2 is out.", "3.11.3版已发布。", "3.11.3"),
    ("Call +86 10 5550 1234.", "请致电010-55501243。", "010-55501243"),
    ("The COVID-19 ward is open.", "COVID-18病房开放。", "18"),
    ("They won 3-1.", "他们以3比2获胜。", "2"),
    ("Half a million seedlings were planted.", "共种植树苗60万株。", "60万"),
    ("Sales doubled to 40 million yuan.", "销售额翻一番，达到4000元。", "4000元"),
    ("Twelve of the pilots are women.", "飞行员中有13名女性。", "13"),
]


@pytest.mark.parametrize(("english", "chinese", "figure"), WRONG)
def test_a_wrong_figure_is_flagged_where_it_stands(english, chinese, figure):
    found = findings(english, chinese)
    assert any(place.words.startswith(figure) for each in found for place in each.chinese), found


@pytest.mark.parametrize(("english", "chinese", "_figure"), WRONG)
def test_a_wrong_figure_and_the_right_one_make_one_finding(english, chinese, _figure):
    assert len(findings(english, chinese)) == 1


def test_a_pair_of_figures_is_named_in_both_languages():
    [found] = findings("The fund holds 12 million yuan.", "该基金规模为1.2亿元。")
    assert found.message.en == (
        "The figures differ: “12 million yuan” (12,000,000) in the English, “1.2亿元” (120,000,000) in the Chinese"
    )
    assert found.message.zh == "数字不一致：英文为“12 million yuan”（12,000,000），中文为“1.2亿元”（120,000,000）"
    assert [place.words for place in (*found.english, *found.chinese)] == ["12 million yuan", "1.2亿元"]


def test_a_figure_of_one_language_alone_is_named_with_its_value():
    [found] = findings("The fund is large.", "该基金规模为1.2亿元。")
    assert found.message == type(found.message)(
        "“1.2亿元” (120,000,000) has no counterpart in the English", "英文中没有与“1.2亿元”（120,000,000）对应的数字"
    )
    [found] = findings("The fund has 12 members.", "该基金有多名成员。")
    assert found.message.en == "“12” has no counterpart in the Chinese"
    assert (len(found.english), len(found.chinese)) == (1, 0)


@pytest.mark.parametrize(
    ("english", "chinese", "level"),
    [
        ("The fund holds 1.2 million yuan.", "该基金规模为12亿元。", Level.BLOCKS),
        ("The fund holds 120,000 yuan.", "该基金规模为12亿元。", Level.BLOCKS),
        ("The fund holds 120 million yuan.", "该基金规模为12亿元。", Level.WARNS),
        ("The fund holds 1.3 million yuan.", "该基金规模为12亿元。", Level.WARNS),
    ],
)
def test_only_an_error_of_scale_of_a_thousand_and_more_blocks(english, chinese, level):
    assert [found.level for found in findings(english, chinese)] == [level]


def test_the_same_figure_missed_twice_is_one_finding_with_both_places():
    [found] = findings("Room 12 is beside room 12.", "两个房间相邻。")
    assert [place.start for place in found.english] == [5, 23]


def test_places_are_those_of_the_text_as_written():
    chinese = "规模为１.２亿元，共３家。"
    [found] = findings("It holds 130 million yuan in 3 firms.", chinese)
    [place] = found.chinese
    assert place.words == chinese[place.start : place.end] == "１.２亿元"


def test_in_an_adaptation_what_is_missing_informs_and_what_contradicts_warns():
    assert [found.level for found in adapted("It has 45 beds and 12 wards.", "共有45张床位。")] == [Level.INFORMS]
    assert [found.level for found in adapted("It has 45 beds.", "共有54张床位。")] == [Level.WARNS]
    assert [found.level for found in adapted("It cost 1.2 billion yuan.", "耗资1.2亿元。")] == [Level.WARNS]
    assert adapted("It has 45 beds.", "共有45张床位。") == []


@pytest.mark.parametrize(
    ("row", "values"),
    [
        ("十三五", {13, 5}),
        ("七八百", {7, 700, 800}),
        ("一万二", {12000, 10002}),
        ("两万五千", {25000}),
        ("一千零五十", {1050}),
        ("二〇二五", {2025}),
        ("三百五十万", {3_500_000}),
        ("一亿二千万", {120_000_000}),
        ("万亿", {10**12}),
    ],
)
def test_a_row_of_han_numerals_gives_every_number_it_may_hold(row, values):
    assert set(readings(row)) == values


PIECES = st.lists(
    st.sampled_from(
        [*"0123456789,.:%-$ 一二十百千万亿半年月日点成倍", "⁄", "½", "million", "percent", "a.m.", "分之", "\ud800"]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=100, deadline=None)
@given(st.text() | PIECES, st.text() | PIECES)
def test_no_text_raises(english, chinese):
    for found in findings(english, chinese, *OURS):
        assert found.message.en
        assert found.message.zh


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1,000",
        "1.",
        "一",
        "万",
        "1万",
        " ",
        "1 ",
        "a1",
        "A",
        "1-",
        "0 ",
        "+1",
        "5 km ",
        "3月4日",
        "百分之",
        "one ",
        "million ",
    ],
)
def test_reading_takes_time_in_proportion_to_the_text(piece):
    def work(length):
        """Lines of ours that run; a regular expression that backtracks shows in the time limit of the suite."""
        count = 0

        def counts(_frame, event, _argument):
            nonlocal count
            count += event == "line"
            return counts

        text = piece * (length // len(piece))
        before = sys.gettrace()
        sys.settrace(counts)
        try:
            read_english.__wrapped__(text)
            read_chinese.__wrapped__(text)
        finally:
            sys.settrace(before)
        return count

    assert work(2_000) <= 2.5 * work(1_000)
