"""The partners, all invented. Their web addresses end in .example, which nobody can register."""

from typing import Any

PARTNERS: list[dict[str, Any]] = [
    {
        "slug": "example-harbour-institute",
        "original": "en",
        "title": ("Example Harbour Institute for Low-Carbon Cities", "示例港低碳城市研究院"),
        "short_name": ("Example Harbour Institute", "示例港研究院"),
        "summary": (
            "A fictional research institute that measures what port cities emit and tests ways to emit less.",
            "虚构的研究机构，测算港口城市排放，试验减排办法。",
        ),
        "city": ("Example Harbour", "示例港"),
        "kind": "institute",
        "founded": 2009,
        "website": "https://harbour.example/",
        "former_names": [(("Example Harbour Energy Laboratory", "示例港能源实验室"), 2014)],
        "logo": "waves",
        "body": [
            (
                "paragraph",
                (
                    "The institute runs a test berth where ships at the quay draw power from the shore "
                    "instead of running their engines.",
                    "研究院建有一个试验泊位，船舶靠港期间使用岸电，无需开动辅机。",
                ),
            ),
            (
                "paragraph",
                (
                    "Its yearly emissions survey covers 14 port cities and is free for anyone to use.",
                    "研究院每年发布排放调查，覆盖14座港口城市，供各界免费使用。",
                ),
            ),
        ],
    },
    {
        "slug": "lantern-bay-power",
        "original": "zh-hans",
        "title": ("Lantern Bay Power Company", "灯塔湾电力公司"),
        "short_name": ("Lantern Bay Power", "灯塔湾电力"),
        "summary": (
            "A fictional utility that supplies shore power to the terminals of Lantern Bay.",
            "虚构的电力企业，为灯塔湾各码头供应岸电。",
        ),
        "city": ("Lantern Bay", "灯塔湾"),
        "kind": "company",
        "founded": 1996,
        "website": "https://lanternbay.example/",
        "former_names": [],
        "logo": "lantern",
        "body": [
            (
                "paragraph",
                (
                    "The company operates 36 shore-power connections at nine terminals.",
                    "公司在九个码头运营36套岸电设施。",
                ),
            ),
            (
                "paragraph",
                (
                    "It also supplies the 27 charging stations of the city’s electric buses.",
                    "全市27座公交充电站也由该公司供电。",
                ),
            ),
        ],
    },
    {
        "slug": "lantern-bay-transport-bureau",
        "original": "zh-hans",
        "title": ("Lantern Bay Municipal Transport Bureau", "灯塔湾市交通运输局"),
        "short_name": ("Lantern Bay Transport", "灯塔湾交通局"),
        "summary": (
            "A fictional municipal body that plans the buses and ferries of Lantern Bay.",
            "虚构的政府机构，负责灯塔湾公交和轮渡的规划管理。",
        ),
        "city": ("Lantern Bay", "灯塔湾"),
        "kind": "government",
        "founded": 1988,
        "website": "https://transport.lanternbay.example/",
        "former_names": [(("Lantern Bay Roads and Ferries Office", "灯塔湾公路与轮渡管理处"), 2011)],
        "logo": "bridge",
        "body": [
            (
                "paragraph",
                (
                    "The bureau is responsible for 148 bus routes and 11 ferry lines.",
                    "该局管理公交线路148条、轮渡航线11条。",
                ),
            ),
            (
                "paragraph",
                (
                    "Every month it publishes how punctual each route was and how much power it used, in "
                    "a format that other cities may copy.",
                    "每月公布各线路的准点率和用电量，数据格式供其他城市直接采用。",
                ),
            ),
            (
                "paragraph",
                (
                    "Residents elect a passenger council of 15 members, which comments on every new "
                    "timetable before it comes into force.",
                    "市民推选15人组成乘客委员会，新时刻表实施前须听取其意见。",
                ),
            ),
        ],
    },
    {
        "slug": "sample-coastal-cities",
        "original": "en",
        "title": ("Sample Network of Coastal Cities", "样例沿海城市网络"),
        "short_name": ("Coastal Cities Network", "沿海城市网络"),
        "summary": (
            "A fictional international organisation in which coastal cities compare their "
            "emissions and share what works.",
            "虚构的国际组织，沿海城市在此对比排放数据，交流有效做法。",
        ),
        "city": ("Port Placeholder", "占位港"),
        "kind": "international",
        "founded": 2005,
        "website": "https://coastalcities.example/",
        "former_names": [],
        "logo": "ring",
        "body": [
            (
                "paragraph",
                (
                    "The network has 47 member cities in 23 countries. Each pays according to its "
                    "population and has one vote.",
                    "该网络有47个成员城市，分布于23个国家。会费按人口缴纳，各成员均有一票。",
                ),
            ),
            ("heading", ("The register", "排放登记册")),
            (
                "paragraph",
                (
                    "Since 2018 the network has kept a register of city emissions, which is open to the "
                    "public. Entries are corrected in the open, with the earlier figure left in place.",
                    "自2018年起，该网络建立城市排放登记册，向公众开放。数据更正一律公开，原数据予以保留。",
                ),
            ),
            (
                "paragraph",
                (
                    "A working group on heat meets twice a year in a different member city.",
                    "高温应对工作组每年召开两次会议，由成员城市轮流承办。",
                ),
            ),
            (
                "paragraph",
                ("The secretariat in Port Placeholder has a staff of 19.", "秘书处设在占位港，有工作人员19名。"),
            ),
        ],
    },
    {
        "slug": "placeholder-university",
        "original": "en",
        "title": ("Placeholder University of Technology", "占位理工大学"),
        "short_name": ("Placeholder University", "占位理工"),
        "summary": (
            "A fictional university of engineering and planning, with a school for technicians.",
            "虚构的大学，以工程和规划学科为主，设有技师学院。",
        ),
        "city": ("Port Placeholder", "占位港"),
        "kind": "university",
        "founded": 1921,
        "website": "https://placeholder-university.example/",
        "former_names": [],
        "logo": "peak",
        "body": [
            (
                "paragraph",
                (
                    "About 18,000 students are enrolled in engineering, planning and the natural sciences.",
                    "在校学生约1.8万人，学科涵盖工程、规划和自然科学。",
                ),
            ),
            (
                "paragraph",
                (
                    "Its transport department has counted traffic at the same 60 places in the city since 1974.",
                    "自1974年起，该校交通系一直在市内60个固定点位统计车流量。",
                ),
            ),
            (
                "paragraph",
                (
                    "The school for technicians opened in 2024 and teaches in Sample Ridge.",
                    "技师学院开办于2024年，在样例岭授课。",
                ),
            ),
        ],
    },
    {
        "slug": "sample-ridge-battery",
        "original": "zh-hans",
        "title": ("Sample Ridge Battery Company", "样例岭电池公司"),
        "short_name": ("Sample Ridge Battery", "样例岭电池"),
        "summary": (
            "A fictional manufacturer that builds bus batteries and finds a second use for old ones.",
            "虚构的制造企业，生产公交车动力电池，并开展退役电池再利用。",
        ),
        "city": ("Sample Ridge", "样例岭"),
        "kind": "company",
        "founded": 2012,
        "website": "https://samplebattery.example/",
        "former_names": [],
        "logo": "gear",
        "body": [
            ("paragraph", ("The company has two plants and 1,350 employees.", "公司有两座工厂，员工1350人。")),
            (
                "paragraph",
                (
                    "In 2025 it delivered batteries for 2,900 buses and took back 4,100 used packs.",
                    "2025年，公司为2900辆公交车交付电池，回收退役电池4100组。",
                ),
            ),
        ],
    },
    {
        "slug": "green-roof-builders",
        "original": "zh-hans",
        "title": ("Example Association of Green Roof Builders", "示例屋顶绿化协会"),
        "short_name": ("Green Roof Builders", "屋顶绿化协会"),
        "summary": (
            "A fictional trade association of companies that lay out and tend gardens on roofs.",
            "虚构的行业协会，会员从事屋顶花园建设与养护。",
        ),
        "city": ("Lantern Bay", "灯塔湾"),
        "kind": "association",
        "founded": 2003,
        "website": "https://greenroofs.example/",
        "former_names": [],
        "logo": "sprout",
        "body": [
            (
                "paragraph",
                ("The association has 210 member companies in four cities.", "协会有会员企业210家，分布于四座城市。"),
            ),
            (
                "paragraph",
                (
                    "Its handbook on soil, drainage and load is revised every two years.",
                    "协会编有土层、排水与荷载手册，每两年修订一次。",
                ),
            ),
        ],
    },
    {
        "slug": "example-tide",
        "original": "en",
        "title": ("The Example Tide", "示例潮报"),
        "short_name": ("Example Tide", "潮报"),
        "summary": (
            "A fictional newspaper that reports on ports and coasts in English and Chinese.",
            "虚构的报纸，以中英双语报道港口与海岸新闻。",
        ),
        "city": ("Example Harbour", "示例港"),
        "kind": "media",
        "founded": 1972,
        "website": "https://tide.example/",
        "former_names": [],
        "logo": "page",
        "body": [
            (
                "paragraph",
                (
                    "The paper appears six days a week and has 28 journalists in three cities. Since 1999 "
                    "every issue has carried the air readings of the harbour on its front page.",
                    "该报每周出版六期，在三座城市有记者28名。自1999年起，每期头版刊登港区空气监测数据。",
                ),
            )
        ],
    },
    {
        "slug": "sample-ridge-solar",
        "original": "en",
        "title": ("Sample Ridge Solar Observatory", "样例岭太阳能观测站"),
        "short_name": ("Solar Observatory", "太阳能观测站"),
        "summary": (
            "A fictional research station that measures sunlight and tests solar panels at an "
            "altitude of 1,140 metres.",
            "虚构的研究机构，在海拔1140米处观测日照，检验光伏组件。",
        ),
        "city": ("Sample Ridge", "样例岭"),
        "kind": "institute",
        "founded": 1987,
        "website": "https://solar.sampleridge.example/",
        "former_names": [],
        "logo": "sun",
        "body": [
            (
                "paragraph",
                (
                    "The record of sunshine goes back to the year of the foundation and has never been "
                    "interrupted for more than two days.",
                    "日照记录始于建站当年，中断从未超过两天。",
                ),
            ),
            (
                "paragraph",
                (
                    "Manufacturers may leave panels on the test field for up to ten years. The "
                    "observatory publishes how much output each type loses.",
                    "制造商可将组件置于试验场，最长十年。观测站公布各型号的衰减数据。",
                ),
            ),
        ],
    },
]
