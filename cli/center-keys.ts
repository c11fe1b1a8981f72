import { readFileSync } from 'node:fs';
import { CenterKeyList } from '../contract/records/center-keys.ts';

/**
 * What the root of a center has said of its keys, as the center serves it at `/v1/keys`.
 * @throws Error where the file is none
 */
export function readCenterKeys(file: string): CenterKeyList {
  const { data } = CenterKeyList.safeParse(jsonIn(file));
  if (!data) throw new Error(`${file} is no list of keys: fetch it from the center, at /v1/keys`);
  return data;
}

function jsonIn(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
