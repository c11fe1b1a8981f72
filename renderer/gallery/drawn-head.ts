/**
 * Somebody in a safety helmet, drawn: who stands in the mirror of every picture that is shown around. The face check has
 * never seen them, and no photo was looked at for them.
 */
export const DRAWN = { width: 640, height: 480, frames: 30, fps: 15 } as const;

/** @param part of one round, 0 to 1; the last picture leads to the first */
export function drawHead(part: number): string {
  const turn = 2 * Math.PI * part;
  const x = 7 * Math.sin(turn);
  const y = 4 * Math.sin(2 * turn);
  const look = 4 * Math.sin(turn);
  // The eyes close once in a round.
  const open = Math.min(1, Math.abs(part - 0.7) / 0.05);
  const eye = (at: number) =>
    `<ellipse cx="${at + look}" cy="232" rx="9" ry="${(1 + 10 * open).toFixed(2)}" fill="#33302e"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480" viewBox="0 0 640 480">
<defs><linearGradient id="wall" x2="0" y2="1"><stop stop-color="#c6d6da"/><stop offset="1" stop-color="#9fb6bd"/></linearGradient></defs>
<rect width="640" height="480" fill="url(#wall)"/>
<path d="M0 96h150M490 96h150M0 300h110M530 300h110" stroke="#8fa9b1" stroke-width="5"/>
<g transform="translate(${x.toFixed(2)} ${y.toFixed(2)})">
<path d="M118 480c6-92 70-118 150-130h104c80 12 144 38 150 130z" fill="#f28c28"/>
<path d="M196 480l18-116 34-8 10 124zM444 480l-18-116-34-8-10 124z" fill="#f9e34c"/>
<path d="M272 318h96v46c0 26-22 44-48 44s-48-18-48-44z" fill="#d9a27e"/>
<ellipse cx="214" cy="246" rx="16" ry="26" fill="#e0ab87"/><ellipse cx="426" cy="246" rx="16" ry="26" fill="#e0ab87"/>
<path d="M216 214c0-70 40-106 104-106s104 36 104 106c0 84-38 152-104 152s-104-68-104-152z" fill="#efc09c"/>
<path d="M226 214q-8 40 2 66M414 214q8 40-2 66" stroke="#3a2c26" stroke-width="9" fill="none" stroke-linecap="round"/>
<path d="M${262 + look} 216q18-12 38-4M${378 + look} 216q-18-13-38-4" stroke="#3a2c26" stroke-width="7" fill="none" stroke-linecap="round"/>
${eye(281)}${eye(359)}
<path d="M${320 + look} 236q-13 34 4 38" stroke="#c98d68" stroke-width="5" fill="none" stroke-linecap="round"/>
<path d="M284 306q36 ${(24 + 4 * Math.sin(turn)).toFixed(2)} 72 0" stroke="#a8503f" stroke-width="7" fill="none" stroke-linecap="round"/>
<circle cx="256" cy="282" r="17" fill="#e99f82" opacity=".45"/><circle cx="384" cy="282" r="17" fill="#e99f82" opacity=".45"/>
<path d="M204 184c0-82 48-132 116-132s116 50 116 132z" fill="#f6c52b"/>
<path d="M300 54h40v130h-40z" fill="#e3ab12"/>
<path d="M182 186c0-12 10-18 26-18h224c16 0 26 6 26 18s-10 16-26 16H208c-16 0-26-4-26-16z" fill="#e3ab12"/>
<circle cx="320" cy="134" r="19" fill="#0b6b66"/><path d="M311 134l7 8 13-16" stroke="#fff" stroke-width="5" fill="none" stroke-linecap="round"/>
</g></svg>`;
}
