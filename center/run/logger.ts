import type { FastifyServerOptions } from 'fastify';

export type Logger = Exclude<FastifyServerOptions['logger'], boolean | undefined>;

/**
 * Logs for standard error, a line of JSON each. A log is read by more people than a database, so nothing that somebody wrote goes
 * into one: requests are named by the pattern of their route and by an id (`x-request-id` of the answer), refusals by their reason
 * alone, and of a fault there is where it happened, and what it says where that is words of programs.
 */
export const stderrLogger = (): Logger => ({
  level: process.env.EXAM_CENTER_LOG ?? 'info',
  stream: process.stderr,
  redact: ['authorization', 'cookie', '*.authorization', '*.cookie', 'req.headers.authorization', 'req.headers.cookie'],
  serializers: {
    req: ({ method, routeOptions }) => ({ method, route: routeOptions?.url ?? 'none' }),
    res: ({ statusCode }) => ({ statusCode }),
    err: ({ name, message, stack, code }) => ({
      type: name,
      message: quotesData(name, code) ? 'its message may quote data' : message,
      stack: framesOf(stack ?? ''),
      code,
    }),
  },
});

/** What JSON.parse says quotes the text, and of PostgreSQL what is wrong with a value (class 22) quotes that. */
const quotesData = (name: string | undefined, code: unknown): boolean =>
  name === 'SyntaxError' || (typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code));

/** Without the lines before them, which are the message again. */
const framesOf = (stack: string): string => stack.match(/^ {4}at .*$/gm)?.join('\n') ?? '';
