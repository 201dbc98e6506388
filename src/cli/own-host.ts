import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { isLoopback } from '../server/listen.ts';

/**
 * Whether a server can listen on a host. The variable HOST may have a value that was not meant for it: conda sets it to
 * the name of a platform.
 */
export async function isOwnHost(host: string): Promise<boolean> {
  const own = Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.map(({ address }) => address),
  );
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.some(
    ({ address }) => WILDCARDS.includes(address) || isLoopback(address) || own.includes(address),
  );
}

const WILDCARDS = ['0.0.0.0', '::'];
