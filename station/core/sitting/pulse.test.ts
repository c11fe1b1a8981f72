import { expect, it } from 'vitest';
import { manualClock } from '../../station.fixture.ts';
import { openDatabase } from '../database/index.ts';
import { openLedger } from '../ledger/index.ts';
import { openCurrentSitting, openPulse, SittingEvent } from './index.ts';
import { DURATION_MS, SAMPLES, WAYS, WHO } from './sitting.fixture.ts';

/** An exam that runs, on a station that can lose its power. */
function running() {
  const clock = manualClock();
  const database = openDatabase(':memory:');
  const ledger = openLedger(database, clock, SittingEvent.parse);
  const open = () => openCurrentSitting(ledger, clock, { pulse: openPulse(database) });
  const seat = open();
  seat.open(WHO);
  for (const command of WAYS['in-progress']) seat.execute(command);
  return { clock, seat, open };
}

it('a power cut gives back what came after the last sign of life, and nothing before it', () => {
  const { clock, seat, open } = running();
  clock.advance(300_000);
  seat.beat();
  clock.advance(4_000);
  clock.reboot();
  const after = open();
  expect(after.remainingMs()).toBe(DURATION_MS - 300_000);
  expect(after.current?.stage).toBe('paused');
});

it('is counted once, however often the power goes', () => {
  const { clock, seat, open } = running();
  clock.advance(300_000);
  seat.beat();
  for (let n = 0; n < 3; n++) {
    clock.reboot();
    expect(open().remainingMs()).toBe(DURATION_MS - 300_000);
  }
});

it('does not beat while the clock stands', () => {
  const { clock, seat, open } = running();
  seat.execute(SAMPLES.pause);
  clock.advance(300_000);
  seat.beat();
  clock.reboot();
  expect(open().remainingMs()).toBe(DURATION_MS);
});
