import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCourseFolder, type ReadCourse, readCourseFolder } from '../../authoring/course-folder/index.ts';
import { COURSE_FILE_MOST, CourseDraftId, type CourseLook } from '../../contract/platform/courses.ts';
import { ExamId, type TenantId } from '../../contract/words/ids.ts';
import { Bank } from '../../contract/words/items.ts';
import { Refusal, TryLater } from '../../contract/words/reasons.ts';
import { courseProblemWords } from '../../messages/course-problems.ts';
import type { Center } from '../base/index.ts';
import { addPicture, readBank } from '../exams/index.ts';
import { type Manager, mustManage } from '../tenants/index.ts';
import { isCourse, putCourse } from './courses.ts';
import { listMedia, putMedia } from './media.ts';
import { seenCourse } from './seen-course.ts';

/** Zips with courses, until they are put in: looked at first, and not sent twice. */
const folderOf = (data: string): string => join(data, 'course-drafts');
/** Of the firm alone that sent it. */
const draftOf = (data: string, tenantId: TenantId, id: CourseDraftId): string =>
  join(folderOf(data), `${tenantId}.${id}.zip`);
/** Beside it, once it was put in, and kept as long: the id of its exam, for whoever heard no answer and asks again. */
const putOf = (file: string): string => `${file}.put`;
const KEPT_MS = 3_600_000;
/** Of one firm at once, those that come just now too. */
const MOST_DRAFTS = 3;

/**
 * Takes a zip in as it comes, and keeps it for an hour.
 * @throws Refusal `media-too-large`; TryLater where the firm has three that were not put in, before anything of this one is read
 */
export async function takeCourseDraft(
  actor: Manager,
  { data }: Pick<Center, 'data'>,
  tenantId: TenantId,
  pieces: AsyncIterable<Uint8Array>,
): Promise<CourseDraftId> {
  mustManage(actor, tenantId);
  await clearCourseDrafts({ data });
  const draft = CourseDraftId.parse(randomUUID());
  const file = draftOf(data, tenantId, draft);
  await mkdir(folderOf(data), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'wx', 0o600);
  try {
    await mustBeFew(data, tenantId).finally(() => handle.close());
    await write(file, pieces);
    return draft;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/**
 * Says what is in a zip that was taken in; one that makes no course is kept no longer.
 * @throws Refusal `course-unreadable` where it is no zip with a course
 */
export async function lookAtCourse(
  actor: Manager,
  center: Pick<Center, 'db' | 'data'>,
  tenantId: TenantId,
  draft: CourseDraftId,
): Promise<CourseLook> {
  mustManage(actor, tenantId);
  const file = draftOf(center.data, tenantId, draft);
  try {
    return await withCourse(actor, center, { tenantId, file }, async ({ made }) => {
      if (!made.ok) {
        const problems = made.problems.map(({ lesson, title, ...why }) => ({
          ...{ lesson: lesson ?? null, title: title ?? '' },
          ...why,
          words: courseProblemWords[why.reason],
        }));
        await rm(file, { force: true });
        return { draft, problems, course: null, replaces: false };
      }
      const replaces = await isCourse(actor, center.db, tenantId, made.exam.id);
      return { draft, problems: [], course: seenCourse(made.exam), replaces };
    });
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/**
 * Puts in what was looked at: films and documents that the firm does not have, pictures, then the course with its bank. Asked again
 * within the hour it says the same.
 * @throws Refusal `media-missing` where an hour has gone; and as {@link putCourse}
 */
export async function putCourseDraft(
  actor: Manager,
  center: Pick<Center, 'db' | 'data' | 'objects' | 'now'>,
  tenantId: TenantId,
  draft: CourseDraftId,
): Promise<ExamId> {
  mustManage(actor, tenantId);
  const { db, data, now } = center;
  const file = draftOf(data, tenantId, draft);
  const before = await readFile(putOf(file), 'utf8').catch(() => undefined);
  if (before !== undefined) return ExamId.parse(before);
  if (!(await stat(file).catch(() => undefined)))
    throw new Refusal('media-missing', 'this upload is gone: send it again');
  return withCourse(actor, center, { tenantId, file }, async ({ made, bank, pictures, media }) => {
    if (!made.ok || !bank) throw new Refusal('course-unreadable');
    const there = new Set((await listMedia(actor, db, tenantId)).map(({ hash }) => hash));
    for (const [hash, { path }] of media)
      if (!there.has(hash)) await putMedia(actor, center, tenantId, hash, createReadStream(path));
    for (const picture of pictures.values()) await addPicture(actor, db, tenantId, Buffer.from(picture));
    await putCourse(actor, db, tenantId, { exam: made.exam, bank }, now());
    await writeFile(`${putOf(file)}.tmp`, made.exam.id, { mode: 0o600 });
    await rename(`${putOf(file)}.tmp`, putOf(file));
    await rm(file, { force: true });
    return made.exam.id;
  });
}

type Draft = { readonly tenantId: TenantId; readonly file: string };

/** Reads it, and leaves nothing behind that was unpacked for it. Nobody is told where it lies here. */
async function withCourse<T>(
  actor: Manager,
  { db, data }: Pick<Center, 'db' | 'data'>,
  { tenantId, file }: Draft,
  work: (read: ReadCourse) => Promise<T>,
): Promise<T> {
  const opened = await openCourseFolder(file, folderOf(data)).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.reason, error.detail?.replaceAll(folderOf(data), '').replace(/^[^:]*: /, ''));
  });
  try {
    return await work(await readCourseFolder(opened, (id) => bankOf(actor, db, tenantId, id)));
  } finally {
    opened.remove();
  }
}

/** @throws Refusal `item-unknown` where the firm has no such bank */
const bankOf = async (...which: Parameters<typeof readBank>): Promise<Bank> =>
  Bank.parse(JSON.parse(await readBank(...which)));

async function write(file: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, 'r+');
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      bytes += piece.length;
      if (bytes > COURSE_FILE_MOST) throw new Refusal('media-too-large', `${COURSE_FILE_MOST} bytes at most`);
      await handle.writeFile(piece);
    }
  } finally {
    await handle.close();
  }
}

/** Its own is there already: of two that come at one moment the last is refused, or both are. */
async function mustBeFew(data: string, tenantId: TenantId): Promise<void> {
  const own = (await readdir(folderOf(data))).filter(
    (name) => name.startsWith(`${tenantId}.`) && name.endsWith('.zip'),
  );
  if (own.length <= MOST_DRAFTS) return;
  const times = await Promise.all(own.map((name) => stat(join(folderOf(data), name)).catch(() => undefined)));
  const oldest = Math.min(...times.map((one) => one?.mtimeMs ?? Date.now()));
  throw new TryLater(Math.max(1, Math.ceil((oldest + KEPT_MS - Date.now()) / 1_000)));
}

/** What nobody put in, and what a crash left unpacked. The center does so from time to time, and before each that comes. */
export async function clearCourseDrafts({ data }: Pick<Center, 'data'>, now = Date.now()): Promise<void> {
  for (const name of await readdir(folderOf(data)).catch((): string[] => [])) {
    const path = join(folderOf(data), name);
    const { mtimeMs = now } = (await stat(path).catch(() => undefined)) ?? {};
    if (now - mtimeMs > KEPT_MS) await rm(path, { recursive: true, force: true });
  }
}
