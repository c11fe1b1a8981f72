import { expect, it } from 'vitest';
import { EvidenceWish } from '../../contract/records/evidence.ts';
import { newSigner, openTinyCenter, STATION, TENANT } from '../../proof/proof.fixture.ts';
import { sealEvidence } from '../../proof/sealed/index.ts';
import { fingerprintOf, makeOwnKey, type OwnKey, openSealed } from './sealed-picture.ts';

const center = openTinyCenter();
const signer = newSigner();
const { certificate } = center.enrol(signer.publicKey);
const AT = '2026-03-05T08:00:00.000Z';
const jpeg = Buffer.from(`\xff\xd8${'a face '.repeat(5_000)}`, 'latin1');

/** As a station seals it. */
function sealedFor({ key }: OwnKey): Uint8Array<ArrayBuffer> {
  const says = EvidenceWish.parse({
    ...{ format: 'exam-station/evidence-wish@1', id: 'ew_1', stationId: STATION, tenantId: TENANT, sittingId: 'si_1' },
    ...{ key, by: { accountId: 'ap_1', name: '督导' }, reason: '有人举报替考，请核对照片', at: AT, expiresAt: AT },
  });
  const wish = { jws: center.signer.sign('exam-station/evidence-wish', says), says };
  return new Uint8Array(sealEvidence(wish, { of: 'check-in', jpeg }, { signer, certificate }));
}

it('the page opens what a station seals, with a key that nobody can take out of the browser', async () => {
  const own = await makeOwnKey();
  expect(own.secret.extractable).toBe(false);
  expect(Buffer.from(await openSealed(sealedFor(own), own))).toEqual(jpeg);
  expect(await fingerprintOf(own.key)).toMatch(/^([0-9a-f]{4} ){3}[0-9a-f]{4}$/);
});

it('it opens nothing that is for another key, that was changed, or that is no such file', async () => {
  const [own, other] = [await makeOwnKey(), await makeOwnKey()];
  const file = sealedFor(own);
  await expect(openSealed(file, other)).rejects.toThrow();
  await expect(openSealed(file, { key: own.key, secret: other.secret })).rejects.toThrow();
  const changed = file.slice();
  changed[changed.length - 260] = (changed[changed.length - 260] as number) ^ 1;
  await expect(openSealed(changed, own)).rejects.toThrow();
  await expect(openSealed(new Uint8Array([80, 75, 1]), own)).rejects.toThrow();
});
