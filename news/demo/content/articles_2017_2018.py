"""Releases of 2017 and 2018. Only the first reports what took place."""

from typing import Any

ARTICLES: list[dict[str, Any]] = [
    {
        "slug": "shenzhen-california-centre-opens",
        "original": "en",
        "date": "2017-11-07T00:00",
        "views": 1715,
        "title": ("Shenzhen and California open a joint clean technology centre", "深圳与加州共建清洁技术创新中心揭牌"),
        "summary": (
            "The city and the state have signed two memorandums and opened a centre where their "
            "companies and institutes will work together.",
            "深圳市与美国加利福尼亚州签署两份谅解备忘录，双方企业和科研机构将以新成立的中心为平台开展合作。",
        ),
        "source": ("", ""),
        "lead_image": "skyline",
        "topics": ["clean-technology"],
        "partners": [],
        "body": [
            (
                "paragraph",
                (
                    "The Shenzhen-California Clean Technology Innovation Centre has opened in Shenzhen. "
                    "Its founders are the California Energy Commission, the Shenzhen National Hi-tech "
                    "Industrial Innovation Centre and the Shenzhen International Low-carbon and Clean "
                    "Tech Innovation Centre.",
                    "由加州能源委员会、深圳国家高技术产业创新中心、"
                    "深圳国际低碳清洁技术创新中心共同发起的深圳—加州清洁技术创新中心，近日在深圳揭牌。",
                ),
            ),
            (
                "paragraph",
                (
                    "The chairman of the commission led the visiting delegation on behalf of the governor "
                    "of California. A deputy secretary-general of the Shenzhen municipal government spoke "
                    "at the opening and congratulated both sides.",
                    "加州能源委员会主席受州长委派率团出席。深圳市人民政府副秘书长在仪式上致辞，向双方表示祝贺。",
                ),
            ),
            ("heading", ("Two memorandums", "签署两份备忘录")),
            (
                "paragraph",
                (
                    "One memorandum sets up a partnership on low-carbon development and clean technology "
                    "between the California side and the Shenzhen Development and Reform Commission.",
                    "其中一份由加州方面与深圳市发展和改革委员会签署，双方据此建立低碳发展与清洁技术伙伴关系。",
                ),
            ),
            (
                "paragraph",
                (
                    "The other founds the centre. The commission signed it with the directors of the two "
                    "Shenzhen innovation centres.",
                    "另一份明确共建创新中心，由加州能源委员会与深圳两家创新中心的主任签署。",
                ),
            ),
            ("heading", ("What the centre is for", "中心的任务")),
            (
                "paragraph",
                (
                    "Companies and research institutes of both sides will use it to exchange technology, "
                    "build shared platforms, raise funds and find people.",
                    "双方企业和科研机构将依托中心开展技术交流、平台建设、基金设立和人才引进等合作。",
                ),
            ),
            (
                "paragraph",
                (
                    "The chairman said that the world needs international cooperation to respond to "
                    "climate change, especially cooperation between local governments.",
                    "加州能源委员会主席表示，全球应对气候变化离不开国际合作，地方政府之间的合作尤为重要。",
                ),
            ),
            (
                "paragraph",
                (
                    "The delegation also called on companies in the city, among them Clou Electronic "
                    "Technology, Das Intellitech and Shekou Container Terminals, to see how clean "
                    "technology is developing there.",
                    "代表团还走访了科陆电子、达实智能、蛇口集装箱码头等深圳企业，了解当地清洁技术发展情况。",
                ),
            ),
        ],
    },
    {
        "slug": "lantern-bay-last-diesel-bus",
        "original": "zh-hans",
        "date": "2018-04-19T10:00",
        "views": 962,
        "title": (
            "Lantern Bay retires its last diesel bus and completes its electric fleet",
            "灯塔湾最后一辆柴油公交车退役 全市换用纯电动",
        ),
        "summary": (
            "All 1,240 buses of the city are now electric. The change took three years.",
            "全市1240辆公交车全部换为纯电动车辆，历时三年。",
        ),
        "source": ("Lantern Bay Municipal Transport Bureau", "灯塔湾市交通运输局"),
        "lead_image": "bus",
        "topics": ["transport"],
        "partners": ["lantern-bay-transport-bureau", "lantern-bay-power"],
        "body": [
            (
                "paragraph",
                (
                    "The last diesel bus of Lantern Bay was taken out of service on 18 April, after a "
                    "final run on route 12 to North Station. All 1,240 buses of the city are now "
                    "electric.",
                    "4月18日，灯塔湾最后一辆柴油公交车跑完12路末班，驶入北站后退役。至此，"
                    "全市1240辆公交车全部换为纯电动车辆。",
                ),
            ),
            (
                "paragraph",
                (
                    "The change began in March 2015 on the coastal routes and then spread to the rest of "
                    "the city. Lantern Bay Power Company supplies the 27 charging stations, which have "
                    "620 charging points between them.",
                    "换车工作始于2015年3月，先在沿海线路试行，再推广至全市。全市建成充电站27座、"
                    "充电桩620个，由灯塔湾电力公司供电。",
                ),
            ),
            (
                "table",
                ("Buses in service in Lantern Bay", "灯塔湾在用公交车数量"),
                [("Date", "时间"), ("Diesel", "柴油车（辆）"), ("Electric", "纯电动车（辆）")],
                [
                    [("End of 2015", "2015年末"), ("1,150", "1150"), ("90", "90")],
                    [("End of 2016", "2016年末"), ("760", "760"), ("480", "480")],
                    [("End of 2017", "2017年末"), ("240", "240"), ("1,000", "1000")],
                    [("18 April 2018", "2018年4月18日"), ("0", "0"), ("1,240", "1240")],
                ],
            ),
            (
                "quote",
                (
                    "What passengers noticed first was not the fuel saved but the quiet.",
                    "乘客最先注意到的不是省了多少油，而是车厢里安静了。",
                ),
                (
                    "Chen Placeholder, head of the Lantern Bay Municipal Transport Bureau",
                    "灯塔湾市交通运输局局长 陈占位",
                ),
            ),
            (
                "paragraph",
                (
                    "An electric bus costs 32 per cent less to run per kilometre than a diesel bus. The "
                    "bureau estimates that the fleet avoids about 58,000 tonnes of CO₂ a year.",
                    "纯电动公交车每公里运行费用比柴油车低32%。该局测算，全市公交车每年可减少二氧化碳排放约5.8万吨。",
                ),
            ),
            (
                "paragraph",
                (
                    "Of the buses withdrawn, 186 have been turned into mobile libraries and clinics. The "
                    "others have been dismantled and recycled.",
                    "退役车辆中，186辆改造为流动图书馆和流动诊室，其余拆解回收。",
                ),
            ),
        ],
    },
    {
        "slug": "forum-2018-joint-statement",
        "original": "en",
        "date": "2018-09-13T15:00",
        "views": 1204,
        "title": (
            "Forum ends with a joint statement by 38 cities on counting emissions",
            "论坛闭幕 38个城市就统一排放核算发表联合声明",
        ),
        "summary": (
            "The cities, from 21 countries, have agreed to count emissions in one way and to "
            "publish first figures by 30 June 2020.",
            "来自21个国家的城市商定采用同一方法核算排放，并于2020年6月30日前公布首批数据。",
        ),
        "source": ("", ""),
        "lead_image": None,
        "topics": ["forum"],
        "partners": ["sample-coastal-cities", "example-harbour-institute"],
        "body": [
            (
                "paragraph",
                (
                    "The 2018 forum closed in Shenzhen on 12 September with a joint statement by 38 "
                    "cities. They will count what their buildings, transport and waste emit in the same "
                    "way, so that the figures can be compared.",
                    "2018年论坛于9月12日在深圳闭幕，38个城市发表联合声明，商定以同一方法核算建筑、"
                    "交通和废弃物排放，使数据可相互比较。",
                ),
            ),
            (
                "paragraph",
                (
                    "About 2,600 people from 54 cities attended the two days of meetings. Ports, buses, "
                    "roofs and the cost of heat were the main subjects of the 16 sessions.",
                    "会议为期两天，来自54个城市的约2600人参加。16场分会重点讨论了港口、公交、"
                    "屋顶利用和高温应对成本等议题。",
                ),
            ),
            ("image", "hall"),
            (
                "quote",
                ("A figure that nobody else can check is an opinion.", "别人无法核对的数字，只能算一种看法。"),
                (
                    "Ada Sample, secretary-general of the Sample Network of Coastal Cities",
                    "样例沿海城市网络秘书长 艾达·桑普尔",
                ),
            ),
            (
                "paragraph",
                (
                    "The Sample Network of Coastal Cities will keep a public register of the figures. "
                    "Each year the Example Harbour Institute will check one tenth of the entries against "
                    "meter readings.",
                    "样例沿海城市网络将建立公开的数据登记册，示例港研究院每年抽取其中十分之一，与计量读数比对。",
                ),
            ),
        ],
    },
]
