/** A question or a category of a GIFT file, with the line that it begins in. */
export type Paragraph = {
  readonly line: number;
  readonly text: string;
  /** What comments before and in it say that Moodle reads as more than a comment: `[tag:用电]`. */
  readonly tags: readonly string[];
};

/**
 * Questions are parted by blank lines, but for those between the braces of an answer; comments are lines of their own, and so is a
 * category.
 */
export function paragraphsOf(text: string): readonly Paragraph[] {
  const found: { line: number; text: string; tags: string[] }[] = [];
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/)
    .map((line) => line.trim());
  let open: (typeof found)[number] | undefined;
  let tags: string[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.startsWith('//')) tags.push(...(line.match(/\[tag:[^\]]*\]/g) ?? []));
    else if (line.startsWith('$CATEGORY:')) {
      found.push({ line: at + 1, text: line, tags: [] });
      open = undefined;
    } else if (line === '') {
      if (!open || !goesOn(open.text, lines, at)) open = undefined;
    } else if (open) open.text += `\n${line}`;
    else {
      open = { line: at + 1, text: line, tags: [] };
      found.push(open);
    }
    if (open && tags.length > 0 && !line.startsWith('//')) {
      open.tags.push(...tags);
      tags = [];
    }
  }
  return found;
}

const OPENING = /(?<!\\)\{/;
const CLOSING = /(?<!\\)\}/;

/** Whether an answer is open here and closed further on, before another begins. */
function goesOn(text: string, lines: readonly string[], at: number): boolean {
  if (!OPENING.test(text) || CLOSING.test(text)) return false;
  for (let next = at + 1; next < lines.length && next < at + MOST_LINES; next += 1) {
    const line = lines[next] ?? '';
    if (line.startsWith('//')) continue;
    const [opens, closes] = [line.search(OPENING), line.search(CLOSING)];
    if (closes >= 0 && (opens < 0 || closes < opens)) return true;
    if (opens >= 0 || line.startsWith('::') || line.startsWith('$CATEGORY:')) return false;
  }
  return false;
}
/** No answer is longer; a file of braces that are never closed is not looked through anew for each. */
const MOST_LINES = 200;
