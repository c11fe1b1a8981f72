import { COSIGNATURE, readNoteKey } from '../../proof/transparency/index.ts';
import type { Witness } from '../base/index.ts';

/**
 * Witnesses as the operator names them: the key that `exam-station witness init` prints, and where there is one, an address after
 * it; a comma between two.
 * @throws Error with a sentence for the person who typed it
 */
export function readWitnesses(text: string): readonly Witness[] {
  const witnesses = text.split(',').flatMap((part) => {
    const [written, url, ...more] = part.trim().split(/\s+/);
    if (!written) return [];
    const key = readNoteKey(written);
    if (key?.type !== COSIGNATURE || more.length > 0)
      throw new Error(
        `EXAM_CENTER_WITNESSES: ${part.trim()} is no witness: it takes KEY or KEY URL, as witness init prints it`,
      );
    if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
      throw new Error(`EXAM_CENTER_WITNESSES: ${url} is no address of a witness`);
    return [{ key, ...(url === undefined ? {} : { url }) }];
  });
  const names = new Set(witnesses.map(({ key }) => key.publicKey));
  if (names.size < witnesses.length) throw new Error('EXAM_CENTER_WITNESSES names a witness twice');
  return witnesses;
}
