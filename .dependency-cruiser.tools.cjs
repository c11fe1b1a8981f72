/**
 * The same rules for benches, scripts and tests. They use `using`, which the parser that also sees imports of types stumbles
 * over, so here they are read as they are after transpiling: imports of types alone are not seen.
 */
const { forbidden, options } = require('./.dependency-cruiser.cjs');
const { parser: _, tsPreCompilationDeps: __, ...plain } = options;

module.exports = { forbidden, options: plain };
