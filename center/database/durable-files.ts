import { fdatasyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type NodeFsInit = NodeFS['init'];
type EmscriptenModule = {
  readonly NODEFS: { readonly stream_ops: { fsync?: (stream: { readonly nfd?: number }) => number } };
};

/**
 * PGlite's folder on disk with the one thing its own lacks: `fsync`. As shipped it starts PostgreSQL with `-F` and its
 * file layer ignores every sync (electric-sql/pglite#1107), so a power cut could swallow a batch whose receipt is already
 * out; the station would have deleted it by then. This hands each sync to the operating system.
 */
export class DurableFiles extends NodeFS {
  override async init(...args: Parameters<NodeFsInit>): ReturnType<NodeFsInit> {
    const started = await super.init(...args);
    const giveFsync = (module: object): void => {
      (module as EmscriptenModule).NODEFS.stream_ops.fsync = ({ nfd }) => {
        // A directory has no file descriptor here; the file systems we run on journal directory entries themselves.
        if (nfd !== undefined) fdatasyncSync(nfd);
        return 0;
      };
    };
    const { emscriptenOpts } = started;
    return { ...started, emscriptenOpts: { ...emscriptenOpts, preRun: [...asList(emscriptenOpts.preRun), giveFsync] } };
  }
}

/** `-F` switches fsync off; and of the ways to sync the WAL only `fsync` reaches the file layer. */
export const DURABLE_START: string[] = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

const asList = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];
