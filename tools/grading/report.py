"""What a class got wrong: one page for the instructor's next five minutes."""

import json
from collections import Counter, defaultdict
from html import escape
from pathlib import Path

from helpers.check import Stage

STYLE = """
body { font: 18px/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
pre { background: #f4f4f4; padding: .6rem; overflow-x: auto; font-size: 15px; }
h2 { border-top: 2px solid #ccc; padding-top: 1rem; }
table { border-collapse: collapse; } td, th { padding: .2rem .8rem; text-align: left; }
.who { color: #555; }
"""


def report(verdicts: Path, names: bool = True) -> str:
    """Write the page of an assignment.

    Parameters
    ----------
    verdicts
        The folder with a file of verdicts for each student.
    names
        Whether students are named.

    Returns
    -------
    str
        A page of HTML that needs nothing else: for each exercise how many passed, the named
        mistakes by their frequency with an example of each, and the answers that got no named
        mistake, grouped by what they return.
    """
    of_exercise: dict[str, dict[str, dict]] = defaultdict(dict)
    files = sorted(verdicts.glob("*.json"))
    for file in files:
        for name, told in json.loads(file.read_text("utf-8")).items():
            of_exercise[name][file.stem] = told
    parts = [f"<h1>{escape(verdicts.name)}: what the class wrote</h1>", _overview(of_exercise)]
    parts += [_exercise(name, told, names) for name, told in of_exercise.items()]
    head = f"<title>{escape(verdicts.name)}</title><meta charset='utf-8'><style>{STYLE}</style>"
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{''.join(parts)}</body></html>"


def _overview(of_exercise: dict[str, dict[str, dict]]) -> str:
    rows = ["<tr><th>exercise</th><th>passed</th><th>a named mistake</th><th>without a name</th>"
            "<th>not written</th></tr>"]  # fmt: skip
    for name, answers in of_exercise.items():
        count = Counter(_kind(told) for told in answers.values())
        cells = [count["passed"], count["named"], count["unnamed"], count["not written"]]
        columns = "".join(f"<td>{number}</td>" for number in cells)
        rows.append(f"<tr><td>{escape(name)}</td>{columns}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _kind(told: dict) -> str:
    if told["stage"] == Stage.PASSED.name:
        return "passed"
    if told["stage"] != Stage.WRONG.name:
        return "not written"
    return "unnamed" if told["hint"] is None else "named"


def _exercise(name: str, answers: dict[str, dict], names: bool) -> str:
    passed = sum(_kind(told) == "passed" for told in answers.values())
    parts = [f"<h2>{escape(name)}: {passed} of {len(answers)} passed</h2>"]
    for kind, by, title in (
        ("named", "hint", "Named mistakes"),
        ("unnamed", "message", "Without a named mistake, by what came out"),
        ("not written", "message", "Not written"),
    ):
        groups: dict[str, list[str]] = defaultdict(list)
        for student, told in answers.items():
            if _kind(told) == kind:
                groups[told[by]].append(student)
        if groups:
            parts.append(f"<h3>{title}</h3>")
        for what, students in sorted(groups.items(), key=lambda one: -len(one[1])):
            who = f" <span class='who'>({escape(', '.join(students))})</span>" if names else ""
            parts.append(f"<p><b>{len(students)}</b> × {escape(what)}{who}</p>")
            example = answers[students[0]]["answer"]
            if example and kind != "not written":
                parts.append(f"<pre>{escape(example)}</pre>")
    return "".join(parts)
