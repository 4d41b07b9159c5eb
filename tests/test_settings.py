import re
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, is_loopback, load_settings

TOKEN = "123456:AAsecretsecretsecretsecretsecret"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch, tmp_path):
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def env_file(tmp_path: Path, **settings: str) -> Path:
    path = tmp_path / ".env"
    path.write_text("".join(f"{name}={value}\n" for name, value in settings.items()), encoding="utf-8")
    return path


def refusal(tmp_path: Path, **settings: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(env_file(tmp_path, **{"BOT_TOKEN": TOKEN, **settings}))
    error: BaseException | None = caught.value
    while error is not None:
        assert "secret" not in str(error)
        error = error.__context__
    line = str(caught.value)
    assert "\n" not in line
    return line


def test_defaults_need_only_a_token(tmp_path):
    settings = load_settings(env_file(tmp_path, BOT_TOKEN=TOKEN))
    assert settings.token == TOKEN
    assert settings.bot_api_url == "https://api.telegram.org"
    assert settings.data_dir == Path("data")
    assert settings.organiser_ids == frozenset()
    assert settings.webhook_url is None
    assert settings.pace_per_second == 29.5
    assert settings.rehearsal_clock is None
    assert settings.api_url("getMe") == f"https://api.telegram.org/bot{TOKEN}/getMe"
    assert "secretsecret" not in repr(settings) + str(settings.model_dump())


def test_no_token_says_what_to_do_next():
    with pytest.raises(SettingsError, match=r"BOT_TOKEN is missing: talk to @BotFather.*\.env"):
        load_settings()


def test_commands_on_the_data_folder_need_no_token():
    assert load_settings(need_token=False).token == ""


def test_the_environment_comes_before_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("HTTP_PORT", "9000")
    settings = load_settings(env_file(tmp_path, BOT_TOKEN=TOKEN, HTTP_PORT="9001", LOG_LEVEL="warning"))
    assert settings.http_port == 9000
    assert settings.log_level == "WARNING"


def test_everything_can_be_set(tmp_path):
    settings = load_settings(
        env_file(
            tmp_path,
            BOT_TOKEN=TOKEN,
            BOT_API_URL="http://127.0.0.1:8081/",
            DATA_DIR=str(tmp_path / "kept"),
            ORGANISER_IDS="7, 8000000000,7",
            WEBHOOK_URL="https://example.org/hook",
            WEBHOOK_SECRET="a-b_C9",
            PACE_PER_SECOND="10000",
            BOARD_INTERVAL_SECONDS="0",
            REHEARSAL_CLOCK=str(tmp_path / "offset"),
        )
    )
    assert settings.bot_api_url == "http://127.0.0.1:8081"
    assert settings.organiser_ids == {7, 8000000000}
    assert settings.webhook_secret is not None
    assert settings.webhook_secret.get_secret_value() == "a-b_C9"
    assert settings.rehearsal_clock == tmp_path / "offset"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "secret"),
        ("BOT_TOKEN", "123456:secret secret"),
        ("BOT_API_URL", "ftp://example.org"),
        ("BOT_API_URL", f"https://api.telegram.org/bot{TOKEN}"),
        ("BOT_API_URL", "https://user:secret@example.org"),
        ("BOT_API_URL", "http://127.0.0.1:secret"),
        ("BOT_API_URL", "https://[secret"),
        ("ORGANISER_IDS", "7;8"),
        ("ORGANISER_IDS", "@secret"),
        ("ORGANISER_IDS", "-7"),
        ("ORGANISER_IDS", str(2**63)),
        ("WEBHOOK_URL", "http://example.org/hook"),
        ("HTTP_PORT", "65536"),
        ("HTTP_PORT", "secret"),
        ("LOG_LEVEL", "secret"),
        ("PACE_PER_SECOND", "0"),
        ("PACE_PER_SECOND", "inf"),
        ("PACE_PER_SECOND", "nan"),
        ("PACE_CHAT_PER_SECOND", "-1"),
        ("PACE_CHAT_BURST", "0"),
        ("PACE_CHAT_BURST", "1.5"),
        ("PACE_GROUP_CHAT_PER_MINUTE", "secret"),
        ("BOARD_INTERVAL_SECONDS", "-1"),
        ("REHEARSAL_CLOCK", "/somewhere/offset"),
    ],
)
def test_a_wrong_setting_is_named_without_its_value(tmp_path, name, value):
    assert refusal(tmp_path, **{name: value}).startswith(f"{name} must be ")


@pytest.mark.parametrize("secret", ["", "secret!", "ä-secret", "s" * 257])
def test_a_webhook_needs_a_secret_of_the_right_kind(tmp_path, secret):
    line = refusal(tmp_path, WEBHOOK_URL="https://example.org/hook", WEBHOOK_SECRET=secret)
    assert line.startswith("WEBHOOK_SECRET must be ")


def test_a_data_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "file").touch()
    assert refusal(tmp_path, DATA_DIR=str(tmp_path / "file")).startswith("DATA_DIR must be ")


@pytest.mark.parametrize("url", ["http://127.0.0.1:8081", "http://localhost", "http://[::1]:80", "http://127.8.9.1"])
def test_a_rehearsal_clock_and_a_plain_webhook_are_for_this_machine(tmp_path, url):
    settings = load_settings(
        env_file(tmp_path, BOT_TOKEN="1:t", BOT_API_URL=url, REHEARSAL_CLOCK="off", WEBHOOK_URL=url, WEBHOOK_SECRET="s")
    )
    assert settings.rehearsal_clock == Path("off")


@pytest.mark.parametrize("url", ["http://127.0.0.1@example.org", "http://127.0.0.1.example.org", "http://0.0.0.0"])
def test_other_addresses_are_not_this_machine(url):
    assert not is_loopback(url)


def test_a_slip_in_a_name_is_noticed_and_names_of_others_are_not(tmp_path):
    line = refusal(tmp_path, ORGANIZER_IDS="7")
    assert line == "ORGANIZER_IDS in .env is not a setting: did you mean ORGANISER_IDS?"
    load_settings(env_file(tmp_path, BOT_TOKEN=TOKEN, COMPOSE_PROJECT_NAME="x", TZ="UTC"))


def test_an_env_file_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / ".env"
    path.write_bytes(b"BOT_TOKEN=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"^\.env can't be read"):
        load_settings(path)


def test_the_example_names_every_setting_with_its_default(tmp_path):
    example = Path(__file__).parent.parent / ".env.example"
    lines = example.read_text(encoding="utf-8").splitlines()
    shown = [line.partition("=") for line in lines if re.match(r"[A-Z_]+=", line)]
    assert [name for name, _, _ in shown] == [name.upper() for name in Settings.model_fields]
    for name, _, _ in shown:
        assert lines[lines.index(next(each for each in lines if each.startswith(f"{name}="))) - 1].startswith("# ")
    as_shown = load_settings(example, need_token=False)
    assert as_shown == load_settings(None, need_token=False)
