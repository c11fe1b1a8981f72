import { z } from 'zod';
import { BankFile, ItemDraft } from '../../contract/words/items.ts';
import { picturesOf } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { isWithinReason } from '../../contract/words/within-reason.ts';
import { sha256 } from '../../proof/index.ts';
import type { PictureBytes } from './passage.ts';
import { type ItemReading, refuse } from './problems.ts';
import { itemOf } from './row-item.ts';
import type { Source } from './source.ts';
import { asksForPicture } from './spoken-pictures.ts';
import { decodeText } from './text.ts';
import { writtenOf } from './written-row.ts';

const Outer = z.object({ ...BankFile.unwrap().shape, items: z.array(z.unknown()) });

/**
 * The items of a bank file of this product's own: `{"title": {"zh"}, "items": [{"kind", "stem", "options", "key", ...}]}`.
 * @throws Refusal `not-a-workbook`
 */
export function readBankFile(bytes: Uint8Array): Source {
  const outer = Outer.safeParse(parseJson(decodeText(bytes)));
  if (!outer.success) throw new Refusal('not-a-workbook', z.prettifyError(outer.error));
  const pictures = new Map(
    Object.values(outer.data.pictures ?? {}).map((text) => {
      const picture = Buffer.from(text, 'base64');
      return [sha256(picture), picture] as const;
    }),
  );
  const rows = outer.data.items.map((written, at) => {
    const draft = ItemDraft.safeParse(written);
    return {
      sheet: '',
      row: at + 1,
      reading: draft.success ? readDraft(draft.data, pictures, outer.data.literal) : refuse('item-refused'),
      ...(draft.success ? { written: () => writtenOf(draft.data, pictures) } : {}),
    };
  });
  return { rows, skippedSheets: [] };
}

function readDraft(draft: ItemDraft, all: PictureBytes, literal = false): ItemReading {
  const own = [...picturesOf([draft])];
  const found = own.flatMap((hash) => {
    const bytes = all.get(hash);
    return bytes ? [[hash, bytes] as const] : [];
  });
  const isBare = !literal && own.length === 0 && saidIn(draft).some(asksForPicture);
  return isBare || found.length < own.length ? refuse('picture-needed') : itemOf(draft, [], new Map(found));
}

const saidIn = ({ passage, stem, premises = [], options }: ItemDraft): readonly string[] =>
  [...(passage ? [passage.text] : []), stem, ...premises, ...options].flatMap(({ zh = '', en = '' }) => [zh, en]);

function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refusal('not-a-workbook', (error as Error).message);
  }
  if (!isWithinReason(value)) throw new Refusal('not-a-workbook', 'nested too deeply, or too many values');
  return value;
}
