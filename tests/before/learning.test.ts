import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ProofFile } from '../../contract/records/batches.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { verifyProofFile } from '../../proof/index.ts';
import { lessonsOf, replay, SittingEvent } from '../../station/core/sitting/index.ts';
import facts from './2026-11-26-learning/facts.json' with { type: 'json' };

/** The first course that was studied, with somebody who left and a power cut: what the ledger and the proof file said of it. */
const textOf = (name: string): string => readFileSync(join(import.meta.dirname, '2026-11-26-learning', name), 'utf8');

it('a ledger of a course comes to the same presence', () => {
  const lines = (JSON.parse(textOf('ledger.json')) as { readonly event: unknown }[]).map((line) => ({
    ...(line as Parameters<typeof replay>[0][number]),
    event: SittingEvent.parse(line.event),
  }));
  const sitting = replay(lines);
  if (!sitting) throw new Error('an empty ledger');
  expect([sitting.id, sitting.stage, sitting.result]).toEqual([
    facts.sitting,
    'recorded',
    { marks: facts.marks, passed: false },
  ]);
  const lessons = lessonsOf(sitting).map(({ lesson, creditedMs, farthest, complete }) => ({
    ...{ lessonId: lesson.id, creditedMs, farthest, complete },
  }));
  expect(lessons).toEqual(facts.lessons);
});

it('and its record is proven', async () => {
  const text = textOf('proof.json');
  const { batch } = ProofFile.parse(JSON.parse(text));
  expect(batch.records).toMatchObject([
    {
      ...{ format: 'exam-station/record@8', sittingId: facts.sitting, exam: { mode: 'learning' }, marks: facts.marks },
      learning: {
        complete: false,
        lessons: facts.lessons.map(({ lessonId, creditedMs, complete }) => ({
          ...{ lessonId, seconds: creditedMs / 1000, complete },
        })),
      },
    },
  ]);
  expect(await verifyProofFile(Buffer.from(text), PublicKey.parse(facts.centerKey))).toMatchObject({
    ok: true,
    summary: { records: 1, trust: 'pinned', receipt: 'verified' },
  });
});
