import { hash } from 'node:crypto';
import { isWordsAlone, parseContent } from '../../contract/content/parse.ts';
import type { Block } from '../../contract/content/parts.ts';
import type { Item, ItemOption } from '../../contract/words/items.ts';

/** Marks people put differently when they type the same question twice; a dot is not among them, for 1.5 is not 15. */
const squeeze = (text: string): string =>
  isWordsAlone(text) ? squeezeWords(text) : parseContent(text).map(squeezeBlock).join('');

/** In a formula, and between the cells of a table, each of these marks means something. */
const squeezeBlock = (block: Block): string => {
  if (block.kind === 'paragraph')
    return block.runs
      .map((run) => (run.kind === 'words' ? squeezeWords(run.source) : withoutBlanks(run.source)))
      .join('');
  return withoutBlanks(block.source);
};
const withoutBlanks = (text: string): string => text.replace(/\s+/g, ' ').trim();
const squeezeWords = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s,;:。()]+/g, '')
    .replace(/\.$/, '');

const optionTexts = (item: Item, of: 'all' | 'right'): readonly string[] =>
  item.options
    .filter(({ id }) => of === 'all' || item.key.includes(id))
    .map(optionText)
    .sort();

const optionText = ({ text, pictures }: ItemOption): string => squeeze(text?.zh ?? '') + shownBy(pictures);

/** Only of pairs: what two columns say is another question where they stand the other way round. */
const premiseTexts = ({ premises }: Item): readonly unknown[] => (premises ? [premises.map(optionText).sort()] : []);

/** The same words about another picture ask something else. */
const shownBy = (pictures: Item['pictures']): string => pictures?.map(({ hash }) => ` ${hash}`).join('') ?? '';

/** Many are kept at once: 16 bytes of SHA-256 stand for the text. */
const short = (text: string): string => hash('sha256', text, 'hex').slice(0, 32);

/** The same words about another case ask something else. */
const passageText = ({ passage }: Item): readonly unknown[] =>
  passage ? [[squeeze(passage.text.zh) + shownBy(passage.pictures)]] : [];

/** A 选择题 is single or multiple by its key alone: the same question all the same. */
const sort = ({ kind }: Item): string => (kind === 'multiple' ? 'single' : kind);

/** The same for items that ask the same question with the same options, however they were typed. */
export const questionKey = (item: Item): string =>
  short(
    JSON.stringify([
      sort(item),
      squeeze(item.stem.zh) + shownBy(item.pictures),
      ...optionTexts(item, 'all'),
      ...premiseTexts(item),
      ...passageText(item),
    ]),
  );

/** The same for items of one question that call the same options right. */
export const answerKey = (item: Item): string =>
  short(JSON.stringify([optionTexts(item, 'right'), item.number, item.gaps, orderIn(item), ...pairsIn(item)]));

const pairText = (premise: ItemOption, choice: ItemOption | undefined): string =>
  JSON.stringify([optionText(premise), choice && optionText(choice)]);

const pairsIn = ({ premises, options, key }: Item): readonly unknown[] =>
  premises
    ? [
        premises
          .map((premise, at) =>
            pairText(
              premise,
              options.find(({ id }) => id === key[at]),
            ),
          )
          .sort(),
      ]
    : [];

const orderIn = ({ kind, key, options }: Item): readonly unknown[] =>
  kind === 'order' ? key.map((id) => options.find((option) => option.id === id)?.text?.zh ?? id) : [];
