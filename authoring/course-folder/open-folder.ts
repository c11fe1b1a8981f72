import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve, sep } from 'node:path';
import { Refusal } from '../../contract/words/reasons.ts';
import { COURSE_FILE, type Found, found, trouble } from '../courses/index.ts';
import { unpackZip } from './unpack-zip.ts';

/** A folder with a course.yaml. */
export type CourseFolder = {
  readonly root: string;
  /** A folder for what is made of it. */
  readonly scratch: string;
  /** What was unpacked and made for it; a folder that was there before stays. */
  remove(): void;
};

/**
 * A folder as it is, or a zip of one.
 * @param unpackIn a folder with room for all that is in it
 * @throws Refusal `course-unreadable` where there is no course.yaml in it, `media-type-unknown` where it is a SCORM package
 */
export async function openCourseFolder(path: string, unpackIn = tmpdir()): Promise<CourseFolder> {
  if (!existsSync(path)) throw new Refusal('course-unreadable', `${path} is not there`);
  const made = mkdtempSync(join(unpackIn, 'exam-station-course-'));
  const remove = () => rmSync(made, { recursive: true, force: true });
  try {
    return { root: await rootOf(path, made), scratch: made, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

async function rootOf(path: string, scratch: string): Promise<string> {
  if (statSync(path).isDirectory()) return withCourse(path);
  if (extname(path).toLowerCase() !== '.zip') throw new Refusal('course-unreadable', `${path} is no folder and no zip`);
  const unpacked = join(scratch, 'unpacked');
  mkdirSync(unpacked);
  await unpackZip(path, unpacked);
  return withCourse(unpacked);
}

/** The folder itself, or the one that a zip has all of it in. */
function withCourse(folder: string): string {
  const inside = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== '__MACOSX');
  const below = inside.filter((one) => one.isDirectory()).map(({ name }) => join(folder, name));
  const places = inside.length === below.length && below.length === 1 ? [folder, ...below] : [folder];
  const root = places.find((place) => existsSync(join(place, COURSE_FILE)));
  if (root) return root;
  if (places.some((place) => existsSync(join(place, 'imsmanifest.xml'))))
    throw new Refusal(
      'media-type-unknown',
      `${folder} is a SCORM package: a course.yaml beside it names it as a lesson`,
    );
  throw new Refusal('course-unreadable', `there is no ${COURSE_FILE} in ${folder}`);
}

/** Where a file of the folder is; nothing that lies outside of it, not by a link either. */
export function fileIn(root: string, name: string): Found<string> {
  const path = resolve(root, name);
  if (!path.startsWith(resolve(root) + sep)) return trouble('file-outside', name);
  if (!existsSync(path) || !statSync(path).isFile()) return trouble('file-missing', name);
  return realpathSync(path).startsWith(realpathSync(root) + sep) ? found(path) : trouble('file-outside', name);
}
