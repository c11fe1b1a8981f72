import { z } from 'zod';
import { accountEndpoints } from '../../contract/platform/accounts.ts';
import type { Answered, Asked, Endpoint } from '../../contract/platform/endpoint.ts';
import { ReasonCode, Refusal, refusalOf } from '../../contract/words/reasons.ts';

/** Where the pages stand with the center: it answers, it cannot be heard, or it knows nobody here. */
export type Standing = 'here' | 'away' | 'logged-out';

export type PlatformApi = {
  readonly standing: () => Standing;
  subscribe(listener: () => void): () => void;
  /**
   * Asks for one thing of the platform.
   * @param patienceMs where it takes longer than what is slow
   * @throws Refusal as the center gave it; `center-down` where nothing was heard
   */
  ask<E extends Endpoint>(endpoint: E, asked: Asked<E>, patienceMs?: number): Promise<Answered<E>>;
  /** Asks for what is made as a file of what is sent. @throws as {@link PlatformApi.ask} */
  file(path: string, body: object): Promise<Blob>;
  /** Sends a file to where no JSON goes, and reads what came back as JSON. */
  send(path: string, bytes: Blob, patienceMs?: number): Promise<unknown>;
};

const Problem = z.object({ reason: ReasonCode, detail: z.string().optional() });
/** What is slow shows that it is; what takes longer is a job of its own. */
const PATIENCE_MS = 60_000;

/** Whoever is refused something may well be logged in: their role is too small for it. */
const isKnown = async (refused: string): Promise<boolean> => {
  const { path } = accountEndpoints.me;
  if (refused === path) return false;
  const reply = await fetch(path, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => undefined);
  return reply?.ok ?? false;
};

export function openPlatformApi(): PlatformApi {
  let standing: Standing = 'here';
  const listeners = new Set<() => void>();
  const stand = (next: Standing): void => {
    if (next === standing) return;
    standing = next;
    for (const listener of listeners) listener();
  };
  const fetched = async (
    path: string,
    init: RequestInit,
    { read = (reply: Response): Promise<unknown> => reply.json(), patienceMs = PATIENCE_MS } = {},
  ): Promise<unknown> => {
    const reply = await fetch(path, { ...init, signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined);
    if (!reply || reply.status >= 502) {
      stand('away');
      throw new Refusal('center-down');
    }
    if (reply.ok) {
      stand('here');
      return read(reply).catch(() => undefined);
    }
    const json: unknown = await reply.json().catch(() => undefined);
    const { data } = Problem.safeParse(json);
    stand(reply.status === 401 && !(await isKnown(path)) ? 'logged-out' : 'here');
    throw data ? refusalOf(data.reason, data.detail) : new Refusal('internal', String(reply.status));
  };
  return {
    standing: () => standing,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async ask(endpoint, asked, patienceMs) {
      const { method, reply } = endpoint;
      const { body } = asked as { readonly body?: unknown };
      const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: JSON_TYPE };
      return reply.parse(await fetched(addressOf(endpoint, asked), { method, ...sent }, { patienceMs })) as Answered<
        typeof endpoint
      >;
    },
    file: (path, body) =>
      fetched(
        path,
        { method: 'POST', body: JSON.stringify(body), headers: JSON_TYPE },
        {
          read: (reply) => reply.blob(),
        },
      ) as Promise<Blob>,
    send: (path, bytes, patienceMs) => fetched(path, { method: 'POST', body: bytes }, { patienceMs }),
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Where an endpoint is with these parameters. */
export function addressOf<E extends Endpoint>({ path }: E, asked: Asked<E>): string {
  const { params = {}, query = {} } = asked as {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, unknown>>;
  };
  const place = path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return search.size > 0 ? `${place}?${search}` : place;
}
