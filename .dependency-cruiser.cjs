/** The direction of imports between the rooms; see docs/architecture.md. */
/** @param {string} name */
const room = (name) => `^${name}(/|\\.ts$)`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means two files are one idea, or one of them knows too much.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'analytics-stands-alone',
      comment: 'analytics computes on local files; it knows no door, no Electron, no AWS SDK and no DOM.',
      severity: 'error',
      from: { path: room('analytics') },
      to: {
        path: ['^main/', '^preload/', '^renderer/', '^e2e/', 'node_modules/(electron|react|@aws-sdk)(/|$)'],
      },
    },
    {
      name: 'contract-is-pure',
      comment: 'The contract describes; it does no I/O and depends on zod alone.',
      severity: 'error',
      from: { path: '^analytics/contract/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^analytics/contract/', 'node_modules/zod/'] },
    },
    {
      name: 'renderer-sees-types-only',
      comment:
        'The renderer takes types from the contract and nothing else of ours; zod must not reach its bundle.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: ['^main/', '^preload/', '^analytics/(?!contract/)', '^e2e/'] },
    },
    {
      name: 'renderer-contract-by-type',
      severity: 'error',
      comment: 'See renderer-sees-types-only.',
      from: { path: '^renderer/' },
      to: { path: '^analytics/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'preload-contract-by-type',
      severity: 'error',
      comment: 'One CommonJS file without zod inside: a sandboxed preload can load nothing else.',
      from: { path: '^preload/', pathNot: '\\.test\\.ts$' },
      to: { path: ['^main/', '^renderer/', '^analytics/(?!contract/)'] },
    },
    {
      name: 'main-does-not-draw',
      severity: 'error',
      comment: 'main serves the renderer as built files; it imports none of it.',
      from: { path: room('main') },
      to: { path: ['^renderer/', '^preload/', '^e2e/'] },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^virtual:'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.css', '.json'],
    },
  },
}
