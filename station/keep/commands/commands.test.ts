import { expect, it } from 'vitest';
import { instant, ProctorId } from '../../../contract/words/ids.ts';
import { newSigner, openTinyCenter, STATION } from '../../../proof/proof.fixture.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { openDatabase } from '../../core/database/index.ts';
import { manualClock } from '../../station.fixture.ts';
import type { StationIdentity } from '../identity/index.ts';
import type { Roster } from '../roster/index.ts';
import { openCommands } from './index.ts';

const AT = instant(new Date('2026-03-05T08:00:00Z'));
const LATER = instant(new Date('2026-03-05T08:05:00Z'));

function open() {
  const center = openTinyCenter();
  const enrolment = center.enrol(newSigner().publicKey);
  const identity = { enrolment, centerKeys: enrolment.centerKey } as StationIdentity;
  const roster = {
    proctors: [{ id: ProctorId.parse('pr_zhao'), name: '赵', pinHash: '$argon2id$' }],
  } as unknown as Roster;
  const commands = openCommands(openDatabase(':memory:'), identity, roster, manualClock());
  const times = { issuedAt: AT, expiresAt: LATER };
  const signed = (id: string, changes: object = {}): string => {
    const base = { id, stationId: STATION, examId: 'ex_1', by: 'pr_zhao', action: { kind: 'pause' }, ...times };
    return center.signer.sign('exam-station/command', { ...base, ...changes } as never);
  };
  return { commands, signed };
}

it('a command is let through once', () => {
  const { commands, signed } = open();
  const jws = signed('cm_1');
  expect(commands.admit(jws, AT)).toMatchObject({ id: 'cm_1', action: { kind: 'pause' } });
  expect(reasonOf(() => commands.admit(jws, AT))).toBe('command-replayed');
});

it.each([
  ['unauthorised', { by: 'pr_nobody' }],
  ['command-expired', { expiresAt: AT.replace('08:00', '07:00') }],
  // What only a newer center can ask for: the room hears that it was not done, instead of nothing.
  ['method-unknown', { action: { kind: 'play-a-tune' } }],
  ['method-unknown', { action: { kind: 'pause' }, by: { name: '赵' } }],
])('one that is not obeyed is answered with why: %s', (reason, changes) => {
  const { commands, signed } = open();
  expect(reasonOf(() => commands.admit(signed('cm_1', changes), AT))).toBe(reason);
  expect(commands.untold()).toEqual([{ id: 'cm_1', outcome: reason }]);
});

it('one that is for another station is not answered at all', () => {
  const { commands, signed } = open();
  expect(reasonOf(() => commands.admit(signed('cm_1', { stationId: 'st_9', action: {} }), AT))).toBe(
    'signature-invalid',
  );
  expect(commands.untold()).toEqual([]);
});
