import { maskIdNumber } from '../../contract/words/id-number.ts';
import type { Locale } from '../../contract/words/localized.ts';
import type { ReasonCode } from '../../contract/words/reasons.ts';
import type { PhotoOwner } from '../people/index.ts';
import type { SaidPhoto } from '../stations/index.ts';
import { type Html, html } from './html.ts';
import { MESSAGES } from './messages.ts';
import { ofPhoto } from './reason-words.ts';
import { table } from './table.ts';

/** A photo that no face can be compared with, and who could take another one. */
export type BadPhoto = PhotoOwner & { readonly reasons: readonly ReasonCode[]; readonly stations: readonly string[] };

/** What stations said of photos that somebody on the roster still has: one line a photo, however many stations saw it. */
export function badPhotosOf(said: readonly SaidPhoto[], owners: readonly PhotoOwner[]): readonly BadPhoto[] {
  return owners.flatMap((owner) => {
    const of = said.filter(({ candidateId, photo }) => candidateId === owner.candidateId && photo === owner.photo);
    if (of.length === 0) return [];
    const reasons = [...new Set(of.flatMap((one) => one.reasons))];
    return [{ ...owner, reasons, stations: [...new Set(of.map(({ station }) => station))] }];
  });
}

/** Who has to come for another photo, and why. */
export function photosList(locale: Locale, photos: readonly BadPhoto[]): Html {
  const t = MESSAGES[locale];
  if (photos.length === 0) return html``;
  const rows = photos.map(({ name, number, reasons, stations }) => ({
    cells: [
      html`${name}<small class="nowrap">${maskIdNumber(number)}</small>`,
      html`<ul class="kinds">${reasons.map((reason) => html`<li title="${t.reasonCode(reason)}">${ofPhoto(reason, locale)}</li>`)}</ul>`,
      html`${stations.join(' · ')}`,
    ],
  }));
  return html`<section><h2>${t.badPhotos}</h2>
<p>${t.badPhotosHint}</p>
<div class="sheet">${table([t.candidate, t.photoWrong, t.saidBy], rows)}</div>
</section>`;
}
