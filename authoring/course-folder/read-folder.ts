import { readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { BankId, type Sha256 } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { hasFewPixels, PICTURE_MAX_PIXELS } from '../../contract/words/picture-size.ts';
import { PICTURE_MAX_BYTES } from '../../contract/words/pictures.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { makeBank, sha256 } from '../../proof/index.ts';
import {
  COURSE_FILE,
  type CourseFacts,
  type CourseFile,
  type Found,
  found,
  type MadeCourse,
  type MediaFact,
  makeCourse,
  mediaFilesOf,
  pictureFilesOf,
  readCourseFile,
  textFilesOf,
  trouble,
} from '../courses/index.ts';
import { importBank } from '../import/index.ts';
import { FILE_MOST, readUpTo } from '../read-up-to.ts';
import { joinStream } from './join-stream.ts';
import { lookAtMedia, type MediaFile } from './look-at-media.ts';
import { type CourseFolder, fileIn } from './open-folder.ts';

/** A course that was read, with everything that has to be where it is shown. */
export type ReadCourse = {
  readonly made: MadeCourse;
  readonly bank: Bank | undefined;
  /** Bytes of its pages' pictures and of its bank's, by hash. */
  readonly pictures: ReadonlyMap<Sha256, Uint8Array>;
  readonly media: ReadonlyMap<Sha256, MediaFile>;
};

/** A bank that the center has; nothing where no center was named. */
export type AskBank = ((id: BankId) => Promise<Bank>) | undefined;

/** Reads a folder with a course: every file that it names is looked at. */
export async function readCourseFolder(
  { root, scratch }: Pick<CourseFolder, 'root' | 'scratch'>,
  askBank: AskBank,
): Promise<ReadCourse> {
  const file = readCourseFile(readUpTo(join(root, COURSE_FILE), FILE_MOST.text, 'course-unreadable').toString('utf8'));
  if (!file.ok) {
    const { reason, detail } = file;
    return {
      made: { ok: false, problems: [{ reason, detail }] },
      bank: undefined,
      pictures: new Map(),
      media: new Map(),
    };
  }
  const bank = await readBank(root, file.value, askBank);
  const { media, files } = await readMedia(root, scratch, file.value);
  const texts = new Map(textFilesOf(file.value).map((name) => [name, readText(root, name)]));
  const shown = new Map(pictureFilesOf(file.value, texts).map((name) => [name, readPicture(root, name)]));
  const pictures = new Map([...shown].map(([name, bytes]) => [name, bytes.ok ? found(sha256(bytes.value)) : bytes]));
  const own = [...shown.values()].flatMap((bytes) => (bytes.ok ? [[sha256(bytes.value), bytes.value] as const] : []));
  const facts: CourseFacts = { bank, media, texts, pictures };
  return {
    made: makeCourse(file.value, facts),
    bank: bank.ok ? bank.value.bank : undefined,
    pictures: new Map([...own, ...(bank.ok ? bank.value.pictures : [])]),
    media: files,
  };
}

type BankRead = { readonly bank: Bank; readonly rejected: number; readonly pictures: ReadonlyMap<Sha256, Uint8Array> };

async function readBank(root: string, { bank: named }: CourseFile, askBank: AskBank): Promise<Found<BankRead>> {
  const id = BankId.safeParse(named);
  if (id.success) {
    if (!askBank) return trouble('bank-elsewhere', `${named} is a bank of the center: name --center and --token`);
    return found({ bank: await askBank(id.data), rejected: 0, pictures: new Map() });
  }
  const file = fileIn(root, named);
  if (!file.ok) return file;
  try {
    const { items, pictures, report } = await importBank(
      readUpTo(file.value, FILE_MOST.bank, 'not-a-workbook'),
      file.value,
    );
    if (items.length === 0) return trouble('bank-unreadable', `${named}: every row is rejected, see \`bank check\``);
    const title = { zh: basename(named, extname(named)) };
    return found({ bank: makeBank(title, items), rejected: report.rejected.length, pictures });
  } catch (error) {
    if (error instanceof Refusal) return trouble('bank-unreadable', `${named}: ${error.message}`);
    throw error;
  }
}

async function readMedia(root: string, scratch: string, course: CourseFile) {
  const media = new Map<string, Found<MediaFact>>();
  const files = new Map<Sha256, MediaFile>();
  for (const name of mediaFilesOf(course)) {
    const there = fileIn(root, name);
    const file = there.ok && /\.m3u8$/i.test(name) ? await joinStream(root, name, scratch) : there;
    const looked = file.ok ? await lookAtMedia(file.value, name) : file;
    media.set(name, looked);
    if (!file.ok || !looked.ok) continue;
    const { hash, type, bytes } = looked.value.media;
    files.set(hash, { path: file.value, type, bytes });
  }
  return { media, files };
}

function readText(root: string, name: string): Found<string> {
  const file = fileIn(root, name);
  if (!file.ok) return file;
  try {
    return found(
      new TextDecoder('utf-8', { fatal: true }).decode(readUpTo(file.value, FILE_MOST.text, 'course-unreadable')),
    );
  } catch {
    return trouble('text-empty', `${name} is no text in UTF-8`);
  }
}

function readPicture(root: string, name: string): Found<Uint8Array> {
  const file = fileIn(root, name);
  if (!file.ok) return file;
  const { size } = statSync(file.value);
  const bytes = size > PICTURE_MAX_BYTES ? undefined : readFileSync(file.value);
  return bytes && hasFewPixels(bytes)
    ? found(bytes)
    : trouble(
        'picture-unreadable',
        `${name}: PNG, JPEG, GIF or WebP of up to ${PICTURE_MAX_BYTES} bytes and ${PICTURE_MAX_PIXELS} pixels`,
      );
}
