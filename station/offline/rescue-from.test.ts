import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SittingId, StationId } from '../../contract/words/ids.ts';
import { openTinyCenter } from '../../proof/proof.fixture.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { lockFolder, openDatabase } from '../core/database/index.ts';
import { openLedger } from '../core/ledger/index.ts';
import { openCurrentSitting, SittingEvent } from '../core/sitting/index.ts';
import { answer, drawn, option, WAYS, WHO } from '../core/sitting/sitting.fixture.ts';
import { keyFromFile, openVault } from '../core/vault/index.ts';
import { openIdentity } from '../keep/identity/index.ts';
import { openArrivals, rescueName } from '../keep/moves/index.ts';
import { openRoster } from '../keep/roster/index.ts';
import { assignmentOf, manualClock, PIN } from '../station.fixture.ts';
import { rescueFrom } from './rescue-from.ts';

const [BROKEN, SPARE, THIRD] = ['st_broken', 'st_spare', 'st_third'].map((id) => StationId.parse(id)) as [
  StationId,
  StationId,
  StationId,
];

/** A station that went down with somebody in the middle of an exam, and two that could take them. */
function breakDown({ over = false } = {}) {
  const center = openTinyCenter();
  const clock = manualClock();
  const others = [SPARE, THIRD].map((id) => {
    const database = openDatabase(':memory:');
    const vault = openVault(randomBytes(32));
    const identity = openIdentity(database, vault);
    identity.saveEnrolment(center.enrol(identity.signer.publicKey, id));
    return { id, identity, arrivals: openArrivals(database, vault, identity, clock) };
  });
  const stations = others.map(({ id, identity }) => ({ id, name: id, publicKey: identity.signer.publicKey }));
  const data = temporaryFolder();
  const database = openDatabase(join(data, 'station.db'));
  const vault = openVault(keyFromFile(join(data, 'vault.key')));
  const identity = openIdentity(database, vault);
  identity.saveEnrolment(center.enrol(identity.signer.publicKey, BROKEN));
  openRoster(database, vault).apply(assignmentOf({ stations }));
  const seat = openCurrentSitting(openLedger(database, clock, SittingEvent.parse), clock);
  seat.open(WHO);
  for (const command of WAYS['in-progress']) seat.execute(command);
  seat.execute(answer(drawn(0).itemId, [option(0, 0)], 1));
  if (over) seat.execute({ kind: 'submit', cause: 'handed-in' });
  const sitting = seat.current?.id as SittingId;
  database.close();
  const [spare, third] = others as [(typeof others)[0], (typeof others)[0]];
  return { data, sitting, spare, third };
}
const ORDER = { to: SPARE, pin: PIN, note: '主板坏了' };

describe('a station that does not start any more', () => {
  it('gives up the exam of whoever sat there, to the one station that was named', async () => {
    const { data, sitting, spare, third } = breakDown();
    const rescued = await rescueFrom(data, ORDER);
    expect(rescued).toMatchObject({ sitting, answers: 1 });
    expect(existsSync(join(data, 'rescue', rescueName(sitting, SPARE)))).toBe(true);
    const { continues } = spare.arrivals.take(rescued.file);
    expect(continues).toMatchObject({ from: BROKEN, sitting, answers: [{ itemId: drawn(0).itemId }] });
    expect(continues.decisions.at(-1)).toMatchObject({ action: 'moved', by: 'pr_zhao', note: '主板坏了' });
    expect(await refusalOf(Promise.resolve().then(() => third.arrivals.take(rescued.file)))).toBe('rescue-foreign');
  });

  it('gives it up again, to another, when a proctor names the sitting: both are in its ledger', async () => {
    const { data, sitting, third } = breakDown();
    await rescueFrom(data, ORDER);
    expect(await refusalOf(rescueFrom(data, { ...ORDER, to: THIRD }))).toBe('not-allowed-now');
    const again = await rescueFrom(data, { ...ORDER, to: THIRD, sitting });
    expect(third.arrivals.take(again.file).continues.answers).toHaveLength(1);
    // The same order again is the same file, and nothing more in the ledger.
    expect((await rescueFrom(data, { ...ORDER, to: THIRD, sitting })).file).toEqual(again.file);
    const database = openDatabase(join(data, 'station.db'));
    const story = openLedger(database, manualClock(), SittingEvent.parse).ofSitting(sitting);
    database.close();
    expect(story.flatMap(({ event }) => (event.type === 'moved' ? [event.to] : []))).toEqual([SPARE, THIRD]);
  });

  it('takes the right PIN also after wrong ones, once their delay is over', async () => {
    const { data } = breakDown();
    for (let n = 0; n < 3; n++)
      expect(await refusalOf(rescueFrom(data, { ...ORDER, pin: '000000' }))).toBe('pin-wrong');
    expect(await refusalOf(rescueFrom(data, ORDER))).toBe('ok');
  });

  it.each<[string, Partial<typeof ORDER & { sitting: SittingId }>, string]>([
    ['a wrong PIN', { pin: '000000' }, 'pin-wrong'],
    ['a station that nobody named', { to: StationId.parse('st_none') }, 'station-unknown'],
    ['a sitting that is none', { sitting: SittingId.parse('si_none') }, 'not-allowed-now'],
  ])('gives nothing up for %s', async (_, changes, expected) => {
    expect(await refusalOf(rescueFrom(breakDown().data, { ...ORDER, ...changes }))).toBe(expected);
  });

  it('gives nothing up that was handed in, that runs, or that is not there', async () => {
    expect(await refusalOf(rescueFrom(breakDown({ over: true }).data, ORDER))).toBe('not-allowed-now');
    const { data } = breakDown();
    const lock = lockFolder(data);
    expect(await refusalOf(rescueFrom(data, ORDER))).toBe('station-running');
    lock[Symbol.dispose]();
    expect(await refusalOf(rescueFrom(temporaryFolder(), ORDER))).toBe('data-missing');
  });
});
