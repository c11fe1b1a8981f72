import { Agent, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { Refusal } from '../../contract/words/reasons.ts';

const CONNECT_MS = 15_000;

/** @throws Refusal where nothing may be said over this connection */
export type JudgeConnection = (socket: TLSSocket) => Promise<void>;

type OnConnection = (error: Error | null, stream: Duplex) => void;

/** Hands out TLS connections that were judged; before that nothing is written on them. */
export class JudgedTlsAgent extends Agent {
  readonly #judge: JudgeConnection;

  constructor(judge: JudgeConnection) {
    super({ keepAlive: true });
    this.#judge = judge;
  }

  override createConnection(options: RequestOptions, onConnection: OnConnection = () => undefined): undefined {
    // Whether an authority vouches for the certificate is looked at by the judge; that none does must not end it here.
    const socket = connect({ ...(options as ConnectionOptions), rejectUnauthorized: false });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      onConnection(error, socket);
    };
    const timer = setTimeout(() => fail(new Error('no TLS connection in time')), CONNECT_MS);
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      this.#judge(socket).then(
        () => {
          socket.off('error', fail);
          onConnection(null, socket);
        },
        (error: unknown) => fail(error instanceof Error ? error : new Refusal('internal', String(error))),
      );
    });
  }
}
