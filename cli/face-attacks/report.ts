import { LightOutcome } from '../../contract/words/light.ts';
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
      [words.species, words.checkIns, words.letIn, words.apcer, ...ratedBy(words)],
      species.map(([name, rate]) => [words.named[name], rate.checkIns, rate.errors, ...rated(rate, words)]),
    ),
    `<h2>${words.genuine}</h2><p>${escapeHtml(words.genuineHow)}</p>`,
    htmlTable(
      [words.people, words.unjudged, words.stopped, words.bpcer, ...ratedBy(words)],
      [ofPeople(measured.bpcer, words)],
    ),
    `<p>${escapeHtml(words.performedHow)}</p>`,
    htmlTable(
      [words.people, words.unjudged, words.stopped, words.bpcer, ...ratedBy(words)],
      [ofPeople(measured.performed, words)],
    ),
    ...pictures,
  ];
  return htmlReport(words.title, body.join('\n'), lang);
}

type Words = (typeof faceAttackWords)[Locale];

const ratedBy = ({ interval, passive, stoppedBy, light }: Words) => [interval, passive, stoppedBy, light];

const ofPeople = (counted: Counted, words: Words) => [
  ...[counted.checkIns, counted.unjudged, counted.errors],
  ...rated(counted, words),
];

function rated({ rate, interval: [from, to], passive, stoppedBy, light }: Counted, words: Words): readonly string[] {
  const reasons = Object.entries(stoppedBy).map(([reason, count]) => `${reason} ${count}`);
  const answers = LightOutcome.options.flatMap((one) => (light[one] ? [`${words.lightNamed[one]} ${light[one]}`] : []));
  return [
    rate === null ? '–' : percent(rate),
    `${percent(from)} – ${percent(to)}`,
    `${passive.live} / ${passive.looks}`,
    reasons.join(', ') || words.nothing,
    answers.join(', ') || words.nothing,
  ];
}

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
