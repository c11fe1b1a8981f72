import type { FastifyInstance } from 'fastify';

/** One address before several centers: each request goes to the next of them, and one that is not there answers nothing. */
export type Front = {
  /** For what asks an app in this process. */
  readonly app: FastifyInstance;
  /** JSON, from whichever answers. @throws Error where none does */
  get(path: string): Promise<unknown>;
};

type Asked = {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: string | object;
};
/** Longer than a station waits for an answer. */
const PATIENCE_MS = 20_000;

export function openFront(urls: () => readonly string[]): Front {
  let turn = 0;
  const inject = async ({ method, url, headers = {}, payload }: Asked) => {
    turn += 1;
    const all = urls();
    const text = typeof payload === 'object' ? JSON.stringify(payload) : payload;
    const json = typeof payload === 'object' ? { 'content-type': 'application/json' } : {};
    try {
      const reply = await fetch(`${all[turn % all.length]}${url}`, {
        ...{ method, headers: { ...json, ...headers }, signal: AbortSignal.timeout(PATIENCE_MS) },
        ...(text ? { body: text } : {}),
      });
      const body = await reply.text();
      return { statusCode: reply.status, body, json: () => JSON.parse(body) as unknown };
    } catch {
      return { statusCode: 0, body: '', json: () => undefined };
    }
  };
  return {
    app: { inject } as unknown as FastifyInstance,
    async get(path) {
      for (let tries = 0; tries < 20; tries += 1) {
        const { statusCode, json } = await inject({ method: 'GET', url: path });
        if (statusCode === 200) return json();
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      throw new Error(`${path} was not answered`);
    },
  };
}
