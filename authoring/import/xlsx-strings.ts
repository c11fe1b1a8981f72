import { Refusal } from '../../contract/words/reasons.ts';
import { lowered } from './lowered.ts';
import { raised } from './raised.ts';
import { type Attributes, type Handlers, isOn } from './xlsx-parts.ts';

/** A text of a workbook as it is shown. Most are nothing but a text: there may be very many. */
export type ShownText = string | LookingText;

/** One that has a look of its own. */
type LookingText = {
  readonly text: string;
  /** What a cell with it cannot be read for: words struck through, or lowered where no character is. */
  readonly unread?: typeof STRUCK | typeof LOW | undefined;
  /** Whether all of it says itself what it looks like, so that the font of its cell says nothing. */
  readonly ownLook: boolean;
};

export const STRUCK = '删除线';
const LOW = '下标';

/** Nobody could open a workbook with more. */
const MOST_STRINGS = 2_000_000;

/** ECMA-376 part 1, 22.9.2.19: characters that XML has no place for, and underscores that would look like one of them. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

type Look = { readonly stands: 'higher' | 'lower' | 'level'; readonly struck: boolean; readonly own: boolean };
const PLAIN: Look = { stands: 'level', struck: false, own: false };

/** A text in runs: joined, what stands higher or lower in characters that do, readings of characters left out. */
export function startRuns() {
  let [text, run, part, look, ownLook]: [string, string, string, Look, boolean] = ['', '', '', PLAIN, true];
  let unread: LookingText['unread'];
  let [inText, inReading] = [false, false];
  const endRun = (): void => {
    if (run.trim() !== '') {
      if (look.struck) unread = STRUCK;
      ownLook &&= look.own;
      if (look.stands === 'higher') run = raised(run);
      if (look.stands === 'lower') {
        const low = lowered(run);
        if (low === undefined) unread ??= LOW;
        run = low ?? run;
      }
    }
    text += run;
    [run, look] = ['', PLAIN];
  };
  return {
    handlers: {
      open(name: string, { val }: Attributes) {
        if (name === 'r') endRun();
        if (name === 'rPr') look = { ...look, own: true };
        if (name === 'strike') look = { ...look, struck: val === undefined || isOn(val) };
        if (name === 'vertAlign') look = { ...look, stands: STANDS[val ?? ''] ?? 'level' };
        if (name === 'rPh') inReading = true;
        if (name === 't') inText = !inReading;
      },
      text(more: string) {
        if (inText) part += more;
      },
      close(name: string) {
        if (name === 't') {
          run += unescaped(part);
          [inText, part] = [false, ''];
        }
        if (name === 'rPh') inReading = false;
        if (name === 'r') endRun();
      },
    },
    /** The text so far; another begins. */
    take(): ShownText {
      endRun();
      const whole = ownLook || unread ? { text, ownLook, unread } : text;
      [text, unread, ownLook] = ['', undefined, true];
      return whole;
    },
  };
}

const STANDS: Readonly<Record<string, Look['stands']>> = { superscript: 'higher', subscript: 'lower' };

/** Texts that cells share. */
export function startStrings(): { readonly strings: ShownText[]; readonly handlers: Handlers } {
  const strings: ShownText[] = [];
  const { handlers: run, take } = startRuns();
  const handlers: Handlers = {
    ...run,
    close(name) {
      run.close(name);
      if (name === 'si' && strings.push(take()) > MOST_STRINGS)
        throw new Refusal('not-a-workbook', `more than ${MOST_STRINGS} texts`);
    },
  };
  return { strings, handlers };
}
