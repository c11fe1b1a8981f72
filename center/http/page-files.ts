import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

type PageFile = { readonly bytes: Buffer; readonly packed: Buffer; readonly type: string };

export type PageFiles = {
  /** Where they are served, such as `/home/`. */
  readonly at: `/${string}/`;
  /** Where they were built to. */
  readonly folder: string;
  /** What is said where they never were. */
  readonly sayNotBuilt: (reply: FastifyReply) => FastifyReply;
  readonly sayNothingHere: (reply: FastifyReply) => FastifyReply;
};

/** Pages as they were built (`npm run build`), each file packed once: phones pay for what they fetch. */
export function pageFileRoutes(app: FastifyInstance, { at, folder, sayNotBuilt, sayNothingHere }: PageFiles): void {
  const known = new Map<string, PageFile>();
  const fileNamed = async (name: string): Promise<PageFile | undefined> => {
    const type = TYPES[extname(name)];
    if (!/^[\w-][\w.-]{0,100}$/.test(name) || !type) return undefined;
    const found = known.get(name) ?? (await packed(join(folder, 'assets', name), type));
    if (found) known.set(name, found);
    return found;
  };
  app.get(at.slice(0, -1), (_request, reply) => reply.redirect(at, 301));
  app.get(at, async (_request, reply) => {
    const page = await readFile(join(folder, 'index.html')).catch(() => undefined);
    if (!page) return sayNotBuilt(reply);
    return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);
  });
  app.get(`${at}assets/:name`, async (request, reply) => {
    const file = await fileNamed((request.params as { readonly name: string }).name);
    if (!file) return sayNothingHere(reply);
    // A file's name changes with what is in it.
    reply.headers({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' }).type(file.type);
    if (!request.headers['accept-encoding']?.includes('gzip')) return reply.send(file.bytes);
    return reply.header('content-encoding', 'gzip').send(file.packed);
  });
  app.get(`${at}*`, (_request, reply) => sayNothingHere(reply));
}

async function packed(path: string, type: string): Promise<PageFile | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes && { bytes, packed: await promisify(gzip)(bytes), type };
}
