import type { FastifyServerOptions } from 'fastify';

/**
 * Logs for standard error. A log is read by more people than a database, so it gets paths without their query (the page's
 * first address holds an operator token), no headers, and of a database error only what names no row.
 */
export const stderrLogger = (): Exclude<FastifyServerOptions['logger'], boolean | undefined> => ({
  level: process.env.EXAM_CENTER_LOG ?? 'info',
  stream: process.stderr,
  redact: ['authorization', 'cookie', '*.authorization', '*.cookie', 'req.headers.authorization', 'req.headers.cookie'],
  serializers: {
    req: ({ method, url }) => ({ method, path: url?.split('?')[0] }),
    res: ({ statusCode }) => ({ statusCode }),
    err: ({ name, message, stack, code }) => ({ type: name, message, stack: stack ?? '', code }),
  },
});
