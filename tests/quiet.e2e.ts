import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { noFaces, root } from './stage.ts';

/** A whole exam by face in a network of its own, whose only way out counts what is sent over it: nothing here phones home. */
const folder = join(root, 'data/quiet-test');
const home = join(folder, 'home');

/** One interface to anywhere, with nobody at its other end; IPv6 would greet its neighbours by itself. */
const NETWORK = [
  'ip link set lo up',
  'ip link add out0 type veth peer name out1',
  'ip addr add 10.9.9.1/24 dev out0',
  'sysctl -qw net.ipv6.conf.out0.disable_ipv6=1 net.ipv6.conf.out1.disable_ipv6=1',
  'ip link set out0 arp off',
  'ip link set out1 up',
  'ip link set out0 up',
  'ip route add default dev out0',
].join(' && ');
const COUNTED = `{ "$@"; } >&2; awk '/out0:/ { print $11 }' /proc/net/dev`;
const inside = (script: string): readonly string[] => ['-rn', 'sh', '-c', `${NETWORK} && ${script}`, 'sh'];

/** Why it cannot be counted here, in plain words; nothing where it can. */
function noNetwork(): string | undefined {
  const { status, stderr } = spawnSync('unshare', inside('true'), { encoding: 'utf8' });
  return status === 0 ? undefined : `skipped: this machine gives no network of one's own (${stderr?.trim()})`;
}

/** @returns how many packets left for anywhere but this machine while the program ran */
async function sentBy(command: readonly string[]): Promise<{ packets: number; said: string }> {
  const child = spawn('unshare', [...inside(COUNTED), ...command], {
    cwd: root,
    env: { ...process.env, HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [counted, said] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { packets: Number.parseInt(counted, 10), said };
}

const why = noFaces() ?? noNetwork();

test('center, station, face networks and window send nothing to anybody, and keep no diary', async () => {
  test.skip(why !== undefined, why);
  test.setTimeout(240_000);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const data = join(folder, 'data');
  const demo = [process.execPath, 'cli/main.ts', 'demo', '--only', 'genuine', '--data', data];
  const { packets, said } = await sentBy(demo);
  expect(said).toMatch(/^ok +genuine: recorded verified$/m);
  expect(packets).toBe(0);
  const kept = globSync('**/*', { cwd: home }).filter(
    (path) => !/^\.(config|cache)(\/(chromium|dconf)(\/|$)|$)/.test(path),
  );
  expect(kept).toEqual([]);
});

test('whoever asks for a name or an address outside is counted', async () => {
  test.skip(why !== undefined, why);
  mkdirSync(home, { recursive: true });
  const asks = "fetch('http://192.0.2.1', { signal: AbortSignal.timeout(500) }).catch(() => undefined)";
  const { packets } = await sentBy([process.execPath, '-e', asks]);
  expect(packets).toBeGreaterThan(0);
});
