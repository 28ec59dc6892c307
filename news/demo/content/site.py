"""The site itself: who issues the releases, topics, pictures, and the people who work with it."""

from typing import Any

FRONT_PAGE = {
    "title": ("Low-Carbon City Forum Newsroom", "低碳城论坛新闻中心"),
    "introduction": (
        "News releases and partners of the forum, in English and in Chinese. A demonstration with invented content.",
        "论坛新闻稿与合作伙伴，中英双语发布。本站为演示站点，内容多为虚构。",
    ),
}
IDENTITY = {
    "organisation": (
        "Organization Committee of Shenzhen International Low-Carbon City Forum",
        "深圳国际低碳城论坛组委会",
    ),
    "address": (
        "608A, Block B, Zhongshen Garden Building, Futian District, Shenzhen",
        "深圳市福田区中深花园大厦B座608A",
    ),
    "email": ("press@forum.example", "press@forum.example"),
    "copyright_holder": ("Shenzhen International Low-Carbon City Forum", "深圳国际低碳城论坛"),
    "icp_number": ("粤ICP备17082418号", "粤ICP备17082418号"),
}

NOTICE = (
    "Demonstration site: the releases are invented, except the one of 7 November 2017.",
    "演示站点：除2017年11月7日一稿外，报道内容均为虚构。",
)

ABOUT: dict[str, Any] = {
    "title": ("About", "关于我们"),
    "introduction": ("Who issues these releases, and which of them are real.", "谁在发布这些新闻稿，哪些内容属实。"),
    "body": [
        (
            "The committee organises a yearly forum in Shenzhen on how cities can grow while emitting less.",
            "组委会每年在深圳举办论坛，探讨城市如何在发展的同时减少排放。",
        ),
        (
            "This site is a demonstration of the Newsroom software. The report of 2017 on "
            "the opening of the Shenzhen-California centre is real. Everything else reported here is "
            "invented, as are all partner organisations and the people quoted.",
            "本站用于演示Newsroom软件。2017年深圳—加州清洁技术创新中心揭牌一事属实，"
            "其余报道内容均为虚构，全部合作机构及文中被引述人物亦为虚构。",
        ),
        ("The pictures are drawings made for the demonstration.", "站内图片均为演示用示意图。"),
    ],
}

TOPICS = {
    "clean-technology": ("Clean technology", "清洁技术"),
    "ports": ("Ports", "港口"),
    "forum": ("The forum", "论坛动态"),
    "transport": ("Transport", "交通出行"),
    "green-spaces": ("Green spaces", "绿色空间"),
}

PICTURES = {
    # name: alternative text, caption
    "skyline": (
        ("A city of glass towers beside green hills at sunrise", "日出时分，青山旁的玻璃幕墙高楼群"),
        ("Shenzhen, drawn for this demonstration", "深圳城市景观（演示用示意图）"),
    ),
    "harbour": (
        ("Cranes over a container harbour at dusk", "黄昏时分的集装箱码头与岸桥"),
        ("The fictional harbour of Lantern Bay", "虚构的灯塔湾港"),
    ),
    "turbines": (
        ("Wind turbines on green hills at sunrise", "晨光中，青山上的风力发电机"),
        ("Wind turbines near the fictional city of Lantern Bay", "虚构城市灯塔湾附近的风力发电机组"),
    ),
    "solar": (
        ("Solar panels in long rows on the roofs of factories", "厂房屋顶上成排铺设的光伏组件"),
        ("The fictional industrial park of Sample Ridge", "虚构的样例岭工业园"),
    ),
    "bus": (
        ("An electric double-decker bus in a street lined with trees", "林荫街道上的双层电动公交车"),
        ("An electric bus of the fictional city of Lantern Bay", "虚构城市灯塔湾的电动公交车"),
    ),
    "hall": (
        ("A conference hall with a lit stage and a seated audience", "会议厅内，舞台灯光明亮，台下坐满听众"),
        ("A session of the forum, drawn for this demonstration", "论坛会场（演示用示意图）"),
    ),
    "mangrove": (
        ("Egrets on a mangrove shore with towers behind it", "红树林岸边的白鹭，后方是高楼"),
        ("The fictional eastern shore of Lantern Bay", "虚构的灯塔湾东岸"),
    ),
    "workshop": (
        ("Engineers at a test bench for batteries", "工程师在电池检测台前工作"),
        ("The fictional test bench in Sample Ridge", "虚构的样例岭电池检测平台"),
    ),
    "bridge": (
        (
            "A cable bridge over a bay by night, with its lights reflected in the water",
            "夜色中的跨海湾斜拉桥，灯光倒映水面",
        ),
        ("The fictional Lantern Bay Bridge", "虚构的灯塔湾大桥"),
    ),
    "rooftop": (
        ("A rooftop garden with trees and paths among towers", "高楼之间的屋顶花园，园中有树木和小径"),
        ("A fictional rooftop garden in Lantern Bay", "虚构的灯塔湾屋顶花园"),
    ),
    "tram": (
        ("A tram in a city street", "有轨电车驶过城市街道"),
        ("A tram outside the centre of the fictional city of Port Placeholder", "虚构城市占位港中心区外的有轨电车"),
    ),
}
PICTURE_CREDIT = ("Newsroom demo", "Newsroom演示")

PEOPLE = [
    # user name, given name, family name, groups, admin language
    ("ella", "Ella", "Example", ["English authors"], "en"),
    ("chen", "陈示例", "", ["Chinese authors"], "zh-hans"),
    ("theo", "Theo", "Sample", ["English translators"], "en"),
    ("lin", "林示例", "", ["Chinese translators"], "zh-hans"),
    ("rosa", "Rosa", "Specimen", ["Bilingual reviewers"], "en"),
    ("wei", "魏样本", "", ["Bilingual reviewers"], "zh-hans"),
    ("petra", "Petra", "Placeholder", ["Publishers"], "en"),
]
