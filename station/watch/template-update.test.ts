import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TemplateRule } from '../../contract/words/exam.ts';
import { CandidateId } from '../../contract/words/ids.ts';
import { readBatch } from '../../proof/proof.fixture.ts';
import { keyOf } from '../run/terminal.fixture.ts';
import { EMBEDDER, WANG } from '../station.fixture.ts';
import { FILM, type Lit, openLit, PERSON } from './lit.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const RULE: TemplateRule = { most: 2, days: 30 };
const DAY_MS = 86_400_000;
/** A face that is so alike to Wang's photo: another side of it for each axis. */
function alike(cosine: number, axis = 3): Float32Array {
  const face = new Float32Array(256);
  face[0] = cosine;
  face[axis] = Math.sqrt(1 - cosine ** 2);
  return face;
}
const WITH_BEARD = alike(0.8);
/** Of whom the photo alone says neither one nor the other: 0.56 to it, 0.94 to the beard. */
const LATER = alike(0.56);

function open(lit: Lit = PERSON, templateUpdate: TemplateRule | 'off' = RULE) {
  const { bench, comes, told, capture } = openLit(lit, { templateUpdate });
  const sit = async (face: Float32Array): Promise<void> => {
    comes(face);
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    await bench.settled();
    await bench.act({ kind: 'unlock' });
    await bench.reaches('in-progress');
    for (const { itemId } of (await bench.call('form', {})).items)
      await bench.call('answer', { itemId, chosen: [...keyOf(itemId)], revision: 1 });
    await bench.call('hand-in', {});
    await bench.reaches('result');
  };
  const leave = async (): Promise<void> => {
    await bench.call('leave', {});
    await bench.reaches('idle');
  };
  const faces = () =>
    bench.station.roster
      .addedTemplates(CandidateId.parse(WANG.id), EMBEDDER, RULE, bench.station.clock.wall())
      .map(({ vector }) => vector);
  const lines = () =>
    bench.station.ledger
      .stretch(1, bench.station.ledger.head().sequence)
      .lines.flatMap(({ event }) => (event.type === 'template-added' ? [event] : []));
  return { bench, comes, told, capture, sit, leave, faces, lines };
}

describe('a sitting without any doubt', () => {
  it('leaves the face of its check-in, which the ledger knows of, and nothing before its record', async () => {
    const { bench, sit, leave, faces, lines } = open();
    const before: number[] = [];
    bench.station.seat.onChange(() => {
      if (bench.station.seat.current?.stage === 'in-progress') before.push(faces().length);
    });
    await sit(WITH_BEARD);
    expect(faces()).toEqual([WITH_BEARD]);
    expect(Math.max(...before)).toBe(0);
    expect(lines()).toMatchObject([{ model: EMBEDDER, similarity: expect.closeTo(0.8, 4) }]);
    await leave();
    expect(bench.station.ledger.firstBroken()).toBeUndefined();
  });

  it('lets that face decide from then on where the photo leaves it open, and a proctor is told, ledger and record', async () => {
    const { bench, told, capture, sit, leave, faces } = open();
    await sit(WITH_BEARD);
    await leave();
    await sit(LATER);
    const { byAdded, ...captured } =
      bench.station.ledger
        .ofSitting(bench.sitting.id)
        .flatMap(({ event }) => (event.type === 'captured' ? [event.capture] : []))[0] ?? {};
    expect(captured).toMatchObject({ outcome: 'match', similarity: expect.closeTo(0.945, 2) });
    expect(byAdded?.enrolled).toBeCloseTo(0.56, 4);
    expect(capture()?.outcome).toBe('match');
    expect(told()).toEqual(['template-added-only']);
    // Whom only an added face knows leaves none: faces are not added one to the other.
    expect(faces()).toEqual([WITH_BEARD]);
    const { enrolment, signer } = bench.station.identity;
    if (!enrolment) throw new Error('not enrolled');
    await bench.station.outbox.seal(enrolment.stationId, signer);
    const records = bench.station.outbox.waiting().flatMap((batch) => readBatch(batch).records);
    expect(records.map(({ incidents }) => incidents.map(({ reason }) => reason))).toEqual([
      [],
      ['template-added-only'],
    ]);
  });

  it('leaves a face for its days, and lets nobody in by it afterwards', async () => {
    const { bench, comes, sit, leave, faces } = open();
    await sit(WITH_BEARD);
    await leave();
    vi.setSystemTime(Date.now() + 31 * DAY_MS);
    expect(faces()).toEqual([]);
    comes(LATER);
    await bench.checkIn();
    await bench.reaches('refused');
  });

  it('leaves none where power goes before its record is written', async () => {
    const { bench, comes, faces } = open();
    comes(WITH_BEARD);
    await bench.begin();
    await bench.restart();
    await bench.reaches('in-progress');
    await bench.call('hand-in', {});
    await bench.reaches('result');
    expect(faces()).toEqual([]);
  });
});

describe('no face is left', () => {
  it('by whom a proctor let in, and whoever comes next is compared with the photo alone', async () => {
    const { bench, comes, faces, lines } = open();
    comes(alike(0.3));
    await bench.checkIn();
    await bench.reaches('refused');
    await bench.settled();
    await bench.act({ kind: 'override', note: '证件与本人一致', compared: ['photo', 'name'] });
    await bench.reaches('awaiting-unlock');
    await bench.act({ kind: 'unlock' });
    await bench.reaches('in-progress');
    await bench.call('hand-in', {});
    await bench.reaches('result');
    expect([faces(), lines()]).toEqual([[], []]);
  });

  it('by whom the photo only accepts', async () => {
    const { sit, faces, lines } = open();
    await sit(alike(0.7));
    expect([faces(), lines()]).toEqual([[], []]);
  });

  it('by a film, which does not answer the light', async () => {
    const { sit, told, faces } = open(FILM);
    await sit(WITH_BEARD);
    expect([told(), faces()]).toEqual([['light-unanswered'], []]);
  });

  it('where the exam does not want any', async () => {
    const { sit, faces } = open(PERSON, 'off');
    await sit(WITH_BEARD);
    expect(faces()).toEqual([]);
  });
});

it('whoever is asked to agree is told how long a face may stay', async () => {
  const { bench } = open();
  bench.station.terminal.cardRead(WANG.number);
  expect((await bench.reaches('consenting')).templateDays).toBe(30);
  await bench.call('leave', {});
  await bench.reaches('idle');
  // Of whoever typed a number none stays.
  await bench.call('identify.typed', { number: WANG.number });
  expect(await bench.reaches('consenting')).not.toHaveProperty('templateDays');
  const other = open(PERSON, 'off');
  other.bench.station.terminal.cardRead(WANG.number);
  expect(await other.bench.reaches('consenting')).not.toHaveProperty('templateDays');
});
