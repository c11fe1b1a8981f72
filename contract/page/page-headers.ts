const policy = (packages: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self'",
    `frame-src ${packages}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * What the page may do, said with every file of it by whoever serves it, kiosk or browser host: its own files and its own
 * station, the camera, packages of courses in a frame, nothing else.
 * @param packages where packages come from, as a content security policy has it
 */
export const pageHeaders = (packages: string): Readonly<Record<string, string>> => ({
  'content-security-policy': policy(packages),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), display-capture=()',
  'cross-origin-opener-policy': 'same-origin',
});
