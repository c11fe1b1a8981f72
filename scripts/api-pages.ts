import program from '../center/package.json' with { type: 'json' };
import { describePlatform } from '../center/platform-api/index.ts';
import { MAY, type May, WHOLE } from '../center/platform-api/walk.fixture.ts';
import { ROLES, type Role } from '../contract/platform/roles.ts';

/** docs/platform.md with what each role may, as the test that asks with all of them has it. */
export const drawPlatform = (page: string): string =>
  page.replace(/(<!-- who may what -->\n)[\s\S]*?(<!-- end -->)/, (_, begin, end) => `${begin}${whoMayWhat()}\n${end}`);

function whoMayWhat(): string {
  const cellOf = (may: May, role: Role): string => may[role]?.join(', ') ?? '';
  const placed = Object.entries<May>(MAY).map(([name, may]) => [name, ...ROLES.map((role) => cellOf(may, role))]);
  const whole = Object.entries(WHOLE)
    .filter(([, may]) => may !== 'anyone')
    .map(([name, may]) => [name, ...ROLES.map((role) => (may.includes(role) ? 'yes' : ''))]);
  const rows = [...placed, ...whole].map(([name = '', ...cells]) => [`\`${name}\``, ...cells]);
  return [['', ...ROLES], ['---', ...ROLES.map(() => '---')], ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

type Operation = {
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly 'x-roles'?: readonly string[];
};
type Described = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

/** The files of docs/api/, drawn from what the platform's endpoints say of themselves. */
export function drawApi(): Readonly<Record<string, string>> {
  const described = describePlatform(program.version);
  return {
    'openapi.json': `${JSON.stringify(described, null, 1)}\n`,
    'README.md': `${[INTRODUCTION, ...sectionsOf(described as Described)].join('\n\n')}\n`,
  };
}

const INTRODUCTION = `# The platform's interface for programs

Drawn by \`npm run -s draw:api\`; [openapi.json](openapi.json) has every field (OpenAPI 3.1), and a running center answers it at
\`GET /v1/platform/openapi.json\`. What organisations and roles are: [platform.md](../platform.md).

## Coming by a token

1. Somebody with the role that the program needs logs in (\`POST /v1/platform/log-in\`) and asks for a token (\`POST /v1/platform/tokens\`): one role at one organisation, for a year at most.
2. The token is told once. It reaches what that role reaches there, never more than whoever made it, and ends with their account.
3. The program sends it with every request: \`Authorization: Bearer xp_…\`. Browsers have the cookie \`exam_platform\` instead, and change things only from a page of the center itself.

## What holds everywhere

- Requests and replies are JSON in UTF-8. A body with a field that is not named is refused.
- A refusal is \`{ "reason": …, "detail": … }\` with a status of 4xx: \`reason\` is a code to act on, \`detail\` a sentence for whoever writes the program. What lies beyond one's reach is answered like what does not exist.
- \`429\` comes with \`seconds\`, after which it may be tried again.
- A list comes in pages: \`next\` of a page is \`after\` of the next one, and \`null\` on the last. It counts nothing, so that rows added meanwhile are shown neither twice nor in the place of others.
- Times are ISO 8601 in UTC, ids are opaque text.`;

function sectionsOf({ paths }: Described): readonly string[] {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ path, method: method.toUpperCase(), one })),
  );
  const tags = [...new Set(all.flatMap(({ one }) => one.tags))];
  return tags.map((tag) =>
    [
      `## ${tag.charAt(0).toUpperCase()}${tag.slice(1)}`,
      '',
      '| request | who | what |',
      '|---|---|---|',
      ...all
        .filter(({ one }) => one.tags.includes(tag))
        .map(({ path, method, one }) => `| \`${method} ${path}\` | ${whoOf(one)} | ${one.summary} |`),
    ].join('\n'),
  );
}

function whoOf(one: Operation): string {
  if (one.security.length === 0) return 'anyone';
  return one['x-roles']?.map((role) => `\`${role}\``).join(', ') ?? 'whoever is logged in';
}
