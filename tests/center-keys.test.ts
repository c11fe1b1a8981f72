import { expect, test } from 'vitest';
import { recordOf } from '../center/testing/index.ts';
import { instant } from '../contract/words/ids.ts';
import { batchId, rootOfRecords, sealRecord } from '../proof/index.ts';
import { openKeysScene, stationAt } from './attacks/keys-scene.ts';

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
}, 60_000);
