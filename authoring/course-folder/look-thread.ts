import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { whatBroke } from './what-broke.ts';

/** What is to be looked at, and what people call it. */
export type Look = { readonly kind: 'film' | 'document'; readonly path: string; readonly name: string };

/** Of a document its pages; of a film its seconds, and what its pictures are packed with. */
export type Seen =
  | { readonly pages: number }
  | { readonly seconds: number; readonly codec: string | null }
  | { readonly trouble: string };

/** The thread that looks at one film or document: what it cannot end, whoever started it ends. */
async function look({ kind, path, name }: Look): Promise<Seen> {
  return kind === 'film' ? lookAtFilm(path, name) : lookAtDocument(path, name);
}

async function lookAtDocument(path: string, name: string): Promise<Seen> {
  // Loaded where it is needed: each look is a thread of its own.
  const { getDocumentProxy } = await import('unpdf');
  try {
    const { numPages } = await getDocumentProxy(new Uint8Array(await readFile(path)), { verbosity: 0 });
    return { pages: numPages };
  } catch (error) {
    return { trouble: `${name}: ${(error as Error).message}` };
  }
}

async function lookAtFilm(path: string, name: string): Promise<Seen> {
  const { FilePathSource, Input, MP4, WEBM } = await import('mediabunny');
  const input = new Input({ source: new FilePathSource(path), formats: [MP4, WEBM] });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) return { trouble: `${name} shows nothing: it has no picture track` };
    return { codec: await track.getCodec(), seconds: await track.computeDuration() };
  } catch (error) {
    return { trouble: whatBroke(name, error) };
  } finally {
    input.dispose();
  }
}

parentPort?.postMessage(await look(workerData as Look));
