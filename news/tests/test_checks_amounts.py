"""Per cent, money and measures of the same figure."""

import pytest

from news.checks import REGISTER, Level, run_on


def findings(english, chinese, name):
    return run_on(english, chinese, off=frozenset(REGISTER) - {name})


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("percent", "It rose by 5 percent.", "上升5%。"),
        ("percent", "It rose by 5 per cent.", "上升百分之五。"),
        ("percent", "Sales Rise 5 Percent", "销售额增长5%"),
        ("percent", "Some 30% agreed.", "三成的人同意。"),
        ("percent", "It rose by 5 percentage points to 40%.", "上升5个百分点，达到40%。"),
        ("percent", "It rose by five points.", "上升5个百分点。"),
        ("percent", "Between 30 and 40 percent", "30%至40%"),
        ("percent", "Between 5-10 percent", "5%至10%"),
        ("percent", "Rates of 5, 10 and 15 percent", "税率为5%、10%和15%"),
        ("percent", "Between 30 and 40 percent", "百分之30至40"),
        ("percent", "Of the 20 members, 20% voted.", "20名成员中，20%参加表决。"),
        ("percent", "Output doubled, up 100%.", "产量增长一倍。"),
        ("percent", "It rose 25 basis points.", "上调25个基点。"),
        ("currency", "It cost US$5 million.", "耗资500万美元。"),
        ("currency", "It cost $5 million.", "耗资500万港元。"),
        ("currency", "It cost HK$5 million.", "耗资港币500万元。"),
        ("currency", "It cost ¥5 million.", "耗资500万日元。"),
        ("currency", "It cost RMB 5 million.", "耗资500万元。"),
        ("currency", "It cost 5 million yuan.", "耗资人民币500万元。"),
        ("currency", "A sum of $30 and $50", "金额为30美元和50元"),
        ("currency", "It weighs 5 pounds and costs 5 pounds.", "重5磅，售价5英镑。"),
        ("currency", "It cost $5 million.", "耗资500万。"),
        ("units", "It is 5 km long.", "全长5公里。"),
        ("units", "It is 5 km long.", "全长5千米。"),
        ("units", "It is 5 miles (8 km) long.", "全长5英里（8公里）。"),
        ("units", "It weighs 5 tonnes.", "重5吨。"),
        ("units", "It has 600 MW.", "装机60万千瓦。"),
        ("units", "In 5 years, 5 months were lost.", "5年中损失了5个月。"),
        ("units", "Winds of 85 mph", "风速每小时85英里"),
        ("units", "It saved 300 tons of standard coal.", "节约300吨标准煤。"),
    ],
)
def test_what_agrees_is_not_flagged(name, english, chinese):
    assert [found.message.en for found in findings(english, chinese, name)] == []


@pytest.mark.parametrize(
    ("name", "english", "chinese", "level"),
    [
        ("percent", "It rose by 5 percentage points.", "上升5%。", Level.WARNS),
        ("percent", "It rose by 5 percent.", "上升5个百分点。", Level.WARNS),
        ("percent", "It rose by 5.5 percent.", "上升5.5。", Level.WARNS),
        ("percent", "Some 30% agreed.", "三十个百分点。", Level.WARNS),
        ("currency", "It cost US$5 million.", "耗资500万元。", Level.BLOCKS),
        ("currency", "It cost $5 million.", "耗资500万欧元。", Level.BLOCKS),
        ("currency", "It cost 5 million yuan.", "耗资500万美元。", Level.BLOCKS),
        ("currency", "It cost HK$5 million.", "耗资500万美元。", Level.BLOCKS),
        ("currency", "It cost £5 million.", "耗资人民币500万元。", Level.BLOCKS),
        ("units", "It is 5 km long.", "全长5米。", Level.WARNS),
        ("units", "It is 5 miles long.", "全长5公里。", Level.WARNS),
        ("units", "It covers 50 hectares.", "占地50亩。", Level.WARNS),
        ("units", "It weighs 5 pounds.", "重5公斤。", Level.WARNS),
        ("units", "It has 600 MW.", "装机600千瓦。", Level.WARNS),
        ("units", "It lasts five months.", "为期5年。", Level.WARNS),
        ("units", "It reached 30°C.", "气温达30华氏度。", Level.WARNS),
    ],
)
def test_the_same_value_of_something_else_is_flagged_in_both_texts(name, english, chinese, level):
    [found] = findings(english, chinese, name)
    assert (found.level, len(found.english), len(found.chinese)) == (level, 1, 1)


def test_the_figures_are_quoted_with_their_units():
    [found] = findings("It cost US$5 million.", "耗资500万元。", "currency")
    assert found.message.zh == "数字相同，但币种不一致：英文为“US$5 million”，中文为“500万元”"
    assert (
        found.message.en
        == "The same sum in different currencies: “US$5 million” in the English, “500万元” in the Chinese"
    )
    [found] = findings("It is 5 km long.", "全长5米。", "units")
    assert found.message.zh == "数字相同，但计量单位不一致：英文为“5 km”，中文为“5米”"


def test_the_same_value_in_another_unit_is_left_to_one_check():
    everything = frozenset(REGISTER) - {"numbers", "dates", "percent", "currency", "units"}
    assert [found.check for found in run_on("It cost US$5 million.", "耗资500万元。", off=everything)] == ["currency"]
    assert [found.check for found in run_on("It is 5 km long.", "全长6公里。", off=everything)] == ["numbers"]
