import { type CSSProperties, type ReactNode, useMemo } from 'react';
import { shortCode } from '../../contract/words/receipt-code.ts';
import { usePage } from '../context.ts';
import { qrPicture } from './qr-path.ts';

/** Dark on white whatever the page's colours are: a phone reads no other. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { side, path } = useMemo(() => qrPicture(text), [text]);
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      style={{ '--modules': side } as CSSProperties}
    >
      <rect width={side} height={side} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}

/** What a candidate takes along of the result: a code to photograph, and its end to read out. */
export function ReceiptCode({ code, children }: { readonly code: string; readonly children?: ReactNode }) {
  const { t } = usePage();
  return (
    <figure className="receipt-code">
      <QrCode text={code} label={t('receipt.label')} />
      <figcaption>
        <strong>{t('receipt.keep')}</strong>
        <span>{t('receipt.short')}</span>
        <span className="receipt-short" data-receipt-code={code}>
          {shortCode(code)}
        </span>
        {children}
      </figcaption>
    </figure>
  );
}
