import type { RpcServer } from '../../contract/page/rpc/server.ts';
import type { Pushes } from '../../contract/page/station-api.ts';

/** The way to the page, whichever is there: what is said while none is goes nowhere. */
export type PageLine = {
  readonly connected: boolean;
  push: RpcServer<Pushes>['push'];
  connect(page: RpcServer<Pushes>): void;
  disconnect(): void;
};

export function openPageLine(): PageLine {
  let page: RpcServer<Pushes> | undefined;
  return {
    get connected() {
      return page !== undefined;
    },
    push: (name, value) => page?.push(name, value),
    connect(next) {
      page = next;
    },
    disconnect() {
      page = undefined;
    },
  };
}
