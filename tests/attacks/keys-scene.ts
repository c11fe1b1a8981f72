import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeKeysIn, type OpenCenter, openCenter, readKeysWish } from '../../center/run/index.ts';
import { openEmpty } from '../../center/testing/index.ts';
import { ServedCenterKeys } from '../../contract/log/log-api.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import type { FirstRun } from '../../contract/words/programs.ts';
import { openCenterLine } from '../../proof/center-line/index.ts';
import { openSigner } from '../../proof/index.ts';
import { openCenterClient } from '../../station/center-link/index.ts';
import { systemClock } from '../../station/core/clock/index.ts';
import { openDatabase } from '../../station/core/database/index.ts';
import { openVault } from '../../station/core/vault/index.ts';
import { openIdentity } from '../../station/keep/identity/index.ts';

/** A center whose root is away and which signs with an issuing key, and whoever has what lies on its server. */
export async function openKeysScene() {
  const folder = mkdtempSync(join(tmpdir(), 'exam-keys-'));
  const [data, root] = [join(folder, 'center'), join(folder, 'root.key')];
  mkdirSync(data);
  const db = await openEmpty();
  const database = { ...db, close: async () => undefined };
  const changeAt = (now: Date, ...args: readonly string[]) => {
    const wish = readKeysWish(['keys', ...args], {});
    if (!wish) throw new Error('it begins with keys');
    return changeKeysIn(db, data, wish, now) as Promise<{ readonly keyId: string }>;
  };
  const change = (...args: readonly string[]) => changeAt(new Date(), ...args);
  let running: OpenCenter | undefined;
  const start = async (tls?: 'own') => {
    await running?.close();
    running = undefined;
    running = await openCenter({ data, database, seed: 'none', tls });
    return { ...running, url: await running.app.listen({ port: 0, host: '127.0.0.1' }) };
  };
  const secrets: FirstRun = JSON.parse(readFileSync((await start()).firstRun, 'utf8'));
  await running?.close();
  running = undefined;
  // Its time holds what is forged in tests, too.
  const issued = await changeAt(new Date('2026-03-01T00:00:00.000Z'), 'issue', '--days', '3650');
  await change('take-offline', '--to', root);
  return {
    ...{ data, db, root, secrets, start, change, issued },
    stop: async () => {
      await running?.close();
      running = undefined;
    },
    /** What lies on the server. */
    stolen: () => {
      const secret = readFileSync(join(data, 'issuing.key'));
      return { secret, signer: openSigner(secret) };
    },
    served: async (url: string) => ServedCenterKeys.parse(await (await fetch(new URL('/v1/keys', url))).json()),
    async [Symbol.asyncDispose]() {
      await running?.close();
      await db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A station that talks to a center, with nothing else around it. */
export function stationAt(
  url: string,
  identity = openIdentity(openDatabase(':memory:'), openVault(randomBytes(32))),
  rootKey?: PublicKey,
) {
  const line = openCenterLine(url, { key: () => identity.centerKeys ?? rootKey });
  return { identity, client: openCenterClient(line, identity, systemClock()) };
}
