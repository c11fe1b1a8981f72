/** Who may import whom: DESIGN section 2 ("The house") as a rule file. `npm run lint` runs it. */
const house = ['contract', 'native', 'station', 'renderer', 'electron', 'center', 'cli'];
const allowed = {
  contract: [],
  native: ['contract'],
  station: ['contract', 'native'],
  renderer: ['contract'],
  electron: ['contract'],
  center: ['contract'],
  // Of the kiosk only what undoes its lockdown, which has to be possible without it.
  cli: ['contract', 'native', 'station', 'electron'],
};

const floors = house.map((from) => ({
  name: `${from}-imports-only-${allowed[from].join('-and-') || 'itself'}`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: `^(${house.filter((to) => to !== from && !allowed[from].includes(to)).join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...floors,
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'station-domains-through-their-face',
      comment: 'Inside station/ a neighbour is reached through its index.ts only.',
      severity: 'error',
      from: { path: '^station/([^/]+)/' },
      to: { path: '^station/[^/]+/', pathNot: ['^station/$1/', '^station/[^/]+/index\\.ts$'] },
    },
    {
      name: 'kiosk-through-its-lockdown-only',
      severity: 'error',
      from: { path: '^cli/' },
      to: { path: '^electron/', pathNot: '^electron/lockdown/index\\.ts$' },
    },
    {
      name: 'native-through-its-face',
      severity: 'error',
      from: { path: '^(station|cli)/' },
      to: { path: '^native/[^/]+/', pathNot: '^native/[^/]+/(index|[a-z]+\\.fixture)\\.ts$' },
    },
    {
      name: 'the-page-runs-in-a-browser',
      comment: 'The renderer is untrusted and has no Node: neither built-ins nor the proof code that uses them.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: 'vite\\.config' },
      to: { path: '^contract/proof/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-node-in-the-page',
      severity: 'error',
      from: { path: '^renderer/', pathNot: 'vite\\.config' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-tests-from-code',
      severity: 'error',
      from: { pathNot: '(\\.(test|fixture|e2e)\\.tsx?$|^tests/|^scripts/|(^|/)testing)' },
      to: { path: '(\\.(test|fixture)\\.tsx?$|^tests/)' },
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
