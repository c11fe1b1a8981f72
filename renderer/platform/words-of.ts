import type { Organisation } from '../../contract/platform/organisations.ts';
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
