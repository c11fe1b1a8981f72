import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { USUAL_RECAPTURE } from '../../contract/words/exam.ts';
import { Instant, StationId } from '../../contract/words/ids.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { makeBank, makeItem } from '../bank.ts';
import { issuedBy, revokedBy } from '../center-keys.fixture.ts';
import { openCenterKeys } from '../center-keys.ts';
import { generateSigningKey, openSigner } from '../jws.ts';
import { newSigner } from '../proof.fixture.ts';
import { keyFrom, type Opening, openPackage, PackageContent, type PackagePlan, sealPackage } from './index.ts';

const center = openSigner(generateSigningKey());
const stationSecret = generateSigningKey();
const station = openSigner(stationSecret).publicKey;
const at = (text: string): Instant => Instant.parse(`2026-12-${text}:00:00.000Z`);
const plan = {
  ...{ tenantId: 'tn_a', stationId: 'st_a', examId: 'ex_a' },
  ...{ issuedAt: at('01T00'), notBefore: at('02T08'), notAfter: at('02T18') },
} as PackagePlan;
const item = makeItem({
  kind: 'single',
  stem: { zh: '题' },
  options: [{ zh: '甲' }, { zh: '乙' }],
  key: [0],
  topic: '',
});
const bank = makeBank({ zh: '库' }, [item]);
const exam = {
  ...{
    id: 'ex_a',
    title: { zh: '考试' },
    mode: 'formal',
    bankId: bank.id,
    durationSeconds: 60,
    passMarks: 1,
    attempts: 1,
  },
  blueprint: { rows: [{ kind: 'single', count: 1, marks: 1 }] },
  recapture: USUAL_RECAPTURE,
};
const content = PackageContent.parse({
  assignment: {
    ...{ tenant: { id: 'tn_a', name: '甲厂' }, issuedAt: at('01T00'), exams: [exam], visitorExamId: null },
    ...{ candidates: [], proctors: [] },
  },
  bank,
  photos: {},
});
const opening: Opening = {
  centerKey: center.publicKey,
  stationId: StationId.parse('st_a'),
  keyFrom: (ephemeral) => keyFrom(ephemeral, stationSecret, station),
  now: at('02T12'),
};
const sealed = sealPackage(plan, content, station, center);
const refusal = (bytes: Uint8Array, changes: Partial<Opening> = {}): string =>
  reasonOf(() => openPackage(bytes, { ...opening, ...changes }));

describe('an exam package', () => {
  it('opens at the station it is for, in its time, and holds what was put in', () => {
    expect(openPackage(sealed, opening)).toEqual(content);
  });

  it('carries what the root said of the key that signed it, and falls with that key', () => {
    const { signer, statement } = issuedBy(center, at('01T00'), at('03T00'));
    const carrying = sealPackage(plan, content, station, signer, { keys: [statement], revocations: [] });
    expect(openPackage(carrying, opening)).toEqual(content);
    expect(refusal(sealPackage(plan, content, station, signer))).toBe('signature-invalid');
    const revoked = { keys: [], revocations: [revokedBy(center, signer, at('02T12'))] };
    expect(refusal(carrying, { centerKey: openCenterKeys(center.publicKey, revoked) })).toBe('center-key-revoked');
    const over = issuedBy(center, at('01T00'), plan.issuedAt);
    const late = sealPackage(plan, content, station, over.signer, { keys: [over.statement], revocations: [] });
    expect(refusal(late)).toBe('center-key-ended');
    const foreign = issuedBy(newSigner(), at('01T00'), at('03T00'));
    const other = sealPackage(plan, content, station, foreign.signer, { keys: [foreign.statement], revocations: [] });
    expect(refusal(other)).toBe('signature-invalid');
  });

  it('of an exam that only a newer program can read is refused, and changes nothing of what is here', () => {
    const ofLater = { ...content.assignment, exams: [{ ...exam, hosts: ['tablet'] }] } as never;
    expect(refusal(sealPackage(plan, { ...content, assignment: ofLater }, station, center))).toBe('package-invalid');
  });

  it('tells nothing of what is in it', () => {
    for (const text of ['题', '甲厂', item.id]) expect(Buffer.from(sealed).includes(text)).toBe(false);
  });

  it.each<[string, Partial<Opening>, string]>([
    ['of another center', { centerKey: openSigner(generateSigningKey()).publicKey }, 'signature-invalid'],
    ['for another station', { stationId: StationId.parse('st_b') }, 'package-foreign'],
    ['before its time', { now: at('02T07') }, 'package-early'],
    ['before its time, with a proctor', { now: at('02T07'), unlocked: true }, 'ok'],
    ['after its time', { now: at('02T19') }, 'package-expired'],
    ['after its time, with a proctor', { now: at('02T19'), unlocked: true }, 'package-expired'],
    ['older than the one before', { newest: at('01T01') }, 'package-older'],
    ['as old as the one before: it is the same', { newest: at('01T00') }, 'ok'],
    [
      'at a station that says it is another',
      { keyFrom: (half) => keyFrom(half, generateSigningKey(), station) },
      'package-invalid',
    ],
  ])('%s', (_, changes, reason) => {
    expect(refusal(sealed, changes)).toBe(reason);
  });

  it('with any byte changed, cut off or added is refused or opens as the same', () => {
    const place = fc.nat(sealed.length - 1);
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), (where, by) => {
        const changed = sealed.slice();
        changed[where] = (changed[where] as number) ^ by;
        // A zip says some things twice, and a date that nobody reads.
        const outcome = refusal(changed);
        expect(outcome).toMatch(/^(package-invalid|signature-invalid|ok)$/);
        if (outcome === 'ok') expect(openPackage(changed, opening)).toEqual(content);
      }),
      { numRuns: 500 },
    );
    for (const length of [0, 1, 50, sealed.length - 1])
      expect(refusal(sealed.slice(0, length))).toBe('package-invalid');
  });

  it.each<[string, Record<string, Uint8Array>]>([
    ['a name that leads out of the folder', { '../../etc/passwd': Buffer.from('x') }],
    [
      'one file too many',
      { 'manifest.jws': Buffer.from('a.b.c'), 'content.bin': Buffer.from('x'), more: Buffer.from('x') },
    ],
    ['something missing', { 'manifest.jws': Buffer.from('a.b.c') }],
  ])('with %s is refused', (_, files) => {
    expect(refusal(zipSync(files))).toBe('package-invalid');
  });

  it('that would unpack to very much is refused', () => {
    const bomb = zipSync(
      { 'content.bin': new Uint8Array(450_000_000), 'manifest.jws': Buffer.from('a.b.c') },
      { level: 1 },
    );
    expect(refusal(bomb)).toBe('package-invalid');
  });
});
