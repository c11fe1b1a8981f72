import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { zipOf } from './course-zip.ts';

test('others unpack it: names in Chinese, empty files, bytes as they were', async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 251);
  const zip = await zipOf([
    { name: 'course.yaml', bytes: new Blob(['{}']) },
    { name: '影片.mp4', bytes: new Blob([bytes]) },
    { name: 'empty.pdf', bytes: new Blob([]) },
  ]);
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
  expect(Object.keys(files)).toEqual(['course.yaml', '影片.mp4', 'empty.pdf']);
  expect(strFromU8(files['course.yaml'] as Uint8Array)).toBe('{}');
  expect(files['影片.mp4']).toEqual(bytes);
});

test('its checksums are those of the format', async () => {
  const zip = new DataView(await (await zipOf([{ name: 'a', bytes: new Blob(['123456789']) }])).arrayBuffer());
  expect(zip.getUint32(14, true)).toBe(0xcbf43926);
});
