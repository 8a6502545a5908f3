"""Reads the cases of decisions with nothing but Python: their shape, not their rules.

usage: decisions.py FOLDER_OF_PROTO
"""

import datetime
import json
import pathlib
import re
import sys

ANSWERS = {"ANSWER_ADMITTED", "ANSWER_LEFT", "ANSWER_REFUSED"}
DECIDED = {
    "answer": str, "reason": str, "direction": str, "earlier": dict, "wasNotInside": bool, "opensTime": str,
    "admittedHere": list, "admittedParticipations": list, "overriddenReason": str, "doubleReading": bool, "offline": dict,
    "help": dict, "mostEntries": int, "mostDays": int,
}
EXPLAINED = {
    "REFUSAL_REASON_ALREADY_INSIDE": "earlier",
    "REFUSAL_REASON_ALREADY_ADMITTED": "earlier",
    "REFUSAL_REASON_NOT_YET_VALID": "opensTime",
    "REFUSAL_REASON_TOO_SOON": "opensTime",
}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def moment(text):
    assert text.endswith("Z"), text
    return datetime.datetime.fromisoformat(text[:-1] + "+00:00")


def reasons(proto):
    """The reasons that the contract has."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((proto / "lanyard/v1").glob("*.proto")))
    return set(re.findall(r"\b(REFUSAL_REASON_\w+) = [1-9]", text))


def check_answer(answer, known):
    for name, value in answer.items():
        assert isinstance(value, DECIDED[name]), name
    assert answer["answer"] in ANSWERS, answer
    assert answer["direction"] in {"DIRECTION_IN", "DIRECTION_OUT"}, answer
    assert ("reason" in answer) == (answer["answer"] == "ANSWER_REFUSED"), answer
    for name in ("reason", "overriddenReason"):
        assert answer.get(name, next(iter(known))) in known, answer
    assert EXPLAINED.get(answer.get("reason"), "answer") in answer, answer
    if "opensTime" in answer:
        moment(answer["opensTime"])


def check_case(case, checkpoints, known):
    """Returns the answers that the case has."""
    assert set(case) == {"name", "rule", "entries", "steps"}, case["name"]
    assert re.fullmatch(r"[a-z0-9-]+", case["name"]) and case["rule"].endswith("."), case["name"]
    serials = [entry["serial"] for entry in case["entries"]]
    assert serials and len(serials) == len(set(serials)), case["name"]
    seen, before = set(), None
    for step in case["steps"]:
        assert {"now", "checkpoint", "scan", "check_in"} <= set(step) <= {
            "now", "checkpoint", "scan", "check_in", "check_in_offline"
        }, case["name"]
        now = moment(step["now"])
        assert before is None or before <= now, case["name"]
        before = now
        assert step["checkpoint"] in checkpoints, step["checkpoint"]
        assert set(step["scan"]) <= {"code", "direction", "override"}, case["name"]
        for name in ("check_in", "check_in_offline"):
            if name in step:
                check_answer(step[name], known)
                seen.add(step[name].get("reason", step[name]["answer"]))
    return seen


def main(proto):
    folder = proto / "decisions"
    plan = read(folder / "plan.json")
    checkpoints = {checkpoint["name"] for checkpoint in plan["checkpoints"]}
    assert len(checkpoints) == len(plan["checkpoints"]) and plan["verificationKeys"]
    known = reasons(proto)
    seen, count = set(), 0
    for path in sorted(folder.glob("*.json")):
        if path.name == "plan.json":
            continue
        cases = read(path)["cases"]
        names = [case["name"] for case in cases]
        assert len(names) == len(set(names)), path.name
        for case in cases:
            seen |= check_case(case, checkpoints, known)
        count += len(cases)
    missing = (known | ANSWERS - {"ANSWER_REFUSED"}) - seen
    assert not missing, f"no case has {sorted(missing)}"
    print(f"ok {count} cases")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
