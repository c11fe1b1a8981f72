import { posix } from 'node:path';

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
