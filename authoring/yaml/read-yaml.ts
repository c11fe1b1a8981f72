import { Lexer, parse } from 'yaml';
import { isWithinReason } from '../../contract/words/within-reason.ts';

/** A list of several thousand lines stays under this. What a document costs grows faster than it. */
export const YAML_MOST = { letters: 1_000_000, tokens: 60_000, aliases: 100, values: 200_000 } as const;

type Options = {
  /** Every value is the text that is written: a PIN that begins with 0 is no number. */
  readonly asWritten?: boolean;
  readonly aliases?: number;
};

/**
 * What a document of YAML says; JSON is YAML too. An alias that names what it stands in, aliases of aliases and nests
 * without end are refused: the few letters of them stand for more than any machine holds.
 * @throws Error with a sentence for whoever wrote it
 */
export function readYaml(text: string, { asWritten = false, aliases = YAML_MOST.aliases }: Options = {}): unknown {
  if (text.length > YAML_MOST.letters) throw new Error(`it has more than ${YAML_MOST.letters} characters`);
  let tokens = 0;
  for (const _ of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > YAML_MOST.tokens) throw new Error('it has more in it than anybody writes by hand');
  }
  const schema = asWritten ? 'failsafe' : 'core';
  const said: unknown = parse(text, { schema, maxAliasCount: aliases, logLevel: 'error' });
  const { values } = YAML_MOST;
  if (!isWithinReason(said, { depth: 32, members: values, values }))
    throw new Error('it is nested too deeply, or says too much by aliases');
  return said;
}
