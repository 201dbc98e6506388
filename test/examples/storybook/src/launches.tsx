import { useCallback, useEffect, useState } from 'react';

export function Launches() {
  const [text, setText] = useState('Loading');
  const load = useCallback(() => {
    describeLaunches().then(setText, () => setText('No connection'));
  }, []);
  useEffect(load, [load]);
  return (
    <main>
      <p>{text}</p>
      <button type="button" onClick={load}>
        Reload
      </button>
    </main>
  );
}

async function describeLaunches(): Promise<string> {
  const response = await fetch('/api/projects/1/experiments/stats/', {
    headers: { Authorization: 'Bearer phx_experiment_read' },
  });
  const body = await response.json();
  return response.ok ? `${body.launched_last_30d} launched in 30 days` : body.detail;
}
