from launches import describe_launches
from mock import MockTestCase


class LaunchesTest(MockTestCase):
    def test_counts_the_launches(self):
        self.assertEqual(describe_launches(self.host, "phx_experiment_read"), "8 launched in 30 days")
        self.assertEqual(self.statuses(), [200])

    def test_repeats_what_posthog_says_to_a_key_without_the_scope(self):
        self.assertEqual(
            describe_launches(self.host, "phx_no_experiment_scope"),
            "API key missing required scope 'experiment:read'",
        )

    def test_recovers_after_it_has_been_throttled(self):
        self.use("throttled")
        self.assertIn("Request was throttled.", describe_launches(self.host, "phx_experiment_read"))
        self.use("ok")
        self.assertEqual(describe_launches(self.host, "phx_experiment_read"), "8 launched in 30 days")
        self.assertEqual(self.statuses(), [429, 200])

    def test_survives_a_broken_connection(self):
        self.use("network-error")
        self.assertEqual(describe_launches(self.host, "phx_experiment_read"), "No connection")
