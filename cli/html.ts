/** Reports are one HTML file each that needs nothing else. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

/** @param body markup */
export const htmlReport = (title: string, body: string, lang: 'en' | 'zh' = 'en'): string => `<!doctype html>
<html lang="${lang}"><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:960px;margin:40px auto;padding:0 20px;color:#14212b}
table{border-collapse:collapse;width:100%}td,th{padding:6px 12px;border-bottom:1px solid #d3dce2;text-align:start;vertical-align:top}
svg{width:100%;height:auto}td.number{text-align:end;font-variant-numeric:tabular-nums}.muted{color:#51606c}</style>
<h1>${escapeHtml(title)}</h1>
${body}
</html>
`;

/** A table of texts; numbers stand right. */
export function htmlTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number): string =>
    typeof value === 'number' ? `<td class="number">${value}</td>` : `<td>${escapeHtml(value)}</td>`;
  const line = (row: readonly (string | number)[]): string => `<tr>${row.map(cell).join('')}</tr>`;
  return `<table><tr>${head.map((name) => `<th>${escapeHtml(name)}</th>`).join('')}</tr>
${rows.map(line).join('\n')}</table>`;
}
