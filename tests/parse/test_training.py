from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInputError
from bot.model import Training
from bot.parse import training, training_words
from bot.parse.sites import META

SAFE = "Keeping events safe"
DASHBOARD = "https://outreachdashboard.wmflabs.org/courses/WMF/Keeping_events_safe_(2026)/users.json"


def read(text: str | bytes, name: str = "Keeping events safe.csv") -> Mapping[str, tuple[Training, ...]]:
    return training.read(text if isinstance(text, bytes) else text.encode(), name, META)


def problems(text: str, name: str = "Keeping events safe.csv") -> list[str]:
    with pytest.raises(BadInputError) as caught:
        read(text, name)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        pytest.param(
            "Student ID,Email,Username,Grade,Homework (Avg),Enrollment Track,Verification Status,Certificate Eligible,"
            "Certificate Delivered,Certificate Type,Enrollment Status\n"
            "4,a@example.org,ada_Example,0.94,0.9,audit,N/A,Y,N,honor,enrolled\n"
            "5,b@example.org,Bo,0.31,0.2,audit,N/A,N,N,N/A,enrolled\n"
            "6,c@example.org,Cy,0.99,1.0,audit,N/A,N,Y,honor,unenrolled\n",
            "WMF_KES101_2026_grade_report_2026-01-02-0304.csv",
            {"Ada Example": (Training("WMF KES101 2026"),), "Cy": (Training("WMF KES101 2026"),)},
            id="Open edX: grade report",
        ),
        pytest.param(
            "User ID,Email,Username,First Name,Last Name,Course ID,Course Name,Enrollment Status,Enrollment Mode,"
            "Enrollment Date,Progress Percent,Grade Percent,Letter Grade,Completion Date,Pass Date,Certificate Eligible,"
            "Certificate Delivered\n"
            "4,a@example.org,Ada,A,E,course-v1:WMF+KES+2026,Keeping events safe,active,audit,2025-11-01,100,94,Pass,"
            "2026-01-02 10:00:00+00:00,2026-01-01,Y,Y\n"
            "5,b@example.org,Bo,B,E,course-v1:WMF+KES+2026,Keeping events safe,active,audit,2025-11-01,30,0,,,,N,N\n",
            "courses_enrolled_users_progress_info.csv",
            {"Ada": (Training(SAFE, date(2026, 1, 2)),)},
            id="Open edX: progress report",
        ),
        pytest.param(
            'ID,Name,Username,"Quiz","Quiz - Completion date","Course complete"\n'
            '3,Ada E,ada,Completed,"2/01/26, 13:00","2/01/26, 13:00"\n'
            '4,Bo E,bo,Completed,"2/01/26, 13:00",\n'
            '5,Cy E,cy,"Not completed",,"31/12/25, 10:00"\n',
            "completion-keeping_events_safe.csv",
            {
                "Ada": (Training("keeping events safe", date(2026, 1, 2)),),
                "Cy": (Training("keeping events safe", date(2025, 12, 31)),),
            },
            id="Moodle: completion report",
        ),
        pytest.param(
            "username,userid,coursename,courseid,timeenrolled,timestarted,timecompleted\n"
            "ada,3,Keeping events safe,KES,2025-11-01,2025-11-02,2026-01-02\n"
            "bo,4,Keeping events safe,KES,2025-11-01,2025-11-02,\n",
            "export.csv",
            {"Ada": (Training(SAFE, date(2026, 1, 2)),)},
            id="IOMAD",
        ),
        pytest.param(
            "username,global_id,enrollment_timestamp,completed_training_modules_count,assigned_training_modules_count,"
            "completed_training_modules\nAda,5,2026-01-01 00:00:00 UTC,3,3,\"A, B, C\"\nBo,6,2026-01-01 00:00:00 UTC,2,3,A\n"
            "Cy,7,2026-01-01 00:00:00 UTC,0,0,\n",
            "Keeping_events_safe-students.csv",
            {"Ada": (Training(SAFE),)},
            id="Dashboard: students in CSV",
        ),
        pytest.param(
            "course;username;status;date completed\nFirst aid;Ada;Completed;2 January 2026\nFirst aid;Bo;in progress;\n"
            "Safe;Ada;completed;Friday, January 2, 2026\nSafe;Cy;Completed;-\nSafe;Di;failed;2026-01-02\n",
            "x.csv",
            {
                "Ada": (Training("First aid", date(2026, 1, 2)), Training("Safe", date(2026, 1, 2))),
                "Cy": (Training("Safe"),),
            },
            id="a status goes before a day",
        ),
        pytest.param(
            "username\tcompleted\nAda\t2026-01-02\nBo\t\nCy\tyes\nDi\t40 %\nEd\t100%\n",
            "Keeping events safe.tsv",
            {"Ada": (Training(SAFE, date(2026, 1, 2)),), "Cy": (Training(SAFE),), "Ed": (Training(SAFE),)},
            id="yes, a share or a day in one column",
        ),
        pytest.param(
            "username,completion date\nAda,2026-01-02\nUser:ada,2026-03-04\nada,2026-02-03\nAda,\n",
            "Keeping events safe.csv",
            {"Ada": (Training(SAFE, date(2026, 3, 4)),)},
            id="several times: the last",
        ),
        pytest.param(
            "username,completion date,status\nAda,,done\nAda,2026-01-02,done\n",
            "Keeping events safe.csv",
            {"Ada": (Training(SAFE, date(2026, 1, 2)),)},
            id="a day goes before none",
        ),
        pytest.param(
            "username,course,course id,status\nAda,,KES,passed\n", "x.csv", {"Ada": (Training("x"),)},
            id="a course without a name is named after the file",
        ),
        pytest.param(
            "username,course id,status\nAda,KES,passed\n", "export.csv", {"Ada": (Training("KES"),)},
            id="the id where there is no name of the course",
        ),
        pytest.param("username,status\nBo,enrolled\n", "Keeping events safe.csv", {}, id="nobody"),
    ],
)  # fmt: skip
def test_tables(text: str, name: str, found: Mapping[str, tuple[Training, ...]]) -> None:
    assert read(text, name) == found
    assert read(("\ufeff" + text.replace("\n", "\r\n")).encode("utf-16-le"), name) == found


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        pytest.param(["3/4/26", "5/6/2026"], [None, None], id="either"),
        pytest.param(["3/4/26", "25/6/2026"], [date(2026, 4, 3), date(2026, 6, 25)], id="another one tells: day first"),
        pytest.param(
            ["3/4/26", "6/25/2026"], [date(2026, 3, 4), date(2026, 6, 25)], id="another one tells: month first"
        ),
        pytest.param(["3/3/26"], [date(2026, 3, 3)], id="the same either way"),
        pytest.param(["3.4.2026"], [date(2026, 4, 3)], id="dots"),
        pytest.param(["2026/4/3", "2026-04-03T10:00:00Z"], [date(2026, 4, 3)] * 2, id="year first"),
        pytest.param(["3 Apr 2026", "Apr. 3, 2026", "3. April 2026, 10:00"], [date(2026, 4, 3)] * 3, id="names"),
    ],
)
def test_days(cells: list[str], days: list[date | None]) -> None:
    rows = "".join(f'"U{number}";"{cell}"\n' for number, cell in enumerate(cells))
    found = read("username;completion date\n" + rows)
    assert [one[0].on for one in found.values()] == days


@pytest.mark.parametrize("cell", ["31/31/2026", "2026-02-30", "30 Foo 2026", "Foo 3, 2026", "soon", "31/4/2026"])
def test_what_is_no_day_is_named(cell: str) -> None:
    assert problems(f"username;completion date\nAda;2026-01-02\nBo;{cell}\n") == [
        (
            f'line 3: "{cell}" says neither a day nor whether the course is complete;'
            ' write "2026-12-24", "completed" or "in progress".'
        )
    ]


@pytest.mark.parametrize(
    ("text", "name", "sentences"),
    [
        pytest.param(
            "who,course\nAda,x\n", "x.csv",
            ['line 1: No column, or more than one, is for user names: call one "username"; there are "who", "course".'],
            id="no user names",
        ),
        pytest.param(
            "username;user name;status\nAda;Ada;done\n", "x.csv",
            [("line 1: No column, or more than one, is for user names: call one \"username\"; there are \"username\","
             ' "user name", "status".')], id="user names twice",
        ),
        pytest.param(
            "username;email\nAda;x\n", "Safe.csv",
            [('line 1: No column says who completed the course: call one "completion date" or "status"; there are'
             ' "username", "email".')], id="no completion",
        ),
        pytest.param(
            "username;status\nAda;done\n", "export.csv",
            [('line 1: Nothing says which course this is: add a column "course", or rename the file to the course\'s name,'
              " as in Keeping events safe.csv.")],
            id="no course",
        ),
        pytest.param(
            "username;status\nAda;done\n", "exports/2026-01-02.csv",
            [('line 1: Nothing says which course this is: add a column "course", or rename the file to the course\'s name,'
              " as in Keeping events safe.csv.")],
            id="a file named after a day",
        ),
        pytest.param(
            "username;course;status\nAda;Safe;perhaps\n;Safe;done\nBo;;done\n\nA[b];Safe;done\n192.0.2.7;Safe;done\n",
            "export.csv",
            [('line 2: "perhaps" says neither a day nor whether the course is complete; write "2026-12-24", "completed"'
             ' or "in progress".'),
             "line 3: The row names no user; write it, or leave the row out.",
             "line 4: The row names no course; write it, or leave the row out.",
             'line 6: "A[b]" cannot be a user name; the export must hold those of the wiki.',
             'line 7: "192.0.2.7" cannot be a user name; the export must hold those of the wiki.'], id="rows",
        ),
        pytest.param('{"course": \n{]}', "Safe.json",
                     ["line 2: This is no JSON: Expecting property name enclosed in double quotes."], id="no JSON"),
        pytest.param("[" * 100_000, "Safe.json",
                     [("line 1: This is no JSON that can be read: a number is too long, or lists stand in each other too"
                      " deep.")], id="deep JSON"),
        pytest.param(
            '{"users": ["x"],\n"course": {"users": [\n7, 8]}}', "Safe.json",
            ['line 1: User 1 has no "username".', 'line 1: User 2 has no "username".'], id="other users before them",
        ),
        pytest.param(
            '{"course": {"title": "X", "users": [{"username": "Ada", "course_training_progress_assigned_count": true,'
            ' "course_training_progress_completed_count": true}]}}', "Safe.json",
            ['line 1: The progress of "Ada" holds no counts of modules.'], id="counts that are none",
        ),
        pytest.param("[1]", "Safe.json",
                     ["line 1: This is not a Dashboard course's users.json: there is no \"users\" in \"course\"."],
                     id="a list"),
        pytest.param('{"course": {"title": "Safe"}}', "Safe.json",
                     ["line 1: This is not a Dashboard course's users.json: there is no \"users\" in \"course\"."],
                     id="course.json alone"),
        pytest.param('{"course": {"users": []}}', "users.json",
                     [("line 1: Nothing says which course this is: rename the file to the course's name, as in"
                       " Keeping events safe.json.")], id="no title"),
        pytest.param(
            '{"course": {"users": [\n{"username": "Ada"},\n\n7, {"username": " "},\n{"username": "Bo",'
            '\n"course_training_progress": 7}, {"username": "A[b]", "course_training_progress": "1/1"}]}}', DASHBOARD,
            ['line 4: User 2 has no "username".', 'line 4: User 3 has no "username".',
             'line 5: The progress of "Bo" holds no counts of modules.',
             'line 6: "A[b]" cannot be a user name; the export must hold those of the wiki.'], id="users",
        ),
    ],
)  # fmt: skip
def test_bad_files_are_named_by_line(text: str, name: str, sentences: list[str]) -> None:
    assert problems(text, name) == sentences


def user(name: str, **more: object) -> dict[str, object]:
    """Return a user as users.json has it."""
    return {
        "character_sum_ms": 0,
        "references_count": 0,
        "role": 0,
        "role_description": None,
        "recent_revisions": 0,
        "content_expert": False,
        "program_manager": False,
        "contribution_url": "https://x",
        "total_uploads": None,
        "id": 3,
        "username": name,
        "enrolled_at": "2026-01-02T10:00:00.000Z",
        "admin": False,
        **more,
    }


def counts(done: int, every: int) -> dict[str, object]:
    return {
        "course_training_progress_description": f"{done}/{every} training modules completed",
        "course_training_progress_assigned_count": every,
        "course_training_progress_completed_count": done,
    }


USERS = [
    user("ada_Example", **counts(3, 3)),
    user("Bo", **counts(2, 3)),
    user("Cy"),
    user("Di", course_training_progress="3/3 training modules completed"),
    user("Ed", course_training_progress="2/3 training modules completed"),
    user("Flo", course_training_progress="Training Incomplete"),
    user("Gil", course_training_progress=None),
    user("Hal", course_training_progress={"assigned_count": 2, "completed_count": 2, "description": "2/2"}),
    user("Ivy", role=1, **counts(3, 3)),
    user("Jo", **counts(0, 0)),
]


@pytest.mark.parametrize(
    ("course", "name", "title"),
    [
        pytest.param({}, DASHBOARD, SAFE, id="from the address"),
        pytest.param({}, "users/Keeping_events_safe.json", SAFE, id="from the file"),
        pytest.param({}, "/courses/X/S%C3%BBr_et_certain/users.json", "Sûr et certain", id="percent codes"),
        pytest.param({"title": " Events  kept safe "}, DASHBOARD, "Events kept safe", id="from the document"),
        pytest.param({"title": 7}, DASHBOARD, SAFE, id="a title that is none"),
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_the_dashboard(course: dict[str, object], name: str, title: str, indent: int | None) -> None:
    found = read(json.dumps({"course": {**course, "users": USERS}}, indent=indent), name)
    assert found == {who: (Training(title),) for who in ("Ada Example", "Di", "Hal", "Ivy")}


def test_a_file_that_is_refused_for_its_name_is_taken_under_the_one_that_the_message_gives() -> None:
    nameless = json.dumps({"course": {"users": USERS}})
    [sentence] = problems(nameless, "users.json")
    renamed = sentence.partition("as in ")[2].removesuffix(".")
    assert read(nameless, renamed)["Ivy"] == (Training("Keeping events safe"),)
    [sentence] = problems("username,status\nAda,done\n", "users.csv")
    renamed = sentence.partition("as in ")[2].removesuffix(".")
    assert read("username,status\nAda,done\n", renamed) == {"Ada": (Training("Keeping events safe"),)}


def test_files_that_cannot_be_used() -> None:
    with pytest.raises(BadInputError, match=r"^The list of completed courses x\.csv is a spreadsheet"):
        read(b"PK\x03\x04", "x.csv")
    with pytest.raises(BadInputError, match=r"^The list of completed courses x\.csv is empty"):
        read(b"", "x.csv")
    with pytest.raises(BadInputError, match="more than 20000000 bytes"):
        read(b"a" * 20_000_001)


def test_no_header_is_both_yes_and_day_without_need() -> None:
    assert not training_words.COURSE & training_words.COURSE_ID
    assert not training_words.STATUS & training_words.DAY
    every = training_words.COURSE | training_words.STATUS | training_words.DAY | training_words.CERTIFICATE
    assert {training_words.folded(one) for one in every} == every


@pytest.mark.parametrize(
    ("cell", "yes"),
    [
        ("Completed", True),
        ("completed (achieved pass grade)", True),
        ("100 %", True),
        ("Y", True),
        ("", False),
        ("Completed (did not achieve pass grade)", False),
        ("–", False),
        ("99.5%", False),
        ("In  progress", False),
        ("maybe", None),
        ("2026-01-02", None),
    ],
)
def test_yes_and_no(cell: str, yes: bool | None) -> None:
    assert training_words.is_yes(cell) is yes


@pytest.mark.parametrize("name", ["x.csv", "users.json"])
@given(
    st.binary(max_size=80)
    | st.text(max_size=60).map(str.encode)
    | st.text('{}[]":,course usrnam17/', max_size=60).map(str.encode)
)
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    try:
        read(data, name)
    except BadInputError:
        return


CELLS = st.sampled_from(["", "done", "no", "2026-01-02", "3/4/26", "31/12/25", "?"])


@given(st.lists(st.tuples(st.sampled_from(["Ada", "Bo", "Cy"]), CELLS, CELLS), min_size=1, max_size=6))
@settings(max_examples=200)
def test_nobody_is_trained_without_a_word_of_it(rows: list[tuple[str, str, str]]) -> None:
    text = "username,status,completion date\n" + "".join(f"{','.join(row)}\n" for row in rows)
    unread = [number for number, row in enumerate(rows, 2) if "?" in row]
    if unread:
        assert [one.split(":")[0] for one in problems(text)] == [f"line {number}" for number in unread]
        return
    said = {name for name, status, on in rows if status != "no" and (status or on not in ("", "no"))}
    assert set(read(text)) == said
