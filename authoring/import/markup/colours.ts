type Channels = readonly [red: number, green: number, blue: number, opacity: number];

/** Names of the colours that are white to whoever reads, and of black. */
const NAMED: Readonly<Record<string, Channels>> = {
  ...Object.fromEntries(
    ['white', 'snow', 'ivory', 'ghostwhite', 'floralwhite', 'mintcream', 'azure'].map((name) => [
      name,
      [255, 255, 255, 1],
    ]),
  ),
  ...{ black: [0, 0, 0, 1], windowtext: [0, 0, 0, 1], transparent: [0, 0, 0, 0] },
};

/** A colour as a style writes it; nothing for what is only a name, or calculated. */
function channelsOf(written: string): Channels | undefined {
  const colour = written.trim().toLowerCase();
  if (Object.hasOwn(NAMED, colour)) return NAMED[colour];
  const hex = /^#?([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.exec(colour)?.[1];
  if (hex !== undefined) {
    const pairs = hex.length < 6 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? []);
    const [red = 0, green = 0, blue = 0, opacity = 255] = pairs.map((pair) => Number.parseInt(pair, 16));
    return [red, green, blue, opacity / 255];
  }
  const [, light] = /^hsla?\([^,]+,[^,]+,\s*([\d.]+)%/.exec(colour) ?? [];
  if (light !== undefined && Number(light) >= 99) return [255, 255, 255, 1];
  const inside = /^rgba?\(([^()]*)\)$/.exec(colour)?.[1];
  if (inside === undefined) return undefined;
  const [red = 0, green = 0, blue = 0, opacity = 1] = inside
    .split(/[\s,/]+/)
    .filter((part) => part !== '')
    .map((part, at) => Number.parseFloat(part) * (part.endsWith('%') ? (at === 3 ? 0.01 : 2.55) : 1));
  return [red, green, blue, opacity];
}

const NEARLY_WHITE = 245;

/** White, or so near to it that nobody reads it on a page that is white. */
export const isWhite = (colour: string): boolean => {
  const [red, green, blue] = channelsOf(colour) ?? [0, 0, 0];
  return Math.min(red, green, blue) >= NEARLY_WHITE;
};

export const isTransparent = (colour: string): boolean => (channelsOf(colour)?.[3] ?? 1) < 0.05;

/** Black or nearly, or what is around it: words of that colour stand out from no others. */
export const isUsual = (colour: string): boolean => {
  if (/^(inherit|initial|unset|revert|currentcolor|auto|var\(.*\))$/i.test(colour.trim())) return true;
  const [red, green, blue] = channelsOf(colour) ?? [255, 255, 255];
  return Math.max(red, green, blue) <= 64;
};
