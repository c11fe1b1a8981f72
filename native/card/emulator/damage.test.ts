import { expect, it } from 'vitest';
import { answers } from '../answers.ts';
import { encodeCardText, parseCardText } from '../card-text.ts';
import { encodeReadReply, parseReadReply } from '../read-reply.ts';
import { createReplyParser, encodeReply } from '../samv.ts';
import { emulatedPhoto, inventedNumber, residentCard } from './card.ts';
import { type Damage, damaged, READING_BYTES } from './damage.ts';

const number = inventedNumber('19900101', 1);
const card = residentCard({ name: '张三', number });
if (!('kind' in card)) throw new Error('no card');
const reading = encodeReply(
  [0, 0, 0x90],
  encodeReadReply({ text: encodeCardText(card), photo: emulatedPhoto(number) }),
);

/** What the text of a damaged reading says, once its frame has been believed. */
function textOf(how: Damage) {
  const parser = createReplyParser((reply) => answers('read', reply));
  const [reply] = parser.push(damaged(reading, how));
  const blocks = reply?.kind === 'reply' ? parseReadReply(reply.data) : undefined;
  return blocks && parseCardText(blocks.text);
}

it('a reading is as long as it says', () => {
  expect(reading).toHaveLength(READING_BYTES);
});

it('bytes put in pass for a reading, and their text for none', () => {
  expect(textOf('bytes-put-in')).toMatchObject({ ok: false, fault: 'text-field' });
});

it('swapped characters pass for a card that there is not', () => {
  expect(textOf('characters-swapped')).toEqual({ ok: true, card: { ...card, name: '三张' } });
});
