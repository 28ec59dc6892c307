"""Terms of the releases of this demo, as invented as they are: kind, (English, Chinese), and what else there is."""

TERMS = [
    (
        "organisation",
        ("Shenzhen International Low-Carbon City Forum", "深圳国际低碳城论坛"),
        {
            "english_forbidden": "Shenzhen International Low-Carbon Forum\nShenzhen Low Carbon City Forum",
            "chinese_forbidden": "深圳国际低碳城市论坛",
        },
    ),
    ("term", ("call for papers", "征文启事"), {"chinese_also": "征文"}),
    (
        "term",
        ("referee", "评审专家"),
        {"chinese_forbidden": "裁判", "note": "Of papers. 裁判 is for sports."},
    ),
    (
        "term",
        ("shore power", "岸电"),
        {"english_also": "power from the shore", "chinese_forbidden": "岸上电力\n码头电力"},
    ),
    ("term", ("rooftop garden", "屋顶花园"), {"english_also": "garden on a roof", "chinese_forbidden": "房顶花园"}),
    ("term", ("Lantern Bay", "灯塔湾"), {"chinese_forbidden": "灯笼湾"}),
    ("term", ("Port Placeholder", "占位港"), {}),
    ("term", ("Sample Ridge", "样例岭"), {}),
    ("office", ("secretary-general", "秘书长"), {"english_forbidden": "general secretary\nsecretary general"}),
    (
        "person",
        ("Ada Sample", "艾达·桑普尔"),
        {
            "office_en": "secretary-general of the Sample Network of Coastal Cities",
            "office_zh_hans": "样例沿海城市网络秘书长",
        },
    ),
    (
        "person",
        ("Gao Example", "高示例"),
        {"office_en": "programme director of the forum", "office_zh_hans": "论坛日程总监"},
    ),
    ("person", ("", "单小禾"), {"note": "The family name is read Shan."}),
]
