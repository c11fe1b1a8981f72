/**
 * SAM-V frames, both ways: `AA AA AA 96 69 | LenHi LenLo | body | CHK`. The length counts body and CHK; CHK is the XOR of
 * everything between the preamble and itself. A command's body is `CMD PARA data`, a reply's `SW1 SW2 SW3 data`.
 * Source: FACTS section 3.
 */
import { COMMANDS, type CommandName } from './samv-tables.ts';

const PREAMBLE = Buffer.from([0xaa, 0xaa, 0xaa, 0x96, 0x69]);
const HEADER = PREAMBLE.length + 2;
/** The longest documented reply (text, photo, two fingerprints) is 2314; more is noise that looks like a header. */
const MAX_LENGTH = 2560;
/** Most bytes a parser ever keeps between two chunks. */
export const MAX_BUFFERED = HEADER + MAX_LENGTH;

export type StatusWord = readonly [number, number, number];
export type Reply = { readonly kind: 'reply'; readonly sw: StatusWord; readonly data: Uint8Array };
export type Command = {
  readonly kind: 'command';
  readonly cmd: number;
  readonly para: number;
  readonly data: Uint8Array;
};

/**
 * `content` is a whole frame that nobody believes. `truncated` is only ever said by `settle`: before, the rest may still
 * come.
 */
export type FrameFault = { readonly kind: 'fault'; readonly fault: 'checksum' | 'length' | 'content' | 'truncated' };

export type FrameParser<Frame> = {
  /** Takes the next bytes off the line, cut anywhere; returns what they completed, in order. Never throws. */
  push(chunk: Uint8Array): readonly (Frame | FrameFault)[];
  /** Nothing more will come: gives up on a frame that is incomplete and looks for whole ones behind its header. */
  settle(): readonly (Frame | FrameFault)[];
  /** Forgets everything. */
  reset(): void;
  /** Bytes kept for the next chunk: at most MAX_BUFFERED. */
  readonly buffered: number;
};

/** @throws RangeError where the data is longer than a frame can be */
export const encodeCommand = (cmd: number, para: number, data: Uint8Array = new Uint8Array()): Uint8Array =>
  encodeFrame([cmd, para], data);

/** @returns the frame of a command by name; none of those we send carries data */
export const commandFrame = (name: CommandName): Uint8Array => encodeCommand(COMMANDS[name].cmd, COMMANDS[name].para);

/** @throws RangeError where the data is longer than a frame can be */
export const encodeReply = (sw: StatusWord, data: Uint8Array = new Uint8Array()): Uint8Array => encodeFrame(sw, data);

/**
 * Finds replies (station's side).
 * @param believed whether a whole frame can be what is waited for. The checksum alone says little: it is one byte, so one
 * damaged frame in 256 passes it, and one whose length was damaged then takes the next frame with it.
 */
export const createReplyParser = (believed: (reply: Reply) => boolean = () => true): FrameParser<Reply> =>
  createFrameParser(3, (body) => {
    const sw: StatusWord = [body[0] as number, body[1] as number, body[2] as number];
    const reply: Reply = { kind: 'reply', sw, data: body.slice(3) };
    return believed(reply) ? reply : undefined;
  });

/** Finds commands (reader's side). */
export const createCommandParser = (): FrameParser<Command> =>
  createFrameParser(2, (body) => ({
    kind: 'command',
    cmd: body[0] as number,
    para: body[1] as number,
    data: body.slice(2),
  }));

function encodeFrame(head: readonly number[], data: Uint8Array): Uint8Array {
  const length = head.length + data.length + 1;
  if (length > MAX_LENGTH) throw new RangeError(`a frame cannot carry ${data.length} bytes`);
  const frame = new Uint8Array(HEADER + length);
  frame.set(PREAMBLE);
  // `length >> 8 + ...` is how public code gets this wrong: + binds tighter than a shift.
  frame.set([length >> 8, length & 0xff, ...head], PREAMBLE.length);
  frame.set(data, HEADER + head.length);
  frame[frame.length - 1] = checksum(frame, PREAMBLE.length, frame.length - 1);
  return frame;
}

function checksum(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum ^= bytes[at] as number;
  return sum;
}

type Found<Frame> =
  | { readonly state: 'frame'; readonly frame: Frame; readonly end: number }
  | { readonly state: 'fault'; readonly start: number; readonly fault: 'checksum' | 'length' | 'content' }
  | { readonly state: 'incomplete'; readonly start: number }
  | { readonly state: 'nothing' };

/** Makes a frame of a body whose checksum is right; undefined where it is not to be believed. */
type Open<Frame> = (body: Uint8Array) => Frame | undefined;

/** Looks at the first preamble at or after `from`. */
function find<Frame>(bytes: Buffer, from: number, minLength: number, open: Open<Frame>): Found<Frame> {
  const start = bytes.indexOf(PREAMBLE, from);
  if (start < 0) return { state: 'nothing' };
  if (bytes.length < start + HEADER) return { state: 'incomplete', start };
  const length = bytes.readUInt16BE(start + PREAMBLE.length);
  if (length < minLength || length > MAX_LENGTH) return { state: 'fault', start, fault: 'length' };
  const end = start + HEADER + length;
  if (bytes.length < end) return { state: 'incomplete', start };
  const good = checksum(bytes, start + PREAMBLE.length, end - 1) === bytes[end - 1];
  if (!good) return { state: 'fault', start, fault: 'checksum' };
  // A copy: what we hand out must not keep a whole chunk alive, nor change with it.
  const frame = open(new Uint8Array(bytes.subarray(start + HEADER, end - 1)));
  return frame ? { state: 'frame', frame, end } : { state: 'fault', start, fault: 'content' };
}

function createFrameParser<Frame>(minBody: number, open: Open<Frame>): FrameParser<Frame> {
  let pending: Buffer = Buffer.alloc(0);

  const scan = (final: boolean): (Frame | FrameFault)[] => {
    const events: (Frame | FrameFault)[] = [];
    let at = 0;
    for (;;) {
      const found = find(pending, at, minBody + 1, open);
      if (found.state === 'frame') {
        events.push(found.frame);
        at = found.end;
      } else if (found.state === 'fault' || (found.state === 'incomplete' && final)) {
        events.push({ kind: 'fault', fault: found.state === 'fault' ? found.fault : 'truncated' });
        // One byte on, not past the frame: a header made by noise, or a frame that lost bytes, may hide a whole one.
        at = found.start + 1;
      } else {
        const partOfPreamble = final ? 0 : PREAMBLE.length - 1;
        const keepFrom = found.state === 'incomplete' ? found.start : Math.max(at, pending.length - partOfPreamble);
        pending = Buffer.from(pending.subarray(keepFrom));
        return events;
      }
    }
  };

  return {
    push(chunk) {
      pending = pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([pending, chunk]);
      return scan(false);
    },
    settle: () => scan(true),
    reset() {
      pending = Buffer.alloc(0);
    },
    get buffered() {
      return pending.length;
    },
  };
}
