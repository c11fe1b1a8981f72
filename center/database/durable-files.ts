import { fdatasyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type NodeFsInit = NodeFS['init'];
type EmscriptenModule = {
  readonly NODEFS: {
    readonly node_ops: Attributes;
    readonly stream_ops: Attributes & { fsync?: (stream: { readonly nfd?: number }) => number };
  };
};
type Attributes = { setattr?: (of: object, attributes: { mode?: number }) => void };

/**
 * PGlite's folder on disk with the one thing its own lacks: `fsync`. As shipped it starts PostgreSQL with `-F` and its
 * file layer ignores every sync (electric-sql/pglite#1107), so a power cut could swallow a batch whose receipt is already
 * out; the station would have deleted it by then. This hands each sync to the operating system.
 * It also gives each file it makes to everybody, whatever the umask says; here, to its owner.
 */
export class DurableFiles extends NodeFS {
  override async init(...args: Parameters<NodeFsInit>): ReturnType<NodeFsInit> {
    const started = await super.init(...args);
    const giveFsync = (module: object): void => {
      const { node_ops, stream_ops } = (module as EmscriptenModule).NODEFS;
      for (const one of [node_ops, stream_ops]) keepToOwner(one);
      stream_ops.fsync = ({ nfd }) => {
        // A directory has no file descriptor here; the file systems we run on journal directory entries themselves.
        if (nfd !== undefined) fdatasyncSync(nfd);
        return 0;
      };
    };
    const { emscriptenOpts } = started;
    return { ...started, emscriptenOpts: { ...emscriptenOpts, preRun: [...asList(emscriptenOpts.preRun), giveFsync] } };
  }
}

function keepToOwner(of: Attributes): void {
  const { setattr } = of;
  if (!setattr) return;
  of.setattr = (one, { mode, ...others }) =>
    setattr(one, mode === undefined ? others : { ...others, mode: mode & ~0o077 });
}

/** `-F` switches fsync off; and of the ways to sync the WAL only `fsync` reaches the file layer. */
export const DURABLE_START: string[] = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

const asList = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];
