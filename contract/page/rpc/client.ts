import { Refusal, refusalOf } from '../../words/reasons.ts';
import {
  type MethodMap,
  type Params,
  type Push,
  type PushMap,
  parseJson,
  type Result,
  ServerMessage,
} from './messages.ts';
import type { Transport } from './transport.ts';

export type RpcClient<M extends MethodMap, P extends PushMap> = {
  /** @throws Refusal with the station's reason code, or `station-gone` where the connection ended first */
  call<K extends keyof M & string>(method: K, params: Params<M, K>): Promise<Result<M, K>>;
  on<K extends keyof P & string>(event: K, listener: (data: Push<P, K>) => void): void;
  sendBytes(message: Uint8Array): void;
  onClose(listener: (reason?: string) => void): void;
};

export function connect<M extends MethodMap, P extends PushMap>(
  transport: Transport,
  methods: M,
  pushes: P,
): RpcClient<M, P> {
  const waiting = new Map<number, { method: string; settle: PromiseWithResolvers<unknown> }>();
  const listeners = new Map<string, ((data: unknown) => void)[]>();
  let nextId = 1;
  let closed = false;

  transport.onMessage((message) => {
    if (typeof message !== 'string') return;
    const parsed = ServerMessage.safeParse(parseJson(message));
    if (!parsed.success) return;
    const said = parsed.data;
    if ('event' in said) {
      const schema = Object.hasOwn(pushes, said.event) ? pushes[said.event] : undefined;
      const data = schema?.safeParse(said.data);
      if (data?.success) for (const listener of listeners.get(said.event) ?? []) listener(data.data);
      return;
    }
    const call = waiting.get(said.id);
    if (!call) return;
    waiting.delete(said.id);
    if (!said.ok) return call.settle.reject(refusalOf(said.reason));
    const result = methods[call.method]?.result.safeParse(said.result);
    if (result?.success) call.settle.resolve(result.data);
    else call.settle.reject(new Refusal('bad-message'));
  });
  transport.onClose(() => {
    closed = true;
    for (const { settle } of waiting.values()) settle.reject(new Refusal('station-gone'));
    waiting.clear();
  });

  return {
    call(method, params) {
      if (closed) return Promise.reject(new Refusal('station-gone'));
      const settle = Promise.withResolvers<unknown>();
      const id = nextId++;
      waiting.set(id, { method, settle });
      transport.send(JSON.stringify({ id, method, params }));
      return settle.promise as Promise<Result<M, typeof method>>;
    },
    on(event, listener) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener as (data: unknown) => void]);
    },
    sendBytes: (message) => transport.send(message),
    onClose: (listener) => transport.onClose(listener),
  };
}
