"""The set-up, run in a folder of its own with stand-ins for Python, pip and the system's tools."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from studio.rooms import ROOT

PYTORCH = "https://download.pytorch.org/whl/cpu"
TOOLS = ("awk", "bash", "cat", "cksum", "dirname", "env", "flock", "grep", "rm", "sed", "tr", "sh")

# Answers as Python and pip do, keeps pip's arguments in $STAND_IN/asked and fails where an argument
# stands in $STAND_IN/refused, with the words that stand there behind it.
PYTHON = """#!/bin/bash
case "$1 $2" in
    "-m venv")
        folder=${*: -1}
        mkdir -p "$folder/bin"
        echo "command = python3 -m venv $folder" >"$folder/pyvenv.cfg"
        cp "$0" "$folder/bin/python"
        ;;
    "-m pip")
        [[ "$*" != *" config list" ]] || exec cat "$STAND_IN/settings"
        [[ "$*" == *" install "* ]] || exit 0
        shift 2
        echo "user=${PIP_USER-} target=${PIP_TARGET-} prefix=${PIP_PREFIX-} $*" >>"$STAND_IN/asked"
        cat "$STAND_IN/warnings" >&2
        while read -r argument words; do
            [[ " $* " != *" $argument "* ]] || { echo "ERROR: $words" >&2; exit 1; }
        done <"$STAND_IN/refused"
        echo "  Downloading torch (12 MB)"
        ;;
    "--version ") echo "Python 3.11.0" ;;
esac
"""

PKG_CONFIG = """#!/bin/bash
[[ ! -s $STAND_IN/no_libraries ]] || { cat "$STAND_IN/no_libraries" >&2; exit 1; }
"""

REQUIREMENTS = {
    "requirements.txt": "torch==0.0.1  # the subject\ntiny==1.0\n",
    "requirements-cluster.txt": "",
    "requirements-browser.txt": "",
    "requirements-languages.txt": "",
    "pyproject.toml": "",
    "fastcairo/pyproject.toml": "",
}


class Computer:
    """A computer with a copy of the set-up and nothing on its PATH but what is named here."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "project"
        self.bin = folder / "bin"
        self.answers = folder / "answers"
        self.home = folder / "home"
        for path in (self.project, self.bin, self.answers, self.home):
            path.mkdir()
        shutil.copy(ROOT / "setup.sh", self.project)
        for name, text in REQUIREMENTS.items():
            file = self.project / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
        for name in (*TOOLS, "cp", "mkdir"):
            if program := shutil.which(name):
                (self.bin / name).symlink_to(program)
        for name in ("settings", "asked", "refused", "warnings", "no_libraries", "did"):
            self.answer(name, "")
        self.program("python3", PYTHON)
        self.program("pkg-config", PKG_CONFIG)
        self.program("cc", "#!/bin/sh\n")
        self.program("uname", "#!/bin/sh\necho Linux\n")
        self.program("sudo", '#!/bin/sh\nshift\nexec "$@"\n')
        self.program("chromium", "#!/bin/sh\n")

    def program(self, name: str, text: str) -> None:
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def answer(self, name: str, text: str) -> None:
        (self.answers / name).write_text(text)

    @property
    def asked(self) -> list[str]:
        """Arguments of each pip install, a line each."""
        return (self.answers / "asked").read_text().splitlines()

    def set_up(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": str(self.bin),
            "HOME": str(self.home),
            "STAND_IN": str(self.answers),
            "DID": str(self.answers / "did"),
        }
        return subprocess.run(
            [str(self.project / "setup.sh"), *arguments],
            env=environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


def test_torch_comes_from_pytorch_where_pip_has_no_places(computer: Computer) -> None:
    done = computer.set_up()
    assert done.returncode == 0, done.stderr
    torch, rest = computer.asked
    assert f"--no-deps --index-url {PYTORCH} torch==0.0.1" in torch
    assert "--requirement requirements.txt" in rest
    assert PYTORCH not in rest
    assert f"fetching torch==0.0.1 from {PYTORCH}" in done.stderr
    assert "190 MB" in done.stderr
    assert "Downloading torch (12 MB)" in done.stderr


@pytest.mark.parametrize(
    "setting",
    [
        "global.index-url='https://mirror.example/simple'",
        "global.extra-index-url='https://mirror.example/simple'",
        "install.find-links='/wheels'",
        ":env:.no-index='1'",
    ],
)
def test_pip_takes_torch_where_the_user_told_it_to(computer: Computer, setting: str) -> None:
    computer.answer("settings", f"global.timeout='60'\n{setting}\n")
    done = computer.set_up()
    assert done.returncode == 0, done.stderr
    assert not any("--index-url" in line for line in computer.asked)
    assert "several GB" in done.stderr


@pytest.mark.parametrize("settings", ["", "global.index-url='https://mirror.example/simple'"])
def test_torch_index_overrides(computer: Computer, settings: str) -> None:
    computer.answer("settings", settings)
    assert computer.set_up(TORCH_INDEX="https://other.example/cu").returncode == 0
    assert "--index-url https://other.example/cu torch==0.0.1" in computer.asked[0]


def test_an_empty_torch_index_is_pips_default(computer: Computer) -> None:
    assert computer.set_up(TORCH_INDEX="").returncode == 0
    assert not any("--index-url" in line for line in computer.asked)


def test_pip_is_asked_where_pytorch_cannot_be_reached(computer: Computer) -> None:
    computer.answer("refused", f"{PYTORCH} No matching distribution found for torch\n")
    done = computer.set_up()
    assert done.returncode == 0, done.stderr
    assert PYTORCH in computer.asked[0]
    assert computer.asked[1].endswith("install torch==0.0.1")
    assert "No matching distribution" in done.stderr
    assert f"could not take torch==0.0.1 from {PYTORCH}" in done.stderr


def test_a_full_disk_is_not_filled_from_elsewhere(computer: Computer) -> None:
    computer.answer("refused", f"{PYTORCH} [Errno 28] No space left on device\n")
    assert computer.set_up().returncode == 1
    assert len(computer.asked) == 1


def test_pips_warning_of_every_folder_is_left_out_and_counted(computer: Computer) -> None:
    line = "WARNING: Location 'file:///a/{}/' is ignored: it is neither a file nor a directory.\n"
    computer.answer("warnings", line.format("x") + "WARNING: a yanked one\n" + line.format("y"))
    computer.answer("refused", "requirements.txt no such thing\n")
    done = computer.set_up()
    assert done.returncode == 1
    assert "neither a file" not in done.stderr
    assert done.stderr.count("left out 2 warnings of pip") == 2
    assert "WARNING: a yanked one" in done.stderr
    assert "ERROR: no such thing" in done.stderr


def test_the_set_up_is_done_once_for_each_purpose(computer: Computer) -> None:
    assert computer.set_up().returncode == 0
    assert computer.set_up().stderr == ""
    assert len(computer.asked) == 2
    assert computer.set_up("--tests").returncode == 0
    assert "requirements-cluster.txt" in computer.asked[-1]
    assert "requirements-browser.txt" in computer.asked[-1]
    assert "requirements-languages.txt" in computer.asked[-1]
    count = len(computer.asked)
    assert computer.set_up("--tests").stderr == ""
    assert computer.set_up().stderr == ""
    assert len(computer.asked) == count


def test_an_unknown_argument_is_one_line(computer: Computer) -> None:
    done = computer.set_up("--fast")
    assert done.returncode == 1
    assert done.stderr == "setup: --fast: the only argument is --tests\n"


def test_a_line_break_in_the_path_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "two\nlines").mkdir()
    done = Computer(tmp_path / "two\nlines").set_up()
    assert done.returncode == 1
    assert "has a line break" in done.stderr


def test_pkg_configs_words_come_before_apt(computer: Computer) -> None:
    words = "Package cairo was not found\nin the search path"
    computer.answer("no_libraries", words)
    computer.program(
        "apt-get",
        '#!/bin/bash\necho "$*" >>"$DID"\n[[ $1 != install ]] || : >"$STAND_IN/no_libraries"\n',
    )
    done = computer.set_up()
    assert done.returncode == 0, done.stderr
    assert "libpango1.0-dev" in (computer.answers / "did").read_text()
    before, _, _ = done.stderr.partition("with apt")
    assert f"{computer.bin}/pkg-config --exists cairo pangocairo answers:" in before
    assert "Package cairo was not found in the search path" in before


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("dnf", "sudo dnf install python3-devel gcc pkgconf-pkg-config cairo-devel pango-devel"),
        ("pacman", "sudo pacman -S --needed python gcc pkgconf cairo pango"),
        ("brew", "brew install python pkgconf cairo pango"),
        ("uname", "brew install python pkgconf cairo pango"),
        ("other", "python3-venv python3-dev gcc pkg-config libpango1.0-dev"),
    ],
)
def test_the_packages_are_named_in_one_line(computer: Computer, manager: str, line: str) -> None:
    computer.program(manager, "#!/bin/sh\necho Darwin\n")
    computer.answer("no_libraries", "not found")
    done = computer.set_up()
    assert done.returncode == 1
    assert line in done.stderr.splitlines()[-1]
    assert not computer.asked


def test_without_flock_the_set_up_works(computer: Computer) -> None:
    (computer.bin / "flock").unlink(missing_ok=True)
    assert computer.set_up().returncode == 0


def test_variables_that_send_packages_elsewhere_are_not_handed_on(computer: Computer) -> None:
    done = computer.set_up(PIP_USER="1", PIP_TARGET="/elsewhere", PIP_PREFIX="/elsewhere")
    assert done.returncode == 0, done.stderr
    assert all(line.startswith("user= target= prefix= ") for line in computer.asked)


def make_wheel(folder: Path, name: str, version: str) -> None:
    """Write the smallest package that pip takes."""
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}.py", "")
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")


@pytest.mark.parametrize("folder", ["plain", 'it\'s 100% $HOME & "so"'])
def test_pip_itself_installs_into_the_environment_whatever_its_settings(
    tmp_path: Path, folder: str
) -> None:
    (tmp_path / folder).mkdir()
    computer = Computer(tmp_path / folder)
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    make_wheel(wheels, "torch", "0.0.1")
    make_wheel(wheels, "tiny", "1.0")
    pip = find_spec("pip")
    assert pip is not None
    assert pip.origin is not None
    (tmp_path / "pip").symlink_to(Path(pip.origin).parent)
    computer.program(
        "python3",
        f"""#!/bin/bash
        [[ $2 != venv ]] || set -- -m venv --without-pip --clear "${{*: -1}}"
        exec {sys.executable} "$@"
        """,
    )
    settings = computer.home / ".config/pip/pip.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[global]\nuser = true\n[install]\nprefix = {tmp_path}/prefix\n")
    named = tmp_path / "named.conf"
    named.write_text(f"[global]\nfind-links = {wheels}\nno-index = true\ntarget = {tmp_path}/t\n")
    done = computer.set_up(
        PIP_CONFIG_FILE=str(named),
        PIP_USER="true",
        PYTHONPATH=str(tmp_path),
        PIP_PREFIX=f"{tmp_path}/prefix",
    )
    assert done.returncode == 0, done.stderr
    assert PYTORCH not in done.stderr
    installed = {path.name for path in (computer.project / ".venv/lib").rglob("t*.py")}
    assert installed >= {"torch.py", "tiny.py"}
    assert not (tmp_path / "prefix").exists()
    assert not (tmp_path / "t").exists()
    assert os.listdir(computer.home) == [".config"]  # noqa: PTH208


def test_scripts_are_checked_out_with_the_line_ends_of_unix() -> None:
    scripts = sorted(path.name for path in ROOT.glob("*.sh"))
    git = ["git", "-C", str(ROOT), "check-attr", "eol", "--", *scripts]
    answer = subprocess.run(git, capture_output=True, text=True, check=False)
    if answer.returncode:
        pytest.skip("not a clone")
    assert answer.stdout.splitlines() == [f"{script}: eol: lf" for script in scripts]
