import { describe, expect, it } from 'vitest';
import type { Instant } from '../contract/words/ids.ts';
import { issuedBy, revokedBy } from './center-keys.fixture.ts';
import {
  isGood,
  keyId,
  keysNow,
  openCenterKeys,
  proofFileText,
  type Signer,
  sealBatch,
  verifyCertificate,
  verifyGrant,
  verifyProofFile,
} from './index.ts';
import { genuineInLog, textOf } from './log.fixture.ts';
import { AT, grantOf, newSigner, recordOf, STATION, TENANT } from './proof.fixture.ts';

const [FROM, UNTIL] = ['2026-03-01T00:00:00.000Z', '2027-03-01T00:00:00.000Z'];
const [BEFORE, AFTER] = ['2026-02-28T23:59:59.999Z', UNTIL];
const bytesOf = (text: string) => new TextEncoder().encode(text);
const root = newSigner();
const issued = issuedBy(root, FROM, UNTIL);
const list = { keys: [issued.statement], revocations: [] };
const certificateBy = (signer: Signer, issuedAt: string) =>
  signer.sign('exam-station/certificate', {
    ...{ stationId: STATION, tenantId: TENANT, publicKey: newSigner().publicKey, issuedAt },
  });
const reasonOf = (outcome: { readonly ok: boolean; readonly reason?: string }) => outcome.reason ?? 'ok';

describe('the keys of a center', () => {
  it.each([
    ['within its time', FROM, 'ok'],
    ['before its time', BEFORE, 'center-key-ended'],
    ['after its end', AFTER, 'center-key-ended'],
  ])('are the root and those it gave a time: %s', (_name, at, outcome) => {
    const keys = openCenterKeys(root.publicKey, list);
    expect(reasonOf(verifyCertificate(certificateBy(issued.signer, at), keys))).toBe(outcome);
    expect(reasonOf(verifyCertificate(certificateBy(root, at), keys))).toBe('ok');
    expect(reasonOf(verifyCertificate(certificateBy(issued.signer, at), root.publicKey))).toBe('signature-invalid');
  });

  it('are none that another root gave, none that gave itself, and none by a statement of another kind', () => {
    const other = newSigner();
    const own = issuedBy(issued.signer, FROM, UNTIL);
    const renamed = root.sign('exam-station/certificate', { format: 'exam-station/center-key@1' });
    const foreign = issuedBy(other, FROM, UNTIL);
    const keys = openCenterKeys(root.publicKey, {
      keys: [foreign.statement, own.statement, renamed, 'a.b.c'],
      revocations: [],
    });
    expect([keys.keys, [...keys.byId.keys()]]).toEqual([[], [keyId(root.publicKey)]]);
    for (const { signer } of [foreign, own])
      expect(reasonOf(verifyCertificate(certificateBy(signer, AT), keys))).toBe('signature-invalid');
  });

  it('are ended by the root alone, from then on, and the earlier of two times counts', () => {
    const early = '2026-06-01T00:00:00.000Z';
    const [late, first] = [
      revokedBy(root, issued.signer, '2026-07-01T00:00:00.000Z'),
      revokedBy(root, issued.signer, early),
    ];
    const forged = revokedBy(issued.signer, issued.signer, AT);
    const keys = openCenterKeys(root.publicKey, { ...list, revocations: [late, first, forged] });
    expect(keys.revocations).toEqual([late, first]);
    expect(reasonOf(verifyCertificate(certificateBy(issued.signer, AT), keys))).toBe('ok');
    expect(reasonOf(verifyCertificate(certificateBy(issued.signer, early), keys))).toBe('center-key-revoked');
  });

  it('do not end with a revocation of the root, which is what is pinned', () => {
    const keys = openCenterKeys(root.publicKey, { keys: [], revocations: [revokedBy(root, root, AT)] });
    expect(reasonOf(verifyCertificate(certificateBy(root, AFTER), keys))).toBe('ok');
  });

  it('that are revoked give no grant, which has no date, but where the log has it', () => {
    const keys = openCenterKeys(root.publicKey, { ...list, revocations: [revokedBy(root, issued.signer, AFTER)] });
    const grant = issued.signer.sign('exam-station/grant', grantOf());
    expect(reasonOf(verifyGrant(grant, openCenterKeys(root.publicKey, list)))).toBe('ok');
    expect(reasonOf(verifyGrant(grant, keys))).toBe('center-key-revoked');
    expect(reasonOf(verifyGrant(grant, keys, 'logged'))).toBe('ok');
  });

  it('of now are those whose time it is, by a clock that is ten minutes off', () => {
    const keys = openCenterKeys(root.publicKey, list);
    const at = (time: string) => {
      const now = keysNow(keys, time as Instant);
      return typeof now !== 'string' && now.byId.has(keyId(issued.signer.publicKey));
    };
    expect(['2026-02-28T23:51:00.000Z', BEFORE, FROM].map(at)).toEqual([true, true, true]);
    expect(['2026-02-28T23:49:00.000Z', '2027-03-01T00:11:00.000Z'].map(at)).toEqual([false, false]);
    expect(isGood({ publicKey: root.publicKey }, AFTER as Instant)).toBe(true);
  });
});

describe('a proof file by an issuing key', () => {
  const within = (changes = {}) => genuineInLog([recordOf(1)], { root, secret: issued.secret, keys: list, ...changes });
  const verified = (text: string, known?: typeof list | { keys: string[]; revocations: string[] }) =>
    verifyProofFile(bytesOf(text), root.publicKey, { centerKeys: known });

  it('is proven by the statement it carries, or by one that whoever asks has', async () => {
    const { file, text } = await within();
    expect(await verified(text)).toMatchObject({
      ok: true,
      summary: { verdict: 'proven', trust: 'pinned', remarks: [] },
    });
    const bare = textOf({ ...file, keys: [] });
    expect(reasonOf(await verified(bare))).toBe('signature-invalid');
    expect(reasonOf(await verified(bare, list))).toBe('ok');
  });

  it('is refused with a statement that its root did not sign, whatever else it holds', async () => {
    const other = issuedBy(newSigner(), FROM, UNTIL);
    const { text } = await within({ keys: { keys: [issued.statement, other.statement], revocations: [] } });
    expect(reasonOf(await verified(text))).toBe('signature-invalid');
    const own = await genuineInLog([recordOf(1)]);
    const strange = textOf({ ...own.file, revocations: [revokedBy(newSigner(), issued.signer, AT)] });
    expect(reasonOf(await verifyProofFile(bytesOf(strange)))).toBe('signature-invalid');
  });

  it('is refused outside of the time of the key', async () => {
    const late = issuedBy(root, '2026-03-05T00:00:00.000Z', UNTIL);
    const { text } = await within({ secret: late.secret, keys: { keys: [late.statement], revocations: [] } });
    expect(reasonOf(await verified(text))).toBe('center-key-ended');
  });

  it('stands after the key was revoked where a head by another key holds it, and says so', async () => {
    const revocation = revokedBy(root, issued.signer, '2026-03-05T00:00:00.000Z');
    const known = { keys: [...list.keys], revocations: [revocation] };
    const { text } = await within();
    expect(reasonOf(await verified(text, known))).toBe('center-key-revoked');
    const next = issuedBy(root, FROM, UNTIL);
    const anew = await within({
      checkpointBy: next.signer,
      keys: { keys: [...list.keys, next.statement], revocations: [revocation] },
      grants: [],
    });
    const remark = { code: 'signed-before-revocation', values: { key: keyId(issued.signer.publicKey) } };
    expect(await verified(anew.text)).toMatchObject({ ok: true, summary: { verdict: 'proven', remarks: [remark] } });
    const earlier = revokedBy(root, issued.signer, '2026-03-04T05:00:00.000Z');
    expect(reasonOf(await verified(anew.text, { keys: [], revocations: [earlier] }))).toBe('center-key-revoked');
  });

  it('without a log carries its statements too, and falls with its key', async () => {
    const { batch, file } = await within();
    const sealed = sealBatch(batch);
    if (!sealed) throw new Error('it is text');
    const { certificate } = file;
    const text = proofFileText({
      ...{ centerKey: root.publicKey, certificate, receipt: null, batch: sealed, keys: list.keys },
    });
    expect(text).toContain('exam-station/proof@4');
    expect(await verified(text)).toMatchObject({ ok: true, summary: { verdict: 'signed-only' } });
    const known = { keys: [], revocations: [revokedBy(root, issued.signer, AFTER)] };
    expect(reasonOf(await verified(text, known))).toBe('center-key-revoked');
  });
});
