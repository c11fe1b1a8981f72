import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Package } from './package.ts';
import { limitAttributes, localName } from './xml.ts';
import { wideEncoding } from './xml-text.ts';

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

/** @property bytes of the whole file */
export type Opened = Package & { readonly bytes: number };

/** Gives a part to what takes it, as it is unpacked. Says after each step how far it is, 0..1. */
export function* unpack(pack: Opened, path: string, sink: Sink): Generator<number, void> {
  let unpacked = 0;
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  yield* pack.readInPieces(path, (piece, last) => {
    unpacked += piece.length;
    if (unpacked > MOST_BYTES || unpacked > Math.max(FREE_BYTES, pack.bytes * MOST_RATIO))
      throw new Refusal('not-a-workbook', 'it unpacks to too much');
    if (piece.length > 0) {
      decoder ??= new TextDecoder(wideEncoding(piece) ?? 'utf-8', { fatal: true });
      sink.write(decoder.decode(piece, { stream: true }));
    }
    if (!last) return;
    sink.write(decoder?.decode() ?? '');
    sink.close();
  });
}
