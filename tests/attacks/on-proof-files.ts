import { verifyProofFile } from '../../proof/index.ts';
import { genuine, recordOf } from '../../proof/proof.fixture.ts';
import type { Attack } from './attack.ts';

/** Against `verify`, with a file made by a center and a station of its own. */
export const attacksOnProofFiles: readonly Attack[] = [
  {
    name: 'byte-flipped',
    about: 'proof',
    attacker: 'stranger',
    does: 'changes one byte of a proof file, whichever',
    outcome: 'prevented',
    by: '`verify` refuses the file',
    told: ['missed'],
    async replay() {
      const { text, center } = await genuine([recordOf(1)]);
      const bytes = new TextEncoder().encode(text);
      for (const at of bytes.keys()) {
        const forged = Uint8Array.from(bytes);
        forged[at] = (forged[at] as number) ^ 1;
        if ((await verifyProofFile(forged, center.signer.publicKey)).ok)
          return { outcome: 'open', said: `valid with byte ${at} changed` };
      }
      return { outcome: 'prevented', said: `each of ${bytes.length} bytes is missed` };
    },
  },
];
