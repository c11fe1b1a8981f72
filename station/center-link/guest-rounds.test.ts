import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { BANK, EXAM, MOCK, PICTURE } from '../../authoring/bank.fixture.ts';
import { ExamId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { GUEST, openTinyCenter } from '../../proof/proof.fixture.ts';
import { openDatabase } from '../core/database/index.ts';
import { openVault } from '../core/vault/index.ts';
import { openBankStore } from '../keep/banks/index.ts';
import { openGrants } from '../keep/grants/index.ts';
import { openIdentity } from '../keep/identity/index.ts';
import { openRoster } from '../keep/roster/index.ts';
import { assignmentOf, LI, manualClock, WANG } from '../station.fixture.ts';
import type { CenterClient } from './center-client.ts';
import { openGuestRounds } from './guest-rounds.ts';

const THIRD = TenantId.parse('tn_third');

function open(given: (center: ReturnType<typeof openTinyCenter>) => readonly string[] | undefined) {
  const [center, database, vault] = [openTinyCenter(), openDatabase(':memory:'), openVault(randomBytes(32))];
  const identity = openIdentity(database, vault);
  identity.saveEnrolment(center.enrol(identity.signer.publicKey));
  const roster = openRoster(database, vault);
  roster.apply(assignmentOf());
  const [banks, grants] = [openBankStore(database, vault), openGrants(database, () => identity.enrolment)];
  const told = new Map<string, Parameters<typeof assignmentOf>[0]>();
  const client = {
    grants: vi.fn(async () => given(center)),
    assignment: vi.fn<CenterClient['assignment']>(async (grant) => {
      const changes = told.get(grant?.id ?? '');
      if (!changes) throw new Refusal('grant-missing', grant?.id);
      return assignmentOf({ tenant: { id: grant?.tenantId, name: '乙' }, ...changes });
    }),
    bank: vi.fn<CenterClient['bank']>(async () => BANK),
    picture: vi.fn<CenterClient['picture']>(async () => PICTURE),
  } as unknown as CenterClient;
  let busy = false;
  const rounds = openGuestRounds({
    ...{ client, grants, roster, banks, clock: manualClock(), log: pino({ level: 'silent' }) },
    engine: async () => undefined,
    busy: () => busy,
    arrivals: { waiting: () => [] },
    atCheckIn: () => undefined,
  });
  return { center, client, roster, banks, grants, rounds, told, sitDown: () => (busy = true) };
}

describe('a round for firms that use the station by a grant', () => {
  it('leaves the station as it was where the center knows of no grants', async () => {
    const { rounds, roster, client } = open(() => undefined);
    await rounds.bringDown();
    expect([rounds.isAwaited(), roster.guests(), vi.mocked(client.assignment).mock.calls]).toEqual([false, [], []]);
  });

  it('brings each firm’s roster and items, asked for under its grant', async () => {
    const { rounds, roster, banks, client, told } = open((center) => [center.grant()]);
    told.set('gr_1', { candidates: [WANG] });
    await rounds.bringDown();
    expect(roster.of(GUEST).findByNumber(WANG.number)).toMatchObject({ name: WANG.name });
    expect(banks.has(BANK.id)).toBe(true);
    expect(client.bank).toHaveBeenCalledExactlyOnceWith(BANK.id, 'gr_1');
    expect(rounds.isAwaited()).toBe(false);
  });

  it('is due at once when a grant begins of which nothing is here, and asks only for those that run', async () => {
    const { center, rounds, grants, client } = open((one) => [
      one.grant({ id: 'gr_later', from: '2026-03-04T05:30:00.000Z' }),
    ]);
    await rounds.bringDown();
    expect(client.assignment).not.toHaveBeenCalled();
    expect(rounds.isAwaited()).toBe(false);
    grants.replace([center.grant()]);
    expect(rounds.isAwaited()).toBe(true);
  });

  it('joins what several grants of one firm cover', async () => {
    const { rounds, roster, told } = open((center) => [
      center.grant({ exams: [EXAM.id] }),
      center.grant({ id: 'gr_2', exams: [MOCK.id] }),
    ]);
    const practising = { ...LI, examId: ExamId.parse(MOCK.id) };
    told.set('gr_1', { exams: [EXAM], candidates: [WANG], issuedAt: '2026-03-04T05:06:09.000Z' });
    told.set('gr_2', { exams: [MOCK], candidates: [practising], issuedAt: '2026-03-04T05:06:08.000Z' });
    await rounds.bringDown();
    const guest = roster.of(GUEST);
    expect(guest.assignment?.exams.map(({ id }) => id)).toEqual([EXAM.id, MOCK.id]);
    expect([WANG, LI].map(({ number }) => guest.findByNumber(number)?.id)).toEqual([WANG.id, LI.id]);
    expect(guest.assignment?.issuedAt).toBe('2026-03-04T05:06:08.000Z');
  });

  it('of one firm that fails keeps the others from nothing, and one that has just ended is no trouble', async () => {
    const { rounds, roster, told, client } = open((center) => [
      center.grant(),
      center.grant({ id: 'gr_2', tenantId: THIRD }),
    ]);
    told.set('gr_2', {});
    await rounds.bringDown();
    expect(roster.guests()).toEqual([THIRD]);
    vi.mocked(client.assignment).mockImplementation(async (grant) => {
      if (grant?.tenantId === THIRD) throw new Refusal('signature-invalid');
      return assignmentOf({ tenant: { id: GUEST, name: '乙' } });
    });
    await expect(rounds.bringDown()).rejects.toMatchObject({ reason: 'signature-invalid' });
    expect(new Set(roster.guests())).toEqual(new Set([GUEST, THIRD]));
  });

  it('brings no items while somebody sits here, but who may sit at once', async () => {
    const { rounds, roster, banks, told, sitDown } = open((center) => [center.grant()]);
    told.set('gr_1', { candidates: [WANG] });
    sitDown();
    await rounds.bringDown();
    expect([roster.guests(), banks.has(BANK.id)]).toEqual([[GUEST], false]);
  });
});
