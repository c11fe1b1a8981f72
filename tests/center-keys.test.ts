import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { proofFileOf } from '../center/results/index.ts';
import { recordOf } from '../center/testing/index.ts';
import { paths } from '../contract/station-center/center-api.ts';
import { instant } from '../contract/words/ids.ts';
import { revokedBy } from '../proof/center-keys.fixture.ts';
import { openCenterLine } from '../proof/center-line/index.ts';
import {
  batchId,
  type CenterKeys,
  openCenterKeys,
  openSigner,
  rootOfRecords,
  sealRecord,
  verifyProofFile,
} from '../proof/index.ts';
import { newSigner } from '../proof/proof.fixture.ts';
import { openKeysScene, stationAt } from './attacks/keys-scene.ts';
import { refusalOf } from './kit/refusals.ts';

test('a station follows its center from key to key, by the root that it was given', async () => {
  await using scene = await openKeysScene();
  const { secrets } = scene;
  const first = await scene.start();
  const { identity, client } = stationAt(first.url);
  await client.mustBe(secrets.centerKey);
  const wish = { code: secrets.enrolmentCode, name: '一号考站', centerKey: secrets.centerKey };
  identity.saveEnrolment(await client.enrol(wish));
  // It has not heard of any key yet, and believes the root alone.
  await expect(client.assignment()).rejects.toMatchObject({ reason: 'signature-invalid' });
  await client.hearOfKeys();
  expect((await client.assignment()).tenant.id).toBe(identity.enrolment?.tenantId);
  const enrolment = identity.enrolment;
  if (!enrolment) throw new Error('it is enrolled');
  const record = sealRecord(recordOf(enrolment));
  const says = { stationId: enrolment.stationId, number: 1, previous: null, size: 1, createdAt: instant(new Date()) };
  const header = identity.signer.sign('exam-station/batch', { ...says, root: await rootOfRecords([record]) });
  const batch = { id: batchId({ header }), header, records: [record] };
  const receipt = await client.send(batch);
  await scene.stop();

  await scene.change('revoke', scene.issued.keyId, '--root', scene.root);
  await scene.change('issue', '--root', scene.root);
  const second = await scene.start();
  const later = stationAt(second.url, identity);
  await later.client.mustBe(secrets.centerKey);
  await expect(later.client.assignment()).rejects.toMatchObject({ reason: 'signature-invalid' });
  for (let round = 1; round <= 2; round++) await later.client.hearOfKeys();
  const keys = identity.centerKeys;
  expect(typeof keys === 'object' && [keys.keys.length, keys.revocations.length]).toEqual([2, 1]);
  expect((await later.client.assignment()).tenant.id).toBe(enrolment.tenantId);
  // What the key of before signed of the batch stands, and is given out again as it was.
  expect(await later.client.send(batch)).toEqual(receipt);
});

test('a center that signs with an issuing key is known by its root over TLS, and a revoked key is no longer its own', async () => {
  await using scene = await openKeysScene();
  const { secrets } = scene;
  const { url, center } = await scene.start('own');
  const { identity, client } = stationAt(url, undefined, secrets.centerKey);
  identity.saveEnrolment(await client.enrol({ code: secrets.enrolmentCode, name: '一号考站' }));
  await client.hearOfKeys();
  expect((await client.assignment()).tenant.id).toBe(identity.enrolment?.tenantId);
  const root = openSigner(readFileSync(scene.root));
  const ended = revokedBy(root, center.signer, new Date().toISOString());
  const known = openCenterKeys(secrets.centerKey, { keys: [], revocations: [ended] });
  const ask = (key: CenterKeys) => openCenterLine(url, { key: () => key }).ask(paths.health);
  expect((await ask(secrets.centerKey)).status).toBe(200);
  // Whoever stole it and goes on with it leaves out that it was revoked.
  expect(await refusalOf(ask(known))).toBe('center-other');
  expect(await refusalOf(ask(newSigner().publicKey))).toBe('center-other');
  // Nor does a station that has heard of it take what that key signs.
  identity.hearOfKeys({ keys: [], revocations: [ended] });
  await expect(client.assignment()).rejects.toMatchObject({ reason: 'signature-invalid' });
});

test('a station changes its key at a center that signs with an issuing key, and its proofs hold', async () => {
  await using scene = await openKeysScene();
  const { secrets } = scene;
  const { url, center } = await scene.start();
  const { identity, client } = stationAt(url);
  identity.saveEnrolment(await client.enrol({ code: secrets.enrolmentCode, name: '一号考站' }));
  const before = identity.enrolment;
  if (!before) throw new Error('it is enrolled');
  const record = sealRecord(recordOf(before));
  // It hears of a key that it does not know yet from whoever signs with it.
  identity.keyChange.finish(await client.changeKey(identity.keyChange.begin()), instant(new Date()));
  await client.hearOfKeys();
  const says = { stationId: before.stationId, number: 1, previous: null, size: 1, createdAt: instant(new Date()) };
  const header = identity.signer.sign('exam-station/batch', { ...says, root: await rootOfRecords([record]) });
  await client.send({ id: batchId({ header }), header, records: [record] });
  const file = await proofFileOf({ kind: 'system' }, center, before.tenantId, batchId({ header }));
  const { keys } = JSON.parse(file?.text ?? '{}');
  expect(keys).toEqual([before.certificate, ...center.keys.keys]);
  const checked = await verifyProofFile(Buffer.from(file?.text ?? ''), secrets.centerKey);
  expect(checked).toMatchObject({ ok: true, summary: { verdict: 'proven', trust: 'pinned', remarks: [] } });
});
