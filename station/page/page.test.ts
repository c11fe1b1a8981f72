import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BANK } from '../../authoring/bank.fixture.ts';
import { FRAME_HEADER_BYTES, writeFrameHeader } from '../../contract/page/frame.ts';
import { transportPair } from '../../contract/page/rpc/rpc.fixture.ts';
import type { Transport } from '../../contract/page/rpc/transport.ts';
import { methods } from '../../contract/page/station-api.ts';
import type { OptionId } from '../../contract/words/ids.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { uncaughtDuring } from '../../tests/kit/uncaught.ts';
import { openBench, WANGS_FACE } from '../run/terminal.fixture.ts';
import { PIN, PIN_HASH, WANG, WANGS_PHOTO } from '../station.fixture.ts';

/** Any UTF-16 at all, half characters too. */
const anyText = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units));

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

type Bench = ReturnType<typeof openBench>;
const textOf = (said: readonly (string | Uint8Array)[]): string => said.map((one) => String(one)).join('\n');

/** A line whose page goes on talking when it is closed. */
function pageThatTalksOn() {
  const heard: ((message: string | Uint8Array) => void)[] = [];
  const closes: (() => void)[] = [];
  const transport: Transport = {
    send: () => undefined,
    onMessage: (listener) => void heard.push(listener),
    onClose: (listener) => void closes.push(listener),
    close: () => undefined,
  };
  return {
    transport,
    say(message: string | Uint8Array) {
      for (const listener of heard) listener(message);
    },
    close() {
      for (const listener of closes) listener();
    },
  };
}

function frameFor(ticket: number, shade: number): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + 16 * 16 * 4).fill(shade);
  writeFrameHeader(bytes, { ticket, width: 16, height: 16, sequence: ticket, capturedAt: performance.now() });
  return bytes;
}

describe('the page', () => {
  it('is shown what is as soon as it connects', async () => {
    const bench = openBench();
    await bench.pass(10);
    expect(bench.screen.view).toMatchObject({
      station: { name: '考站', tenant: '试验企业' },
      devices: { camera: { state: 'ready' }, center: { state: 'ready' } },
      waitingRecords: 0,
      refusedRecords: 0,
      incidents: [],
      current: { stage: 'idle' },
    });
  });

  it('is one: a second is not let in, and is told nothing', async () => {
    const bench = openBench();
    const second = transportPair();
    expect(bench.station.terminal.attach(second.station)).toBe(false);
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('consenting');
    expect(second.said).toEqual([]);
  });

  it('that closed makes room for the next, which is shown the same', async () => {
    const bench = openBench();
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('consenting');
    bench.closePage();
    await bench.pass(10);
    expect(bench.openPage().accepted).toBe(true);
    expect((await bench.reaches('consenting')).who.name).toBe(WANG.name);
  });

  it.each([
    ['is the one whose line is open', 'open', 'awaiting-unlock'],
    ['is not one whose line was closed, though it guesses every ticket', 'closed', 'refused'],
  ] as const)('whose frames are taken %s', async (_, line, stage) => {
    const bench = openBench();
    await bench.pass(10);
    bench.closePage();
    await bench.pass(10);
    const page = pageThatTalksOn();
    expect(bench.station.terminal.attach(page.transport)).toBe(true);
    if (line === 'closed') {
      page.close();
      bench.openPage('dark');
    } else page.say(JSON.stringify({ id: 1, method: 'camera.report', params: { state: 'live' } }));
    bench.station.terminal.cardRead(WANG.number);
    await bench.pass(50);
    bench.station.seat.execute({ kind: 'consent', given: true, locale: 'zh' });
    for (let turn = 0; turn < 300 && bench.sitting.stage === 'capturing'; turn++) {
      for (let ticket = 1; ticket < 100; ticket++) page.say(frameFor(ticket, turn));
      await bench.pass(50);
    }
    expect(bench.sitting.stage).toBe(stage);
  });

  it('hears of a camera it lost itself', async () => {
    const bench = openBench();
    await bench.pass(10);
    for (const [state, reason] of [
      ['missing', 'camera-missing'],
      ['denied', 'camera-denied'],
      ['busy', 'camera-busy'],
      ['lost', 'camera-lost'],
    ] as const) {
      await bench.call('camera.report', { state, label: 'USB' });
      expect(bench.screen.view?.devices.camera).toEqual({ state: 'failed', reason, label: 'USB' });
    }
  });
});

describe('what the page is told', () => {
  it('never holds a key, a template, a PIN, its hash or a whole number', async () => {
    const bench = openBench();
    const form = await bench.begin();
    for (const { itemId, options } of form.items) {
      await bench.call('answer', { itemId, chosen: [options[0]?.id as OptionId], revision: 1 });
    }
    await refusalOf(bench.act({ kind: 'resume' }, '000000'));
    await bench.act({ kind: 'pause' });
    await bench.act({ kind: 'resume' });
    await bench.pass(60_000);
    await bench.call('form', {});
    await bench.call('hand-in', {});
    await bench.reaches('result');
    const text = textOf(bench.said);
    expect(text).toContain(form.items[0]?.itemId);
    expect(text).not.toMatch(/"(key|topic|embedding|template|pin|pinHash|photo|seed)"/);
    const keys = BANK.items.filter(({ kind }) => kind === 'multiple').map(({ key }) => JSON.stringify(key));
    const template = Buffer.from(WANGS_FACE.buffer);
    const secrets = [...keys, PIN, PIN_HASH, WANG.number, WANGS_PHOTO, template.toString('base64').slice(0, 24)];
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toContain(JSON.stringify([...WANGS_FACE.slice(0, 8)]).slice(1, -1));
  });

  it('and what is logged never hold a PIN, whatever went wrong', async () => {
    const bench = openBench();
    await bench.begin();
    await refusalOf(bench.act({ kind: 'unlock' }));
    await refusalOf(bench.act({ kind: 'pause' }, '99887766'));
    await refusalOf(bench.call('proctor.open', { pin: 99887766 } as never));
    expect(bench.logged.length).toBeGreaterThan(0);
    expect(bench.logged.join('')).not.toMatch(new RegExp(`${PIN}|99887766`));
  });
});

const names = Object.keys(methods);
const id = fc.oneof(fc.nat(), fc.integer(), fc.string(), fc.constant(null));
/** Calls with the right names and any parameters. Those that ask for nothing are left out: any object asks for nothing. */
const asking = names.filter((name) => !methods[name as keyof typeof methods].params.safeParse({}).success);
const nearlyRight = fc
  .record({ id, method: fc.constantFrom(...asking), params: fc.jsonValue() })
  .map((message) => JSON.stringify(message));
const unheardOf = fc
  .record({
    id,
    method: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'Form', 'answer ')),
    params: fc.jsonValue(),
  })
  .filter(({ method }) => !names.includes(method))
  .map((message) => JSON.stringify(message));
const bytes = fc.tuple(fc.uint8Array({ maxLength: 3_000 }), fc.boolean()).map(([random, magic]) => {
  if (magic && random.length >= FRAME_HEADER_BYTES) random.set([0x45, 0x53, 0x46, 0x31]);
  return random;
});
const nonsense = fc.oneof(anyText, fc.json(), nearlyRight, unheardOf, bytes);

/** Everything about a station that nonsense must leave as it is. */
const stateOf = (bench: Bench) => ({
  head: bench.station.ledger.head(),
  sitting: bench.station.seat.current,
  stage: bench.stage.stage,
  devices: JSON.stringify(bench.station.devices),
});

async function withstands(bench: Bench): Promise<void> {
  const before = stateOf(bench);
  const uncaught = await uncaughtDuring(() =>
    fc.assert(
      fc.asyncProperty(fc.array(nonsense, { minLength: 1, maxLength: 8 }), async (messages) => {
        for (const message of messages) bench.screen.line.send(message);
        await new Promise(setImmediate);
        expect(stateOf(bench)).toEqual(before);
      }),
      { numRuns: 150 },
    ),
  );
  expect(uncaught).toEqual([]);
  bench.station.shown.tell();
  await bench.pass(1);
  expect(bench.screen.view?.current.stage).toBe(before.stage);
}

describe('nonsense from the page changes nothing and never throws', () => {
  it('while nobody is there', async () => {
    const bench = openBench();
    await bench.pass(10);
    await withstands(bench);
  });

  it('while somebody is asked for consent', async () => {
    const bench = openBench();
    bench.station.terminal.cardRead(WANG.number);
    await bench.reaches('consenting');
    await withstands(bench);
  });

  it('while an exam is in progress', async () => {
    const bench = openBench();
    await bench.begin();
    await withstands(bench);
  });

  it('and frames that nobody asked for are not looked at', async () => {
    const bench = openBench();
    await bench.begin();
    const { head } = stateOf(bench);
    for (let n = 0; n < 100; n++) bench.screen.line.send(new Uint8Array(FRAME_HEADER_BYTES + 16 * 16 * 4));
    await bench.pass(100);
    expect(bench.station.ledger.head()).toEqual(head);
    expect(bench.logged.filter((line) => line.includes('frame-malformed'))).toHaveLength(100);
  });
});

describe('a message out of season', () => {
  it.each([
    ['consent', { given: true, locale: 'zh' }],
    ['begin', {}],
    ['form', {}],
    ['answer', { itemId: 'it_1', chosen: [], revision: 1 }],
    ['flag', { itemId: 'it_1', flagged: true }],
    ['hand-in', {}],
    ['leave', {}],
    ['enrol.consent', { given: true, locale: 'zh' }],
  ] as const)('%s to an empty seat is refused', async (method, params) => {
    const bench = openBench();
    expect(await refusalOf(bench.call(method, params as never))).toBe('not-allowed-now');
  });

  it.each([
    ['consent', { given: true, locale: 'zh' }],
    ['begin', {}],
    ['leave', {}],
    ['identify.typed', { number: WANG.number }],
    ['enrol.begin', {}],
  ] as const)('%s during an exam is refused', async (method, params) => {
    const bench = openBench();
    await bench.begin();
    const before = stateOf(bench);
    expect(await refusalOf(bench.call(method, params as never))).toBe('not-allowed-now');
    expect(stateOf(bench)).toEqual(before);
  });
});
