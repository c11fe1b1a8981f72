import { describe, expect, it } from 'vitest';
import { EvidenceWish } from '../../contract/records/evidence.ts';
import { instant } from '../../contract/words/ids.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { sha256 } from '../hash.ts';
import { newSigner, openTinyCenter, STATION, TENANT } from '../proof.fixture.ts';
import { keyForInspector } from './exchange.ts';
import { isWeakExchangeKey, newInspectorKey, readEvidence, sealEvidence } from './index.ts';

const center = openTinyCenter();
const signer = newSigner();
const { certificate } = center.enrol(signer.publicKey);
const [mine, others] = [newInspectorKey(), newInspectorKey()];
const AT = instant(new Date('2026-03-05T08:00:00Z'));
const says = EvidenceWish.parse({
  ...{ format: 'exam-station/evidence-wish@1', id: 'ew_1', stationId: STATION, tenantId: TENANT, sittingId: 'si_1' },
  ...{
    key: mine.key,
    by: { accountId: 'ap_1', name: '督导' },
    reason: '有人举报替考，请核对照片',
    at: AT,
    expiresAt: AT,
  },
});
const wish = { jws: center.signer.sign('exam-station/evidence-wish', says), says };
const jpeg = Buffer.from('\xff\xd8 a face', 'latin1');
const seal = (by = signer) => sealEvidence(wish, { of: 'check-in', jpeg }, { signer: by, certificate });
const key = center.signer.publicKey;

describe('a picture that was sealed to an inspector', () => {
  it('opens with their key, and says what it is on whose word', () => {
    const file = readEvidence(seal(), key);
    expect(file.manifest).toMatchObject({ wish: sha256(wish.jws), of: 'check-in', picture: sha256(jpeg) });
    expect(file.open(mine.secret)).toEqual(jpeg);
    expect(readEvidence(seal(), undefined).open(mine.secret)).toEqual(jpeg);
  });

  it('opens with no other key, and holds the picture nowhere in the open', () => {
    const bytes = seal();
    expect(reasonOf(() => readEvidence(bytes, key).open(others.secret))).toBe('picture-unreadable');
    expect(Buffer.from(bytes).includes('a face')).toBe(false);
    expect(Buffer.from(seal()).equals(Buffer.from(bytes))).toBe(false);
  });

  it('is refused where another signed it than the station of its certificate, or another center vouches for that', () => {
    expect(reasonOf(() => readEvidence(seal(newSigner()), key))).toBe('signature-invalid');
    expect(reasonOf(() => readEvidence(seal(), newSigner().publicKey))).toBe('signature-invalid');
    expect(reasonOf(() => readEvidence(Buffer.from('PK'), key))).toBe('picture-unreadable');
  });

  it.each([60, 400, -250])('that was changed in one byte (%i) is refused', (at) => {
    const bytes = Buffer.from(seal());
    const place = at < 0 ? bytes.length + at : at;
    bytes[place] = (bytes[place] as number) ^ 1;
    expect(reasonOf(() => readEvidence(bytes, key).open(mine.secret))).not.toBe('ok');
  });
});

it('nothing is sealed to a key of small order, which everybody has', () => {
  const everybodys = Buffer.alloc(32).toString('base64url') as never;
  expect(() => keyForInspector(everybodys)).toThrow(Error);
  expect([isWeakExchangeKey(everybodys), isWeakExchangeKey(mine.key)]).toEqual([true, false]);
});
