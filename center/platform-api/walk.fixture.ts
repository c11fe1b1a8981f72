import type { Role } from '../../contract/platform/roles.ts';

/** Where something lies, seen from whoever asks for it. */
export const WHERE = ['own', 'above', 'below', 'beside'] as const;
export type Where = (typeof WHERE)[number];

/** Of each role that may ask at all, where it may: `own` is its own place, `below` what lies below that. */
export type May = Readonly<Partial<Record<Role, readonly Where[]>>>;

/** Of what is an organisation's own, whoever is above it. */
const OWN_KEEPERS = { platform: ['own'], bureau: ['own'], firm: ['own'], agency: ['own'] } as const satisfies May;

/** Of what lies somewhere in the tree; everything else is one thing for the whole platform. */
export const MAY = {
  'organisations.list': {
    ...{ platform: ['own', 'below'], bureau: ['own', 'below'], inspector: ['own', 'below'], auditor: ['own', 'below'] },
    ...{ firm: ['own'], agency: ['own'], room: ['own'], proctor: ['own'] },
  },
  'organisations.read': {
    ...{ platform: ['own', 'below'], bureau: ['own', 'below'], inspector: ['own', 'below'], auditor: ['own', 'below'] },
    ...{ firm: ['own'], agency: ['own'], room: ['own'], proctor: ['own'] },
  },
  'organisations.add': { platform: ['own', 'below'], bureau: ['own', 'below'] },
  'organisations.change': {
    ...{ platform: ['own', 'below'], bureau: ['below'] },
    ...{ firm: ['own'], agency: ['own'], room: ['own'] },
  },
  'organisations.move': { platform: ['below'], bureau: ['below'] },
  'organisations.decide': { platform: ['below'], bureau: ['below'] },
  'organisations.close': { platform: ['below'], bureau: ['below'] },
  'hooks.list': OWN_KEEPERS,
  'hooks.add': OWN_KEEPERS,
  'hooks.end': OWN_KEEPERS,
  'hooks.test': OWN_KEEPERS,
  'hooks.deliveries': OWN_KEEPERS,
  'exports.results': {
    ...{ firm: ['own'], agency: ['own'], bureau: ['own', 'below'], inspector: ['own', 'below'] },
  },
  'told.importFile': { bureau: ['own', 'below'], firm: ['own'], agency: ['own'] },
  'exports.certificates': {
    ...{ firm: ['own'], agency: ['own'], bureau: ['own', 'below'], inspector: ['own', 'below'] },
  },
  'bulletin.read': {
    ...{ platform: ['own', 'below'], bureau: ['own', 'below'], inspector: ['own', 'below'], auditor: ['own', 'below'] },
    firm: ['own'],
  },
  'bulletin.exportFile': {
    ...{ platform: ['own', 'below'], bureau: ['own', 'below'], inspector: ['own', 'below'], auditor: ['own', 'below'] },
    firm: ['own'],
  },
  'bulletin.exportLong': {
    ...{ platform: ['own', 'below'], bureau: ['own', 'below'], inspector: ['own', 'below'], auditor: ['own', 'below'] },
    firm: ['own'],
  },
  'retention.read': { platform: ['own'], firm: ['own'], agency: ['own'] },
  'retention.put': { platform: ['own'], firm: ['own'], agency: ['own'] },
  'retention.list': { platform: ['own'], firm: ['own'], agency: ['own'] },
} as const satisfies Readonly<Record<string, May>>;
export type Placed = keyof typeof MAY;

/** Of what is one thing for the whole platform, who may. */
export const WHOLE: Readonly<Record<string, readonly Role[] | 'anyone'>> = {
  'organisations.places': 'anyone',
  'organisations.register': 'anyone',
  'organisations.registration': 'anyone',
  'organisations.lists': 'anyone',
  'organisations.putLists': ['platform'],
  'organisations.importTree': ['platform'],
  'bulletin.putWeights': ['platform'],
  'told.vendors': ['bureau', 'firm', 'agency'],
  'told.centers': ['platform', 'bureau', 'inspector'],
  'told.nameCenter': ['platform'],
  'told.endCenter': ['platform'],
  'organisations.counts': ['platform', 'bureau', 'inspector', 'auditor'],
};

/** Endpoints that name no place by themselves, and whose own tests ask with each role. */
export const ELSEWHERE: readonly RegExp[] = [
  /^accounts\./,
  /^appeals\./,
  /^evidence\./,
  /^people\./,
  /^jobs\./,
  /^planning\./,
  /^results\./,
  /^told\.(list|ofPerson|imports|withdraw)$/,
  /^bulletin\.people$/,
  // center/retention/by-hand.test.ts.
  /^retention\.erase$/,
  /^schedules\./,
  /^(firms|workers|proctors|stations|banks|bankUploads|certificates|courses)\./,
  /^(exams|access|beginnings|grants|packages|proctoring|seats)\./,
];
