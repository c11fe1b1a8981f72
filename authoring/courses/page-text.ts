import type { Block } from '../../contract/words/course.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import type { Localized } from '../../contract/words/localized.ts';
import { type Found, found, trouble } from './problems.ts';

/** A part of a page as it is written; of a picture the file. */
export type Written =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'picture'; readonly file: string; readonly alt: string };

const PICTURE = /^!\[([^\]]*)\]\(([^)\s]+)\)$/;

/**
 * The parts of a plain text: empty lines part paragraphs, `# ` begins a heading, `- ` each line of a list, and
 * `![what it shows](file)` is a picture. Nothing else is markup.
 */
export function readPageText(text: string): readonly Written[] {
  const parts = text.replaceAll('\r\n', '\n').split(/\n[ \t]*\n/);
  return parts.flatMap((part) => readPart(part.split('\n').map((line) => line.trim())));
}

/** Lines that follow each other; a heading, a list or a picture among them ends the paragraph before it. */
function readPart(lines: readonly string[]): readonly Written[] {
  const read: Written[] = [];
  let paragraph: readonly string[] = [];
  const end = (): void => {
    if (paragraph.length > 0) read.push({ kind: 'paragraph', text: joined(paragraph) });
    paragraph = [];
  };
  for (const line of lines.filter((one) => one !== '')) {
    const [, alt, file] = PICTURE.exec(line) ?? [];
    const last = read.at(-1);
    if (line.startsWith('# ')) {
      end();
      read.push({ kind: 'heading', text: line.slice(2).trim() });
    } else if (line.startsWith('- ')) {
      const item = line.slice(2).trim();
      if (paragraph.length === 0 && last?.kind === 'list')
        read[read.length - 1] = { kind: 'list', items: [...last.items, item] };
      else {
        end();
        read.push({ kind: 'list', items: [item] });
      }
    } else if (file !== undefined) {
      end();
      read.push({ kind: 'picture', file, alt: alt ?? '' });
    } else paragraph = [...paragraph, line];
  }
  end();
  return read;
}

const HAN = /[\p{Script=Han}，。、；：？！“”（）《》]/u;

/** Chinese has no space where a line was broken. */
const joined = (lines: readonly string[]): string =>
  lines.reduce((text, line) =>
    HAN.test(text.at(-1) ?? '') || HAN.test(line[0] ?? '') ? text + line : `${text} ${line}`,
  );

/** Pictures that a text shows, by their files. */
export const picturesIn = (parts: readonly Written[]): readonly string[] =>
  parts.flatMap((part) => (part.kind === 'picture' ? [part.file] : []));

/** A page in Chinese and, part for part, in English. */
export function blocksOf(
  zh: readonly Written[],
  en: readonly Written[] | undefined,
  hashes: ReadonlyMap<string, Sha256>,
): Found<readonly Block[]> {
  if (zh.length === 0) return trouble('text-empty', 'the page says nothing');
  if (zh.length > 200) return trouble('text-too-long', `${zh.length} parts; a page has 200 at most`);
  if (en && en.length !== zh.length)
    return trouble('text-not-parallel', `${zh.length} parts in Chinese, ${en.length} in English`);
  const blocks: Block[] = [];
  for (const [at, part] of zh.entries()) {
    const block = blockOf(part, en?.[at], hashes);
    if (!block) return trouble('text-not-parallel', `part ${at + 1} is another one in English`);
    blocks.push(block);
  }
  return found(blocks);
}

function blockOf(zh: Written, en: Written | undefined, hashes: ReadonlyMap<string, Sha256>): Block | undefined {
  if (zh.kind === 'list') {
    if (en && (en.kind !== 'list' || en.items.length !== zh.items.length)) return undefined;
    return { kind: 'list', items: zh.items.map((item, at) => localized(item, en?.items[at])) };
  }
  if (zh.kind === 'picture') {
    const hash = hashes.get(zh.file);
    if (!hash || (en && en.kind !== 'picture')) return undefined;
    return { kind: 'picture', picture: zh.alt ? { hash, alt: localized(zh.alt, en?.alt) } : { hash } };
  }
  if (en && en.kind !== zh.kind) return undefined;
  return { kind: zh.kind, text: localized(zh.text, en?.text) };
}

const localized = (zh: string, en: string | undefined): Localized => (en ? { zh, en } : { zh });
