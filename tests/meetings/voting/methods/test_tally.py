"""`lueckenlos tally`: our own files, PrefLib and Pabulib, and what is said about a broken one."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import cli
from meetings.voting.methods.counting import METHODS

RANKED = """# FILE NAME: demo.toi
# NUMBER ALTERNATIVES: 3
# ALTERNATIVE NAME 1: Sprachmittlung
# ALTERNATIVE NAME 2: Wohnen
# ALTERNATIVE NAME 3: Ausbildung
9: 1,{2,3}
12: 2,3
3: 3,1
"""
OLD = "3\n1,A\n2,B\n3,C\n24,24,3\n9,1,2,3\n12,2,3,1\n3,3,1,2\n"
MONEY = """META
key;value
budget;10
vote_type;approval
PROJECTS
project_id;cost;name
p1;6;Garten
p2;5;"Bank; mit Lehne"
p3;4;Baum
VOTES
voter_id;vote
1;p1
2;p1,p2
3;p1,p3
4;p2,p3
5;p3
"""
RESOLUTION = {
    "format": "lueckenlos-ballots/1",
    "kind": "resolution",
    "options": [],
    "ballots": [{"count": 9, "answer": "yes"}, {"count": 4, "answer": "no"}, {"count": 1, "answer": "abstain"}],
}


def run(*words: str | Path) -> dict[str, object]:
    found = CliRunner().invoke(cli.main, ["tally", *map(str, words), "--json"])
    assert found.exit_code == 0, found.output
    answer: dict[str, object] = json.loads(found.output)
    return answer


def kept(folder: Path, name: str, content: str) -> Path:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


def test_the_command_knows_every_method() -> None:
    assert set(cli.METHODS) == set(METHODS)


def test_preflib_of_both_forms(tmp_path: Path) -> None:
    new, old = kept(tmp_path, "new.toi", RANKED), kept(tmp_path, "old.soc", OLD)

    assert run(new, "--method", "schulze")["winners"] == ["2"]
    assert run(old, "--method", "plurality")["scores"] == {"1": 9, "2": 12, "3": 3}
    assert run(new, "--method", "borda")["scores"] == {"1": 45, "2": "105/2", "3": "93/2"}


def test_every_file_gets_a_line_with_its_hash(tmp_path: Path) -> None:
    files = [kept(tmp_path, "a.toi", RANKED), kept(tmp_path, "b.soc", OLD)]

    found = CliRunner().invoke(cli.main, ["tally", *map(str, files), "--method", "irv", "--json"])

    assert [json.loads(line)["sha256"] for line in found.output.splitlines()] == [
        hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    ]


def test_pabulib_with_its_budget(tmp_path: Path) -> None:
    file = kept(tmp_path, "town.pb", MONEY)

    greedy = run(file, "--method", "greedy", "--all-ties")

    assert greedy["scores"] == {"p1": 3, "p2": 2, "p3": 3}
    assert greedy["outcomes"] == [["p1", "p3"]]
    assert run(file, "--method", "greedy", "--budget", "4")["winners"] == ["p3"]


def test_categories_are_approval(tmp_path: Path) -> None:
    file = kept(tmp_path, "a.cat", RANKED.replace("9: 1,{2,3}", "9: {1,2},{3}"))

    assert run(file, "--method", "approval")["scores"] == {"1": 9, "2": 21, "3": 3}


@pytest.mark.parametrize(
    ("rule", "accepted"),
    [
        ({}, True),
        ({"majority": "two_thirds_of_cast"}, True),
        ({"majority": "three_quarters"}, False),
        ({"majority": "absolute_of_members", "members": 20}, False),
        ({"majority": "consensus_then_majority", "attempt": 3}, True),
        ({"majority": "consensus"}, False),
    ],
)
def test_a_resolution_by_its_rule(tmp_path: Path, rule: dict[str, object], accepted: bool) -> None:
    file = kept(tmp_path, "r.json", json.dumps({**RESOLUTION, "rule": rule}))

    assert run(file, "--method", "majority")["accepted"] is accepted


DOTS = {
    "format": "lueckenlos-ballots/1",
    "kind": "dots",
    "options": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}],
    "ballots": [{"count": 2, "points": {"a": 2, "b": 1}}],
    "rule": {"method": "dots", "dots_per_seat": 3, "max_per_option": 2},
    "facts": {"entitled": 3, "not_cast": 1},
}


def test_the_method_is_read_from_the_rule_of_the_file(tmp_path: Path) -> None:
    shares = {
        "format": "lueckenlos-ballots/1", "kind": "approval",
        "options": [{"id": "a"}, {"id": "b"}, {"id": "c"}],
        "ballots": [{"count": 3, "approved": ["a", "b"]}, {"count": 2, "approved": ["c"]}],
        "rule": {"method": "equal_shares", "capacity": 2, "completion": "phragmen"},
    }  # fmt: skip
    assert run(kept(tmp_path, "d.json", json.dumps(DOTS)))["winners"] == ["a"]
    found = run(kept(tmp_path, "s.json", json.dumps(shares)), "--all-ties")
    assert (found["method"], found["outcomes"]) == ("equal_shares", [["a", "c"], ["b", "c"]])
    other = run(tmp_path / "s.json", "--method", "greedy", "--seats", "2", "--despite-rule")
    assert other["winners"] == ["a", "b"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"facts": {"entitled": 1}}, "only 1 were entitled"),
        ({"facts": {"entitled": 9, "not_cast": 3}}, "are not the 9 entitled"),
        ({"rule": {"method": "score"}}, "announced for score, not for dots"),
        ({"rule": {"method": "dots", "dots_per_seat": 2}}, "gives 3 dots, the rule allows 2"),
        ({"rule": {"method": "dots", "max_per_option": 1}}, "the rule allows 1"),
    ],
)
def test_a_file_that_contradicts_itself_is_not_counted(tmp_path: Path, change: dict[str, object], said: str) -> None:
    file = kept(tmp_path, "d.json", json.dumps({**DOTS, **change}))
    found = CliRunner().invoke(cli.main, ["tally", str(file), "--method", "dots"])
    assert found.exit_code == 1
    assert said in found.output


def test_a_file_without_a_method_needs_one(tmp_path: Path) -> None:
    found = CliRunner().invoke(cli.main, ["tally", str(kept(tmp_path, "r.json", json.dumps(RESOLUTION)))])
    assert found.exit_code == 1
    assert "say --method" in found.output


def test_a_tie_that_the_lot_decides_is_not_decided_here(tmp_path: Path) -> None:
    ballots = [{"count": 4, "answer": "yes"}, {"count": 4, "answer": "no"}]
    file = kept(tmp_path, "r.json", json.dumps({**RESOLUTION, "ballots": ballots, "rule": {"tie": "lot"}}))

    found = run(file, "--method", "majority")

    assert (found["accepted"], found["winners"]) == (None, ["yes", "no"])


@pytest.mark.parametrize(
    ("name", "content", "method", "said"),
    [
        ("a.json", "{", "borda", "no JSON"),
        ("a.json", "[]", "borda", "lueckenlos-ballots/1"),
        ("a.json", '{"format": "lueckenlos-ballots/1", "kind": "ranked"}', "borda", "missing"),
        ("a.soc", "x", "borda", "Line 1"),
        ("a.soc", OLD.replace("9,1,2,3", "9,1,2,7"), "borda", "no option '7'"),
        ("a.soc", OLD.replace("9,1,2,3", "9,1,1,2"), "borda", "named twice"),
        ("a.soc", OLD, "approval", "These methods do"),
        ("a.pb", MONEY.replace("budget;10\n", ""), "greedy", "--budget"),
        ("a.pb", MONEY.replace("p1;6;", "p1;viel;"), "greedy", "no number"),
        ("a.txt", "x", "borda", "cannot be read"),
    ],
)
def test_a_broken_file_is_named_with_the_reason(
    tmp_path: Path, name: str, content: str, method: str, said: str
) -> None:
    found = CliRunner().invoke(cli.main, ["tally", str(kept(tmp_path, name, content)), "--method", method])

    assert found.exit_code == 1
    assert name in found.output
    assert said in found.output


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    found = CliRunner().invoke(cli.main, ["tally", str(tmp_path / "none.soc"), "--method", "borda"])

    assert found.exit_code == 1
    assert "none.soc" in found.output


def test_the_result_reads_well_without_json(tmp_path: Path) -> None:
    found = CliRunner().invoke(cli.main, ["tally", str(kept(tmp_path, "a.toi", RANKED)), "--method", "irv"])

    assert "winners  1, 2" in found.output
    assert "tied     2 outcomes" in found.output
