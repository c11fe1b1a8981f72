import type { SeenCertificate } from '../../contract/platform/certificates.ts';
import type { Organisation } from '../../contract/platform/organisations.ts';
import type { ListedResult, OneResult } from '../../contract/platform/results.ts';
import { DOCUMENT_KINDS } from '../../contract/words/id-number.ts';
import type { PlatformKey } from '../../messages/platform/index.ts';

/** What the kinds and states of organisations are called. */
export const kindWord = (kind: Organisation['kind']): PlatformKey => `kind.${kind}`;
export const stateWord = (state: Organisation['state']): PlatformKey => `state.${state}`;
export const sizeWord = (size: NonNullable<Organisation['size']>): PlatformKey => `size.${size}`;

const TONES: Readonly<Record<Organisation['state'], string>> = {
  applied: 'warn',
  approved: 'good',
  refused: 'bad',
  closed: '',
};
export const toneOf = (state: Organisation['state']): string => TONES[state];

type Doubted = Pick<ListedResult, 'verdict' | 'settled'>;

/** What is thought of a result: what somebody decided, or what the center makes of it. */
export const doubtWord = ({ verdict, settled }: Doubted): PlatformKey =>
  settled ? `decision.${settled}` : `verdict.${verdict ?? 'waiting'}`;
export function doubtTone({ verdict, settled }: Doubted): string {
  if (settled) return settled === 'stands' ? 'good' : 'bad';
  return verdict === 'disputed' ? 'bad' : verdict === 'sound' ? 'good' : 'warn';
}

const STANDING_TONES: Readonly<Record<SeenCertificate['standing'], string>> = {
  ...{ valid: 'good', expired: '', suspended: 'warn', revoked: 'bad' },
};
export const standingTone = (standing: SeenCertificate['standing']): string => STANDING_TONES[standing];

const ACTIONS = [
  ...(['overridden', 'unlocked', 'paused', 'resumed', 'submitted', 'closed'] as const),
  ...(['extended', 'reviewed', 'moved', 'seated'] as const),
];
/** What a proctor did; a later version may know more. */
export function actionWord(action: string): PlatformKey {
  const known = ACTIONS.find((one) => one === action);
  return known ? `action.${known}` : 'action.other';
}

/** What happened, without what whoever sat there was asked to do about it. */
export const shortOf = (said: string): string => said.split(/，请|。|\.(?:\s|$)/)[0] ?? said;

const WAYS = ['card', 'typed', 'slip', 'enrolled'] as const;

/** How the station learnt who came, and by which document; a word of a later station as it is. */
export function cameBy(
  t: (key: PlatformKey) => string,
  { identifiedBy, document }: Pick<OneResult, 'identifiedBy' | 'document'>,
): string {
  const way = WAYS.find((one) => one === identifiedBy);
  const kind = DOCUMENT_KINDS.find((one) => one === document);
  return [
    way ? t(`came-by.${way}`) : identifiedBy,
    ...(document === null ? [] : [kind ? t(`document.${kind}`) : document]),
  ].join(' · ');
}
