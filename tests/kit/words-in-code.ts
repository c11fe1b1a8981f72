import { parseSync } from '@swc/core';

/** Words that stand in the code itself: where, and what. */
export type Found = { readonly where: 'text' | 'attribute' | 'string'; readonly text: string };

/** Attributes that people read, or have read to them. */
const READ: readonly string[] = [
  ...['title', 'alt', 'placeholder', 'label', 'summary', 'content'],
  ...['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'aria-placeholder'],
];
const WORD = /\p{L}{2,}/u;
const HAN = /\p{Script=Han}/u;

type Node = { readonly type?: string; readonly [key: string]: unknown };

/**
 * Text between tags and in attributes that people read, in any letters; and what is Chinese in any other string. What is
 * asked of the catalogue by its key is no text: keys stand in calls.
 */
export function wordsIn(source: string, tsx: boolean): readonly Found[] {
  const found: Found[] = [];
  const text = (node: Node): string => String(node.value ?? node.cooked ?? '');
  const visit = (node: unknown, read: boolean): void => {
    if (Array.isArray(node)) for (const one of node) visit(one, read);
    if (node === null || typeof node !== 'object' || Array.isArray(node)) return;
    const { type, ...parts } = node as Node;
    const words = text(node as Node);
    if (type === 'JSXText' && WORD.test(words)) found.push({ where: 'text', text: words.trim() });
    if (type === 'StringLiteral' || type === 'TemplateElement') {
      if (read && WORD.test(words)) found.push({ where: 'attribute', text: words });
      else if (HAN.test(words)) found.push({ where: 'string', text: words });
    }
    if (type === 'TaggedTemplateExpression' && text(parts.tag as Node) === 'html') {
      const words = betweenTags(parts.template as Node);
      if (WORD.test(words)) found.push({ where: 'text', text: words });
    }
    if (type === 'JSXAttribute') return visit(parts.value, READ.includes(text(parts.name as Node)));
    for (const part of Object.values(parts)) visit(part, read && type !== 'CallExpression');
  };
  visit(parseSync(source, { syntax: 'typescript', tsx }).body, false);
  return found;
}

/** What a template of a page says itself, without its tags and without what is filled in. */
function betweenTags(template: Node): string {
  const quasis = template.quasis as readonly { readonly raw: string }[];
  return quasis
    .map(({ raw }) => raw)
    .join('')
    .replace(/<[^>]*>|^\s*[\w-]+="[^"]*"\s*$|&\w+;/g, ' ')
    .trim();
}
