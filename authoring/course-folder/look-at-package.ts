import { buffer } from 'node:stream/consumers';
import { type OpenPackage, openPackage, PackageTrouble } from '../../courseware/index.ts';
import {
  type Found,
  found,
  MANIFEST_FILE,
  MANIFEST_MAX_BYTES,
  type MediaFact,
  readManifest,
  trouble,
} from '../courses/index.ts';

type PackageFact = Pick<Extract<MediaFact, { kind: 'package' }>, 'kind' | 'manifest'>;

/** What a package (SCORM) says can be launched; nothing of it is unpacked but its manifest. */
export async function lookAtPackage(path: string, name: string): Promise<Found<PackageFact>> {
  try {
    const open = await openPackage(path);
    try {
      return named(name, await manifestOf(open));
    } finally {
      open.close();
    }
  } catch (error) {
    if (error instanceof PackageTrouble) return trouble(error.reason, `${name}: ${error.message}`);
    throw error;
  }
}

async function manifestOf(open: OpenPackage): Promise<Found<PackageFact>> {
  const { files } = open;
  const size = files.get(MANIFEST_FILE);
  if (size === undefined) return trouble('manifest-missing', `there is no ${MANIFEST_FILE} at its top`);
  if (size > MANIFEST_MAX_BYTES) return trouble('manifest-unreadable', `${size} bytes, ${MANIFEST_MAX_BYTES} at most`);
  const bytes = await bytesOf(open);
  const manifest = bytes.ok ? readManifest(bytes.value, (file) => files.has(file)) : bytes;
  return manifest.ok ? found({ kind: 'package', manifest: manifest.value }) : manifest;
}

async function bytesOf(open: OpenPackage): Promise<Found<Uint8Array>> {
  try {
    const bytes = await open.read(MANIFEST_FILE);
    return found(bytes ? await buffer(bytes) : new Uint8Array());
  } catch (error) {
    return trouble('package-unreadable', (error as Error).message);
  }
}

const named = <T>(name: string, read: Found<T>): Found<T> =>
  read.ok ? read : trouble(read.reason, `${name}: ${read.detail}`);
