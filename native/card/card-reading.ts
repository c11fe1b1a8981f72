import type { CardText } from './card-text.ts';

/** What one card gave: its text, its photo as it lies on the card, and which reader read it. */
export type CardReading = CardText & {
  /** 1024 bytes of WLT, the card's own image format. Opaque to us: see PhotoDecoder. */
  readonly photo: Uint8Array;
  readonly samId?: string;
};

/**
 * The place for a WLT decoder. Only closed ones exist (a vendor's library bound to a licence), so none ships with the
 * station: faces are matched against the enrolled photo, and a site that owns a decoder may plug it in here.
 * @returns an encoded image (JPEG or BMP), or undefined where the bytes are no photo
 */
export type PhotoDecoder = (wlt: Uint8Array) => Promise<Uint8Array | undefined>;
