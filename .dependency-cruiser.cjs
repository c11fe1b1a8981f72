/** Who may import whom. `npm run lint` runs it over every folder, tests and benches too. docs/architecture.md says why. */

/** Each floor of the house, and what of the others it stands on. */
const allowed = {
  contract: [],
  messages: ['contract'],
  proof: ['contract'],
  // Of courseware how a course's packages are opened.
  authoring: ['contract', 'proof', 'courseware'],
  native: ['contract'],
  courseware: ['contract'],
  station: ['contract', 'messages', 'proof', 'authoring', 'native', 'courseware'],
  renderer: ['contract', 'messages'],
  // The shell carries the page's packets, shows what courses show, and checks a PIN where the station does not start.
  electron: ['contract', 'messages', 'proof', 'courseware'],
  // Of native it has the networks that look at photos: a rule below says so.
  center: ['contract', 'messages', 'proof', 'authoring', 'native'],
  cli: ['contract', 'messages', 'proof', 'authoring', 'native', 'courseware', 'station', 'electron'],
};
const house = Object.keys(allowed);
const TEST = '(\\.(test|fixture|e2e)\\.tsx?$|^tests/|^bench/|^scripts/)';

const floors = house.map((from) => ({
  name: `${from}-imports-only-${allowed[from].join('-and-') || 'itself'}`,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: '\\.(test|fixture)\\.tsx?$' },
  to: { path: `^(${house.filter((to) => to !== from && !allowed[from].includes(to)).join('|')})/` },
}));

/** Rooms of the contract that one side has no business with. */
const rooms = [
  { from: 'renderer', not: ['station-center', 'people-center', 'shell', 'records', 'log'] },
  { from: 'electron', not: ['station-center', 'people-center', 'records', 'log', 'home'] },
  { from: 'station', not: ['home'] },
  { from: 'center', not: ['page', 'shell'] },
].map(({ from, not }) => ({
  name: `${from}-has-no-business-with-${not.join('-or-')}`,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: '\\.(test|fixture)\\.tsx?$' },
  to: { path: `^contract/(${not.join('|')})/` },
}));

/** What is further down is never asked by what is further up, nor by a neighbour on the same line. */
const stairs = (root, stories) =>
  stories.flatMap((line, at) =>
    line.map((from) => ({
      name: `${root}-${from}-stands-on-what-is-below`,
      severity: 'error',
      from: { path: `^${root}/${from}/`, pathNot: '\\.(test|fixture)\\.tsx?$' },
      to: {
        path: `^${root}/(${[...line.filter((one) => one !== from), ...stories.slice(at + 1).flat(), '-'].join('|')})/`,
      },
    })),
  );
const station = [
  ['core'],
  ['keep'],
  ['watch', 'provision'],
  ['moving', 'readiness'],
  ['steps', 'center-link'],
  ['page', 'offline'],
  ['run'],
];
const renderer = [
  ['link'],
  ['design'],
  ['proctor', 'practice'],
  ['candidate', 'exam', 'terminal'],
  ['learning'],
  ['frame'],
  ['home', 'platform'],
  ['gallery'],
];

/** A folder with a face is reached through it. The first group is the folder, whoever is inside of it comes and goes. */
const throughTheFace = (name, folder, doors = 'index\\.ts$') => ({
  name: `${name}-through-its-face`,
  severity: 'error',
  // Benches measure what is inside of a folder, and tests may set it up.
  from: { pathNot: `^${folder}|${TEST}` },
  to: { path: `^${folder}`, pathNot: `^${folder}(${doors}|.*\\.fixture\\.ts$)` },
});
const faces = [
  ...['import', 'export', 'terms', 'blueprints', 'drawing', 'marking', 'statistics', 'courses'].map(
    (one) => `authoring/${one}/`,
  ),
  ...['clock', 'database', 'vault', 'ledger', 'sitting'].map((one) => `station/core/${one}/`),
  ...[
    'banks',
    'commands',
    'evidence',
    'evidence-wishes',
    'grants',
    'guests',
    'identity',
    'log-heads',
    'mistakes',
    'moves',
    'outbox',
    'papers',
    'passes',
  ].map((one) => `station/keep/${one}/`),
  ...['proctors', 'roster', 'tenant-keys'].map((one) => `station/keep/${one}/`),
  ...['watch', 'moving', 'provision', 'readiness', 'steps', 'center-link', 'page', 'offline'].map(
    (one) => `station/${one}/`,
  ),
  ...['run/hosts'].map((one) => `station/${one}/`),
  ...['native/card/', 'native/door/', 'native/camera/', 'native/presentation-attacks/'],
  'courseware/',
].map((folder) => throughTheFace(folder.replace(/\/$/, '').replaceAll('/', '-'), folder));
/** Its second door is for measuring (`performer-is-for-measuring`). */
faces.push(throughTheFace('native-face', 'native/face/', '(performer/)?index\\.ts$'));

/** The center's domains from the ground up: each asks only those before it, by way of their index.ts. */
const domains = [
  'audit',
  'tenants',
  'organisations',
  'accounts',
  'jobs',
  'hooks',
  'log',
  'exams',
  'bank-uploads',
  'people',
  'stations',
  'proctoring',
  'results',
  'certificates',
  'appeals',
  'evidence',
  'person-files',
  'told-results',
  'moves',
  'learning',
  'bulletin',
  'schedules',
  'home',
  'planning',
  'assignments',
  'retention',
];
const ground = ['database', 'objects', 'base', 'paper'];
/** What each folder of the center may import of the others. The ways in reach the database by way of domains alone. */
const inCenter = {
  database: [],
  objects: [],
  base: ['database', 'objects'],
  paper: [],
  ...Object.fromEntries(domains.map((domain, at) => [domain, [...ground, ...domains.slice(0, at)]])),
  http: [],
  tls: ['base'],
  faces: ['base'],
  web: ['base', 'http', ...domains],
  console: ['base', 'http', ...domains],
  'station-api': ['base', 'http', ...domains],
  'home-api': ['base', 'http', ...domains],
  'platform-api': ['base', 'http', ...domains],
  seed: [...ground, ...domains],
  backup: [...ground, 'log', 'people', 'learning'],
  metrics: ['base', 'http', ...domains],
  run: [
    ...ground,
    ...domains,
    'http',
    'tls',
    'faces',
    'web',
    'console',
    'station-api',
    'home-api',
    'platform-api',
    'seed',
    'backup',
    'metrics',
  ],
};
const folders = Object.keys(inCenter).join('|');
const centerRules = [
  ...Object.entries(inCenter).map(([from, below]) => ({
    name: `center-${from}-imports-only-what-is-below`,
    severity: 'error',
    from: { path: `^center/${from}/`, pathNot: '\\.test\\.ts$' },
    to: {
      path: '^center/',
      pathNot: [`^center/${from}/`, `^center/(${below.join('|') || '-'})/index\\.ts$`, '^center/package\\.json$'],
    },
  })),
  {
    name: 'center-folders-through-their-face',
    comment: 'Tests and what they share stand above the order, and come by the index.ts as well.',
    severity: 'error',
    from: { path: '^center/([^/]+)' },
    to: { path: '^center/[^/]+/', pathNot: ['^center/$1/', '^center/[^/]+/index\\.ts$'] },
  },
  {
    name: 'center-looks-at-photos-in-faces',
    comment: 'Networks for faces, and no other device; nobody else in the center touches them.',
    severity: 'error',
    from: { path: '^center/', pathNot: ['\\.test\\.ts$', '^center/faces/'] },
    to: { path: '^native/' },
  },
  {
    name: 'performer-is-for-measuring',
    comment: 'It runs networks in the thread that asks.',
    severity: 'error',
    from: {
      pathNot: ['^native/face/performer/', '^native/presentation-attacks/', '^cli/face-attacks/', '^scripts/', TEST],
    },
    to: { path: '^native/face/performer/' },
  },
  {
    name: 'center-has-no-devices',
    severity: 'error',
    from: { path: '^center/', pathNot: '\\.test\\.ts$' },
    to: { path: '^native/', pathNot: '^native/face/index\\.ts$' },
  },
  {
    name: 'center-starts-in-run',
    severity: 'error',
    from: { path: '^center/[^/]+\\.ts$', pathNot: '\\.test\\.ts$' },
    to: { path: '^center/', pathNot: '^center/run/index\\.ts$' },
  },
  {
    name: 'center-folders-have-a-place',
    comment: 'A new folder is put into the order above before it imports anything.',
    severity: 'error',
    from: { path: '^center/[^/]+/', pathNot: `^center/(${folders}|testing)/` },
    to: {},
  },
];

module.exports = {
  forbidden: [
    ...floors,
    ...rooms,
    ...stairs('station', station),
    ...stairs('renderer', renderer),
    ...faces,
    ...centerRules,
    { name: 'no-circles', comment: 'Of types neither.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'proof-through-its-faces',
      severity: 'error',
      from: { pathNot: '^proof/|\\.(test|fixture)\\.tsx?$' },
      to: {
        path: '^proof/',
        pathNot:
          '^proof/(index|hash|zip|sealed/index|transparency/index|certificates/index|center-line/index|secrets/[a-z-]+|.*\\.fixture)\\.ts$',
      },
    },
    {
      name: 'kiosk-through-its-lockdown-only',
      comment: 'Of the kiosk the command line has only what undoes its lockdown, which has to be possible without it.',
      severity: 'error',
      from: { path: '^cli/' },
      to: { path: '^electron/', pathNot: '^electron/lockdown/index\\.ts$' },
    },
    {
      name: 'only-run-wires',
      comment: 'Nothing but the programs starts the station as a whole.',
      severity: 'error',
      from: { pathNot: `^station/run/|${TEST}` },
      to: { path: '^station/run/' },
    },
    {
      name: 'onnxruntime-by-its-runtime',
      comment: 'Which tells it before it is loaded to send nothing to its makers.',
      severity: 'error',
      from: { pathNot: '^native/face/onnx/runtime\\.ts$' },
      to: { path: 'node_modules/onnxruntime-node/' },
    },
    {
      name: 'station-makes-papers-and-marks-them',
      comment:
        'Banks are read by the center and by commands; no station reads what somebody has typed into a workbook.',
      severity: 'error',
      from: { path: '^station/', pathNot: '\\.(test|fixture)\\.tsx?$' },
      to: { path: '^authoring/', pathNot: '^authoring/(drawing|marking)/index\\.ts$' },
    },
    {
      name: 'station-reaches-no-importer',
      comment:
        'Not by a detour either. fflate is for sealed files; tests/loaded.test.ts looks at what is really loaded.',
      severity: 'error',
      from: { path: '^station/run/(main|kiosk-main)\\.ts$' },
      to: {
        path: '^authoring/(import|export|terms|blueprints|statistics|courses|course-folder)/|node_modules/(saxes|parse5|marked|csv-parse|csv-stringify|yaml|temml)/',
        reachable: true,
      },
    },
    {
      name: 'fflate-for-files-only',
      severity: 'error',
      from: {
        pathNot: `^authoring/(import|export)/|^proof/(sealed/|zip\\.ts)|^authoring/course-folder/|^renderer/platform/(photos-upload|sealed-picture)|^center/jobs/table-file\\.ts|${TEST}`,
      },
      to: { path: 'node_modules/fflate/' },
    },
    {
      name: 'no-node-in-the-page',
      comment: 'The page is untrusted and runs in a browser; so does what it is made of.',
      severity: 'error',
      from: { path: '^(renderer|contract|messages)/', pathNot: 'vite\\.config|\\.(test|fixture)\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-tests-from-code',
      severity: 'error',
      from: { pathNot: `${TEST}|(^|/)testing` },
      to: { path: '(\\.(test|fixture)\\.tsx?$|^tests/|^bench/|^scripts/)' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^dist/|node_modules/\\.cache)' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
