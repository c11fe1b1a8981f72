/**
 * How a SAM-V behaves, without a line: commands in, replies out. The steps must come in order (find, select, read). A card
 * that was read can be read again at once, as often as one likes, but is not found again until it has left the field.
 */
import type { z } from 'zod';
import { encodeCardText } from '../card-text.ts';
import { type CardBlocks, encodeReadReply } from '../read-reply.ts';
import { type Command, createCommandParser, encodeReply, type FrameFault } from '../samv.ts';
import { COMMANDS, type CommandName, type StatusCode, TEXT_BYTES } from '../samv-tables.ts';
import { type EmulatedCard, emulatedPhoto } from './card.ts';

export type Device = {
  /** Bytes from the station; returns the frames it gets back. */
  receive(bytes: Uint8Array): readonly Uint8Array[];
  /** Lays a card into the field, in place of the one that lies there. */
  lay(card: z.output<typeof EmulatedCard>): void;
  remove(): void;
};

/** `05.01-20070129-0000000123-0123456789` */
const SAM_ID = Uint8Array.of(5, 0, 1, 0, 0xf1, 0x3e, 0x32, 0x01, 123, 0, 0, 0, 0x15, 0xcd, 0x5b, 0x07);
const CARD_SERIAL = new Uint8Array(8);

/** `spent`: was read, and is selected no more. */
type Step = 'laid' | 'found' | 'selected' | 'read' | 'spent';
type Field = { readonly card: z.output<typeof EmulatedCard>; step: Step };

export type DeviceHabits = {
  /** Forgets a card once it has read it: a second reading is refused. */
  readonly readsOnce?: boolean;
};

export function createDevice({ readsOnce = false }: DeviceHabits = {}): Device {
  const parser = createCommandParser();
  let field: Field | undefined;

  const answers: Record<CommandName, () => Uint8Array> = {
    reset() {
      if (field) field.step = wasRead(field) ? 'spent' : 'laid';
      return say(0x90);
    },
    status: () => say(0x90),
    samId: () => say(0x90, SAM_ID),
    find() {
      if (!field || wasRead(field)) return say(0x80);
      field.step = 'found';
      return say(0x9f, new Uint8Array(4));
    },
    select() {
      if (field?.step !== 'found' || spoils(field, 'select')) return say(0x81);
      field.step = 'selected';
      return say(0x90, CARD_SERIAL);
    },
    read: () => read({}),
    // None of these cards holds a fingerprint: its length is said, and is 0.
    readWithFingerprint: () => read({ fingerprint: new Uint8Array() }),
    readExtraAddress: () => say(0x91),
    readChipNumber: () => say(0x91),
  };

  const read = (more: Pick<CardBlocks, 'fingerprint'>): Uint8Array => {
    if (!field || !READABLE.includes(field.step) || spoils(field, 'read')) return say(0x41);
    field.step = readsOnce ? 'spent' : 'read';
    return say(0x90, encodeReadReply({ ...blocksOf(field.card), ...more }));
  };

  const answer = (event: Command | FrameFault): Uint8Array => {
    if (event.kind === 'fault') return say(event.fault === 'checksum' ? 0x10 : 0x11);
    const name = nameOf(event);
    return name ? answers[name]() : say(0x21);
  };
  return {
    receive: (bytes) => parser.push(bytes).map(answer),
    lay(card) {
      field = { card, step: 'laid' };
    },
    remove() {
      field = undefined;
    },
  };
}

const say = (status: StatusCode, data?: Uint8Array): Uint8Array => encodeReply([0, 0, status], data);

const READABLE: readonly Step[] = ['selected', 'read'];
const wasRead = ({ step }: Field): boolean => step === 'read' || step === 'spent';

const spoils = ({ card }: Field, step: 'select' | 'read'): boolean => 'unreadable' in card && card.unreadable === step;

const nameOf = ({ cmd, para }: Command): CommandName | undefined =>
  (Object.keys(COMMANDS) as CommandName[]).find((name) => COMMANDS[name].cmd === cmd && COMMANDS[name].para === para);

function blocksOf(card: z.output<typeof EmulatedCard>): CardBlocks {
  // A block of zeros has the right length and no name, number or date in it.
  if ('unreadable' in card) return { text: new Uint8Array(TEXT_BYTES), photo: emulatedPhoto('0') };
  return { text: encodeCardText(card), photo: emulatedPhoto(card.number) };
}
