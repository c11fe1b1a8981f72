import { encode } from 'uqr';

/** A QR code; whoever draws it leaves four modules of white around it. */
export function drawCode(doc: PDFKit.PDFDocument, text: string, at: { x: number; y: number; size: number }): void {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const module = at.size / size;
  for (const [row, line] of data.entries())
    for (const [column, dark] of line.entries())
      if (dark) doc.rect(at.x + column * module, at.y + row * module, module + 0.05, module + 0.05);
  doc.fill('#000000');
}
