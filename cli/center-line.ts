import { readVariable } from '../contract/shell/variables.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import { type CenterLine, openCenterLine } from '../proof/center-line/index.ts';

/**
 * The line of a command to a center. What it has to know of it besides its address stands in variables.
 * @param key of the center, where the command was told it
 * @throws TypeError where it is no address; Error naming a variable that is not right
 */
export function lineTo(center: string, key = readVariable('centerKey', process.env)): CenterLine {
  const plain = readVariable('plainHttp', process.env) ?? false;
  return openCenterLine(center, { key: (): PublicKey | undefined => key, plain: () => plain });
}
