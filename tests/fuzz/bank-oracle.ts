import { exportBank } from '../../authoring/export/index.ts';
import { importBank } from '../../authoring/import/index.ts';
import type { Item } from '../../contract/words/items.ts';
import { Refusal } from '../../contract/words/reasons.ts';

/** Whether what an item says stands letter for letter in such a file: markup, and signs with a mark before them, do not. */
const isLiteral = (bytes: Uint8Array, ending: string): boolean =>
  ending === 'csv' || (ending === 'gift' && !/[<&\\]|\[markdown/i.test(Buffer.from(bytes).toString('latin1')));
/** What a reader writes where a source has only a sign for it. */
const OWN_WORDS = new Set(['正确', '错误']);

/**
 * Reads a bank that may be spoilt, and holds what came of it against two others: what it was read from, and what it is when it was written
 * and read once more.
 * @throws Refusal where it is no bank; Error where an item is not what the file says
 */
export async function bankAsWritten(bytes: Uint8Array, ending: string): Promise<unknown> {
  const { items, pictures, report } = await importBank(bytes, `a.${ending}`);
  const { rows, accepted, repaired, rejected } = report;
  if (accepted + repaired + rejected.length !== rows)
    throw new Error(`of ${rows} rows some are in no part of the report`);
  if (items.length === 0) return report;
  if (isLiteral(bytes, ending)) mustSayNothingElse(items, bytes);
  // Both read again what they wrote. CSV cannot hold everything, and says so.
  const bank = { title: { zh: '库' }, items, pictures };
  mustWrite(() => exportBank(bank, 'a.json'));
  try {
    exportBank(bank, 'a.csv');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return report;
}

function mustWrite(write: () => unknown): void {
  try {
    write();
  } catch (error) {
    throw new Error(`a bank that was read cannot be written: ${(error as Refusal).detail ?? error}`);
  }
}

const wordsOf = ({ passage, stem, premises = [], options, explanation }: Item): readonly string[] =>
  [passage?.text, stem, explanation, ...[...premises, ...options].map(({ text }) => text)]
    .flatMap((said) => [said?.zh ?? '', said?.en ?? ''])
    .flatMap((text) => text.match(/[\p{L}\p{N}]+/gu) ?? []);

function mustSayNothingElse(items: readonly Item[], bytes: Uint8Array): void {
  const texts = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5'].map((encoding) =>
    new TextDecoder(encoding).decode(bytes).replace(/[^\p{L}\p{N}]+/gu, ''),
  );
  for (const item of items)
    for (const word of wordsOf(item))
      if (!OWN_WORDS.has(word) && !texts.some((text) => text.includes(word)))
        throw new Error(`an item says ${word}, which the file does not`);
}
