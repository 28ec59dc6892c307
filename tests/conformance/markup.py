"""HTML and CSS, by the Nu HTML Checker."""

import json
import subprocess

from tests.conformance.node import MODULES
from tests.conformance.report import Report

JAR = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


def check(reader, pages, folder):
    return [check_html(pages, folder / "html"), check_css(reader, pages, folder / "css")]


def check_html(pages, folder):
    return judge("HTML (vnu)", {f"{number:04}.html": page for number, page in enumerate(pages)}, folder, "--html")


def check_css(reader, pages, folder):
    addresses = sorted(
        {page.resolve(href)[0] for page in pages for href in page.tree.xpath("//link[@rel='stylesheet']/@href")}
    )
    sheets = reader.get_all(address for address in addresses if reader.at_home(address))
    report = judge("CSS (vnu)", {f"{number:04}.css": sheet for number, sheet in enumerate(sheets)}, folder, "--css")
    for sheet in sheets:
        if sheet.status != 200:
            report.error(sheet.url, f"answers {sheet.status}")
    return report


def judge(name, answers, folder, kind):
    report = Report(name, checked=len(answers))
    if not answers:
        report.error(name, "nothing to check")
        return report
    folder.mkdir()
    for file_name, answer in answers.items():
        (folder / file_name).write_bytes(answer.body)
    command = ["java", "-jar", JAR, kind, "--skip-info-messages", "--format", "json", "--stdout", "--exit-zero-always"]
    result = subprocess.run([*command, *(folder / name for name in answers)], capture_output=True, text=True)
    try:
        messages = json.loads(result.stdout)["messages"]
    except ValueError:
        report.error(name, f"vnu did not run: {result.stdout} {result.stderr}")
        return report
    for message in messages:
        answer = answers.get(message.get("url", "").rpartition("/")[2])
        line = f" (line {message['lastLine']})" if "lastLine" in message else ""
        level = message.get("subType") or message["type"]
        extract = message.get("extract", "")[:120]
        report.error(answer.url if answer else name, f"{level}: {message['message']}{line} {extract}")
    return report
