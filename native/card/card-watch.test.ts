import { describe, expect, it } from 'vitest';
import { type CardTextInput, encodeCardText } from './card-text.ts';
import { createCardWatch, type WatchEvent } from './card-watch.ts';
import { inventedNumber, residentCard } from './emulator/card.ts';
import type { Answer, Exchange } from './exchange.ts';
import { encodeReadReply } from './read-reply.ts';
import type { CommandName } from './samv-tables.ts';

const reply = (status: number, data: Uint8Array = new Uint8Array()): Answer => ({
  ok: true,
  reply: { kind: 'reply', sw: [0, 0, status], data },
});
const noReply: Answer = { ok: false, fault: 'no-reply' };
const garbled: Answer = { ok: false, fault: 'garbled' };
const found = reply(0x9f);
const none = reply(0x80);
const selected = reply(0x90, new Uint8Array(8));
const photo = new Uint8Array(1024).fill(7);
const readOf = (text: Uint8Array): Answer => reply(0x90, encodeReadReply({ text, photo }));

const card = (serial: number) =>
  residentCard({ name: '张三', number: inventedNumber('19900101', serial) }) as CardTextInput;
const read = (serial: number): Answer => readOf(encodeCardText(card(serial)));
const number = (event: WatchEvent | undefined) => (event?.kind === 'card' ? event.card.number : event?.kind);

/** An exchange that answers from a script and insists on the order of commands. */
function scripted(...script: readonly (readonly [CommandName, Answer])[]) {
  const left = [...script];
  const exchange: Exchange = async (command) => {
    const next = left.shift();
    expect(command).toBe(next?.[0]);
    return next?.[1] as Answer;
  };
  const watch = createCardWatch(exchange);
  return { poll: async () => number(await watch.poll()), left };
}

const reads = (serial: number) =>
  [
    ['find', found],
    ['select', selected],
    ['read', read(serial)],
    ['read', read(serial)],
  ] as const;
const absent = ['find', none] as const;

describe('a card that reads', () => {
  it('is found, selected, read and reported with its photo', async () => {
    const answers = [found, selected, read(1), read(1)];
    const event = await createCardWatch(async () => answers.shift() as Answer).poll();
    expect(event).toEqual({ kind: 'card', card: card(1), photo });
  });

  it('is reported once while it lies there, also by a reader that keeps finding it', async () => {
    const { poll, left } = scripted(...reads(1), ...reads(1), ...reads(1));
    expect([await poll(), await poll(), await poll()]).toEqual([card(1).number, undefined, undefined]);
    expect(left).toEqual([]);
  });

  it('is reported again after it left', async () => {
    const { poll } = scripted(...reads(1), absent, ...reads(1));
    expect([await poll(), await poll(), await poll()]).toEqual([card(1).number, undefined, card(1).number]);
  });

  it('is reported when it takes the place of another between two polls', async () => {
    const { poll } = scripted(...reads(1), ...reads(2));
    expect([await poll(), await poll()]).toEqual([card(1).number, card(2).number]);
  });

  it('is reported after a clumsy first and second try', async () => {
    const { poll } = scripted(
      ['find', found],
      ['select', reply(0x81)],
      ['find', found],
      ['select', selected],
      ['read', reply(0x41)],
      ...reads(1),
    );
    expect(await poll()).toBe(card(1).number);
  });

  it('is reported by a reader that reads once, each time it is laid down', async () => {
    const once = [...reads(1).slice(0, 3), ['read', reply(0x41)]] as const;
    const { poll, left } = scripted(...once, absent, ...once);
    expect([await poll(), await poll(), await poll()]).toEqual([card(1).number, undefined, card(1).number]);
    expect(left).toEqual([]);
  });
});

describe('a card that does not read', () => {
  const once = [
    ['find', found],
    ['select', reply(0x81)],
  ] as const;
  const bad = [...once, ...once, ...once];

  it('is reported once in a presentation, after three tries', async () => {
    const { poll, left } = scripted(...bad, ...once, absent, ...once, absent, absent, absent, ...bad);
    const events = [
      await poll(),
      await poll(),
      await poll(),
      await poll(),
      await poll(),
      await poll(),
      await poll(),
      await poll(),
    ];
    expect(events).toEqual([
      'unreadable',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'unreadable',
    ]);
    expect(left).toEqual([]);
  });

  it('is reported where the reader keeps losing it between the tries', async () => {
    const { poll } = scripted(...once, absent, ...once, absent, absent, ...once);
    expect([await poll(), await poll(), await poll(), await poll()]).toEqual([
      undefined,
      undefined,
      undefined,
      'unreadable',
    ]);
  });

  it('may be read after all, held better', async () => {
    const { poll } = scripted(...bad, ...reads(1));
    expect([await poll(), await poll()]).toEqual(['unreadable', card(1).number]);
  });

  it('is no news where it was only passed over the reader', async () => {
    const { poll } = scripted(['find', found], ['select', reply(0x81)], absent);
    expect(await poll()).toBeUndefined();
  });

  it('is news where the reader counts it as read and its data is lost: it will not be found again', async () => {
    const { poll } = scripted(['find', found], ['select', selected], ['read', garbled], ['read', reply(0x41)], absent);
    expect(await poll()).toBe('unreadable');
  });

  it('says which field was wrong and nothing of what it said', async () => {
    const text = encodeCardText(card(1));
    text.set(Buffer.from('19901332', 'utf16le'), 36);
    const answers = [found, selected, readOf(text), readOf(text), none];
    const event = await createCardWatch(async () => answers.shift() as Answer).poll();
    expect(event).toEqual({ kind: 'unreadable', detail: 'text-field: resident.birth' });
  });

  it('is news where it was taken away before a second reading, at a reader that reads twice', async () => {
    const { poll } = scripted(...reads(1), absent, ...reads(2).slice(0, 3), ['read', reply(0x41)], absent);
    expect([await poll(), await poll(), await poll()]).toEqual([card(1).number, undefined, 'unreadable']);
  });

  it('is one whose text and photo have other lengths', async () => {
    const odd = reply(0x90, encodeReadReply({ text: new Uint8Array(1024), photo: new Uint8Array(256) }));
    const { poll } = scripted(['find', found], ['select', selected], ['read', odd], ['read', odd], absent);
    expect(await poll()).toBe('unreadable');
  });
});

describe('a reader that does not answer', () => {
  it.each([
    ['nothing', noReply],
    ['only that its self-test failed', reply(0x60)],
  ])('is silent after three polls: %s', async (_name, answer) => {
    const { poll } = scripted(
      ['find', answer],
      ['find', answer],
      absent,
      ['find', answer],
      ['find', answer],
      ['find', answer],
    );
    const events = [await poll(), await poll(), await poll(), await poll(), await poll(), await poll()];
    expect(events).toEqual([undefined, undefined, undefined, undefined, undefined, 'silent']);
  });
});
