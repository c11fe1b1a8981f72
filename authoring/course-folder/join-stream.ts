import { basename, join, relative, resolve } from 'node:path';
import { type Found, found, trouble } from '../courses/index.ts';
import { forgetTimes } from './film-times.ts';
import { fileIn } from './open-folder.ts';
import { whatBroke } from './what-broke.ts';

/**
 * A film that lies there in parts (HLS), put together as one MP4: nothing is encoded anew, and the same parts make the same
 * bytes, so that stations need not fetch it again. Every part has to be a file of the folder; what lies elsewhere, or at an
 * address, is not fetched.
 * @param into folder for what is made
 */
export async function joinStream(root: string, name: string, into: string): Promise<Found<string>> {
  // Loaded where it is needed: no other command reads films.
  const { BufferSource, Conversion, CustomPathedSource, FilePathSource, FilePathTarget, HLS_FORMATS, Input, ...out } =
    await import('mediabunny');
  let outside: string | undefined;
  let reading = name;
  const partAt = (path: string) => {
    const file = fileIn(root, relative(resolve(root), resolve(root, path)));
    if (!file.ok || /^[a-z]+:/i.test(path)) {
      // An error thrown in here reaches nobody; of an empty part nothing is made either.
      outside ??= path;
      return new BufferSource(new ArrayBuffer());
    }
    reading = path;
    return new FilePathSource(file.value);
  };
  const input = new Input({ source: new CustomPathedSource(name, ({ path }) => partAt(path)), formats: HLS_FORMATS });
  const path = join(into, `${basename(name)}.mp4`);
  try {
    const output = new out.Output({ format: new out.Mp4OutputFormat(), target: new FilePathTarget(path) });
    const conversion = await Conversion.init({ input, output, showWarnings: false });
    if (conversion.isValid) await conversion.execute();
    if (outside !== undefined) return trouble('file-outside', `${name} names ${outside}`);
    if (!conversion.isValid) return trouble('film-unplayable', `${name}: its parts do not make one MP4`);
    await forgetTimes(path);
    return found(path);
  } catch (error) {
    if (outside !== undefined) return trouble('file-outside', `${name} names ${outside}`);
    return trouble('film-unreadable', whatBroke(reading, error));
  } finally {
    input.dispose();
  }
}
