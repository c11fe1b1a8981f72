import type { ReactNode } from 'react';
import type { MessageKey } from '../../messages/index.ts';
import { usePage } from '../context.ts';

type ConsentProps = {
  /** Of a visitor nothing is kept. */
  readonly visitor?: boolean;
  /** So long a face of the check-in may be compared with. */
  readonly templateDays?: number | undefined;
};

/** What somebody agrees to, as three pictures with a few words each. */
export function ConsentPictures({ visitor = false, templateDays }: ConsentProps) {
  const { t } = usePage();
  const said = ({ words, ofVisitor }: Pictured): string => {
    if (words === 'consent.stays' && templateDays !== undefined) return t('consent.stays-for', { days: templateDays });
    return t(visitor ? ofVisitor : words);
  };
  return (
    <ul className="consent-pictures">
      {PICTURES.map((one) => (
        <li key={one.words}>
          <svg className="drawing" viewBox="0 0 96 96" aria-hidden="true">
            {one.picture}
          </svg>
          <span>{said(one)}</span>
        </li>
      ))}
    </ul>
  );
}

type Pictured = { readonly words: MessageKey; readonly ofVisitor: MessageKey; readonly picture: ReactNode };
const PICTURES: readonly Pictured[] = [
  {
    words: 'consent.camera',
    ofVisitor: 'enrol.camera',
    picture: (
      <>
        <rect className="wash" x="12" y="26" width="72" height="50" rx="10" />
        <rect x="12" y="26" width="72" height="50" rx="10" />
        <path d="M36 26l6-10h12l6 10" />
        <circle cx="48" cy="51" r="15" />
        <path d="M41 54c2 4 12 4 14 0M44 47h.1M52 47h.1" />
      </>
    ),
  },
  {
    words: 'consent.stays',
    ofVisitor: 'enrol.goes',
    picture: (
      <>
        <rect className="wash" x="10" y="14" width="76" height="52" rx="8" />
        <rect x="10" y="14" width="76" height="52" rx="8" />
        <path d="M34 84h28M48 66v18" />
        <rect x="36" y="38" width="24" height="18" rx="4" />
        <path d="M41 38v-5a7 7 0 0 1 14 0v5" />
      </>
    ),
  },
  {
    words: 'consent.may-refuse',
    ofVisitor: 'enrol.may-go',
    picture: (
      <>
        <path className="wash" d="M10 76c0-16 10-25 22-25s22 9 22 25z" />
        <circle cx="32" cy="30" r="13" />
        <path d="M10 76c0-16 10-25 22-25s22 9 22 25" />
        <path d="M56 28h30v24H70l-8 8v-8h-6z" />
        <path d="M64 40h14" />
      </>
    ),
  },
];
