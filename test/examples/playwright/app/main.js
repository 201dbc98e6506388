const launches = document.querySelector('#launches');
const { VITE_POSTHOG_HOST } = import.meta.env;

async function load() {
  const response = await fetch(`${VITE_POSTHOG_HOST}/api/projects/1/experiments/stats/`, {
    headers: { Authorization: 'Bearer phx_experiment_read' },
  });
  const body = await response.json();
  launches.textContent = response.ok ? `${body.launched_last_30d} launched in 30 days` : body.detail;
}

document.querySelector('#reload').addEventListener('click', load);
await load();
