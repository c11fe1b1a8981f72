import { type Html, html } from './html.ts';

export type Row = { readonly cells: readonly Html[]; readonly station?: string };

/** The roles say again what the elements say: on a narrow screen the style lays rows out as blocks, and takes it away. */
export function table(labels: readonly string[], rows: readonly Row[]): Html {
  const heads = labels.map((label) => html`<th role="columnheader" scope="col">${label}</th>`);
  return html`<table role="table">
<thead role="rowgroup"><tr role="row">${heads}</tr></thead>
<tbody role="rowgroup">
${rows.map(({ cells, station }) => html`<tr role="row"${station ? html` data-station="${station}"` : ''}>${cells.map((cell, at) => html`<td role="cell" data-label="${labels[at]}"><div>${cell}</div></td>`)}</tr>\n`)}</tbody>
</table>`;
}

export const chip = (kind: 'good' | 'bad' | 'note', text: string): Html =>
  html`<span class="chip ${kind}">${text}</span>`;
