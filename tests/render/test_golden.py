import pytest

from tests.render.golden_files import FILES, FOLDER


@pytest.mark.parametrize("name", FILES)
def test_output_is_what_was_read_and_approved(name: str) -> None:
    assert FILES[name]() == (FOLDER / name).read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(FILES)
