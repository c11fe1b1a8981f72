import { readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { ensureChromium } from './ensure-chromium.ts';
import { EMERGENCY_PAGE, SIGNS_PAGE } from './seed-course/papers.ts';
import { readSeedCourse, SEED_COURSE } from './seed-course/read.ts';

/**
 * `npm run -s draw:course`: draws the film, the picture and the document of the course that ships with the program, and reads
 * its folder as `course import` does; what comes out is exam.json, which an empty center is filled with.
 */
const root = resolve(import.meta.dirname, '..');
/** Nobody's address: what the page asks for there is answered from here. A page has codecs only where it came securely. */
const HERE = 'https://seed.invalid';
const IMPORTS = JSON.stringify({ imports: { mediabunny: `${HERE}/mediabunny.mjs` } });
const SCRIPTS: Readonly<Record<string, () => string>> = {
  '/render-film.ts': () => pageScript('render-film.ts'),
  '/film.ts': () => pageScript('film.ts'),
  '/shapes.ts': () => pageScript('shapes.ts'),
  '/mediabunny.mjs': () => readFileSync(join(root, 'node_modules/mediabunny/dist/bundles/mediabunny.min.mjs'), 'utf8'),
};

const pageScript = (name: string): string =>
  stripTypeScriptTypes(readFileSync(join(import.meta.dirname, 'seed-course', name), 'utf8'));

async function drawFilm(page: Page): Promise<Buffer> {
  await page.route(`${HERE}/**`, (route) => {
    const script = SCRIPTS[new URL(route.request().url()).pathname];
    return script
      ? route.fulfill({ contentType: 'text/javascript', body: script() })
      : route.fulfill({ contentType: 'text/html', body: `<script type="importmap">${IMPORTS}</script>` });
  });
  await page.goto(`${HERE}/`);
  const film = await page.evaluate<string>(`import('${HERE}/render-film.ts').then(({ renderFilm }) => renderFilm())`);
  return Buffer.from(film, 'base64');
}

async function drawSigns(page: Page): Promise<Buffer> {
  await page.setViewportSize({ width: 640, height: 220 });
  await page.setContent(SIGNS_PAGE);
  return sharp(await page.screenshot())
    .png({ palette: true, effort: 10 })
    .toBuffer();
}

async function printEmergency(page: Page): Promise<Buffer> {
  await page.setContent(EMERGENCY_PAGE);
  const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  // Printed on no day: drawn again, it is the same file.
  return Buffer.from(printed.replaceAll(/\(D:\d{14}/g, '(D:20260101000000'), 'latin1');
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const executablePath = await ensureChromium(say);
if (!executablePath) throw new Error('no Chromium');
const browser = await chromium.launch({ executablePath });
try {
  const page = await browser.newPage();
  for (const [name, draw] of [
    ['film.webm', drawFilm],
    ['signs.png', drawSigns],
    ['emergency.pdf', printEmergency],
  ] as const) {
    const bytes = await draw(page);
    writeFileSync(join(SEED_COURSE, name), bytes);
    say(`${name}: ${bytes.length} bytes`);
  }
} finally {
  await browser.close();
}
const exam = await readSeedCourse();
writeFileSync(join(SEED_COURSE, 'exam.json'), `${JSON.stringify(exam, null, 2)}\n`);
