// Runs the commands of the Dockerfile and of README.md, in a scratch folder instead of a container.
import assert from 'node:assert/strict';
import { execSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { build } from './dockerfile.js';

const root = mkdtempSync(join(tmpdir(), 'image-'));
const [wait] = /(?<=```sh\n).*(?=\n```)/.exec(readFileSync('README.md', 'utf8'));
let image;
let container;
let port;

before(async () => {
  image = build('Dockerfile', root, '..');
  const probe = createServer().listen(0);
  port = String(probe.address().port);
  probe.close();
  await once(probe, 'close');
});

after(() => {
  container?.kill('SIGKILL');
  rmSync(root, { recursive: true });
});

it('is not healthy before it runs', () => {
  assert.equal(image.isHealthy({ PORT: port }), false);
});

it('is ready when the command of README.md says so, and healthy then', () => {
  container = image.run({ PORT: port }, ['--scenario', 'few-launches']);
  execSync(wait.replace('4010', port), { stdio: 'inherit' });
  assert.equal(image.isHealthy({ PORT: port }), true);
});

it('answers, and wants the token on the control plane only', async () => {
  const ask = (path, headers = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const stats = await ask('/api/projects/1/experiments/stats/', {
    Authorization: 'Bearer phx_experiment_read',
  });
  assert.equal((await stats.json()).launched_last_30d, 3);
  assert.equal((await ask('/__mock__/scenarios')).status, 403);
  assert.equal((await ask('/__mock__/scenarios', { 'X-Mock-Token': 'mock-token' })).status, 200);
});

it('stops on SIGTERM with exit code 0', async () => {
  container.kill('SIGTERM');
  assert.deepEqual(await once(container, 'exit'), [0, null]);
});
