import { isUnread, type Unread } from './markup/index.ts';
import { type Passage, unescapeAddress } from './passage.ts';
import type { ItemReading } from './problems.ts';
import { childNamed, textOf, type XmlNode } from './xml.ts';

/** A question with the one picture that Moodle had beside its text before version 2, as a file or only by name. */
export function withOldPicture(stem: Passage | Unread, question: XmlNode): Passage | Unread {
  const said = (name: string): string => {
    const part = childNamed(question, name);
    return part ? textOf(part).trim() : '';
  };
  const [name, base64] = [said('image'), said('image_base64')];
  if (isUnread(stem) || (name === '' && base64 === '')) return stem;
  const bytes = base64 === '' ? undefined : Buffer.from(base64, 'base64');
  return { ...stem, pictures: [...stem.pictures, { bytes, alt: '' }] };
}

/** What was read, and the files beside its texts that no text shows. */
export function withoutUnused(reading: ItemReading, question: XmlNode): ItemReading {
  const unused = unusedIn(question).map((name) => `<file name="${name}">`);
  return reading.ok && unused.length > 0 ? { ...reading, leftOut: [...(reading.leftOut ?? []), ...unused] } : reading;
}

const unusedIn = (node: XmlNode): readonly string[] =>
  node.children.flatMap((part) => {
    const text = childNamed(part, 'text');
    if (!text) return unusedIn(part);
    const shown = unescapeAddress(textOf(text));
    const names = part.children.flatMap(({ name, attributes }) => (name === 'file' ? [attributes.name ?? ''] : []));
    return [...names.filter((name) => !shown.includes(name)), ...unusedIn(part)];
  });
