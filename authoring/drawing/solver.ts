import loadHighs from 'highs';
import type { Solver } from './difficulty.ts';

/** Somebody waits for the form: what takes longer counts as not to be had. */
const MOST_SECONDS = 2;

/** HiGHS (MIT), compiled to WebAssembly: the same answer on every machine. Loading takes some 30 ms. */
export async function openSolver(): Promise<Solver> {
  // The package's types describe an ES module, its package.json a CommonJS one; what runs is the ES module.
  const highs = await (loadHighs as unknown as typeof loadHighs.default)();
  return {
    solve(program) {
      const { Status, Columns } = highs.solve(program, { time_limit: MOST_SECONDS });
      if (Status !== 'Optimal') return undefined;
      return new Map(
        Object.entries(Columns).map(([name, column]) => [name, 'Primal' in column ? Number(column.Primal) : 0]),
      );
    },
  };
}
