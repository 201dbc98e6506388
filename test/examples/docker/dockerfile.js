import { execFileSync, execSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Does without Docker what the instructions of a Dockerfile say: builds in a folder, and returns how to run.
 *
 * @param root the folder that stands for the image's root.
 * @param context the folder that COPY copies from.
 */
export function build(dockerfile, root, context) {
  const env = { ...process.env };
  let workdir = root;
  let health;
  let command;
  const text = readFileSync(dockerfile, 'utf8')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '');
  for (const [, instruction, value] of text.matchAll(/^([A-Z]+) (.+)$/gm)) {
    switch (instruction) {
      // The test has a Node, a user and a network of its own.
      case 'FROM':
      case 'USER':
      case 'EXPOSE':
        break;
      case 'WORKDIR':
        workdir = join(root, value);
        mkdirSync(workdir, { recursive: true });
        break;
      case 'COPY':
        for (const file of value.split(' ').slice(0, -1)) cpSync(join(context, file), join(workdir, file));
        break;
      case 'RUN':
        execSync(value, { cwd: workdir, env, stdio: 'inherit' });
        break;
      case 'ENV':
        Object.assign(env, Object.fromEntries(value.split(' ').map((pair) => pair.split('='))));
        break;
      case 'HEALTHCHECK':
        health = JSON.parse(value.slice(value.indexOf('CMD ') + 4));
        break;
      case 'ENTRYPOINT':
        command = JSON.parse(value);
        break;
      default:
        throw new Error(`${instruction} is not known here.`);
    }
  }
  const options = (own) => ({ cwd: workdir, env: { ...env, ...own } });
  return {
    /** Starts the command, as `docker run --env … image …` does. */
    run: (own, args) =>
      spawn(command[0], [...command.slice(1), ...args], { ...options(own), stdio: 'inherit' }),
    isHealthy(own) {
      try {
        execFileSync(health[0], health.slice(1), { ...options(own), stdio: 'ignore' });
        return true;
      } catch {
        return false;
      }
    },
  };
}
