import type { TimeStatement } from '../../contract/records/time.ts';
import { instant, type Sha256 } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import type { ActingStation } from '../tenants/index.ts';

/** What time it is, signed for this station and this question. @returns a JWS `exam-station/time` */
export async function tellTime({ id }: ActingStation, { signer, now }: Center, nonce: Sha256): Promise<string> {
  const statement: TimeStatement = { at: instant(now()), stationId: id, nonce };
  return signer.sign('exam-station/time', statement);
}
