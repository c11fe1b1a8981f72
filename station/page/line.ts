import type { RpcServer } from '../../contract/page/rpc/server.ts';
import type { Pushes } from '../../contract/page/station-api.ts';

/** The way to the page, whichever is there: what is said while none is goes nowhere. */
export type PageLine = {
  readonly connected: boolean;
  push: RpcServer<Pushes>['push'];
  /** One page at a time: a second one is not served, and nothing of it is read. @returns whether it is */
  take(serve: () => RpcServer<Pushes>): boolean;
  disconnect(): void;
};

export function openPageLine(): PageLine {
  let page: RpcServer<Pushes> | undefined;
  return {
    get connected() {
      return page !== undefined;
    },
    push: (name, value) => page?.push(name, value),
    take(serve) {
      if (page) return false;
      page = serve();
      return true;
    },
    disconnect() {
      page = undefined;
    },
  };
}
