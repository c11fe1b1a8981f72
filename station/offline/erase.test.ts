import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CandidateId, instant, TenantId } from '../../contract/words/ids.ts';
import { GUEST, openTinyCenter, TENANT } from '../../proof/proof.fixture.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { openDatabase } from '../core/database/index.ts';
import { openLedger } from '../core/ledger/index.ts';
import { openCurrentSitting, SittingEvent } from '../core/sitting/index.ts';
import { SAMPLES, WAYS, WHO } from '../core/sitting/sitting.fixture.ts';
import { keyFromFile, openVault } from '../core/vault/index.ts';
import { openEvidenceStore } from '../keep/evidence/index.ts';
import { openIdentity } from '../keep/identity/index.ts';
import { openRoster } from '../keep/roster/index.ts';
import { assignmentOf, EMBEDDER, manualClock, WANG } from '../station.fixture.ts';
import { eraseIn, eraseTenantIn } from './erase.ts';

/** A folder in which somebody of each firm sat, with a picture of either. */
function openFolder() {
  const data = temporaryFolder();
  const [clock, center] = [manualClock(), openTinyCenter()];
  const open = () => {
    const database = openDatabase(join(data, 'station.db'));
    const vault = openVault(keyFromFile(join(data, 'vault.key')));
    const ledger = openLedger(database, clock, SittingEvent.parse);
    const pictures = openDatabase(join(data, 'evidence.db'));
    return { database, vault, ledger, pictures, evidence: openEvidenceStore(pictures, vault) };
  };
  const station = open();
  const identity = openIdentity(station.database, station.vault);
  identity.saveEnrolment(center.enrol(identity.signer.publicKey));
  const roster = openRoster(station.database, station.vault);
  roster.apply(assignmentOf());
  roster.of(GUEST).apply(assignmentOf({ tenant: { id: GUEST, name: '乙公司' } }));
  const seat = openCurrentSitting(station.ledger, clock);
  const until = instant(new Date('2099-01-01'));
  for (const [at, who] of [WHO, { ...WHO, tenantId: GUEST, grant: 'gr_1' as never }].entries()) {
    seat.open(who);
    const jpeg = Buffer.from(`picture ${at}`);
    station.evidence.put({ tenantId: who.tenantId, sitting: seat.current?.id as never, jpeg, until });
    for (const command of WAYS['in-progress']) seat.execute(command);
    if (at === 0) for (const command of [SAMPLES.submit, SAMPLES.grade, SAMPLES.record]) seat.execute(command);
  }
  const close = (one = station) => {
    one.database.close();
    one.pictures.close();
  };
  return { data, station, seat, open, close };
}

describe('one sitting', () => {
  it('is erased with its picture and with the face that it left, which then lets nobody in', () => {
    const { data, station, open, close } = openFolder();
    const [sitting] = station.ledger.sittings();
    if (!sitting) throw new Error('somebody sat');
    const [now, rule] = [instant(new Date()), { most: 2, days: 30 }];
    const face = {
      of: CandidateId.parse(WANG.id),
      sitting,
      model: EMBEDDER,
      vector: new Float32Array(256).fill(1 / 16),
    };
    openRoster(station.database, station.vault).addTemplate(face, rule, now);
    const faces = (at: ReturnType<typeof open>) =>
      openRoster(at.database, at.vault).addedTemplates(face.of, EMBEDDER, rule, now).length;
    expect(faces(station)).toBe(1);
    close();
    expect(eraseIn(data, sitting)).toBe(1);
    const after = open();
    expect([faces(after), after.evidence.ofSitting(sitting)]).toEqual([0, []]);
    close(after);
  });
});

describe('a firm that used the station by a grant', () => {
  it('is erased by hand, with its pictures, and the firm whose station it is keeps its own', () => {
    const { data, seat, open, close } = openFolder();
    for (const command of [SAMPLES.submit, SAMPLES.grade, SAMPLES.record]) seat.execute(command);
    close();
    expect(eraseTenantIn(data, GUEST)).toBe(1);
    const after = open();
    const roster = openRoster(after.database, after.vault);
    expect(roster.guests()).toEqual([]);
    expect(roster.findByNumber(WANG.number)).toBeDefined();
    const sittings = after.ledger.sittings();
    expect(sittings.map((sitting) => after.evidence.ofSitting(sitting).length)).toEqual([1, 0]);
    expect(after.ledger.ofSitting(sittings[1] as never).at(-1)?.event).toMatchObject({ type: 'erased', why: 'asked' });
    close(after);
  });

  it('is not while one of its people sits there', () => {
    const { data, close } = openFolder();
    close();
    expect(reasonOf(() => eraseTenantIn(data, GUEST))).toBe('not-allowed-now');
  });

  it('is no firm whose station it is; of one that never was there nothing is erased', () => {
    const { data, close } = openFolder();
    close();
    expect(reasonOf(() => eraseTenantIn(data, TENANT))).toBe('not-allowed-now');
    expect(eraseTenantIn(data, TenantId.parse('tn_never'))).toBe(0);
  });
});
