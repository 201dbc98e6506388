"""Starts posthog-experiments-mock, and opens a session for each test."""

import json
import re
import subprocess
import unittest
import urllib.request


def send(method, url, body=None):
    """Sends JSON to the control plane, and returns what it answers."""
    request = urllib.request.Request(
        url,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=5) as response:
        text = response.read()
    return json.loads(text) if text else None


class MockTestCase(unittest.TestCase):
    """Tests of a class share a server, and each has a session at `self.host`."""

    @classmethod
    def setUpClass(cls):
        command = ["npx", "posthog-experiments-mock", "--port", "0"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(server.stdout.close)
        cls.addClassCleanup(server.wait)
        cls.addClassCleanup(server.terminate)
        for line in server.stdout:
            if ready := re.search(r"Listening on (\S+)", line):
                cls.url = ready[1]
                return
        raise RuntimeError("posthog-experiments-mock did not start")

    def setUp(self):
        self.host = send("POST", f"{self.url}/__mock__/sessions", {"now": "2026-01-31T12:00:00Z"})["baseUrl"]
        self.addCleanup(send, "DELETE", self.host.replace("/s/", "/sessions/"))

    def use(self, scenario):
        send("PUT", f"{self.host}/__mock__/scenario", {"scenario": scenario})

    def statuses(self):
        """The statuses of the answers so far."""
        return [entry["status"] for entry in send("GET", f"{self.host}/__mock__/requests")["requests"]]
