import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CardTextInput, encodeCardText } from './card-text.ts';
import { inventedNumber, residentCard } from './emulator/card.ts';
import type { Answer, Exchange } from './exchange.ts';
import { createCardRead } from './read-card.ts';
import { encodeReadReply } from './read-reply.ts';

const reply = (status: number, data: Uint8Array = new Uint8Array()): Answer => ({
  ok: true,
  reply: { kind: 'reply', sw: [0, 0, status], data },
});
const garbled: Answer = { ok: false, fault: 'garbled' };
const silence: Answer = { ok: false, fault: 'no-reply' };
const gone = reply(0x41);

const photo = new Uint8Array(1024).fill(7);
const card = residentCard({ name: '张三', number: inventedNumber('19900101', 1) }) as CardTextInput;
const whole = encodeReadReply({ text: encodeCardText(card), photo });
const good = reply(0x90, whole);
/** A card that could be, and is not there. */
const other = reply(0x90, encodeReadReply({ text: encodeCardText({ ...card, name: '三张' }), photo }));
const spoiledPhoto = reply(0x90, whole.with(1283, 8));
const spoiledText = reply(0x90, whole.with(4 + 30, 0x78));

/** Reads one card after another, each from its own answers. */
async function read(...cards: readonly (readonly Answer[])[]) {
  let left: Answer[] = [];
  const exchange: Exchange = async (command) => {
    expect(command).toBe('read');
    return left.shift() as Answer;
  };
  const readCard = createCardRead(exchange);
  const said = [];
  for (const answers of cards) {
    left = [...answers];
    const result = await readCard();
    said.push(result.kind === 'read' ? `${result.card.name} ${result.photo.at(-1)}` : result);
    expect(left).toEqual([]);
  }
  return said;
}
const failed = (detail: string, spent = true) => ({ kind: 'failed', detail, spent });
const DIFFER = failed('read: no two readings agree');

describe('a card is believed', () => {
  it.each([
    ['read twice alike', [good, good]],
    ['read twice alike after a card that could be', [other, good, good]],
    ['read twice alike after a damaged text', [spoiledText, good, good]],
    ['read twice alike after a damaged photo', [spoiledPhoto, good, good]],
    ['read twice alike at last', [good, other, good, good]],
    ['read twice alike around a lost reading', [good, garbled, good]],
    ['read twice alike after a lost reading', [silence, good, good]],
    ['read once, by a reader that will not read again', [good, gone]],
    ['read once, by a reader that finds no card then', [good, reply(0x80)]],
    ['read once, by a reader that holds none selected then', [good, reply(0x81)]],
    ['read once, by a reader that knows no second reading', [good, reply(0x21)]],
    ['read once, by a reader that says nothing then', [good, silence]],
  ])('%s', async (_name, answers) => {
    expect(await read(answers)).toEqual(['张三 7']);
  });
});

describe('a card is not believed', () => {
  it.each([
    ['where no two readings agree', [good, other, good, spoiledPhoto], DIFFER],
    ['where two differ and a third is refused', [other, good, gone], failed('read: read failed')],
    ['where one came damaged and another is refused', [other, garbled, gone], failed('read: read failed')],
    ['where one was lost and another is refused', [garbled, gone], failed('read: read failed')],
    ['where all are lost', [garbled, silence, garbled, garbled], failed('read: garbled')],
    ['where the first is refused', [gone], failed('read: read failed', false)],
    ['where both say what no card can', [spoiledText, spoiledText], failed('text-field: resident.sex')],
    ['where the only one says what no card can', [spoiledText, gone], failed('text-field: resident.sex')],
  ])('%s', async (_name, answers, expected) => {
    expect(await read(answers)).toEqual([expected]);
  });

  it('from one reading, where the reader has read a card twice before', async () => {
    expect(await read([good, good], [other, gone], [good, silence, good])).toEqual([
      '张三 7',
      failed('read: read failed'),
      '张三 7',
    ]);
  });
});

/** Bytes put in, with the end pushed out; bytes lost, with noise at the end; bytes that change. */
const damage = fc.oneof(
  fc
    .tuple(fc.nat(1283), fc.uint8Array({ minLength: 1, maxLength: 60 }))
    .map(([at, inside]) => [...whole.subarray(0, at), ...inside, ...whole.subarray(at)]),
  fc
    .tuple(fc.nat(1283), fc.uint8Array({ minLength: 1, maxLength: 60 }))
    .map(([at, tail]) => [...whole.subarray(0, at), ...whole.subarray(at + tail.length), ...tail]),
  fc
    .tuple(fc.nat(1283), fc.nat(255), fc.nat(1283), fc.nat(255))
    .map(([at, byte, also, another]) => [...whole.with(at, byte).with(also, another)]),
);
const damaged = damage.map((bytes) => reply(0x90, Uint8Array.from(bytes.slice(0, whole.length))));

const damagedUnlike = fc.uniqueArray(damaged, {
  maxLength: 4,
  selector: (answer) => (answer.ok ? Buffer.from(answer.reply.data).toString('latin1') : ''),
});
const readings = fc
  .tuple(damagedUnlike, fc.array(fc.constantFrom(good, garbled), { maxLength: 3 }))
  .map((parts) => parts.flat())
  .chain((answers) => fc.shuffledSubarray(answers, { minLength: answers.length }));

it('whatever damage does to readings, no other card is made of them, unless it strikes twice alike', async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(readings, async (answers) => {
      const left = [...answers];
      const result = await createCardRead(async () => left.shift() ?? garbled)();
      if (result.kind !== 'read') return;
      read += 1;
      expect(result).toEqual({ kind: 'read', card, photo });
    }),
    { numRuns: 500 },
  );
  expect(read).toBeGreaterThan(0);
});
