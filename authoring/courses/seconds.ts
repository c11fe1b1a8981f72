import type { Block } from '../../contract/words/course.ts';

/** Between the least and the most that a lesson may take. */
export const LESSON_SECONDS = { least: 5, most: 4 * 3_600 } as const;

/** Five characters a second is what people read of Chinese who are to understand it. */
const CHARACTERS_A_SECOND = 5;
const SECONDS_A_PICTURE = 5;
const SECONDS_A_DOCUMENT_PAGE = 30;
const SECONDS_A_QUESTION = 20;

/** How long a page is read where nobody says: by its Chinese text, and more for each picture. */
export function secondsOfPage(blocks: readonly Block[]): number {
  const texts = blocks.flatMap((block) =>
    block.kind === 'list' ? block.items.map(({ zh }) => zh) : block.kind === 'picture' ? [] : [block.text.zh],
  );
  const characters = texts.reduce((sum, text) => sum + [...text].length, 0);
  const pictures = blocks.filter(({ kind }) => kind === 'picture').length;
  return whole(characters / CHARACTERS_A_SECOND + pictures * SECONDS_A_PICTURE);
}

export const secondsOfDocument = (pages: number): number => whole(pages * SECONDS_A_DOCUMENT_PAGE);

export const secondsOfQuestions = (items: number): number => whole(items * SECONDS_A_QUESTION);

/** A film is not longer than it plays: rounded down, or nobody could ever have seen all of it. */
export const secondsOfFilm = (plays: number): number => Math.floor(plays);

const whole = (seconds: number): number =>
  Math.min(LESSON_SECONDS.most, Math.max(LESSON_SECONDS.least, Math.ceil(seconds)));
