import type { Checked, OfflineChecker, Pinned } from './check.ts';

/** What the page does: it takes files and a code, and shows what the checker makes of them. */

type Element = {
  textContent: string;
  readonly value: string;
  readonly files: Iterable<{ text(): Promise<string> }> | null;
  className: string;
  replaceChildren(...children: Element[]): void;
  append(...children: (Element | string)[]): void;
  addEventListener(kind: string, listener: () => void): void;
};
declare const document: { getElementById(id: string): Element; createElement(name: string): Element };

type Words = {
  readonly rows: readonly (readonly [string, string])[];
  readonly standings: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<string, string>>;
  readonly asOf: string;
  readonly never: string;
  readonly insecure: string;
};

export function runPage({ checkCertificate, checkCode }: OfflineChecker): void {
  const at = (id: string): Element => document.getElementById(id);
  const held = JSON.parse(at('held').textContent) as { readonly pinned: Pinned; readonly words: Words };
  const { pinned, words } = held;

  async function filesOf(id: string): Promise<readonly string[]> {
    return Promise.all([...(at(id).files ?? [])].map((file) => file.text()));
  }

  function show(checked: Checked): void {
    const verdict = at('verdict');
    const facts = at('facts');
    verdict.className = checked.ok ? checked.standing : 'refused';
    verdict.textContent = (checked.ok ? words.standings[checked.standing] : words.reasons[checked.why]) ?? '';
    if (!checked.ok) return facts.replaceChildren();
    const values: Readonly<Record<string, string>> = {
      ...checked.facts,
      passedAt: checked.facts.passedAt.slice(0, 10),
      expiresAt: checked.facts.expiresAt?.slice(0, 10) ?? words.never,
      ...(checked.asOf ? { asOf: checked.asOf } : {}),
    };
    const rows = [...words.rows, ['asOf', words.asOf] as const].filter(([name]) => values[name]);
    facts.replaceChildren(
      ...rows.flatMap(([name, label]) => [element('dt', label), element('dd', values[name] ?? '')]),
    );
  }

  function element(name: string, text: string): Element {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  async function check(): Promise<void> {
    if (globalThis.crypto?.subtle === undefined) {
      at('verdict').textContent = words.insecure;
      return;
    }
    const now = new Date().toISOString();
    const code = at('code').value;
    const [certificate, ...more] = await filesOf('certificate');
    const lists = [...more, ...(await filesOf('lists'))];
    const unreadable = (): Checked => ({ ok: false, why: 'unreadable' });
    const asked =
      certificate === undefined ? checkCode(code, pinned, now) : checkCertificate(certificate, lists, pinned, now);
    show(await asked.catch(unreadable));
  }

  at('check').addEventListener('click', () => void check());
}
