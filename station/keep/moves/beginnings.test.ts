import { expect, it } from 'vitest';
import { CandidateId, ExamId, SittingId } from '../../../contract/words/ids.ts';
import { openDatabase } from '../../core/database/index.ts';
import { openBeginnings } from './index.ts';

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
