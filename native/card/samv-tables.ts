/**
 * The words of the SAM-V protocol, as tables. Source: FACTS section 3; reply data lengths from captured frames of find
 * (`.. 00 08 00 00 9F + 4`), select (`.. 00 0C 00 00 90 + 8`) and the SAM id (`.. 00 14 00 00 90 + 16`), and from what
 * public drivers take for a whole reply: 1297, 1809 or 2321 bytes with fingerprints, 70 of address, 28 of chip number.
 */

export type CommandSpec = {
  readonly cmd: number;
  readonly para: number;
  /** The third status byte that means it worked. */
  readonly success: number;
  /** How many bytes of data may come with success. */
  readonly data: readonly number[];
  /** How long a healthy reader may take, milliseconds; a card at the edge of the field makes select and read slow. */
  readonly timeoutMs: number;
};

export const TEXT_BYTES = 256;
export const PHOTO_BYTES = 1024;
/** None, one or two fingers. */
export const FINGERPRINT_BYTES: readonly number[] = [0, 512, 1024];
export const SAM_ID_BYTES = 16;
const WITH_FINGERPRINT = FINGERPRINT_BYTES.map((bytes) => 6 + TEXT_BYTES + PHOTO_BYTES + bytes);

/** A find or select that leaves out the card's own number is as good: nothing is made of it. */
export const COMMANDS = {
  reset: { cmd: 0x10, para: 0xff, success: 0x90, data: [0], timeoutMs: 1500 },
  status: { cmd: 0x11, para: 0xff, success: 0x90, data: [0], timeoutMs: 1000 },
  samId: { cmd: 0x12, para: 0xff, success: 0x90, data: [SAM_ID_BYTES], timeoutMs: 1000 },
  find: { cmd: 0x20, para: 0x01, success: 0x9f, data: [0, 4], timeoutMs: 800 },
  select: { cmd: 0x20, para: 0x02, success: 0x90, data: [0, 8], timeoutMs: 1500 },
  read: { cmd: 0x30, para: 0x01, success: 0x90, data: [4 + TEXT_BYTES + PHOTO_BYTES], timeoutMs: 3000 },
  readWithFingerprint: { cmd: 0x30, para: 0x10, success: 0x90, data: WITH_FINGERPRINT, timeoutMs: 4000 },
  readExtraAddress: { cmd: 0x30, para: 0x03, success: 0x90, data: [70], timeoutMs: 2000 },
  readChipNumber: { cmd: 0x30, para: 0x05, success: 0x90, data: [28], timeoutMs: 2000 },
} as const satisfies Record<string, CommandSpec>;
export type CommandName = keyof typeof COMMANDS;

/** What the third status byte says. */
export const STATUS = {
  1: 'port failed',
  2: 'timeout',
  3: 'transmission failed',
  16: 'checksum wrong',
  17: 'length wrong',
  33: 'command wrong',
  35: 'no privilege',
  36: 'unknown error',
  49: 'card did not authenticate the reader',
  50: 'reader did not authenticate the card',
  51: 'verification failed',
  64: 'card type not supported',
  65: 'read failed',
  71: 'random number failed',
  96: 'self-test failed',
  102: 'not authorised',
  128: 'no card found',
  129: 'card not selected',
  144: 'done',
  145: 'the card has no such item',
  159: 'card found',
} as const;
export type StatusCode = keyof typeof STATUS;

/** For a log line; never fails, a code nobody documented is shown as it is. */
export const statusMeaning = (code: number): string =>
  STATUS[code as StatusCode] ?? `undocumented status ${code.toString(16).padStart(2, '0')}`;
