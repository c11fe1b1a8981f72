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
  /** Neither MP4 nor WebM nor PDF nor a zip; loose parts of streams are none of them. */
  | 'media-type-unknown'
  | 'media-too-large'
  | 'film-unreadable'
  /** The kiosk plays no film of this kind. */
  | 'film-unplayable'
  /** Two files are to be the same film, and are not as long. */
  | 'films-differ'
  | 'document-unreadable'
  /** It is no zip that can be read here. */
  | 'package-unreadable'
  | 'package-encrypted'
  | 'package-entry-twice'
  | 'package-path-outside'
  | 'package-too-large'
  /** A package (SCORM) says in its imsmanifest.xml what is in it. */
  | 'manifest-missing'
  | 'manifest-unreadable'
  /** It is a package, and neither SCORM 1.2 nor SCORM 2004. */
  | 'package-version-unknown'
  /** Nothing in it can be launched, or not what the lesson names. */
  | 'sco-missing'
  /** Several things in it can be launched: each is a lesson of its own. */
  | 'several-scos'
  | 'launch-missing'
  /** What is to be launched lies elsewhere. */
  | 'launch-outside'
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
