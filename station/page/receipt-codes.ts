import { isIP } from 'node:net';
import type { SittingId } from '../../contract/words/ids.ts';
import { hashOf, receiptCode, receiptOf } from '../../proof/index.ts';
import type { StationIdentity } from '../keep/identity/index.ts';
import type { Outbox } from '../keep/outbox/index.ts';

/** What a candidate takes along of a result, from when its record is written down; it needs no center. */
export type ReceiptCodes = { codeOf(sitting: SittingId): string | undefined };

export function openReceiptCodes(
  outbox: Pick<Outbox, 'recordOf'>,
  identity: Pick<StationIdentity, 'signer'>,
  centerUrl: string | undefined,
): ReceiptCodes {
  const center = publicAddress(centerUrl);
  /** Each view carries it, and only one sitting is ever shown. */
  let last: { readonly sitting: SittingId; readonly code: string } | undefined;
  return {
    codeOf(sitting) {
      if (last?.sitting === sitting) return last.code;
      const record = outbox.recordOf(sitting);
      if (!record) return undefined;
      const code = receiptCode(receiptOf(record, hashOf(record)), identity.signer, center);
      last = { sitting, code };
      return code;
    },
  };
}

/** A phone opens what is reached from anywhere: an address by name, over HTTPS. A number is of somebody's own network. */
function publicAddress(centerUrl: string | undefined): string | undefined {
  const { protocol, hostname } = new URL(centerUrl ?? 'about:blank');
  const named = hostname.includes('.') && isIP(hostname) === 0 && !hostname.endsWith('.local');
  return protocol === 'https:' && named ? centerUrl : undefined;
}
