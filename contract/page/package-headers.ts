/** By the end of a name; what nobody thought of is bytes, and `nosniff` keeps it bytes. Texts say their letters themselves. */
const TYPES: Readonly<Record<string, string>> = {
  ...{ html: 'text/html', htm: 'text/html', xhtml: 'application/xhtml+xml', css: 'text/css', txt: 'text/plain' },
  ...{ js: 'text/javascript', mjs: 'text/javascript', json: 'application/json', wasm: 'application/wasm' },
  ...{ xml: 'text/xml', xsd: 'text/xml', dtd: 'application/xml-dtd', xsl: 'text/xml', vtt: 'text/vtt' },
  ...{ svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif' },
  ...{ webp: 'image/webp', avif: 'image/avif', bmp: 'image/bmp', ico: 'image/x-icon', cur: 'image/x-icon' },
  ...{ mp4: 'video/mp4', m4v: 'video/mp4', webm: 'video/webm', ogv: 'video/ogg' },
  ...{ mp3: 'audio/mpeg', m4a: 'audio/mp4', aac: 'audio/aac', oga: 'audio/ogg', ogg: 'audio/ogg', wav: 'audio/wav' },
  ...{ woff: 'font/woff', woff2: 'font/woff2', ttf: 'font/ttf', otf: 'font/otf' },
};

export const contentTypeOf = (name: string): string =>
  TYPES[/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';

/** The player: its own program, and the package beside it in a frame. */
const PLAYER = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

/** What a package needs that was made for any web server, and nothing of any other. */
const CONTENT = [
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
];

/** Nothing of the machine. */
const CLOSED = [
  'camera',
  'microphone',
  'geolocation',
  'display-capture',
  'fullscreen',
  'clipboard-read',
  'usb',
  'serial',
];

/**
 * Headers of every answer on a package's origin.
 * @param station origins of the station's page, which alone may show the player
 */
export function packageHeaders(
  kind: 'player' | 'content',
  station: readonly string[],
): Readonly<Record<string, string>> {
  const policy = [
    ...(kind === 'player' ? PLAYER : CONTENT),
    `frame-ancestors ${[...(kind === 'content' ? ["'self'"] : []), ...station].join(' ')}`,
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'referrer-policy': 'no-referrer',
    'permissions-policy': CLOSED.map((name) => `${name}=()`).join(', '),
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}
