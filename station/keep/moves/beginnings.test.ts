import { expect, it } from 'vitest';
import { CandidateId, ExamId, GrantId, SittingId, TenantId } from '../../../contract/words/ids.ts';
import { openDatabase } from '../../core/database/index.ts';
import { beginningsEraser, openBeginnings } from './index.ts';

const begun = (n: number) => ({
  ...{ sitting: SittingId.parse(`si_${n}`), candidate: CandidateId.parse('cd_li'), exam: ExamId.parse('ex_a') },
});

it('says whether a beginning is a new one', () => {
  const beginnings = openBeginnings(openDatabase(':memory:'));
  expect([1, 1, 2].map((n) => beginnings.begin(begun(n)))).toEqual([true, false, true]);
  expect([beginnings.overBut(begun(2).sitting), beginnings.overBut(begun(2).sitting)]).toEqual([true, false]);
  expect(beginnings.untold().map(({ sitting, state }) => [sitting, state])).toEqual([
    ['si_1', 'over'],
    ['si_2', 'begun'],
  ]);
});

it('erases those of one firm, and those of before it was written down which firm had the grant', () => {
  const database = openDatabase(':memory:');
  const beginnings = openBeginnings(database);
  const under = (guest: string) => ({ grant: GrantId.parse(`gr_${guest}`), guest: TenantId.parse(`tn_${guest}`) });
  beginnings.begin(begun(1));
  beginnings.begin({ ...begun(2), ...under('one') });
  beginnings.begin({ ...begun(3), ...under('other') });
  beginnings.begin({ ...begun(4), ...under('old') });
  // As it was before there was a place for the firm.
  database.exec(
    "ALTER TABLE beginnings DROP COLUMN tenant; DELETE FROM migrations WHERE domain = 'beginnings' AND step = 2",
  );
  openBeginnings(database);
  database.exec("UPDATE beginnings SET tenant = 'tn_one' WHERE sitting = 'si_2'");
  database.exec("UPDATE beginnings SET tenant = 'tn_other' WHERE sitting = 'si_3'");
  beginningsEraser(database)(TenantId.parse('tn_one'));
  expect(beginnings.untold().map(({ sitting }) => sitting)).toEqual(['si_1', 'si_3']);
});
