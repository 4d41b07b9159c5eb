"""Points at which a test has the process die."""

import asyncio
import sys
from pathlib import Path

import pytest

from bot import crashpoints
from bot.settings import Settings, SettingsError, load_settings


async def test_the_process_dies_at_the_count(tmp_path):
    code = (
        "from bot import crashpoints\n"
        "crashpoints.arm('before-send:3')\n"
        "for number in range(9):\n"
        "    print(number, flush=True)\n"
        "    crashpoints.reach('after-send')\n"
        "    crashpoints.reach('before-send')\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, cwd=Path(__file__).parents[2], stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    assert (process.returncode, told.split()) == (-9, [b"0", b"1", b"2"])


def test_nothing_happens_unarmed():
    crashpoints.arm("")
    for name in crashpoints.NAMES:
        crashpoints.reach(name)


@pytest.mark.parametrize("wrong", ["before-send", "before-send:0", "nowhere:1", ":1", "before-send:-1"])
def test_a_wrong_name_or_count_is_refused(wrong):
    with pytest.raises(ValueError, match="crash point"):
        crashpoints.arm(wrong)


def test_the_setting_holds_on_this_machine_only(tmp_path):
    fields = {"bot_token": "1:a", "crash_at": "before-commit:2"}
    assert Settings.model_validate({**fields, "bot_api_url": "http://127.0.0.1:8081"}).crash_at == "before-commit:2"
    for line in ("CRASH_AT=before-send:1", "BOT_API_URL=http://127.0.0.1:1\nCRASH_AT=nowhere:1"):
        file = tmp_path / ".env"
        file.write_text(f"BOT_TOKEN=1:a\n{line}\n")
        with pytest.raises(SettingsError, match="CRASH_AT"):
            load_settings(file)
