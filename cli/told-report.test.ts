import { expect, test } from 'vitest';
import { CommandId, StationId } from '../contract/words/ids.ts';
import type { CommandOutcome } from '../contract/words/proctoring.ts';
import { toldReport } from './told-report.ts';

const answer = (name: string, outcome: CommandOutcome | null) => ({
  ...{ id: CommandId.parse(`cm_${name}`), stationId: StationId.parse(`st_${name}`), station: name, outcome },
});

test.each<[string, readonly (CommandOutcome | null)[], number]>([
  ['all obeyed', ['done', 'done'], 0],
  ['nobody to obey at one of them', ['done', 'nobody-here'], 0],
  ['one refused', ['done', 'grant-missing'], 3],
  ['one has not answered', [null, 'done'], 3],
  ['none obeyed', ['grant-missing', null], 1],
  ['nobody anywhere', ['nobody-here', 'nobody-here'], 1],
  ['no station', [], 1],
])('where %s, the end says so', (_, outcomes, exit) => {
  const { json, ...said } = toldReport(
    outcomes.map((outcome, n) => answer(`s${n}`, outcome)),
    120,
  );
  expect([said.exit, (json as { ok: boolean }).ok]).toEqual([exit, exit === 0]);
});

test('which station obeyed and which did not is said of each, and once more together', () => {
  const { text, json } = toldReport(
    [answer('north', 'done'), answer('south', 'grant-missing'), answer('east', null)],
    60,
  );
  expect(text.slice(3)).toEqual(['obeyed by 1 of the stations: north', 'NOT obeyed by 2 of the stations: south, east']);
  expect(text[2]).toContain('no answer yet; it may still be obeyed within 60 s');
  expect(json).toMatchObject({ ok: false, reason: 'in-part', done: 1, of: 3 });
});
