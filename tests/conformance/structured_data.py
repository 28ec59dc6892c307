"""JSON-LD: against schema.org's types (schema-dts, by the TypeScript compiler) and what Google asks of an article."""

import json
import re
import subprocess
from datetime import datetime

from tests.conformance.node import MODULES
from tests.conformance.report import Report

ARTICLES = {"Article", "NewsArticle", "BlogPosting", "Report"}
OPTIONS = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "esnext"]
OPTIONS += ["--moduleResolution", "bundler", "--pretty", "false", "--ignoreConfig"]


def check(reader, pages, folder):
    types, articles = Report("JSON-LD (schema-dts)"), Report("JSON-LD of articles")
    blocks = []
    for page in pages:
        own = [block for block in read(page, types) if isinstance(block, dict)]
        blocks += [(page.url, block) for block in own]
        check_article(reader, page, own, articles)
    types.checked = len(blocks)
    if blocks:
        compile_types(blocks, folder, types)
    else:
        types.error("/", "not there: no page has a script of type application/ld+json")
    return [types, articles]


def read(page, report):
    for script in page.tree.xpath("//script[@type='application/ld+json']"):
        try:
            content = json.loads(script.text or "")
        except ValueError as fault:
            report.error(page.url, f"not JSON: {fault}")
            continue
        for block in content if isinstance(content, list) else [content]:
            if isinstance(block, dict):
                yield block
            else:
                report.error(page.url, f"not an object: {block}")


def compile_types(blocks, folder, report):
    folder.mkdir()
    (folder / "node_modules").symlink_to(MODULES, target_is_directory=True)
    source = ['import type * as schema from "schema-dts";']
    lines = {}  # of the source: the page
    for number, (url, block) in enumerate(blocks):
        lines[len(source) + 1] = url
        source.append(f"export const block{number}: {type_of(block, url, report)} = {as_source(block)};")
    (folder / "blocks.ts").write_text("\n".join(source) + "\n")
    command = [MODULES / ".bin" / "tsc", *OPTIONS, "blocks.ts"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    for place, message in complaints(result.stdout):
        report.error(lines.get(place, "tsc"), message)
    if result.returncode and not report.errors:
        report.error("tsc", result.stdout + result.stderr)


def type_of(block, url, report):
    if "@graph" in block:
        return "schema.Graph"
    kind = block.get("@type")
    if not (isinstance(kind, str) and re.fullmatch(r"[A-Z]\w*", kind)):
        report.error(url, f"has no single @type: {kind}")
        return "schema.WithContext<schema.Thing>"
    return f"schema.WithContext<schema.{kind}>"


def as_source(block):
    """JSON on one line is TypeScript, once the two line separators are escaped."""
    return json.dumps(block, ensure_ascii=True)


def complaints(output):
    """(line of the source, message) for each error, the lines that explain it appended."""
    found = []
    for line in output.splitlines():
        start = re.match(r"blocks\.ts\((\d+),\d+\): error (.*)", line)
        if start:
            found.append((int(start[1]), start[2]))
        elif found and line.startswith(" "):
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}"[:500])
    return found


def check_article(reader, page, blocks, report):
    if (
        page.status != 200
        or not re.fullmatch(r"/(en|zh-hans)/news/[^/]+/", page.path)
        or not page.tree.xpath("//article")
    ):
        return
    report.checked += 1
    graph = [node for block in blocks for node in block.get("@graph", [block])]
    found = [node for node in graph if node.get("@type") in ARTICLES]
    if len(found) != 1:
        report.error(page.url, f"not there: {len(found)} blocks of a type of article")
        return
    for fault in article_faults(reader, found[0], has_image=bool(page.tree.xpath("//article//figure//img"))):
        report.error(page.url, fault)


def article_faults(reader, article, has_image):
    needed = ["headline", "datePublished", "author", "publisher", *(["image"] if has_image else [])]
    yield from (f"{name} is missing" for name in needed if not article.get(name))
    for author in listed(article.get("author")) + listed(article.get("publisher")):
        if not isinstance(author, dict) or not (author.get("name") or author.get("@id")):
            yield f"an author or publisher without a name: {author}"
    for name in ("datePublished", "dateModified"):
        if article.get(name) and not has_zone(article[name]):
            yield f"{name} is no date and time with a time zone: {article[name]}"
    for image in listed(article.get("image")):
        url = image.get("url") or image.get("contentUrl") if isinstance(image, dict) else image
        if not url or not reader.at_home(url) or reader.get(url).status != 200:
            yield f"image is not an absolute address of this site that answers 200: {url}"


def listed(value):
    return value if isinstance(value, list) else [value] if value else []


def has_zone(moment):
    try:
        return datetime.fromisoformat(moment).tzinfo is not None or len(moment) == len("2026-01-01")
    except (TypeError, ValueError):
        return False
