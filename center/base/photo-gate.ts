import type { Reason } from '../../contract/words/reasons.ts';

/** What the networks say of a photo: stations could compare a face with it, could not, or nobody was there to say. */
export type PhotoLook =
  | { readonly kind: 'good' | 'unseen' }
  | { readonly kind: 'unusable'; readonly reasons: readonly Reason[] };

/** Looks at photos as stations do when they enrol somebody from one. */
export type PhotoGate = {
  /** @throws TryLater where more wait already than are looked at in good time */
  look(photo: Uint8Array): Promise<PhotoLook>;
  close(): Promise<void>;
};
