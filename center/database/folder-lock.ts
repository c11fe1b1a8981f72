import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../proof/index.ts';

/** Gives the folder free again. */
export type Release = () => Promise<void>;

/**
 * Keeps a second center off the same data folder: two PGlite processes on one folder destroy it. The lock is a local
 * socket, so it dies with its process, however that ends; a file with a process id would outlive a `kill -9`.
 * @throws Error where another process holds the folder
 */
export async function lockFolder(folder: string): Promise<Release> {
  const name = `exam-center-${sha256(realpathSync(folder)).slice(0, 32)}`;
  const address = addressOf(name);
  const server = (await listen(address)) ?? (await retryStale(address));
  if (!server) throw new Error(`another center is running on ${folder}`);
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function addressOf(name: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(address, () => resolve(server));
  });
}

/** Elsewhere than on Linux and Windows the socket is a file, and a killed process leaves it behind. */
async function retryStale(address: string): Promise<Server | undefined> {
  if (process.platform === 'win32' || address.startsWith('\0') || (await answers(address))) return undefined;
  rmSync(address, { force: true });
  return listen(address);
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address, () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
