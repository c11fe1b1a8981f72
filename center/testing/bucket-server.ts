/// <reference path="./s3rver.d.ts" />
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import type { StoreWish } from '../objects/index.ts';

/** A store that speaks the S3 API, on this machine, with one bucket and nothing in it. */
export type BucketServer = {
  readonly wish: StoreWish;
  /** Answers nobody any more. */
  halt(): Promise<void>;
  /** Answers again, with what it had. */
  resume(): Promise<void>;
  /** Ends it for good, with all that it kept. */
  stop(): Promise<void>;
};

/** It holds signatures against the requests, and knows one key: its own. */
const KEY = { region: 'us-east-1', keyId: 'S3RVER', secret: 'S3RVER' };
const BUCKET = 'exams';

/** @param tls with which it speaks https */
export async function startBucket(tls?: { readonly key: string; readonly cert: string }): Promise<BucketServer> {
  const directory = mkdtempSync(join(tmpdir(), 'exam-center-bucket-'));
  const start = async (port: number) => {
    const at = { address: '127.0.0.1', port, silent: true, directory };
    const store = new S3rver({ ...at, ...tls, configureBuckets: [{ name: BUCKET }] });
    return { store, port: (await store.run()).port };
  };
  let { store, port } = await start(0);
  const halt = async (): Promise<void> => {
    const closed = store.close();
    store.httpServer.closeAllConnections();
    await closed;
  };
  return {
    wish: { ...KEY, url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/${BUCKET}` },
    halt,
    async resume() {
      ({ store, port } = await start(port));
    },
    async stop() {
      if (store.httpServer.listening) await halt();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
