import { Unzip, UnzipInflate } from 'fflate';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { Refusal } from '../../contract/words/reasons.ts';
import { limitAttributes, localName } from './xml.ts';

export type Attributes = Readonly<Record<string, string>>;

/** What is done with the elements of a part as they come; names without their prefix. */
export type Handlers = {
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
};

/** Takes the text of a part as it is unpacked. */
export type Sink = { write(text: string): unknown; close(): unknown };

/** More than any honest workbook unpacks to: in all, and once it is much, for what it is packed. */
const [MOST_BYTES, FREE_BYTES, MOST_RATIO] = [2_000_000_000, 30_000_000, 100];

export const isOn = (flag: string | undefined): boolean => flag === '1' || flag === 'true';

/** @throws Refusal `not-a-workbook`, whatever it is that goes wrong */
export function asWorkbook<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('not-a-workbook', (error as Error).message);
  }
}

export function parserOf({ open, text, close }: Handlers): SaxesParser {
  const parser = new SaxesParser();
  parser.on('doctype', () => {
    throw new Refusal('not-a-workbook', 'a document type: no workbook has one');
  });
  parser.on('error', (error) => {
    throw error;
  });
  limitAttributes(parser);
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => open?.(localName(name), attributes));
  parser.on('text', (part) => text?.(part));
  parser.on('cdata', (part) => text?.(part));
  parser.on('closetag', ({ name }) => close?.(localName(name)));
  return parser;
}

/**
 * Runs through the package once and gives each part that is asked for to what takes it, as it is unpacked. Says after each
 * step how far it is, 0..1.
 * @param optional parts that may be missing
 */
export function* unpack(
  bytes: Uint8Array,
  parts: ReadonlyMap<string, Sink>,
  optional: ReadonlySet<string> = new Set(),
): Generator<number, void> {
  let unpacked = 0;
  const seen = new Set<string>();
  const unzip = new Unzip((file) => {
    const part = parts.get(file.name);
    if (!part) return;
    seen.add(file.name);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    file.ondata = (error, chunk, final) => {
      if (error) throw error;
      unpacked += chunk.length;
      if (unpacked > MOST_BYTES || unpacked > Math.max(FREE_BYTES, bytes.length * MOST_RATIO))
        throw new Refusal('not-a-workbook', 'it unpacks to too much');
      part.write(decoder.decode(chunk, { stream: !final }));
      if (final) part.close();
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  const STEP = 1 << 16;
  for (let at = 0; at < bytes.length; at += STEP) {
    unzip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
    yield Math.min(1, (at + STEP) / bytes.length);
  }
  const missing = [...parts.keys()].find((path) => !seen.has(path) && !optional.has(path));
  if (missing) throw new Refusal('not-a-workbook', `${missing} is not in it`);
}
