import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SeatLabel } from '../../contract/words/seat-label.ts';
import { readBatch } from '../../proof/proof.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { openBench } from '../run/terminal.fixture.ts';
import { assignmentOf, cardOf, LI, WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const FALSE_CARD = cardOf(WANG, {
  names: [{ text: '王冒名', room: 15 }],
  validFrom: '2005-01-01',
  validTo: '2015-01-01',
});
const DOUBTS = ['card-name-differs', 'card-expired'];

type Bench = ReturnType<typeof openBench>;
const lay = async (bench: Bench, card = FALSE_CARD) => {
  await bench.pass(50);
  bench.station.terminal.cardRead(WANG.number, card);
  await bench.pass(50);
};
const linesOf = ({ station: { ledger } }: Bench) =>
  ledger
    .stretch(1, ledger.head().sequence)
    .lines.filter(({ sitting }) => sitting === null)
    .map(({ event }) => event);

describe('a card that says what the roster does not', () => {
  it('turns its holder away, with every doubt on the screen and in the ledger', async () => {
    const bench = openBench();
    await lay(bench);
    expect(bench.station.seat.current).toBeUndefined();
    expect(bench.stage).toMatchObject({ turnedAway: { ticket: 1, why: { kind: 'card' }, doubts: DOUBTS } });
    const line = { type: 'turned-away', candidateId: WANG.id, identifiedBy: 'card', document: 'resident' };
    expect(linesOf(bench)).toMatchObject([{ ...line, reasons: DOUBTS }]);
    expect(JSON.stringify(linesOf(bench))).not.toMatch(/王|\d{17}/);
  });

  it('is not gone round by typing its number', async () => {
    const bench = openBench();
    await lay(bench);
    await bench.call('leave', {});
    expect(await refusalOf(bench.call('identify.typed', { number: WANG.number }))).toBe('card-name-differs');
    expect(bench.station.seat.current).toBeUndefined();
  });

  it('is not gone round by another card that is laid in between, also of somebody who sits', async () => {
    const candidates = [WANG, { ...LI, examId: WANG.examId }];
    const bench = openBench({ assignment: assignmentOf({ candidates }) });
    await lay(bench);
    await bench.pass(50);
    bench.station.terminal.cardRead(LI.number, cardOf(LI));
    await bench.reaches('consenting');
    await bench.call('consent', { given: false, locale: 'zh' });
    await bench.reaches('refused');
    await bench.call('leave', {});
    await bench.reaches('idle');
    expect(await refusalOf(bench.call('identify.typed', { number: WANG.number }))).toBe('card-name-differs');
    await lay(bench, cardOf(WANG));
    await bench.reaches('consenting');
  });

  it('lets its holder sit once a proctor has compared it, and the record says so', async () => {
    const bench = openBench();
    await lay(bench);
    const here = { kind: 'seat-here', ticket: 1, note: '已核对临时身份证' } as const;
    expect(await refusalOf(bench.act(here))).toBe('not-allowed-now');
    const dossier = await bench.call('proctor.dossier', { desk: await bench.openDesk() });
    expect(dossier.person?.chip).toMatchObject({ name: '王冒名', validTo: '2015-01-01', doubts: DOUBTS });
    await bench.act({ ...here, compared: ['photo', 'number'] });
    await bench.reaches('consenting');
    await bench.call('consent', { given: true, locale: 'zh' });
    await bench.reaches('awaiting-unlock');
    await bench.settled();
    await bench.act({ kind: 'unlock' });
    await bench.reaches('in-progress');
    await bench.act({ kind: 'hand-in', note: '考生要求交卷' });
    await bench.reaches('result');
    const { outbox, identity } = bench.station;
    await outbox.seal(identity.enrolment?.stationId as never, identity.signer);
    const [record] = outbox.waiting().flatMap((batch) => readBatch(batch).records);
    expect(record).toMatchObject({
      ...{ format: 'exam-station/record@9', identifiedBy: 'card', document: 'resident' },
      incidents: DOUBTS.map((reason) => ({ reason, paused: false })),
    });
    const word = { by: 'pr_zhao', note: '已核对临时身份证' };
    expect(record?.decisions.slice(0, 3)).toMatchObject([
      { action: 'seated', ...word, compared: ['photo', 'number'] },
      ...(record?.incidents ?? []).map(({ id }) => ({
        action: 'reviewed',
        ...word,
        incidentId: id,
        verdict: 'dismissed',
      })),
    ]);
  });

  it('is still in doubt where its holder was turned away for another seat', async () => {
    const seat = (label: string) => SeatLabel.parse(label);
    const assignment = assignmentOf({ candidates: [{ ...WANG, seat: '2-3' }] });
    const bench = openBench({ assignment, place: seat('2-4') });
    await lay(bench);
    expect(bench.stage).toMatchObject({ turnedAway: { why: { kind: 'other-seat' }, doubts: DOUBTS } });
    const here = { kind: 'seat-here', ticket: 1, note: '那台考站坏了' } as const;
    expect(await refusalOf(bench.act(here))).toBe('not-allowed-now');
    await bench.act({ ...here, compared: ['photo', 'name'] });
    await bench.reaches('consenting');
    expect(bench.sitting.incidents.map(({ reason }) => reason)).toEqual(DOUBTS);
  });

  it('is forgotten as a reason by a card that agrees', async () => {
    const bench = openBench();
    await lay(bench);
    await lay(bench, cardOf(WANG));
    await bench.reaches('consenting');
    expect(bench.sitting.incidents).toEqual([]);
    expect(bench.sitting.document).toBe('resident');
  });

  it('comes through a restart as it was', async () => {
    const bench = openBench();
    await lay(bench);
    await bench.act({ kind: 'seat-here', ticket: 1, note: '已核对', compared: ['photo', 'name'] });
    await bench.reaches('consenting');
    const { incidents, decisions, verdicts } = bench.sitting;
    await bench.restart();
    expect(bench.sitting).toMatchObject({ incidents, decisions, verdicts });
    expect([...verdicts.values()]).toEqual(['dismissed', 'dismissed']);
  });
});
