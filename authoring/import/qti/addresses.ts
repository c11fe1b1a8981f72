import { posix } from 'node:path';
import { pictureInAddress, unescapeAddress } from '../passage.ts';

/** What stands at an address, where the package has it. */
export type Find = (address: string) => Uint8Array | undefined;

const ELSEWHERE = /^([a-z][a-z\d+.-]*:|\/\/)/i;

/** An address as it is from the top of the package; one of another place stays as it is. */
export function addressFrom(folder: string, address: string): string {
  const trimmed = address.trim();
  if (ELSEWHERE.test(trimmed) || ELSEWHERE.test(folder)) return ELSEWHERE.test(trimmed) ? trimmed : folder + trimmed;
  const [path = ''] = trimmed.split(/[?#]/);
  if (path === '') return folder;
  return path.startsWith('/') ? path.slice(1) : posix.join(folder, path);
}

/** Up to the last slash. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/**
 * Finds files by address: as it is written, as it reads without its percent signs, and at last in whatever case, where only one file
 * can be meant. Servers and disks on which packages are made do not tell A from a.
 */
export function findIn(files: ReadonlyMap<string, Uint8Array>): Find {
  const folded = new Map<string, Uint8Array | undefined>();
  for (const [name, bytes] of files) folded.set(fold(name), folded.has(fold(name)) ? undefined : bytes);
  return (address) => {
    const plain = unescapeAddress(address);
    return pictureInAddress(address) ?? files.get(address) ?? files.get(plain) ?? folded.get(fold(plain));
  };
}

const fold = (name: string): string => name.normalize('NFC').toLowerCase();
