import { crc32 } from 'node:zlib';

/** A name as it lies in a zip. @property unicode the extra field in which Info-ZIP says it again */
export type WrittenName = {
  readonly raw: Uint8Array;
  readonly isUtf8: boolean;
  readonly unicode: DataView | undefined;
};

/** With slashes, from the root. @property otherName what it reads as in the other encoding that it may be in */
export type ReadName = { readonly name: string; readonly otherName?: string };

/**
 * Names as their maker meant them. Windows in Chinese writes GBK and does not say so; macOS and many libraries write UTF-8 and do
 * not say so either. 图片 in GBK is well-formed UTF-8 too (ͼƬ): there the other names of the zip decide, and where none does, that
 * both are characters people write every day. What is neither is taken letter for letter: no part of a package will be found
 * under it.
 */
export function readNames(written: readonly WrittenName[]): readonly ReadName[] {
  const said = written.map((name) => (name.isUtf8 ? decoded(name.raw, 'utf-8') : unicodeName(name)));
  const isGbk = written.some(
    ({ raw }, at) => said[at] === undefined && decoded(raw, 'utf-8') === undefined && decoded(raw, 'gb18030'),
  );
  return written.map(({ raw }, at) => {
    const known = said[at];
    return known === undefined ? guessed(raw, isGbk) : { name: asPath(known) };
  });
}

function guessed(raw: Uint8Array, isGbk: boolean): ReadName {
  const [utf8, gbk] = [decoded(raw, 'utf-8'), decoded(raw, 'gb18030')];
  if (utf8 === undefined || gbk === undefined || utf8 === gbk)
    return { name: asPath(utf8 ?? gbk ?? Buffer.from(raw).toString('latin1')) };
  // Three bytes that are one character of UTF-8 are so by no accident.
  const isSure = /[\u0800-\uffff]/.test(utf8);
  const [name, otherName] = !isSure && (isGbk || isCommon(raw)) ? [gbk, utf8] : [utf8, gbk];
  return { name: asPath(name), otherName: asPath(otherName) };
}

/** Whether all that is not ASCII is a character of GB 2312. */
const isCommon = (raw: Uint8Array): boolean =>
  /^([ -~]|[\xb0-\xf7][\xa1-\xfe])*$/.test(Buffer.from(raw).toString('latin1'));

/** Only once it is decoded: in GBK a back-slash may be half of a character. */
const asPath = (name: string): string => name.replaceAll('\\', '/').replace(/^(\.?\/)+/, '');

/** One whose sum is of another name was left behind by a program that did not know it. */
function unicodeName({ raw, unicode: field }: WrittenName): string | undefined {
  if (!field || field.byteLength < 5 || field.getUint8(0) !== 1 || field.getUint32(1, true) !== crc32(raw))
    return undefined;
  return decoded(new Uint8Array(field.buffer, field.byteOffset + 5, field.byteLength - 5), 'utf-8');
}

function decoded(raw: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(raw);
  } catch {
    return undefined;
  }
}
