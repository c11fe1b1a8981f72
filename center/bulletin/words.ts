import type { Bulletin, BulletinPeriod, BulletinRow } from '../../contract/platform/bulletin.ts';
import type { PlatformTranslate } from '../../messages/platform/index.ts';

/** What a row is called: a place that stands for the firms directly below it says so. */
export const nameOf = (t: PlatformTranslate, { name, kind }: BulletinRow, { grouping }: Bulletin): string => {
  if (grouping === 'sector') return name || t('bulletin.no-sector');
  return kind !== null && kind !== grouping ? t('bulletin.directly', { name }) : name;
};

export const periodText = (t: PlatformTranslate, { from, to }: BulletinPeriod): string =>
  from === to ? t('bulletin.month', { from }) : t('bulletin.period', { from, to });

export const titleOf = (t: PlatformTranslate, { period }: Bulletin): string =>
  `${t('bulletin.heading')} ${periodText(t, period)}`;

/** When it was made, by China's clock. */
export const madeText = (t: PlatformTranslate, { at }: Bulletin): string => {
  const there = new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
  return t('bulletin.made', { at: there.slice(0, 16).replace('T', ' ') });
};

/** How it is scored, in words and numbers: stands on every page and in every export. */
export const formulaLines = (t: PlatformTranslate, { weights }: Bulletin): readonly string[] => {
  const { learning, sitting, passing } = weights;
  return [
    t('bulletin.formula', { ...weights, sum: learning + sitting + passing }),
    t('bulletin.formula-rates'),
    t('bulletin.formula-people'),
    t('bulletin.formula-places'),
  ];
};

export const whyOf = (t: PlatformTranslate, { toLearn, learned, toSit, sat }: Bulletin['deductions'][number]): string =>
  [
    ...(toLearn > 0 && learned <= 0 ? [t('bulletin.nobody-learned')] : []),
    ...(toSit > 0 && sat <= 0 ? [t('bulletin.nobody-sat')] : []),
  ].join(' · ');
