import json
import urllib.error
import urllib.request


def describe_launches(host, key):
    """The code under test: what a report says about the launches of a project."""
    request = urllib.request.Request(
        f"{host}/api/projects/1/experiments/stats/",
        headers={"Authorization": f"Bearer {key}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return f"{json.load(response)['launched_last_30d']} launched in 30 days"
    except urllib.error.HTTPError as error:
        with error:
            return json.load(error)["detail"]
    except OSError:
        return "No connection"
