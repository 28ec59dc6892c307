"""Whether a release is ready to go out: its head and its pictures."""

import re
from collections.abc import Iterator

from .base import Document, Finding, Level, Picture, Said, TextPair, check
from .completeness import HEAD, LANGUAGES
from .text import Place

HEAD_PARTS = {
    "title": ("title", "标题"),
    "summary": ("summary", "摘要"),
    "slug": ("slug", "网址名"),
    "body": ("body", "正文"),
}
TITLE_AT_MOST = ({Level.WARNS: 90, Level.INFORMS: 65}, {Level.WARNS: 40, Level.INFORMS: 30})
"""By language, the higher level first."""

FILE_NAME = re.compile(
    r"(?i)\S+\.(?:jpe?g|png|gif|webp|tiff?|heic|bmp|svg)"
    r"|(?:IMG|DSC[FN]?|PXL|MVIMG|mmexport|微信图片|Screenshot|截图)[-_ ]?\d[-_\d ]*"
)


@check(
    "head",
    ("Title, summary and slug", "标题、摘要与网址名"),
    (
        "An empty title, summary, slug or body blocks. A title over 90 letters in English or 40 characters in Chinese "
        "warns, one over 65 or 30 informs; Latin letters count half in Chinese.",
        "标题、摘要、网址名或正文为空，则阻止发布。英文标题超过90个字符、中文标题超过40个字，则提醒；"
        "超过65个字符或30个字，则提示。中文标题中的西文字母按半个字计。",
    ),
    reads_whole=True,
    needs_both=False,
)
def head(pair: TextPair) -> Iterator[Finding]:
    for side, (document, (language, chinese_language)) in enumerate(zip(pair.documents, LANGUAGES, strict=True)):
        if document.slug is None:
            continue
        texts: dict[str, str] = {}
        for (path, _html), text in zip(document.texts, document.plain, strict=True):
            key = path if path in HEAD else "body"
            texts[key] = texts.get(key, "") + text.strip()
        texts["slug"] = document.slug.strip()
        for part, (name, chinese_name) in HEAD_PARTS.items():
            is_needed = part != "body" or (document.needs_body and not document.parts.total())
            if is_needed and not texts.get(part):
                yield Finding(
                    "head",
                    Level.BLOCKS,
                    Said(f"The {language} {name} is empty.", f"{chinese_language}{chinese_name}为空。"),
                    what=f"{language} {part}",
                )
        open_paths = {document.texts[number][0] for number in document.open_numbers}
        if "title" not in open_paths:
            yield from long_title(texts.get("title", ""), side)


def long_title(title: str, side: int) -> Iterator[Finding]:
    length = len(title) if side == 0 else round(sum(0.5 if letter.isascii() else 1 for letter in title))
    language, chinese_language = LANGUAGES[side]
    level = next((level for level, most in TITLE_AT_MOST[side].items() if length > most), None)
    if level:
        most = TITLE_AT_MOST[side][level]
        yield Finding(
            "head",
            level,
            Said(
                f"The {language} title has {length} characters, more than {most}.",
                f"{chinese_language}标题有{length}个字{'' if side else '符'}，超过{most}个。",
            ),
            what=f"{language} {title}",
        )


@check(
    "pictures",
    ("Alternative texts and captions", "替代文本与图片说明"),
    (
        "A picture without an alternative text that is not marked decorative, or with a caption in one language only, "
        "blocks. A file's name for a text, and the same text in both languages, warn. A caption that the library has "
        "and the release has not is told of.",
        "图片没有替代文本且未标为装饰性图片，或只有一种语言有图片说明，则阻止发布。以文件名作替代文本，或中英文文字相同，则提醒。"
        "图片库备有图片说明而稿件中没有，则提示。",
    ),
    reads_whole=True,
    needs_both=False,
)
def pictures(pair: TextPair) -> Iterator[Finding]:
    shown = [{picture.path: picture for picture in document.pictures} for document in pair.documents]
    for side, document in enumerate(pair.documents):
        for picture in document.pictures:
            yield from of_picture(picture, shown[1 - side].get(picture.path), document, side)
    for path in shown[0].keys() & shown[1].keys():
        english, chinese = shown[0][path], shown[1][path]
        for number, (name, chinese_name, words, other) in enumerate(
            (
                ("alternative text", "替代文本", english.alt, chinese.alt),
                ("caption", "图片说明", english.caption, chinese.caption),
            )
        ):
            if any(map(str.isalpha, words)) and words.strip() == other.strip():
                yield Finding(
                    "pictures",
                    Level.WARNS,
                    Said(
                        f"The {name} is the same in both languages: “{words}”.",
                        f"中英文{chinese_name}相同：“{words}”。",
                    ),
                    english=spot(pair.documents[0], english.paths[number]),
                    chinese=spot(pair.documents[1], chinese.paths[number]),
                    what=f"{path} {name} {words}",
                )


def of_picture(picture: Picture, other: Picture | None, document: Document, side: int) -> Iterator[Finding]:
    english, chinese = LANGUAGES[side]
    alt, name = picture.alt.strip(), picture.file_name.rpartition("/")[2]
    shown = f"“{picture.title or name}”" if picture.title or name else ""
    if not alt and not picture.is_decorative:
        said = Said(
            f"A picture {shown} has no {english} alternative text.".replace("  ", " "),
            f"图片{shown}没有{chinese}替代文本。",
        )
        what = f"{english} {picture.path} alt"
        yield Finding("pictures", Level.BLOCKS, said, what=what, missing=on(side, picture.paths[0]))
    elif alt and (FILE_NAME.fullmatch(alt) or alt.casefold() in (name.casefold(), name.rpartition(".")[0].casefold())):
        said = Said(
            f"The English alternative text “{alt}” is the name of a file.".replace("English", english),
            f"{chinese}替代文本“{alt}”是文件名。",
        )
        what, found = f"{english} {picture.path} {alt}", spot(document, picture.paths[0])
        places = ((), found) if side else (found, ())
        yield Finding("pictures", Level.WARNS, said, english=places[0], chinese=places[1], what=what)
    if picture.caption.strip():
        return
    if other and other.caption.strip():
        said = Said(
            f"The {english} caption of a picture {shown} is missing.".replace("  ", " "),
            f"图片{shown}缺少{chinese}图片说明。",
        )
        what = f"{english} {picture.path} caption"
        yield Finding("pictures", Level.BLOCKS, said, what=what, missing=on(side, picture.paths[1]))
    elif picture.has_library_caption and (side == 0 or other is None):
        said = Said(
            f"The picture library has a caption for {shown or 'a picture'}, and the release has none.",
            f"图片库为图片{shown}备有图片说明，稿件中没有。",
        )
        missing = (picture.paths[1], picture.paths[1])
        yield Finding("pictures", Level.INFORMS, said, what=f"{picture.path} library caption", missing=missing)


def on(side: int, path: str) -> tuple[str, str]:
    """(English, Chinese), the other one empty."""
    return ("", path) if side else (path, "")


def spot(document: Document, path: str) -> tuple[Place, ...]:
    """The text at a path, whole."""
    texts = zip(document.texts, document.plain, strict=True)
    found = [Place(number, 0, len(words), words) for number, ((at, _html), words) in enumerate(texts) if at == path]
    return tuple(found[:1])
