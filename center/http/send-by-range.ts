import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Part, partOf } from './range.ts';

/** A file as it is read, whole or a part of it. */
export type OpenFile = { readonly type: string; readonly bytes: number; read(part?: Part): Promise<Readable> };

/** Sends a file, or the part of it that is asked for: whoever's line breaks goes on where it was. */
export async function sendByRange(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { type, bytes, read }: OpenFile,
): Promise<FastifyReply> {
  const part = partOf(headers.range, bytes);
  reply.header('accept-ranges', 'bytes').type(type);
  if (part === 'outside') return reply.status(416).header('content-range', `bytes */${bytes}`).send();
  if (!part) return reply.header('content-length', bytes).send(await read());
  const { start, end } = part;
  reply.status(206).headers({ 'content-range': `bytes ${start}-${end}/${bytes}`, 'content-length': end - start + 1 });
  return reply.send(await read(part));
}
