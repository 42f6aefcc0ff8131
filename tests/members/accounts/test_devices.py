"""A device has a name that its owner knows."""

import pytest

from taskforce.members.accounts.devices import device_of

AGENTS = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": "Firefox på Linux",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0": "Edge på Windows",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.0 Mobile/15E148 Safari/604.1": "Safari på iPhone",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
    "Mobile Safari/537.36": "Chrome på Android",
    "curl/8": "Ukendt enhed",
    "": "Ukendt enhed",
}


@pytest.mark.parametrize(("user_agent", "device"), AGENTS.items())
def test_names_browser_and_system(user_agent: str, device: str):
    assert device_of(user_agent) == device
