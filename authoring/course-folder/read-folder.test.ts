import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { BufferTarget, Conversion, FilePathSource, Input, Mp4OutputFormat, Output, WEBM } from 'mediabunny';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { zipOf } from '../../courseware/package.fixture.ts';
import { sha256 } from '../../proof/index.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { BANK } from '../bank.fixture.ts';
import { manifest12, manifest2004 } from '../courses/manifest.fixture.ts';
import { exportBank } from '../export/index.ts';
import { openCourseFolder } from './open-folder.ts';
import { readCourseFolder } from './read-folder.ts';

/** The course that ships with the program has a film, a page with a picture and a document. */
const SEED = join(import.meta.dirname, '../../center/seed/course');
const FILES = ['film.webm', 'emergency.pdf', 'signs.png', 'page.zh.txt', 'page.en.txt'];
const QUESTIONS = { kind: 'questions', title: '题', items: [1, 2] };

function folderWith(
  lessons: readonly object[],
  change: (folder: string) => void = () => undefined,
  more: object = {},
): string {
  const folder = temporaryFolder();
  for (const name of FILES) copyFileSync(join(SEED, name), join(folder, name));
  writeFileSync(join(folder, 'bank.json'), exportBank({ ...BANK, pictures: new Map() }, 'bank.json'));
  writeFileSync(
    join(folder, 'course.yaml'),
    JSON.stringify({ title: '课', bank: 'bank.json', lessons: [...lessons, QUESTIONS], ...more }),
  );
  change(folder);
  return folder;
}
const read = (root: string) => readCourseFolder({ root, scratch: temporaryFolder() }, undefined);
const problemsOf = async (folder: string) => {
  const { made } = await read(folder);
  return made.ok ? [] : made.problems.map(({ lesson = 0, reason, detail }) => [lesson, reason, detail]);
};

const FILM = { kind: 'video', title: '影片', file: 'film.webm' };
const PAGE = { kind: 'page', title: '页', file: { zh: 'page.zh.txt', en: 'page.en.txt' } };
const PDF = { kind: 'document', title: '卡', file: 'emergency.pdf' };

describe('a folder', () => {
  it('is read with all it shows: how long the film plays, how many pages there are, what each hashes to', async () => {
    const { made, media, pictures, bank } = await read(folderWith([FILM, PAGE, PDF]));
    const bytes = (name: string) => readFileSync(join(SEED, name));
    expect(made).toMatchObject({ ok: true, exam: { course: { lessons: [{ seconds: 40 }, {}, { pages: 2 }, {}] } } });
    expect([...media].map(([hash, { type }]) => [hash, type])).toEqual([
      [sha256(bytes('film.webm')), 'video/webm'],
      [sha256(bytes('emergency.pdf')), 'application/pdf'],
    ]);
    expect([...pictures.keys()]).toEqual([sha256(bytes('signs.png'))]);
    expect(bank?.items.map(({ id }) => id)).toEqual(BANK.items.map(({ id }) => id));
  });

  it('may have a film as two files, of which the page shows the first that it plays', async () => {
    const input = new Input({ source: new FilePathSource(join(SEED, 'film.webm')), formats: [WEBM] });
    const target = new BufferTarget();
    const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
    await (await Conversion.init({ input, output })).execute();
    const folder = folderWith([{ ...FILM, file: ['film.mp4', 'film.webm'] }], (at) =>
      writeFileSync(join(at, 'film.mp4'), Buffer.from(target.buffer ?? new ArrayBuffer())),
    );
    const { made } = await read(folder);
    const sources = [{ type: 'video/mp4' }, { type: 'video/webm' }];
    expect(made).toMatchObject({ ok: true, exam: { course: { lessons: [{ seconds: 40, sources }, {}] } } });
  });

  /** The film as a stream of one part, as an encoder leaves it. */
  const streamed = async (folder: string, part = 'parts/film-0.mp4'): Promise<void> => {
    const input = new Input({ source: new FilePathSource(join(SEED, 'film.webm')), formats: [WEBM] });
    const target = new BufferTarget();
    const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
    await (await Conversion.init({ input, output })).execute();
    mkdirSync(join(folder, 'parts'));
    writeFileSync(join(folder, 'parts/film-0.mp4'), Buffer.from(target.buffer ?? new ArrayBuffer()));
    const list = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-TARGETDURATION:60', '#EXTINF:40,', part, '#EXT-X-ENDLIST', ''];
    writeFileSync(join(folder, 'film.m3u8'), list.join('\n'));
  };

  it('may have a film in parts, which becomes one file', async () => {
    const folder = folderWith([{ ...FILM, file: 'film.m3u8' }]);
    await streamed(folder);
    const { made, media } = await read(folder);
    expect(made).toMatchObject({ ok: true, exam: { course: { lessons: [{ seconds: 40 }, {}] } } });
    expect([...media.values()].map(({ type }) => type)).toEqual(['video/mp4']);
    // Made again on another day it is the same: stations need not fetch it anew.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 100_000_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect([...(await read(folder)).media.keys()]).toEqual([...media.keys()]);
  });

  it.each([
    ['no film', 'words, and no film'],
    ['empty', ''],
  ])('with a film of which a part is %s says which, and nothing of what only its reader knows', async (_, bytes) => {
    const folder = folderWith([{ ...FILM, file: 'film.m3u8' }]);
    await streamed(folder);
    writeFileSync(join(folder, 'parts/film-0.mp4'), bytes);
    const [problem] = await problemsOf(folder);
    expect(problem).toEqual([1, 'film-unreadable', expect.stringMatching(/^parts\/film-0\.mp4: /)]);
    expect(problem?.[2]).not.toMatch(/assert/i);
  });

  it.each(['../other.mp4', '/etc/hostname', 'http://127.0.0.1:9/film-0.mp4'])(
    'with a film whose part is %s is refused, and nothing is fetched',
    async (part) => {
      const folder = folderWith([{ ...FILM, file: 'film.m3u8' }]);
      await streamed(folder, part);
      expect((await problemsOf(folder)).map(([lesson, reason]) => [lesson, reason])).toEqual([[1, 'file-outside']]);
    },
  );

  it.each([
    ['a stream that is none', 'film.m3u8', '#EXTM3U', 'film-unplayable'],
    ['a stream of another kind', 'film.mpd', '<MPD/>', 'media-type-unknown'],
    ['a picture for a film', 'x.webm', readFileSync(join(SEED, 'signs.png')), 'media-type-unknown'],
    ['a film that is cut off', 'x.webm', readFileSync(join(SEED, 'film.webm')).subarray(0, 90), 'film-unreadable'],
    ['an empty file', 'x.mp4', '', 'media-type-unknown'],
  ])('with %s says so', async (_, file, bytes, reason) => {
    const folder = folderWith([{ ...FILM, file }], (at) => writeFileSync(join(at, file), bytes));
    expect(await problemsOf(folder)).toEqual([[1, reason, expect.stringContaining(file)]]);
  });

  it('with a broken document, a picture that is none and a text that is no text says all of it', async () => {
    const folder = folderWith([PDF, PAGE, { kind: 'page', title: '又', text: '![x](bank.json)' }], (at) => {
      writeFileSync(join(at, 'emergency.pdf'), '%PDF-1.7\nnothing');
      writeFileSync(join(at, 'page.zh.txt'), Buffer.from([0xff, 0xfe, 0x00]));
    });
    expect((await problemsOf(folder)).map(([lesson, reason]) => [lesson, reason])).toEqual([
      [1, 'document-unreadable'],
      [2, 'text-empty'],
      [3, 'picture-unreadable'],
    ]);
  });

  it('shows nothing that lies outside of it, not by a link either', async () => {
    const folder = folderWith(
      [
        { ...FILM, file: '../film.webm' },
        { ...PDF, file: 'link.pdf' },
      ],
      (at) => symlinkSync(join(SEED, 'emergency.pdf'), join(at, 'link.pdf')),
    );
    expect(await problemsOf(folder)).toEqual([
      [1, 'file-outside', '../film.webm'],
      [2, 'file-outside', 'link.pdf'],
    ]);
  });

  it('may take its questions from a bank of the center, and says where nobody asked one', async () => {
    const folder = folderWith([FILM], undefined, { bank: BANK.id });
    expect(await problemsOf(folder)).toEqual([[0, 'bank-elsewhere', expect.any(String)]]);
    const { made } = await readCourseFolder({ root: folder, scratch: temporaryFolder() }, async () => BANK);
    expect(made).toMatchObject({ ok: true, exam: { bankId: BANK.id } });
  });

  it('with a bank of which no row is a question says so', async () => {
    const folder = folderWith([FILM], (at) =>
      writeFileSync(join(at, 'bank.json'), '{"title":{"zh":"x"},"items":[{}]}'),
    );
    expect(await problemsOf(folder)).toEqual([[0, 'bank-unreadable', expect.any(String)]]);
  });
});

describe('a package', () => {
  const SCORM = { kind: 'scorm', title: '课件', file: 'unit.zip', seconds: 90 };
  const withPackage = (files: Parameters<typeof zipOf>[0], lesson: object = SCORM) =>
    folderWith([lesson], (at) => writeFileSync(join(at, 'unit.zip'), zipOf(files)));

  it('is a lesson of what its manifest launches, and goes to the center as it is', async () => {
    const files = { 'imsmanifest.xml': manifest12({ parameters: '?a=1' }), 'index.html': '<p>' };
    const { made, media } = await read(withPackage(files));
    const file = { type: 'application/zip', bytes: zipOf(files).length };
    expect(made).toMatchObject({
      ok: true,
      exam: {
        course: { lessons: [{ kind: 'scorm', version: '1.2', launch: 'index.html?a=1', seconds: 90, file }, {}] },
      },
    });
    expect([...media.values()]).toMatchObject([file]);
  });

  it('with several things to launch is as many lessons, each named', async () => {
    const items = '<item identifier="I2" identifierref="R2"><title>二</title></item>';
    const resources = '<resource identifier="R2" adlcp:scormType="sco" href="two.html"/>';
    const files = { 'imsmanifest.xml': manifest2004({ items, resources }), 'index.html': '', 'two.html': '' };
    expect(await problemsOf(withPackage(files))).toEqual([[1, 'several-scos', expect.stringContaining('I2 (二)')]]);
    expect(await problemsOf(withPackage(files, { ...SCORM, sco: 'I9' }))).toEqual([
      [1, 'sco-missing', expect.any(String)],
    ]);
    const { made } = await read(withPackage(files, { ...SCORM, sco: 'I2' }));
    expect(made).toMatchObject({
      ok: true,
      exam: { course: { lessons: [{ version: '2004', launch: 'two.html' }, {}] } },
    });
  });

  it.each<[string, Parameters<typeof zipOf>[0], string]>([
    ['no manifest', { 'index.html': '' }, 'manifest-missing'],
    ['a manifest that is not at its top', { 'unit/imsmanifest.xml': manifest12() }, 'manifest-missing'],
    ['a manifest that is none', { 'imsmanifest.xml': 'x' }, 'manifest-unreadable'],
    ['a manifest that is a book', { 'imsmanifest.xml': ' '.repeat(2_000_001) }, 'manifest-unreadable'],
    ['nothing where it launches', { 'imsmanifest.xml': manifest12() }, 'launch-missing'],
    ['a file above it', { 'imsmanifest.xml': manifest12(), '../x': '' }, 'package-path-outside'],
  ])('with %s says so', async (_, files, reason) => {
    expect(await problemsOf(withPackage(files))).toEqual([[1, reason, expect.stringMatching(/^unit\.zip: /)]]);
  });

  it('is no film and no document, and slides are no package, though both are zips', async () => {
    const files = { 'imsmanifest.xml': manifest12(), 'index.html': '' };
    expect(await problemsOf(withPackage(files, { ...FILM, file: 'unit.zip' }))).toEqual([
      [1, 'media-type-unknown', expect.any(String)],
    ]);
    expect(await problemsOf(folderWith([{ ...SCORM, file: 'film.webm' }]))).toEqual([
      [1, 'media-type-unknown', expect.any(String)],
    ]);
    const slides = folderWith([{ ...SCORM, file: 'a.pptx' }], (at) => writeFileSync(join(at, 'a.pptx'), zipOf(files)));
    expect(await problemsOf(slides)).toEqual([[1, 'media-type-unknown', expect.stringContaining('PDF')]]);
  });

  it('says how long it takes, or is refused', async () => {
    const { seconds: _, ...without } = SCORM;
    expect(await problemsOf(withPackage({}, without))).toEqual([[0, 'course-unreadable', expect.any(String)]]);
    const files = { 'imsmanifest.xml': manifest12(), 'index.html': '' };
    expect(await problemsOf(withPackage(files, { ...SCORM, seconds: 2 }))).toEqual([
      [1, 'seconds-outside', expect.any(String)],
    ]);
  });
});

describe('a zip', () => {
  const zipOf = (names: readonly string[], files: (name: string) => Uint8Array): string => {
    const path = join(temporaryFolder(), 'course.zip');
    writeFileSync(path, zipSync(Object.fromEntries(names.map((name) => [name, files(name)]))));
    return path;
  };

  it('is the folder that is in it, and is gone afterwards', async () => {
    const folder = folderWith([FILM, PDF]);
    const names = [...FILES, 'course.yaml', 'bank.json'];
    const path = zipOf(
      names.map((name) => `安全/${name}`),
      (name) => readFileSync(join(folder, name.slice('安全/'.length))),
    );
    const opened = await openCourseFolder(path);
    expect((await read(opened.root)).made).toMatchObject({ ok: true });
    opened.remove();
    expect(await refusalOf(openCourseFolder(opened.root))).toBe('course-unreadable');
  });

  it('that is a SCORM package is called one', async () => {
    const path = zipOf(['imsmanifest.xml', 'index.html'], () => Buffer.from('<manifest/>'));
    expect(await refusalOf(openCourseFolder(path))).toBe('media-type-unknown');
  });

  it('that leads out of its folder, or is none, is refused', async () => {
    expect(await refusalOf(openCourseFolder(zipOf(['../evil.txt'], () => Buffer.from('x'))))).toBe('course-unreadable');
    const path = join(temporaryFolder(), 'x.zip');
    writeFileSync(path, 'no zip at all');
    expect(await refusalOf(openCourseFolder(path))).toBe('course-unreadable');
  });

  it('nor is a folder without a course one', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a'));
    for (const path of [folder, join(folder, 'b')])
      expect(await refusalOf(openCourseFolder(path))).toBe('course-unreadable');
  });
});
