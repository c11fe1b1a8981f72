import { FILE_MOST, readUpTo } from '../authoring/read-up-to.ts';
import { CenterKeyList } from '../contract/records/center-keys.ts';
import { isWithinReason } from '../contract/words/within-reason.ts';

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
  const text = readUpTo(file, FILE_MOST.text, 'format-unknown').toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return isWithinReason(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
