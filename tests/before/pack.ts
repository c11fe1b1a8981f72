import { spawnSync } from 'node:child_process';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** A folder as one small file: the three databases of an empty cluster are nearly the same, so the window spans them. */
export function packFolder(folder: string): Uint8Array {
  const { status, stdout } = spawnSync('tar', ['--sort=name', '-cf', '-', '.'], {
    cwd: folder,
    maxBuffer: 500_000_000,
  });
  if (status !== 0) throw new Error('tar failed');
  const params = {
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: stdout.length,
  };
  return brotliCompressSync(stdout, { params });
}

export function unpackFolder(packed: Uint8Array, folder: string): void {
  const { status } = spawnSync('tar', ['-xf', '-'], { cwd: folder, input: brotliDecompressSync(packed) });
  if (status !== 0) throw new Error('tar failed');
}
