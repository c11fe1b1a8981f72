import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { stationRunsOn } from '../core/data-folder/index.ts';
import { lockFolder, openDatabase } from '../core/database/index.ts';
import { openLedger } from '../core/ledger/index.ts';
import { openCurrentSitting, SittingEvent } from '../core/sitting/index.ts';
import { WAYS, WHO } from '../core/sitting/sitting.fixture.ts';
import type { SittingStage } from '../core/sitting/sitting.ts';
import { manualClock } from '../station.fixture.ts';
import { sittingNotOver } from './taken-seat.ts';

const STAGES = Object.keys(WAYS) as SittingStage[];
const OVER: readonly SittingStage[] = ['recorded', 'closed'];

/** The folder of a station at which somebody came so far, and which then lost its power. */
function leftAt(stage: SittingStage) {
  const folder = temporaryFolder();
  const database = openDatabase(join(folder, 'station.db'));
  const clock = manualClock();
  const ledger = openLedger(database, clock, SittingEvent.parse);
  const seat = openCurrentSitting(ledger, clock, { host: 'kiosk' });
  seat.open(WHO);
  const sitting = seat.current?.id;
  for (const command of WAYS[stage]) seat.execute(command);
  return { folder, database, sitting };
}

describe('a sitting that is not over', () => {
  it.each(STAGES)('is found as a station would take it up again: %s', (stage) => {
    const { folder, database, sitting } = leftAt(stage);
    // Beside a station that runs, and after it.
    expect(sittingNotOver(folder)).toBe(OVER.includes(stage) ? undefined : sitting);
    database.close();
    expect(sittingNotOver(folder)).toBe(OVER.includes(stage) ? undefined : sitting);
  });

  it('is found in what another version wrote, and nothing of that is changed', () => {
    const { folder, database, sitting } = leftAt('in-progress');
    const insert = `INSERT INTO ledger SELECT sequence + 1, at, boot, monotonic, sitting, '{"type":"not known here"}', hash
      FROM ledger ORDER BY sequence DESC LIMIT 1`;
    database.exec(insert);
    expect(sittingNotOver(folder)).toBe(sitting);
    database.close();
    const before = readFileSync(join(folder, 'station.db'));
    expect(sittingNotOver(folder)).toBe(sitting);
    expect(readFileSync(join(folder, 'station.db'))).toEqual(before);
  });

  it('is not where nothing is, and not made', () => {
    const folder = join(temporaryFolder(), 'not-there');
    expect([sittingNotOver(folder), stationRunsOn(folder), existsSync(folder)]).toEqual([undefined, false, false]);
  });

  it('cannot be ruled out in a damaged file', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'station.db'), 'no database');
    expect(reasonOf(() => sittingNotOver(folder))).toBe('data-damaged');
  });
});

it('a station that holds its folder is seen', () => {
  const folder = temporaryFolder();
  const lock = lockFolder(folder);
  expect(stationRunsOn(folder)).toBe(true);
  lock[Symbol.dispose]();
  expect(stationRunsOn(folder)).toBe(false);
});
