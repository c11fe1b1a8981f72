import { isBlank } from './cells.ts';
import { draftOf } from './draft-of.ts';
import { leansOnPassage } from './leans-on-passage.ts';
import { isUnread, type Unread } from './markup/index.ts';
import { bytesOf, lacksPicture, type Passage, shown } from './passage.ts';
import { type ItemReading, refuse } from './problems.ts';
import { itemOf } from './row-item.ts';
import { asksForPicture } from './spoken-pictures.ts';

/** Keeps in mind what passage was read: what leans on it is asked together with it. */
export type Passages = {
  /** What was read of a question of that kind, with the passage that it leans on; or why it is none without that. */
  checked(kind: string | undefined, reading: ItemReading, said?: () => Passage | Unread): ItemReading;
  /** Another category begins: the passage is left behind. */
  end(): void;
};

export function openPassages(): Passages {
  let passage: Passage | Unread | undefined;
  return {
    checked(kind, reading, said) {
      if (kind === 'description') passage = said?.() ?? refuse('construct-unread', { construct: kind });
      if (!passage || !reading.ok || !leansOnPassage(reading.item.stem.zh)) return reading;
      return withPassage(reading, passage);
    },
    end() {
      passage = undefined;
    },
  };
}

function withPassage(reading: Extract<ItemReading, { ok: true }>, said: Passage | Unread): ItemReading {
  const isKnown = !isUnread(said) && !isBlank(said.text) && !said.tableUnreadable;
  if (!isKnown) return refuse('construct-unread', { construct: 'description' });
  const isBare = said.pictures.length === 0 && asksForPicture(said.text);
  if (isBare || lacksPicture(said)) return refuse('picture-needed');
  const passage = { text: { zh: said.text, ...(said.en ? { en: said.en } : {}) }, ...shown(said) };
  const draft = { ...draftOf(reading.item), passage };
  const made = itemOf(draft, reading.repairs, new Map([...reading.pictures, ...bytesOf([said])]));
  return made.ok && reading.leftOut ? { ...made, leftOut: reading.leftOut } : made;
}
