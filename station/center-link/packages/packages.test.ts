import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { BANK, EXAM, ILLUSTRATED, PICTURE } from '../../../authoring/bank.fixture.ts';
import { CandidateId, ExamId, Instant } from '../../../contract/words/ids.ts';
import { sha256 } from '../../../proof/index.ts';
import { openTinyCenter, STATION, TENANT } from '../../../proof/proof.fixture.ts';
import { type PackagePlan, sealPackage } from '../../../proof/sealed/index.ts';
import { refusalOf } from '../../../tests/kit/refusals.ts';
import { openDatabase } from '../../core/database/index.ts';
import { openVault } from '../../core/vault/index.ts';
import { openBankStore } from '../../keep/banks/index.ts';
import { openIdentity } from '../../keep/identity/index.ts';
import { openRoster } from '../../keep/roster/index.ts';
import { aPerson, eyesThat } from '../../run/eyes.fixture.ts';
import { assignmentOf, EMBEDDER, manualClock, WANG } from '../../station.fixture.ts';
import { installPackage } from './index.ts';

const photo = await sharp({ create: { width: 32, height: 32, channels: 3, background: 'grey' } })
  .jpeg()
  .toBuffer();

function open({ enrolled = true } = {}) {
  const [database, vault, clock, center] = [
    openDatabase(':memory:'),
    openVault(randomBytes(32)),
    manualClock(),
    openTinyCenter(),
  ];
  const identity = openIdentity(database, vault);
  if (enrolled) identity.saveEnrolment(center.enrol(identity.signer.publicKey));
  const parts = {
    ...{ identity, clock },
    roster: openRoster(database, vault),
    banks: openBankStore(database, vault),
    engine: eyesThat(async () => aPerson(new Float32Array(256).fill(1 / 16))),
    log: pino({ level: 'silent' }),
  };
  const pack = (issuedAt = '2026-03-04T05:06:07.890Z', { bank = BANK, pictures = {} } = {}) => {
    const plan = {
      ...{ tenantId: TENANT, stationId: STATION, examId: EXAM.id, issuedAt: Instant.parse(issuedAt) },
      ...{ notBefore: Instant.parse('2026-03-04T00:00:00.000Z'), notAfter: Instant.parse('2026-03-05T00:00:00.000Z') },
    } as PackagePlan;
    const candidates = [{ ...WANG, photos: [sha256(photo)] }];
    const content = {
      assignment: assignmentOf({ issuedAt, candidates, exams: [{ ...EXAM, bankId: bank.id }], visitorExamId: null }),
      ...{ bank, pictures },
      photos: { [sha256(photo)]: photo.toString('base64') },
    };
    return sealPackage(plan, content, identity.signer.publicKey, center.signer);
  };
  return { parts, pack };
}

describe('an exam package', () => {
  it('brings exam, items, candidates and their faces to a station that never heard of them', async () => {
    const { parts, pack } = open();
    expect(await installPackage(parts, pack())).toEqual({ exam: EXAM.id, candidates: 1, items: BANK.items.length });
    expect(parts.roster.exam(ExamId.parse(EXAM.id))).toEqual(EXAM);
    expect(parts.banks.get(BANK.id)).toEqual(BANK);
    expect(parts.roster.findByNumber(WANG.number)?.name).toBe(WANG.name);
    expect(parts.roster.template(CandidateId.parse(WANG.id), EMBEDDER)?.vectors).toHaveLength(1);
  });

  it('may be installed twice, but not after a newer one', async () => {
    const { parts, pack } = open();
    const [older, newer] = [pack(), pack('2026-03-04T06:00:00.000Z')];
    await installPackage(parts, older);
    await installPackage(parts, older);
    await installPackage(parts, newer);
    expect(await refusalOf(installPackage(parts, older))).toBe('package-older');
  });

  it('brings what items show, and is refused where it does not', async () => {
    const { parts, pack } = open();
    const pictures = { [sha256(PICTURE)]: PICTURE.toString('base64') };
    expect(await refusalOf(installPackage(parts, pack(undefined, { bank: ILLUSTRATED })))).toBe('picture-missing');
    expect(parts.roster.findByNumber(WANG.number)).toBeUndefined();
    await installPackage(parts, pack(undefined, { bank: ILLUSTRATED, pictures }));
    expect(parts.banks.picture(sha256(PICTURE))).toEqual(PICTURE);
  });

  it('installs without eyes as well: its candidates are checked by hand', async () => {
    const { parts, pack } = open();
    await installPackage({ ...parts, engine: undefined }, pack());
    expect(parts.roster.template(CandidateId.parse(WANG.id), EMBEDDER)).toBeUndefined();
  });

  it('is nothing to a station that no center vouched for', async () => {
    const { parts, pack } = open({ enrolled: false });
    expect(await refusalOf(installPackage(parts, pack()))).toBe('unauthorised');
  });
});
