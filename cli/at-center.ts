import type { Command } from 'commander';

/** What every command has that does something at a center, as an operator of a firm. */
export type CenterOptions = { readonly center: string; readonly token: string; readonly json?: boolean };

/** Such a command, which takes more options of its own. */
export const atCenter = (
  group: Command,
  name: string,
  description: string,
  { isDefault = false }: { readonly isDefault?: boolean } = {},
): Command =>
  group
    .command(name, { isDefault })
    .description(description)
    .requiredOption('--center <url>', 'address of the center')
    .requiredOption('--token <token>', "the operator's token")
    .option('--json', 'print one JSON document');
