import { MessageChannel } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Refusal } from '../../words/reasons.ts';
import { connect } from './client.ts';
import { type PortLike, portTransport } from './message-port.ts';
import { transportPair } from './rpc.fixture.ts';
import { serve } from './server.ts';
import type { Transport } from './transport.ts';

/** Any UTF-16 at all, half characters too. */
const anyText = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units));

const methods = {
  add: { params: z.object({ a: z.number(), b: z.number() }), result: z.object({ sum: z.number() }) },
  refuse: { params: z.object({}), result: z.object({}) },
  fail: { params: z.object({ secret: z.string() }), result: z.object({}) },
  lie: { params: z.object({}), result: z.object({ n: z.number() }) },
  never: { params: z.object({}), result: z.object({}) },
} as const;
const pushes = { tick: z.object({ at: z.int() }) } as const;

type Line = { readonly page: Transport; readonly station: Transport };
type Trouble = { reason: string; method?: string; error?: unknown };

const open: Line[] = [];
afterEach(() => {
  for (const { page, station } of open.splice(0)) for (const end of [page, station]) end.close();
});

function channelPair(): Line {
  const { port1, port2 } = new MessageChannel();
  return { page: portTransport(port1 as PortLike), station: portTransport(port2 as PortLike) };
}

function start(makeLine: () => Line) {
  const line = makeLine();
  open.push(line);
  const troubles: Trouble[] = [];
  const bytes: Uint8Array[] = [];
  const server = serve<typeof methods, typeof pushes>(line.station, {
    methods,
    handlers: {
      add: ({ a, b }) => ({ sum: a + b }),
      refuse: () => Promise.reject(new Refusal('pin-wrong', 'PIN 1234 is not right')),
      fail: ({ secret }) => {
        throw new Error(`cannot handle ${secret}`);
      },
      lie: () => ({ n: 'three' }) as never,
      never: () => new Promise(() => undefined),
    },
    onBytes: (message) => void bytes.push(message),
    onTrouble: (trouble) => void troubles.push(trouble),
  });
  return { ...line, server, troubles, bytes, client: connect(line.page, methods, pushes) };
}

/** What the station answers to one raw message. */
async function answerTo(line: ReturnType<typeof start>, message: string): Promise<unknown> {
  const answer = Promise.withResolvers<unknown>();
  line.page.onMessage((text) => answer.resolve(JSON.parse(String(text))));
  line.page.send(message);
  return answer.promise;
}

describe.each([
  ['in memory', transportPair as () => Line],
  ['over a MessageChannel', channelPair],
])('a call %s', (_, makeLine) => {
  it('comes back with its typed result', async () => {
    const { client } = start(makeLine);
    expect(await client.call('add', { a: 2, b: 3 })).toEqual({ sum: 5 });
  });

  it('comes back to whoever made it, however many are under way', async () => {
    const { client } = start(makeLine);
    const sums = await Promise.all([1, 2, 3, 4].map((n) => client.call('add', { a: n, b: 10 })));
    expect(sums.map(({ sum }) => sum)).toEqual([11, 12, 13, 14]);
  });

  it('that is refused says why by reason code and says no more', async () => {
    const line = start(makeLine);
    await expect(line.client.call('refuse', {})).rejects.toMatchObject({ reason: 'pin-wrong', message: 'pin-wrong' });
    expect(line.troubles).toEqual([{ reason: 'pin-wrong', method: 'refuse' }]);
  });

  it('whose handler breaks says internal and leaks neither message nor parameters', async () => {
    const line = start(makeLine);
    const reply = await answerTo(line, JSON.stringify({ id: 4, method: 'fail', params: { secret: 'PIN 1234' } }));
    expect(reply).toEqual({ id: 4, ok: false, reason: 'internal' });
    expect(line.troubles).toMatchObject([{ reason: 'internal', method: 'fail' }]);
  });

  it('with wrong parameters is refused before any handler sees it', async () => {
    const { client } = start(makeLine);
    await expect(client.call('add', { a: 1, b: '2' } as never)).rejects.toMatchObject({ reason: 'bad-message' });
    await expect(client.call('add', null as never)).rejects.toMatchObject({ reason: 'bad-message' });
  });

  it('whose result is not of the agreed form is refused at the page', async () => {
    const { client } = start(makeLine);
    await expect(client.call('lie', {})).rejects.toMatchObject({ reason: 'bad-message' });
  });

  it.each(['nothing', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'Add', 'add '])(
    'of "%s" is refused as unknown',
    async (method) => {
      const reply = await answerTo(start(makeLine), JSON.stringify({ id: 1, method, params: {} }));
      expect(reply).toEqual({ id: 1, ok: false, reason: 'method-unknown' });
    },
  );

  it('under way when the line closes is settled with station-gone', async () => {
    const line = start(makeLine);
    const call = line.client.call('never', {});
    await line.client.call('add', { a: 0, b: 0 });
    line.station.close();
    await expect(call).rejects.toMatchObject({ reason: 'station-gone' });
  });

  it('made after the line has closed is settled with station-gone, and does not wait for ever', async () => {
    const line = start(makeLine);
    const closed = Promise.withResolvers<void>();
    line.client.onClose(() => closed.resolve());
    line.station.close();
    await closed.promise;
    const late = Promise.race([
      line.client.call('add', { a: 1, b: 1 }),
      new Promise((resolve) => setTimeout(() => resolve('still waiting'), 200)),
    ]);
    await expect(late).rejects.toMatchObject({ reason: 'station-gone' });
  });

  it('and bytes travel side by side: bytes reach onBytes as they were', async () => {
    const line = start(makeLine);
    line.client.sendBytes(Uint8Array.of(1, 2, 255));
    await line.client.call('add', { a: 1, b: 1 });
    expect(line.bytes.map((message) => [...message])).toEqual([[1, 2, 255]]);
  });

  it('pushes reach the listener, and an ill-formed one does not', async () => {
    const { client, server } = start(makeLine);
    const heard = vi.fn();
    client.on('tick', heard);
    server.push('tick', { at: 'now' } as never);
    server.push('tick', { at: 5 });
    await client.call('add', { a: 1, b: 1 });
    expect(heard.mock.calls).toEqual([[{ at: 5 }]]);
  });
});

describe('a station that is sent nonsense', () => {
  it.each([
    'no json',
    '',
    'null',
    '[]',
    '7',
    '"add"',
    '{}',
    '{"id":1}',
    '{"id":-1,"method":"add","params":{}}',
    '{"id":1.5,"method":"add","params":{}}',
    '{"id":"1","method":"add","params":{}}',
    '{"id":1,"method":["add"],"params":{}}',
    `{"id":1,"method":"${'a'.repeat(65)}","params":{}}`,
    '{"__proto__":{"id":1,"method":"add","params":{"a":1,"b":1}}}',
  ])('%s is refused as a bad message and not answered', async (message) => {
    const { page, station, said } = transportPair();
    const line = start(() => ({ page, station }));
    page.send(message);
    await new Promise(setImmediate);
    expect(line.troubles).toEqual([{ reason: 'bad-message' }]);
    expect(said).toEqual([]);
  });

  it('answers the next good call, whatever came before', async () => {
    const line = start(transportPair);
    const nonsense = fc.oneof(anyText, fc.json(), fc.uint8Array({ maxLength: 64 }));
    await fc.assert(
      fc.asyncProperty(fc.array(nonsense, { maxLength: 10 }), async (messages) => {
        for (const message of messages) line.page.send(message);
        expect(await line.client.call('add', { a: 1, b: 1 })).toEqual({ sum: 2 });
      }),
    );
  });

  it('keeps parameters away from what is logged, in every kind of trouble', async () => {
    const line = start(transportPair);
    for (const method of ['refuse', 'unknown', 'add']) {
      await answerTo(line, JSON.stringify({ id: 1, method, params: { secret: 'PIN 1234' } }));
    }
    expect(line.troubles).toHaveLength(3);
    expect(JSON.stringify(line.troubles)).not.toContain('1234');
  });
});

describe('a page that is sent nonsense', () => {
  it.each([
    'no json',
    '{"id":99,"ok":true,"result":{}}',
    '{"id":1,"ok":false,"reason":"no such reason"}',
    '{"event":"unknown","data":{}}',
    '{"event":"__proto__","data":{}}',
    '{"event":"constructor","data":{}}',
  ])('%s changes nothing and does not throw', async (message) => {
    const listeners: ((message: string) => void)[] = [];
    const deaf: Transport = {
      send: () => undefined,
      onMessage: (l) => void listeners.push(l),
      onClose: () => undefined,
      close: () => undefined,
    };
    connect(deaf, methods, pushes);
    for (const listener of listeners) expect(() => listener(message)).not.toThrow();
  });
});
