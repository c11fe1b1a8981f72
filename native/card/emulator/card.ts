import { z } from 'zod';
import { checkCharacter } from '../../../contract/words/citizen-number.ts';
import { CardText, type CardTextInput } from '../card-text.ts';
import { PHOTO_BYTES } from '../samv-tables.ts';

/** What can be laid on the emulated reader: a card, or something that spoils at the given step. */
export const EmulatedCard = z.union([
  CardText,
  z.object({ unreadable: z.enum(['select', 'read', 'text']) }).readonly(),
]);
export type EmulatedCard = CardTextInput | { readonly unreadable: 'select' | 'read' | 'text' };

/** A resident card from as little as a name and a number; the rest is made up but fits. */
export function residentCard(
  who: { readonly name: string; readonly number: string } & Partial<Extract<CardTextInput, { kind: 'resident' }>>,
): EmulatedCard {
  const { number } = who;
  return {
    kind: 'resident',
    sex: Number(number[16]) % 2 === 1 ? 'male' : 'female',
    nation: '01',
    birth: `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`,
    address: '上海市浦东新区世纪大道1号',
    issuer: '上海市公安局浦东分局',
    validFrom: '2020-01-01',
    validTo: '2040-01-01',
    ...who,
  };
}

/** A valid number for an invented person: region 310115, the given birthday (`YYYYMMDD`) and serial (0 to 999). */
export function inventedNumber(birthday: string, serial: number): string {
  const first17 = `310115${birthday}${String(serial).padStart(3, '0')}`;
  return first17 + checkCharacter(first17);
}

/** Stands for a photo: every byte value occurs, and no two numbers give the same. */
export function emulatedPhoto(number: string): Uint8Array {
  const photo = new Uint8Array(PHOTO_BYTES);
  for (let at = 0; at < photo.length; at++) photo[at] = at + number.charCodeAt((at >> 8) + (at % number.length));
  photo.set(Buffer.from(`WLf${number}`, 'latin1'));
  return photo;
}
