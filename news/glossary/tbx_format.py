"""Terms as TermBase eXchange, ISO 30042: TBX-Basic of 2019 is written, that of 2008 (`<martif>`) is read as well.

Forms have an administrativeStatus. The kind is a subjectField, a person's office the definition of the language's
section, the last day of former forms a note beside them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NoReturn
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from django.utils.translation import gettext as _

from home.characters import clean
from news.models import GlossaryTerm

from .rows import Left, Reading, Unreadable
from .statuses import kind_of, worst

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
XML_LANG = "xml:lang"
LANGUAGES = {"english": "en", "chinese": "zh-Hans"}
STATUS = {"": "preferredTerm", "also": "admittedTerm", "forbidden": "deprecatedTerm", "former": "supersededTerm"}
STATUSES = re.compile(
    "(administrative|normative|approval|concept|entry|process|term|usage|x)?[-_]?status"
    "|normative-?Authorization|language-?PlanningQualifier",
    re.IGNORECASE,
)
"""Data categories that say whether a form is right."""
UNTIL = re.compile(r"until (\d{4}-\d{2}-\d{2})")
DEEPEST = 40


def write(terms: Iterable[GlossaryTerm]) -> str:
    """Text of a file."""
    root = ElementTree.Element("tbx", {"type": "TBX-Basic", "style": "dca", XML_LANG: "en", "xmlns": NAMESPACE})
    description = ElementTree.SubElement(ElementTree.SubElement(root, "tbxHeader"), "fileDesc")
    add(ElementTree.SubElement(description, "sourceDesc"), "p", "Newsroom")
    body = ElementTree.SubElement(ElementTree.SubElement(root, "text"), "body")
    for term in terms:
        concept = ElementTree.SubElement(body, "conceptEntry", {"id": f"term-{term.pk}"})
        add(concept, "descrip", term.kind, type="subjectField")
        if term.note:
            add(concept, "note", term.note)
        for language, tag in LANGUAGES.items():
            write_language(concept, term, language, tag)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def write_language(concept: Element, term: GlossaryTerm, language: str, tag: str) -> None:
    forms: dict[str, Sequence[str]] = {"": [getattr(term, language)] if getattr(term, language) else []}
    forms["also"] = [form for form in term.right(language) if form not in forms[""]]
    forms |= {"forbidden": term.forbidden(language), "former": term.former(language)}
    office = term.office_en if language == "english" else term.office_zh_hans
    if not any(forms.values()) and not office:
        return
    section = ElementTree.SubElement(concept, "langSec", {XML_LANG: tag})
    if office:
        add(section, "descrip", office, type="definition")
    for kind, words in forms.items():
        for form in words:
            each = ElementTree.SubElement(section, "termSec")
            add(each, "term", form)
            add(each, "termNote", f"{STATUS[kind]}-admn-sts", type="administrativeStatus")
            if kind == "former" and term.until:
                add(each, "note", f"until {term.until.isoformat()}")


def add(parent: Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = clean(text)


def read(content: bytes) -> Reading:
    """Bytes -> Reading. Raises Unreadable."""
    root, lines = parse(content)
    if root.tag not in ("tbx", "martif"):
        raise Unreadable(_("This is no TBX file: it begins with <%(name)s>.") % {"name": root.tag})
    reading = Reading()
    others: dict[str, None] = {}
    for concept in root.iter():
        if concept.tag in ("conceptEntry", "termEntry"):
            values = values_of(concept, others, reading.left, lines)
            if values:
                reading.add(lines[concept], values)
    if not reading.rows and not reading.left:
        raise Unreadable(_("There is no English or Chinese term in the file."))
    if others:
        reading.remarks.append(_("Languages that are not read: %s.") % ", ".join(sorted(others)))
    return reading


def parse(content: bytes) -> tuple[Element, dict[Element, int]]:
    """(root, {element: line}), names without namespaces. Raises Unreadable; nothing is fetched and nothing expanded."""
    builder, lines, depth = ElementTree.TreeBuilder(), {}, [0]
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        depth[0] += 1
        if depth[0] > DEEPEST:
            refuse(_("Line %(line)d: elements are nested too deeply."))
        short = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        lines[builder.start(name.rpartition(" ")[2], short)] = parser.CurrentLineNumber

    def end(name: str) -> None:
        depth[0] -= 1
        builder.end(name.rpartition(" ")[2])

    def refuse(message: str, **details: object) -> NoReturn:
        raise Unreadable(message % {"line": parser.CurrentLineNumber, **details})

    def doctype(_name: str, _system: str | None, _public: str | None, has_subset: bool) -> None:
        if has_subset:  # a mere name of a DTD, as files of 2008 have it, is let pass and never looked up
            refuse(_("Line %(line)d: the file declares a document type of its own, which is not read."))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    parser.SkippedEntityHandler = lambda name, _is_parameter: refuse(
        _("Line %(line)d: the entity “%(name)s” is not known."), name=name
    )
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        message = _("Line %(line)d, column %(column)d: the file is damaged here, this is not XML.")
        raise Unreadable(message % {"line": error.lineno, "column": error.offset + 1}) from error
    return builder.close(), lines


def values_of(concept: Element, others: dict[str, None], left: list[Left], lines: dict[Element, int]) -> dict[str, str]:
    """The fields of a term, none if it is in neither language.

    `others` collects what languages there are besides, `left` the forms that are not taken.
    """
    above = statuses_of(each for each in concept if each.tag not in ("langSec", "langSet"))
    values: dict[str, str] = {}
    offices: dict[str, str] = {}
    notes: list[str] = []
    has_lost = False
    sections = [each for each in concept if each.tag in ("langSec", "langSet")]
    for section in sections:
        code = section.get("lang", "").lower().replace("_", "-")
        language = "english" if re.match("en(-|$)", code) else "chinese"
        if not re.match("(en|zh)(-|$)", code) or re.match("zh-(hant|tw|hk|mo)", code):
            others[section.get("lang", "?")] = None
            continue
        doubtful = list(read_language(section, language, values, above))
        left += [Left(lines[each], why) for each, why in doubtful]
        has_lost = has_lost or (bool(doubtful) and not values.get(language))
        definition = " ".join(text_of(each) for each in found(section, "definition"))
        if definition:
            offices["office_en" if language == "english" else "office_zh_hans"] = definition
    if has_lost and values:  # half a term would be another one
        left.append(Left(lines[concept], _("The rest of this term is left out with it.")))
    if has_lost or not values:
        return {}
    subject = next(map(text_of, found(concept, "subjectField")), "")
    values["kind"] = subject if subject in ("person", "organisation", "office") else "term"
    if values["kind"] == "person":
        values |= offices
    else:
        notes += offices.values()
    own = [each for each in concept if each.tag == "note"]
    own += [each for each in found(concept, "definition") if not any(each in section.iter() for section in sections)]
    values["note"] = "\n".join(filter(None, [*map(written, own), *notes]))
    return values


def read_language(
    section: Element, language: str, values: dict[str, str], above: list[str]
) -> Iterator[tuple[Element, str]]:
    """Fills in `values`, and says which forms are not taken: (element, why). What is said `above` holds for all."""
    forms: dict[str, list[str]] = {kind: [] for kind in STATUS}
    parts = [each for each in section if each.tag in ("termSec", "tig", "ntig")]
    above = above + statuses_of(each for each in section if each not in parts)
    for each in parts:
        words = next((text_of(term) for term in each.iter("term")), "")
        if not words:
            continue
        said = above + statuses_of([each])
        kind = worst(said) if said else ""
        if kind is None:
            told = {"words": words, "status": ", ".join(dict.fromkeys(one for one in said if kind_of(one) is None))}
            yield each, _("“%(words)s” is left out: what its status “%(status)s” means is not known.") % told
            continue
        # Of those without a status the first is the one to write.
        forms["also" if kind == "" and forms[""] else kind].append(words)
        until = [UNTIL.search(text_of(note)) for note in each.iter("note")]
        days = [match[1] for match in until if match] if kind == "former" else []
        values["until"] = max([values.get("until", ""), *days])
    main = forms.pop("")
    if main or any(forms.values()):
        values[language] = "".join(main)
        values |= {f"{language}_{kind}": "\n".join(words) for kind, words in forms.items()}


def statuses_of(elements: Iterable[Element]) -> list[str]:
    """What is said of the forms within; neither empty nor twice."""
    said = [
        text_of(one) for element in elements for one in element.iter() if STATUSES.fullmatch(one.get("type", one.tag))
    ]
    return list(dict.fromkeys(filter(None, said)))


def found(parent: Element, name: str) -> list[Element]:
    """Elements of a data category, in either style: its name as a type, or as the element's own."""
    return [each for each in parent.iter() if each.get("type", each.tag) == name]


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def written(element: Element) -> str:
    return "".join(element.itertext()).strip()
