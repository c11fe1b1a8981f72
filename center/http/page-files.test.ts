import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { sharedFolder } from '../../tests/kit/folders.ts';
import { pageFileRoutes } from './page-files.ts';

const folder = sharedFolder();

const serving = (from: string) => {
  const app = Fastify();
  pageFileRoutes(app, {
    ...{ at: '/home/', folder: from },
    sayNotBuilt: (reply) => reply.status(503).type('text/html').send('it is not built'),
    sayNothingHere: (reply) => reply.status(404).type('text/html').send('there is nothing'),
  });
  return app;
};

test('serves the page anew each time, its files for ever, packed where that is understood', async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets/index-1.js'), 'go()');
  writeFileSync(join(folder, 'secret.js'), 'no');
  const app = serving(folder);
  const page = await app.inject({ url: '/home/' });
  expect([page.statusCode, page.headers['cache-control'], page.body]).toEqual([200, 'no-store', '<!doctype html>']);
  const plain = await app.inject({ url: '/home/assets/index-1.js' });
  expect([plain.body, plain.headers['content-encoding']]).toEqual(['go()', undefined]);
  const packed = await app.inject({ url: '/home/assets/index-1.js', headers: { 'accept-encoding': 'gzip, br' } });
  expect(gunzipSync(packed.rawPayload).toString()).toBe('go()');
  expect(packed.headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', vary: 'accept-encoding' });
  expect(packed.headers['cache-control']).toContain('immutable');
});

test.each([
  '/home/assets/..%2fsecret.js',
  '/home/assets/../../package.json',
  '/home/assets/none.js',
  '/home/index.html',
])('%s is a page that says there is nothing', async (url) => {
  const reply = await serving(folder).inject({ url });
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([404, expect.stringMatching(/html|json/)]);
  expect(reply.body).not.toContain('"name"');
});

test('where it was never built, a sentence says so', async () => {
  const reply = await serving(join(folder, 'nowhere')).inject({ url: '/home/' });
  expect(reply.statusCode).toBe(503);
  expect(reply.body).toBe('it is not built');
});
