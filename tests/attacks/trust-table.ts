import { ABOUTS, type About, type Attack } from './attack.ts';

const BEGIN = '<!-- attacks -->';
const END = '<!-- /attacks -->';

/** docs/trust.md with its tables as the list of attacks has them. @throws Error where the page has no place for them */
export function withTables(page: string, attacks: readonly Attack[]): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the page has no ${BEGIN} ... ${END}`);
  return `${page.slice(0, from + BEGIN.length)}\n\n${tables(attacks)}\n${page.slice(to)}`;
}

function tables(attacks: readonly Attack[]): string {
  const abouts = Object.keys(ABOUTS) as About[];
  const told = abouts.map((about) => ({ about, of: attacks.filter((attack) => attack.about === about) }));
  return told
    .filter(({ of }) => of.length > 0)
    .map(({ about, of }) => `### ${ABOUTS[about]}\n\n${HEAD}\n${of.map(row).join('\n')}\n`)
    .join('\n');
}

const HEAD = '| who | does what | comes of it | by whom, or what it would take | replay |\n|---|---|---|---|---|';

const row = ({ attacker, does, outcome, by, name }: Attack): string =>
  `| ${attacker} | ${does} | **${outcome}** | ${by} | \`${name}\` |`;
