import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Refusal } from '../../contract/words/reasons.ts';
import { isWithinReason } from '../../contract/words/within-reason.ts';

export const MEBIBYTE = 1024 * 1024;

/** Bodies arrive as the bytes that were sent: a station signs bytes, not what a parser made of them. */
export function takeRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** Of one scope, whose bodies are too large to be held: they arrive as they come, piece by piece. */
export function takeBodiesPieceByPiece(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, pieces, done) => done(null, pieces));
}

export const piecesOf = (request: FastifyRequest): AsyncIterable<Uint8Array> =>
  (request.body ?? []) as AsyncIterable<Uint8Array>;

export const bytesOf = (request: FastifyRequest): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);

/**
 * The body as JSON in the shape asked for.
 * @throws Refusal `bad-message`
 */
export const readJson = <S extends z.ZodType>(request: FastifyRequest, shape: S): z.infer<S> =>
  inShape(parseStrictly(bytesOf(request)), shape);

/** @throws Refusal `bad-message` */
export function inShape<S extends z.ZodType>(json: unknown, shape: S): z.infer<S> {
  const parsed = shape.safeParse(json);
  if (!parsed.success) throw new Refusal('bad-message', problemsOf(parsed.error));
  return parsed.data;
}

/** A path parameter in the shape asked for; a path that cannot name anything names nothing. */
export function readParam<S extends z.ZodType>(
  request: FastifyRequest,
  name: string,
  shape: S,
  missing: Refusal,
): z.infer<S> {
  const parsed = shape.safeParse((request.params as Readonly<Record<string, unknown>>)[name]);
  if (!parsed.success) throw missing;
  return parsed.data;
}

/**
 * JSON that has a canonical form. Bytes that are no UTF-8 and halves of surrogate pairs are refused here: read leniently,
 * two different messages would become one.
 * @throws Refusal `bad-message`
 */
export function parseStrictly(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return withinReason(SURROGATE_ESCAPE.test(text) ? JSON.parse(text, refuseHalfPairs) : JSON.parse(text));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('bad-message', 'the body is no well-formed JSON');
  }
}

function withinReason(value: unknown): unknown {
  if (!isWithinReason(value)) throw new Refusal('bad-message', 'the body is nested too deeply, or has too many values');
  return value;
}

/** Half a pair can only come from an escape, and escapes of this range are rare: the slow way is taken for them alone. */
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

function refuseHalfPairs(key: string, value: unknown): unknown {
  if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed()))
    throw new SyntaxError('half a surrogate pair');
  return value;
}

/** Says where, never what: the value may be a photo or a PIN. */
const problemsOf = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`)
    .join('; ');
