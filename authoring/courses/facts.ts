import type { Media } from '../../contract/words/course.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import type { CourseFile, LessonEntry } from './course-file.ts';
import type { Manifest } from './manifest.ts';
import { picturesIn, readPageText } from './page-text.ts';
import { type Found, trouble } from './problems.ts';

/** What is known of a file that a lesson shows. */
export type MediaFact = { readonly media: Media } & (
  | { readonly kind: 'film' /** How long it plays. */; readonly seconds: number }
  | { readonly kind: 'document'; readonly pages: number }
  | { readonly kind: 'package'; readonly manifest: Manifest }
);
type BankFact = { readonly bank: Bank /** Rows that did not become items. */; readonly rejected: number };

/** What was found in the files that a course names, by what it calls them. */
export type CourseFacts = {
  readonly bank: Found<BankFact>;
  readonly media: ReadonlyMap<string, Found<MediaFact>>;
  readonly texts: ReadonlyMap<string, Found<string>>;
  readonly pictures: ReadonlyMap<string, Found<Sha256>>;
};

export const nobodyLooked = (file: string) => trouble('file-missing', file);

/** Films, documents and packages that a course names, once. */
export const mediaFilesOf = ({ lessons }: CourseFile): readonly string[] =>
  once(
    lessons.flatMap((lesson) => {
      if (lesson.kind === 'video') return lesson.file;
      return lesson.kind === 'document' || lesson.kind === 'scorm' ? [lesson.file] : [];
    }),
  );

/** Files that texts of pages are in, once. */
export const textFilesOf = ({ lessons }: CourseFile): readonly string[] =>
  once(lessons.flatMap((lesson) => (lesson.kind === 'page' && lesson.file ? bothOf(lesson.file) : [])));

/** Pictures that pages show, once. */
export function pictureFilesOf({ lessons }: CourseFile, texts: CourseFacts['texts']): readonly string[] {
  const pages = lessons.filter((lesson) => lesson.kind === 'page');
  return once(pages.flatMap((page) => textsOfPage(page, texts)).flatMap((text) => picturesIn(readPageText(text))));
}

function textsOfPage(page: LessonEntry & { kind: 'page' }, texts: CourseFacts['texts']): readonly string[] {
  const own = page.text ? bothOf(page.text) : [];
  const filed = (page.file ? bothOf(page.file) : []).flatMap((file) => {
    const text = texts.get(file);
    return text?.ok ? [text.value] : [];
  });
  return [...own, ...filed];
}

const bothOf = ({ zh, en }: { readonly zh: string; readonly en?: string | undefined }): readonly string[] =>
  en === undefined ? [zh] : [zh, en];

const once = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];
