import type { Locale } from '../../contract/words/localized.ts';
import { faceAttackWords } from '../../messages/face-attacks.ts';
import type { Species } from '../../native/presentation-attacks/index.ts';
import { escapeHtml, htmlReport, htmlTable } from '../html.ts';
import type { Campaign } from './campaign.ts';
import type { Counted } from './rates.ts';

export type Measured = Campaign & {
  readonly simulated: true;
  readonly clips: number;
  readonly people: number;
  readonly live: number;
  readonly lookMs: number;
  readonly tries: number;
};

/** One HTML page that needs nothing else: rates, what stopped each, and what each looks like. */
export function speciesReport(measured: Measured, strips: ReadonlyMap<Species, Buffer>, lang: Locale = 'zh'): string {
  const words = faceAttackWords[lang];
  const species = Object.entries(measured.apcer) as [Species, Counted][];
  const pictures = species.flatMap(([name]) => {
    const strip = strips.get(name);
    const alt = escapeHtml(words.named[name]);
    return strip ? [`<h3>${alt}</h3><img alt="${alt}" src="data:image/jpeg;base64,${strip.toString('base64')}">`] : [];
  });
  const body = [
    `<p><strong>${escapeHtml(words.simulated)}</strong></p><p>${escapeHtml(words.how(measured))}</p>`,
    htmlTable(
      [words.species, words.checkIns, words.letIn, words.apcer, words.interval, words.passive, words.stoppedBy],
      species.map(([name, rate]) => [words.named[name], rate.checkIns, rate.errors, ...rated(rate, words.nothing)]),
    ),
    `<h2>${words.genuine}</h2><p>${escapeHtml(words.genuineHow)}</p>`,
    htmlTable(
      [words.people, words.unjudged, words.stopped, words.bpcer, words.interval, words.passive, words.stoppedBy],
      [ofPeople(measured.bpcer, words)],
    ),
    `<p>${escapeHtml(words.performedHow)}</p>`,
    htmlTable(
      [words.people, words.unjudged, words.stopped, words.bpcer, words.interval, words.passive, words.stoppedBy],
      [ofPeople(measured.performed, words)],
    ),
    ...pictures,
  ];
  return htmlReport(words.title, body.join('\n'), lang);
}

const ofPeople = (counted: Counted, { nothing }: { readonly nothing: string }) => [
  ...[counted.checkIns, counted.unjudged, counted.errors],
  ...rated(counted, nothing),
];

function rated({ rate, interval: [from, to], passive, stoppedBy }: Counted, nothing: string): readonly string[] {
  const reasons = Object.entries(stoppedBy).map(([reason, count]) => `${reason} ${count}`);
  return [
    rate === null ? '–' : percent(rate),
    `${percent(from)} – ${percent(to)}`,
    `${passive.live} / ${passive.looks}`,
    reasons.join(', ') || nothing,
  ];
}

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
