/** Why something of a folder does not become a course. */
export type CourseReason =
  /** There is no course.yaml, or it is none. */
  | 'course-unreadable'
  | 'bank-unreadable'
  /** The bank is one of the center's, and no center was named to ask. */
  | 'bank-elsewhere'
  | 'file-missing'
  /** It lies outside of the folder. */
  | 'file-outside'
  /** Neither MP4 nor WebM nor PDF; loose parts of streams and packages (SCORM) are none of them. */
  | 'media-type-unknown'
  | 'media-too-large'
  | 'film-unreadable'
  /** The kiosk plays no film of this kind. */
  | 'film-unplayable'
  /** Two files are to be the same film, and are not as long. */
  | 'films-differ'
  | 'document-unreadable'
  | 'picture-unreadable'
  | 'text-empty'
  | 'text-too-long'
  /** The English page has other parts than the Chinese one. */
  | 'text-not-parallel'
  | 'items-unknown'
  | 'items-twice'
  | 'seconds-outside'
  | 'lesson-twice';

/** What is wrong, and of which lesson, counted from 1; of the whole where there is none. */
export type CourseProblem = {
  readonly lesson?: number;
  readonly title?: string;
  readonly reason: CourseReason;
  readonly detail: string;
};

/** What somebody finds out who reads files, one after the other. */
export type Found<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Trouble);
export type Trouble = { readonly reason: CourseReason; readonly detail: string };

export const found = <T>(value: T): Found<T> => ({ ok: true, value });
export const trouble = (reason: CourseReason, detail: string): { readonly ok: false } & Trouble => ({
  ok: false,
  reason,
  detail,
});
