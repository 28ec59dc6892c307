"""Where Chinese has a space between two words on purpose: after a dateline, a byline, the number of an article."""

import re

NUMBER = "[〇零一二两三四五六七八九十百千0-9]+"
DATELINE = re.compile(
    r"(?:日|时)(?:专|急|综合)*[电讯]$"
    r"|(?:本报|本刊|本网|本台|本社|社|报|台|网|通讯员)[^，。！？；]{0,24}(?:[电讯]|消息|报道)$"
)
"""At the head of a paragraph: 新华社灯塔湾11月26日电, 本报讯."""
HEAD = 40
ARTICLE = re.compile(
    rf"(?:^|[“‘「『《（(\n])\s*(?:第{NUMBER}[条章节款项编篇部卷回集期]|附[件表录图注]{NUMBER}?|[图表例]{NUMBER}|{NUMBER})$"
)
"""As laws and reports number what follows: 第十九条 取得……"""
ROLE = (
    "记者|通讯员|特约撰稿人?|撰稿人?|供稿|编辑|责编|主编|校对|审校|审核|监制|策划|统筹|摄影师?|摄像|制图|绘图|图片|文字"
    "|作者|译者|翻译|编译|主持人|嘉宾|实习生|整理|来源"
)
SHORT_ROLE = "文|图|摄|译|编|文图|图文"
AFTER_ROLE = re.compile(rf"(?:{ROLE})$|(?:^|[\s（(])(?:{SHORT_ROLE})$")
SURNAME = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵汪祁毛狄米贝明臧计伏成戴"
    "宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房解应宗丁宣邓单洪"
    "包左石崔吉龚程邢裴陆荣翁荀甄曲家封储靳段富焦巴谷车侯全班仰秋仲宫宁仇甘厉祖武符刘景詹束龙叶司黎薄印白蒲从鄂索"
    "赖卓蔺屠蒙池乔阴闻党翟谭贡劳申冉桑桂牛边尚农温庄柴瞿阎连习艾容古易慎廖庾居衡步都耿满匡国文寇广东欧利越师巩聂"
    "晁敖融冷辛那简饶空曾关查游权盖益欧阳上官诸葛司徒司马岳帅缑肖覃佟"
)
NAME = re.compile(rf"[{SURNAME}][\u4e00-\u9fff·]{{1,3}}")
BEFORE_ROLE = re.compile(rf"\s*(?:(?:{ROLE}|{SHORT_ROLE})(?:报道)?|报道)(?![\u4e00-\u9fff])|\s*(?:{SHORT_ROLE})\s")
NAME_BEFORE = re.compile(rf"(?:^|[\s（(、，。；：])[{SURNAME}][\u4e00-\u9fff]{{1,3}}$")
NAMED = re.compile(rf"(?:{ROLE})(?:\s+[\u4e00-\u9fff·]{{2,4}})+$")


def parts_on_purpose(text: str, start: int, end: int) -> bool:
    """Whether the space between `start` and `end` of a text is one that people mean."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if follows_a_head(text, start):
        return True
    if AFTER_ROLE.search(before) and NAME.match(text, end):
        return True
    if NAMED.search(before) and (NAME.match(text, end) or BEFORE_ROLE.match(text, end)):
        return True
    return bool(BEFORE_ROLE.match(text, end) and NAME_BEFORE.search(before))


def follows_a_head(text: str, start: int) -> bool:
    """Whether what stands before is a dateline or the number of an article."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return bool(ARTICLE.search(before) or (len(before) <= HEAD and DATELINE.search(before)))
