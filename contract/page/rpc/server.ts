import type { z } from 'zod';
import { type Reason, Refusal } from '../../words/reasons.ts';
import { isWithinReason } from '../../words/within-reason.ts';
import {
  type MethodMap,
  type Params,
  type Push,
  type PushMap,
  parseJson,
  Request,
  type Result,
  type ServerMessage,
} from './messages.ts';
import type { Transport } from './transport.ts';

export type Handlers<M extends MethodMap> = {
  readonly [K in keyof M]: (params: Params<M, K>) => Result<M, K> | Promise<Result<M, K>>;
};

export type ServerOptions<M extends MethodMap> = {
  readonly methods: M;
  readonly handlers: Handlers<M>;
  readonly onBytes: (message: Uint8Array) => void;
  /** Told of every refusal and every fault, with what was asked, never with the parameters: those may hold a PIN. */
  readonly onTrouble: (trouble: { reason: Reason; method?: string; error?: unknown }) => void;
};

export type RpcServer<P extends PushMap> = { push<K extends keyof P & string>(event: K, data: Push<P, K>): void };

/** Answers one page over one transport. Nothing that arrives is trusted and nothing that arrives can throw out of here. */
export function serve<M extends MethodMap, P extends PushMap>(
  transport: Transport,
  options: ServerOptions<M>,
): RpcServer<P> {
  const { methods, handlers, onBytes, onTrouble } = options;
  const reply = (message: ServerMessage): void => transport.send(JSON.stringify(message));

  transport.onMessage(async (message) => {
    if (typeof message !== 'string') return onBytes(message);
    const json = parseJson(message);
    const request = Request.safeParse(isWithinReason(json) ? json : undefined);
    if (!request.success) return onTrouble({ reason: 'bad-message' });
    const { id, method } = request.data;
    const refuse = (reason: Reason, error?: unknown): void => {
      onTrouble({ reason, method, error });
      reply({ id, ok: false, reason });
    };
    if (!Object.hasOwn(methods, method)) return refuse('method-unknown');
    const params = (methods[method] as M[string]).params.safeParse(request.data.params);
    if (!params.success) return refuse('bad-message');
    try {
      const handler = handlers[method as keyof M] as (params: unknown) => unknown;
      reply({ id, ok: true, result: await handler(params.data) });
    } catch (error) {
      if (error instanceof Refusal) refuse(error.reason);
      else refuse('internal', error);
    }
  });

  return {
    push(event, data: z.output<P[typeof event]>) {
      reply({ event, data });
    },
  };
}
