import { describe, expect, it } from 'vitest';
import { BANK, EXAM } from '../../authoring/bank.fixture.ts';
import { answerKey, questionKey } from '../../authoring/import/index.ts';
import { type BankHeld, elsewhereIn } from './elsewhere.ts';

const [first] = BANK.items as [(typeof BANK.items)[number]];
const asked = { question: questionKey(first), answer: answerKey(first) };
const exams = [{ examId: EXAM.id, title: EXAM.title }];
const SMALL = JSON.stringify(BANK);
/** The same, and far more than is read at once. */
const LARGE = `${SMALL}${' '.repeat(1_000_000)}`;

async function* each(...all: readonly string[]): AsyncIterable<BankHeld> {
  for (const bank of all) yield { bank, exams };
}

describe('a question that other banks ask too', () => {
  it('is found in each of them, however large they are', async () => {
    const found = await elsewhereIn(each(SMALL, LARGE, LARGE), asked);
    expect(found).toEqual([1, 2, 3].map(() => ({ ...exams[0], sameKey: true })));
  });

  it('is told of with another key, and not found where nobody asks it', async () => {
    const told = await elsewhereIn(each(SMALL, LARGE), { ...asked, answer: 'x' });
    expect(told.map(({ sameKey }) => sameKey)).toEqual([false, false]);
    expect(await elsewhereIn(each(SMALL, LARGE), { ...asked, question: '没有' })).toEqual([]);
  });

  it('is no question where a bank cannot be read', async () => {
    await expect(elsewhereIn(each(`{${' '.repeat(1_000_000)}`), asked)).rejects.toThrow('JSON');
  });

  it('leaves the program free meanwhile', async () => {
    const bank = JSON.stringify({ ...BANK, items: Array.from({ length: 3_000 }, () => BANK.items).flat() });
    const before = performance.eventLoopUtilization();
    await elsewhereIn(each(bank), asked);
    // Read here, it would be all of the time.
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
  });
});
