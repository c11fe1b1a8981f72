import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answers } from './answers.ts';
import {
  commandFrame,
  createCommandParser,
  createReplyParser,
  encodeCommand,
  encodeReply,
  MAX_BUFFERED,
  type Reply,
  type StatusWord,
} from './samv.ts';
import { COMMANDS, type CommandName, type CommandSpec, STATUS, statusMeaning } from './samv-tables.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe('command frames', () => {
  it.each([
    ['reset', 'aa aa aa 96 69 00 03 10 ff ec'],
    ['status', 'aa aa aa 96 69 00 03 11 ff ed'],
    ['samId', 'aa aa aa 96 69 00 03 12 ff ee'],
    ['find', 'aa aa aa 96 69 00 03 20 01 22'],
    ['select', 'aa aa aa 96 69 00 03 20 02 21'],
    ['read', 'aa aa aa 96 69 00 03 30 01 32'],
    ['readWithFingerprint', 'aa aa aa 96 69 00 03 30 10 23'],
    ['readExtraAddress', 'aa aa aa 96 69 00 03 30 03 30'],
    ['readChipNumber', 'aa aa aa 96 69 00 03 30 05 36'],
  ] as const satisfies readonly (readonly [CommandName, string])[])('%s is %s', (name, frame) => {
    expect(hex(commandFrame(name))).toBe(frame.replaceAll(' ', ''));
  });

  it('counts the length from the command to the checksum, high byte first', () => {
    const frame = encodeCommand(0x30, 0x01, new Uint8Array(0x0505));
    expect(hex(frame.subarray(0, 9))).toBe('aaaaaa966905083001');
    expect(frame).toHaveLength(7 + 0x0508);
  });

  it('refuses data that no frame can carry', () => {
    expect(() => encodeCommand(0x30, 0x01, new Uint8Array(2558))).toThrow(RangeError);
  });

  it('has a meaning for every documented status and a word for the others', () => {
    expect(statusMeaning(0x9f)).toBe('card found');
    expect(statusMeaning(0xab)).toBe('undocumented status ab');
    expect(Object.keys(STATUS)).toHaveLength(21);
  });
});

describe('replies as readers send them', () => {
  it.each([
    ['card found', 'aa aa aa 96 69 00 08 00 00 9f 00 00 00 00 97', [0, 0, 0x9f], 4],
    ['no card', 'aa aa aa 96 69 00 04 00 00 80 84', [0, 0, 0x80], 0],
    ['selected', 'aa aa aa 96 69 00 0c 00 00 90 00 00 00 00 00 00 00 00 9c', [0, 0, 0x90], 8],
    ['not selected', 'aa aa aa 96 69 00 04 00 00 81 85', [0, 0, 0x81], 0],
    ['read failed', 'aa aa aa 96 69 00 04 00 00 41 45', [0, 0, 0x41], 0],
  ] as const)('%s', (_name, frame, sw, dataBytes) => {
    expect(createReplyParser().push(bytes(frame))).toEqual([{ kind: 'reply', sw, data: new Uint8Array(dataBytes) }]);
    expect(hex(encodeReply(sw, new Uint8Array(dataBytes)))).toBe(frame.replaceAll(' ', ''));
  });

  it('a whole card is 1295 bytes with the length 0508', () => {
    const frame = encodeReply([0, 0, 0x90], new Uint8Array(COMMANDS.read.data[0]));
    expect(frame).toHaveLength(1295);
    expect(hex(frame.subarray(0, 10))).toBe('aaaaaa96690508000090');
  });
});

describe('faults known from public code', () => {
  it('a find sent with the checksum of select is a checksum fault', () => {
    expect(createCommandParser().push(bytes('aa aa aa 96 69 00 03 20 01 21'))).toEqual([
      { kind: 'fault', fault: 'checksum' },
    ]);
  });

  it('a select sent as 20 00 22 is whole, and no command of ours', () => {
    const [command] = createCommandParser().push(bytes('aa aa aa 96 69 00 03 20 00 23'));
    expect(command).toMatchObject({ kind: 'command', cmd: 0x20, para: 0x00 });
    expect(createCommandParser().push(bytes('aa aa aa 96 69 00 03 20 00 22'))).toEqual([
      { kind: 'fault', fault: 'checksum' },
    ]);
  });

  it.each([
    ['too short to hold a status', 'aa aa aa 96 69 00 03 00 00 03'],
    ['longer than any reply', 'aa aa aa 96 69 ff ff 00 00 90'],
  ])('a length %s is a length fault, at once', (_name, frame) => {
    expect(createReplyParser().push(bytes(frame))).toContainEqual({ kind: 'fault', fault: 'length' });
  });

  it('finds the next frame after one that lost a byte and took the first of the next', () => {
    const parser = createReplyParser();
    const torn = encodeReply([0, 0, 0x90], new Uint8Array(100)).subarray(0, -1);
    const events = [...parser.push(torn), ...parser.push(encodeReply([0, 0, 0x80]))];
    expect(events).toEqual([
      { kind: 'fault', fault: 'checksum' },
      { kind: 'reply', sw: [0, 0, 0x80], data: new Uint8Array() },
    ]);
  });

  it('finds a frame behind a header that noise made, once nothing more comes', () => {
    const parser = createReplyParser();
    expect(parser.push(Buffer.concat([bytes('aa aa aa 96 69 05 08'), encodeReply([0, 0, 0x9f])]))).toEqual([]);
    expect(parser.settle()).toEqual([
      { kind: 'fault', fault: 'truncated' },
      { kind: 'reply', sw: [0, 0, 0x9f], data: new Uint8Array() },
    ]);
    expect(parser.buffered).toBe(0);
  });

  it('is not misled by one AA too many', () => {
    const parser = createReplyParser();
    expect(parser.push(Buffer.concat([bytes('aa aa'), encodeReply([0, 0, 0x80])]))).toHaveLength(1);
  });
});

const PREAMBLE = bytes('aa aa aa 96 69');
const reply = fc.record({
  sw: fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)) as fc.Arbitrary<StatusWord>,
  data: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 1284, maxLength: 1284 })),
});
/** Anything but a whole preamble, alone or with the frame behind it (whose own preamble begins with AA). */
const noise = fc
  .uint8Array({ maxLength: 60 })
  .map((random) => Uint8Array.from(random, (byte) => (byte === 0x69 ? 0x6a : byte)));
/** All that a reader can say to a command: success with each number of bytes, and every refusal. */
const replyTo = (command: CommandName) => {
  const { success, data }: CommandSpec = COMMANDS[command];
  const succeeds = fc.constantFrom(...data).chain((bytes) =>
    fc.record({
      sw: fc.constant<StatusWord>([0, 0, success]),
      data: fc.uint8Array({ minLength: bytes, maxLength: bytes }),
    }),
  );
  const refusals = Object.keys(STATUS)
    .map(Number)
    .filter((status) => answers(command, { kind: 'reply', sw: [0, 0, status], data: new Uint8Array() }));
  const sw = fc.tuple(fc.nat(255), fc.nat(255), fc.constantFrom(...refusals.filter((status) => status !== success)));
  return fc.oneof(succeeds, fc.record({ sw, data: fc.constant(new Uint8Array()) }));
};
/** A command, what came before its reply and is damaged, and its reply. */
const conversation = fc
  .constantFrom(...(Object.keys(COMMANDS) as CommandName[]))
  .chain((command) => fc.tuple(fc.constant(command), fc.oneof(replyTo(command), reply), replyTo(command)));
/**
 * Found by chance: 11 32 23 in front of the length's low byte makes a frame of 17 bytes whose checksum is the first byte
 * of the next frame and right.
 */
const LENGTH_DAMAGED: [[CommandName, Omit<Reply, 'kind'>, Omit<Reply, 'kind'>], Uint8Array, number, number[]] = [
  [
    'read',
    { sw: [0x46, 0x56, 0x7d], data: bytes('4d 05 03 d7 52 81 af f4') },
    { sw: [0, 0, 0x90], data: new Uint8Array(COMMANDS.read.data[0]) },
  ],
  bytes('11 32 23'),
  6,
  [400],
];
const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 });

function* chunks(stream: Uint8Array, cycle: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < stream.length; turn++) {
    const size = cycle[turn % cycle.length] as number;
    yield stream.subarray(at, at + size);
    at += size;
  }
}

describe('properties', () => {
  it('any chunking of replies with noise between them gives the replies', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, reply), { maxLength: 6 }), noise, sizes, (parts, tail, cycle) => {
        const stream = Buffer.concat([
          ...parts.flatMap(([before, { sw, data }]) => [before, encodeReply(sw, data)]),
          tail,
        ]);
        const parser = createReplyParser();
        const events = [...chunks(stream, cycle)].flatMap((chunk) => parser.push(chunk));
        expect(events).toEqual(parts.map(([, frame]) => ({ kind: 'reply', ...frame })));
      }),
      { numRuns: 150 },
    );
  });

  it('a reply with bytes put into it is lost alone: the next one comes through', () => {
    fc.assert(
      fc.property(conversation, noise, fc.nat(), sizes, ([command, spoiled, next], inside, at, cycle) => {
        const frame = encodeReply(spoiled.sw, spoiled.data);
        const cut = at % frame.length;
        const stream = Buffer.concat([
          frame.subarray(0, cut),
          inside,
          frame.subarray(cut),
          encodeReply(next.sw, next.data),
        ]);
        const parser = createReplyParser((reply) => answers(command, reply));
        const events = [...[...chunks(stream, cycle)].flatMap((chunk) => parser.push(chunk)), ...parser.settle()];
        const replies = events.filter((event): event is Reply => event.kind === 'reply');
        expect(replies.at(-1)).toEqual({ kind: 'reply', ...next });
      }),
      { numRuns: 1000, examples: [LENGTH_DAMAGED] },
    );
  });

  it('arbitrary bytes, even full of preambles, never throw and never fill memory', () => {
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.constant(PREAMBLE),
      fc.constant(bytes('aa aa aa 96 69 0a 00')),
    );
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 60 }), (parts) => {
        const parser = createReplyParser();
        for (const part of parts) {
          parser.push(part);
          expect(parser.buffered).toBeLessThanOrEqual(MAX_BUFFERED);
        }
        parser.settle();
        expect(parser.buffered).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});
