import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Signer } from '../../proof/index.ts';
import { newSigner, openTinyCenter } from '../../proof/proof.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openDatabase } from '../core/database/index.ts';
import { openVault } from '../core/vault/index.ts';
import { openIdentity, readRevocation } from '../keep/identity/index.ts';
import { manualClock } from '../station.fixture.ts';
import { openCenterClient } from './center-client.ts';

const AT = '2026-03-05T06:00:00.000Z';
const says = (stationId: string) => ({ format: 'exam-station/revocation@1', stationId, at: AT, cause: 'stolen' });

/** A station that is told it is revoked. */
async function told(by: (center: Signer, stationId: string) => string | undefined) {
  const center = openTinyCenter();
  const database = openDatabase(':memory:');
  const vault = openVault(randomBytes(32));
  const identity = openIdentity(database, vault);
  const reply = center.enrol(identity.signer.publicKey);
  identity.saveEnrolment(reply);
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response
      .writeHead(403)
      .end(JSON.stringify({ reason: 'station-revoked', detail: by(center.signer, reply.stationId) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const client = openCenterClient(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    identity,
    manualClock(),
  );
  return { identity, client, again: () => openIdentity(database, vault), database, asked: () => asked };
}

it('a revocation that the center signed is kept, and nothing is asked of it any more', async () => {
  const { identity, client, again, database, asked } = await told((center, id) =>
    center.sign('exam-station/revocation', says(id)),
  );
  for (let n = 0; n < 3; n++) expect(await refusalOf(client.mail())).toBe('station-revoked');
  expect(asked()).toBe(1);
  expect(identity.revoked.said).toMatchObject({ at: AT, cause: 'stolen' });
  expect([again().revoked.said, readRevocation(database)]).toEqual([identity.revoked.said, identity.revoked.said]);
});

it.each<[string, (center: Signer, id: string) => string | undefined]>([
  ['says so and proves nothing', () => undefined],
  ['has signed it itself', (_, id) => newSigner().sign('exam-station/revocation', says(id))],
  ['shows the one of another station', (center) => center.sign('exam-station/revocation', says('st_other'))],
  ['shows another statement of the center', (center, id) => center.sign('exam-station/time', says(id))],
])('whoever is on the line and %s ends no station', async (_, by) => {
  const { identity, client, asked } = await told(by);
  for (let n = 0; n < 2; n++) expect(await refusalOf(client.mail())).toBe('center-refused');
  expect([identity.revoked.said, asked()]).toEqual([undefined, 2]);
});
