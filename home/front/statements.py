"""What an SQL statement of Django's reads or writes, as far as a stored page has to know."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

TABLES = re.compile(r'\b(?:FROM|JOIN|USING)\s+"?(\w+)"?')
WRITES = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)\b')
INSERTED = re.compile(r'INSERT(?: OR \w+)? INTO "?\w+"? \(([^)]*)\) (.*)', re.DOTALL)
SET = re.compile(r'UPDATE "?\w+"? SET ')
ROW = r"\((?:%s|DEFAULT)(?:, (?:%s|DEFAULT))*\)"
COLUMN = re.compile(r'"?(\w+)"? ?= ?')
CONDITION = re.compile(r"\bWHERE\b")
TERM = re.compile(r'\(?"(\w+)"\."(\w+)" (?:= %s|IN \((?:%s(?:, )?)+\))\)?')
ENDS = re.compile(r"\b(?:GROUP BY|HAVING|ORDER BY|LIMIT|WINDOW|UNION|FOR UPDATE)\b")
FIRST = re.compile(r'\bFROM "(\w+)"')
NO_TABLES = {"subquery", "LATERAL"}


@lru_cache(maxsize=2000)
def tables_read(sql: str) -> frozenset[str]:
    return frozenset(TABLES.findall(sql)) - NO_TABLES


@lru_cache(maxsize=2000)
def main_table(sql: str) -> str:
    """What the outermost query selects from, before it joins anything. Empty for a query of a query."""
    for matched, depth in words(sql, 0, len(sql), FIRST):
        if not depth:
            return matched[1]
    return ""


def table_written(sql: str) -> str:
    """Empty for what writes nothing."""
    found = WRITES.match(sql)
    return found[1] if found else ""


@dataclass(frozen=True)
class Condition:
    """One term that all rows of the outermost query meet: a column has one of some values."""

    table: str
    """Or the alias it has in the query."""
    column: str
    first: int
    """Which of the statement's parameters is its first value."""
    count: int

    def values(self, params: list[Any]) -> list[Any]:
        return params[self.first : self.first + self.count]


@lru_cache(maxsize=2000)
def conditions(sql: str) -> tuple[Condition, ...]:
    """Those that stand alone or joined by AND. Of an OR, a NOT or a subquery nothing is told."""
    where = outermost_where(sql)
    if where is None:
        return ()
    begin, end = where
    while sql[begin:end].startswith("(") and closing(sql, begin) == end:
        begin, end = begin + 1, end - 1
    found = []
    for first, last in terms(sql, begin, end):
        term = TERM.fullmatch(sql, first, last)
        if term:
            found.append(Condition(term[1], term[2], sql.count("%s", 0, first), term[0].count("%s")))
    return tuple(found)


def outermost_where(sql: str) -> tuple[int, int] | None:
    """Where its condition begins and ends."""
    begin = None
    for matched, depth in words(sql, 0, len(sql), re.compile(rf"{CONDITION.pattern}|{ENDS.pattern}")):
        if depth:
            continue
        if matched[0] == "WHERE":
            begin = matched.end() + 1
        elif begin is not None:
            return begin, matched.start() - 1
    return None if begin is None else (begin, len(sql))


def terms(sql: str, begin: int, end: int) -> list[tuple[int, int]]:
    """What AND joins. Nothing where OR does."""
    found, start = [], begin
    for matched, depth in words(sql, begin, end, re.compile(r"\b(?:AND|OR)\b")):
        if depth:
            continue
        if matched[0] == "OR":
            return []
        found.append((start, matched.start() - 1))
        start = matched.end() + 1
    return [*found, (start, end)]


def words(sql: str, begin: int, end: int, pattern: re.Pattern[str]) -> list[tuple[re.Match[str], int]]:
    """Each word that matches, with how many parentheses it stands in. Parameters are no part of the text."""
    found, depth = [], 0
    for matched in re.compile(rf"[()]|{pattern.pattern}").finditer(sql, begin, end):
        if matched[0] == "(":
            depth += 1
        elif matched[0] == ")":
            depth -= 1
        else:
            found.append((matched, depth))
    return found


def closing(sql: str, begin: int) -> int:
    """Behind the parenthesis that closes the one at `begin`."""
    depth = 0
    for matched in re.compile(r"[()]").finditer(sql, begin):
        depth += 1 if matched[0] == "(" else -1
        if not depth:
            return matched.end()
    return -1


@dataclass(frozen=True)
class Statement:
    """An INSERT, UPDATE or DELETE."""

    sql: str
    params: list[Any] | None
    """None where it runs many times, each with others."""

    @property
    def is_insert(self) -> bool:
        return self.sql.startswith("INSERT")

    def rows_inserted(self) -> list[dict[str, Any]] | None:
        """What an INSERT says, {column: value} for each row; None where it says more than parameters and defaults."""
        found = INSERTED.match(self.sql)
        if found is None or self.params is None:
            return None
        columns, values = [column.strip(' "') for column in found[1].split(",")], found[2]
        if values.startswith("SELECT * FROM UNNEST("):  # PostgreSQL's, of many rows: a list for each column
            return [dict(zip(columns, row, strict=False)) for row in zip(*self.params, strict=False)]
        values = re.split(r" (?:RETURNING|ON CONFLICT)\b", values)[0].removeprefix("VALUES ").strip()
        if not re.fullmatch(rf"{ROW}(?:, {ROW})*", values):
            return None
        rows, left = [], iter(self.params)
        for row in re.findall(ROW, values):
            said = [
                (column, next(left))
                for column, value in zip(columns, row[1:-1].split(", "), strict=True)
                if value == "%s"
            ]
            rows.append(dict(said))
        return rows

    def columns_set(self) -> set[str]:
        """Those that an UPDATE writes."""
        found = SET.match(self.sql)
        begin, where = found.end() if found else 0, outermost_where(self.sql)
        end = where[0] if where else len(self.sql)
        if found is None:
            return {""}
        return {matched[1] for matched, depth in words(self.sql, begin, end, COLUMN) if not depth}

    def rows_concerned(self, table: str) -> tuple[str, list[Any]] | None:
        """The SELECT, with its parameters, of the rows an UPDATE or a DELETE is about; None where that is unclear."""
        where = outermost_where(self.sql)
        if where is None or self.params is None:
            return None
        begin, end = where
        first = self.sql.count("%s", 0, begin)
        if first + self.sql.count("%s", begin, end) != len(self.params):
            return None
        return f'SELECT * FROM "{table}" WHERE {self.sql[begin:end]}', self.params[first:]  # noqa: S608  (Django's own)
