import { z } from 'zod';
import { CourseId, ItemId, LessonId, Sha256 } from './ids.ts';
import { Localized } from './localized.ts';
import { Picture } from './pictures.ts';
import { ScormUnit, ScormVersion } from './scorm.ts';

/** A file of a course, named by what its bytes hash to. The bytes travel apart from the course. */
export const MediaType = z.enum(['video/mp4', 'video/webm', 'application/pdf', 'application/zip']);
export type MediaType = z.infer<typeof MediaType>;

export const MEDIA_MAX_BYTES = 2_000_000_000;
export const Media = z.object({ hash: Sha256, type: MediaType, bytes: z.int().min(1).max(MEDIA_MAX_BYTES) }).readonly();
export type Media = z.infer<typeof Media>;

/** What a page of a course is made of: text that is shown as it is, and pictures. No markup. */
export const Block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text: Localized }).readonly(),
  z.object({ kind: z.literal('paragraph'), text: Localized }).readonly(),
  z.object({ kind: z.literal('list'), items: z.array(Localized).min(1).max(40).readonly() }).readonly(),
  z.object({ kind: z.literal('picture'), picture: Picture, text: Localized.optional() }).readonly(),
]);
export type Block = z.infer<typeof Block>;

const lesson = {
  id: LessonId,
  title: Localized,
  /** So many seconds of presence, at most and at least, are this lesson's. */
  seconds: z
    .int()
    .min(5)
    .max(4 * 3600),
};

/**
 * One lesson. A film may only be wound to where it was seen before, unless `seek` says otherwise. Questions are items of the
 * course's bank, answered one after the other and told what was right. A package (SCORM) is complete when it says so, and the
 * time was there.
 */
export const Lesson = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('video'),
      ...lesson,
      /** The same film, the first that the page can play. */
      sources: z.array(Media).min(1).max(4).readonly(),
      seek: z.enum(['seen', 'free']).optional(),
    })
    .readonly(),
  z.object({ kind: z.literal('page'), ...lesson, blocks: z.array(Block).min(1).max(200).readonly() }).readonly(),
  z.object({ kind: z.literal('document'), ...lesson, file: Media, pages: z.int().min(1).max(2_000) }).readonly(),
  z
    .object({
      kind: z.literal('scorm'),
      ...lesson,
      file: Media,
      version: ScormVersion,
      ...ScormUnit.unwrap().shape,
    })
    .readonly(),
  z.object({ kind: z.literal('questions'), ...lesson, items: z.array(ItemId).min(1).max(100).readonly() }).readonly(),
]);
export type Lesson = z.infer<typeof Lesson>;

/** For whom it is meant; whoever is not named by any of them may still be given it by hand. */
export const Audience = z
  .object({
    posts: z.array(z.string().min(1).max(100)).max(100).readonly().optional(),
    sectors: z.array(z.string().min(1).max(100)).max(100).readonly().optional(),
    categories: z.array(z.string().min(1).max(100)).max(100).readonly().optional(),
  })
  .readonly();
export type Audience = z.infer<typeof Audience>;

/** What is studied: the content of an exam whose mode is `learning`. */
export const Course = z
  .object({
    id: CourseId,
    audience: Audience.optional(),
    lessons: z.array(Lesson).min(1).max(200).readonly(),
  })
  .readonly();
export type Course = z.infer<typeof Course>;

/** Seconds of presence that a course asks for. */
export const courseSeconds = ({ lessons }: Course): number => lessons.reduce((sum, { seconds }) => sum + seconds, 0);

/** Every item that it asks, in order. */
export const courseItems = ({ lessons }: Course): readonly ItemId[] =>
  lessons.flatMap((lesson) => (lesson.kind === 'questions' ? lesson.items : []));

/** Every file that it shows, once. */
export function mediaOf({ lessons }: Course): readonly Media[] {
  const all = lessons.flatMap((lesson) => {
    if (lesson.kind === 'video') return lesson.sources;
    return lesson.kind === 'document' || lesson.kind === 'scorm' ? [lesson.file] : [];
  });
  return [...new Map(all.map((media) => [media.hash, media])).values()];
}
