import { z } from 'zod';
import {
  type FoundPicture,
  KIND_NAMES,
  type PictureBytes,
  readKind,
  type WrittenRow,
} from '../../authoring/import/index.ts';
import { WrittenQuestion } from '../../contract/platform/bank-uploads.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import { ItemKind } from '../../contract/words/items.ts';
import { canonicalJson, sha256 } from '../../proof/index.ts';
import { storable } from './storable.ts';

/** What stands in a row, as it is kept: its kind in whatever words, and all else that is known of it. */
export const KeptRow = z
  .object({
    ...WrittenQuestion.omit({ explanation: true, premises: true }).shape,
    kind: z.string(),
    /** Explanation, difficulty, industry and the like, as they are written. */
    about: z.record(z.string(), z.string()),
  })
  .readonly();
export type KeptRow = z.infer<typeof KeptRow>;

/** Two rows of one hash say the same, and were mended the same way. */
export const hashOfRow = (row: KeptRow): Sha256 => sha256(canonicalJson(JSON.parse(storable(row))));

type Kept = { readonly row: KeptRow; readonly pictures: PictureBytes };

/** A row as it is kept, with the bytes of its pictures apart. A picture that is only spoken of is none. */
export function keep(row: WrittenRow): Kept {
  const found = new Map<Sha256, Uint8Array>();
  const named = (all: readonly FoundPicture[] = []) =>
    all.flatMap(({ bytes, alt }) => {
      if (!bytes) return [];
      const hash = sha256(bytes);
      found.set(hash, bytes);
      return [{ hash, alt }];
    });
  const { kind, stem, key, topic, about } = row;
  const letters = [...row.pictures.options.keys()];
  const count = Math.max(row.options.length, ...letters.map((letter) => letter + 1), 0);
  const kept = Array.from({ length: count }, (_, at) => ({
    ...{ text: row.options[at] ?? '', pictures: named(row.pictures.options.get(at)) },
  }));
  return {
    row: { kind, stem, key, topic, pictures: named(row.pictures.stem), options: kept, about: { ...about } },
    pictures: found,
  };
}

/** The same row, to be read. */
export function unkeep(row: KeptRow, bytes: PictureBytes): WrittenRow {
  const found = (all: KeptRow['pictures']): readonly FoundPicture[] =>
    all.map(({ hash, alt }) => ({ bytes: bytes.get(hash), alt }));
  const { kind, stem, key, topic, about } = row;
  const illustrated = row.options.flatMap(({ pictures: own }, at) =>
    own.length > 0 ? [[at, found(own)] as const] : [],
  );
  return {
    ...{ kind, stem, key, topic, about, options: row.options.map(({ text }) => text) },
    pictures: { stem: found(row.pictures), options: new Map(illustrated) },
  };
}

/** What a form begins with. */
export function toForm({ kind, stem, pictures: shown, options: written, key, topic, about }: KeptRow): WrittenQuestion {
  const known = kindOnForm(kind, written);
  const { explanation = '', premises = '' } = about;
  return { kind: known, stem, pictures: shown, options: written, premises, key, topic, explanation };
}

/** A number to choose is a choice: beside its options nobody types one. */
function kindOnForm(kind: string, written: KeptRow['options']): ItemKind | null {
  const known = ItemKind.safeParse(readKind(kind)).data ?? null;
  const hasOptions = written.some(({ text, pictures }) => text.trim() !== '' || pictures.length > 0);
  return known === 'numeric' && hasOptions ? 'single' : known;
}

/** What came of a form: what it has no field for stays as it was. */
export function fromForm(form: WrittenQuestion, before: KeptRow | undefined): KeptRow {
  const { kind, explanation, premises, ...others } = form;
  const about = { ...before?.about, explanation, ...(premises === undefined ? {} : { premises }) };
  const said = Object.entries(about).filter(([, text]) => text.trim() !== '');
  return { ...others, kind: kind ? KIND_NAMES[kind] : '', about: Object.fromEntries(said) };
}

/** Every picture that rows name, once. */
export const picturesIn = (rows: readonly KeptRow[]): readonly Sha256[] => [
  ...new Set(rows.flatMap((row) => [row, ...row.options]).flatMap((one) => one.pictures.map(({ hash }) => hash))),
];
