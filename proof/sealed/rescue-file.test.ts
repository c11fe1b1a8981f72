import { expect, it } from 'vitest';
import { SittingId, StationId, TenantId } from '../../contract/words/ids.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { issuedBy, revokedBy } from '../center-keys.fixture.ts';
import { openCenterKeys } from '../center-keys.ts';
import { generateSigningKey, openSigner, type Signer } from '../jws.ts';
import { AT, newSigner } from '../proof.fixture.ts';
import { keyFrom, openRescue, RescueContent, sealRescue } from './index.ts';
import type { RescueOpening, RescuePlan } from './rescue-file.ts';

const root = newSigner();
const issued = issuedBy(root, '2026-03-01T00:00:00.000Z', '2027-03-01T00:00:00.000Z');
const keys = { keys: [issued.statement], revocations: [] };
const [here, there, tenantId] = [StationId.parse('st_here'), StationId.parse('st_there'), TenantId.parse('tn_a')];
const secret = generateSigningKey();
const recipient = openSigner(secret).publicKey;
const origin = newSigner();

const line = (sequence: number) => ({
  ...{ sequence, at: AT, boot: 'b', monotonic: 1, sitting: SittingId.parse('si_1'), event: { type: 'noted' } },
  hash: 'a'.repeat(64),
});
const content = RescueContent.parse({ previous: 'b'.repeat(64), lines: [line(1), line(2)] });
const plan = { tenantId, from: there, to: here, sittingId: 'si_1', movedAt: AT } as RescuePlan;
const certified = (by: Signer, publicKey = origin.publicKey) =>
  by.sign('exam-station/certificate', { stationId: there, tenantId, publicKey, issuedAt: AT });
const sealed = (signer: Signer, carried = keys) =>
  sealRescue(plan, content, recipient, {
    signer,
    certificate: certified(issued.signer, signer.publicKey),
    keys: carried,
  });
const opened = (file: Uint8Array, changes: Partial<RescueOpening> = {}) =>
  reasonOf(() =>
    openRescue(file, {
      ...{ centerKey: root.publicKey, tenantId, stationId: here },
      keyFrom: (half) => keyFrom(half, secret, recipient),
      ...changes,
    }),
  );

it('a rescue file carries what the root said of the key that vouches for the station it comes from', () => {
  expect(opened(sealed(origin))).toBe('ok');
  expect(opened(sealed(origin, { keys: [], revocations: [] }))).toBe('signature-invalid');
  expect(
    opened(sealed(origin, { keys: [], revocations: [] }), { centerKey: openCenterKeys(root.publicKey, keys) }),
  ).toBe('ok');
});

it('by a key that was revoked vouches for those alone whom the center names now', () => {
  const revocations = [revokedBy(root, issued.signer, '2026-06-01T00:00:00.000Z')];
  const centerKey = openCenterKeys(root.publicKey, { keys: keys.keys, revocations });
  const keyOf = () => origin.publicKey;
  expect(opened(sealed(origin), { centerKey, keyOf })).toBe('ok');
  expect(opened(sealed(newSigner()), { centerKey, keyOf })).toBe('center-key-revoked');
  expect(opened(sealed(origin), { centerKey })).toBe('center-key-revoked');
});
