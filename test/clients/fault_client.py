"""Asks by http.client, urllib or a session of requests; see askByProgram in by-command.ts."""
import http.client
import sys
import urllib.request
from urllib.parse import urlsplit

_, name, url, authorization, timeout_ms, *asked = sys.argv
timeout = int(timeout_ms) / 1000
address = urlsplit(url)

if name == "http.client":
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=timeout)

    def send(method, headers):
        try:
            connection.request(method, address.path, headers=headers)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except Exception:
            # Before it can be used again; it connects with the next request.
            connection.close()
            raise

elif name == "urllib":
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def send(method, headers):
        request = urllib.request.Request(url, method=method, headers=headers)
        with opener.open(request, timeout=timeout) as response:
            return response.status, response.read().decode()

else:
    import requests

    session = requests.Session()
    session.trust_env = False

    def send(method, headers):
        response = session.request(method, url, headers=headers, timeout=timeout)
        return response.status_code, response.text


def ask(method, headers):
    try:
        status, body = send(method, headers)
        return f"{status} {body}"
    except TimeoutError:
        return "timeout"
    except (ConnectionError, http.client.HTTPException):
        return "network-error"
    except Exception as error:
        return by_name.get(type(error).__name__) or f"unexpected: {error!r}"


# requests has exceptions of its own.
by_name = {"ReadTimeout": "timeout", "ConnectionError": "network-error"}

for method, *prefer in map(str.split, asked):
    headers = {"Authorization": authorization, **({"Prefer": prefer[0]} if prefer else {})}
    print(ask(method, headers))
