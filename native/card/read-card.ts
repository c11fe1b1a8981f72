/**
 * Reads the card that is selected until it can be believed. The checksum of a reply is one byte of XOR: bytes put into it
 * pass one time in 256, and two characters that change places pass always. So a card is believed where two readings agree
 * byte for byte, because damage hardly strikes twice alike, and where its text is what a card can say.
 *
 * A SAM-V reads again for as long as the card lies there selected; only finding it again needs it to leave first. Public
 * drivers count on that: they read two things of one selection, and read on where find and select have failed.
 *
 * Where a reader will not read twice all the same, its one reading counts: lengths, fields and check digit have been seen
 * to be right, and to refuse it would refuse every card of that reader. It does not count where anything came damaged or
 * differed, nor at a reader that has read a card twice before: what refuses there is a card that was taken away.
 */
import { type CardText, parseCardText } from './card-text.ts';
import type { Answer, Exchange } from './exchange.ts';
import { parseReadReply } from './read-reply.ts';
import { COMMANDS, statusMeaning } from './samv-tables.ts';

export type CardRead =
  | { readonly kind: 'read'; readonly card: CardText; readonly photo: Uint8Array }
  /**
   * `detail` says where it failed, never what the card said. `spent`: the reader may count the card as read, and then
   * finds it no more however long it lies.
   */
  | { readonly kind: 'failed'; readonly detail: string; readonly spent: boolean };

/** Readings of one card, lost ones too, before it is given up that two agree. */
const READINGS = 4;

/** @returns how to read the card that is selected; remembers of the reader whether it reads a card twice */
export function createCardRead(exchange: Exchange): () => Promise<CardRead> {
  let readsTwice = false;

  return async () => {
    let before: Uint8Array | undefined;
    let trouble = '';
    for (let turn = 1; turn <= READINGS; turn++) {
      const answer = await exchange('read');
      if (before && trouble === '' && !readsTwice && declines(answer)) return judge(before);
      if (!answer.ok) {
        trouble = `read: ${answer.fault}`;
        continue;
      }
      const { sw, data } = answer.reply;
      if (sw[2] !== COMMANDS.read.success) return failed(`read: ${statusMeaning(sw[2])}`, turn > 1);
      if (before && Buffer.compare(before, data) === 0) {
        readsTwice = true;
        return judge(data);
      }
      if (before) trouble = 'read: no two readings agree';
      before = data;
    }
    return failed(trouble, true);
  };
}

/** Says no to a second reading, or nothing at all. What came damaged was no refusal. */
const declines = (answer: Answer): boolean =>
  answer.ok ? answer.reply.sw[2] !== COMMANDS.read.success : answer.fault === 'no-reply';

function judge(data: Uint8Array): CardRead {
  const blocks = parseReadReply(data);
  if (!blocks) return failed('read: lengths of text and photo', true);
  const text = parseCardText(blocks.text);
  if (text.ok) return { kind: 'read', card: text.card, photo: blocks.photo };
  const where = text.fault === 'text-field' ? `${text.kind}.${text.field}` : `${text.bytes} bytes`;
  return failed(`${text.fault}: ${where}`, true);
}

const failed = (detail: string, spent: boolean): CardRead => ({ kind: 'failed', detail, spent });
