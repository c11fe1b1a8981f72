import { z } from 'zod';
import { readYaml } from '../authoring/yaml/index.ts';

/** One terminal, or several under `terminals:`; what stands beside the list holds for all of them. */
const Fields = z.record(z.string(), z.unknown());

/**
 * The terminal that is meant in a file of JSON or YAML.
 * @param name which one, where there are several
 * @throws Error with a sentence for whoever wrote the file
 */
export function terminalIn(text: string, name: string | undefined): Readonly<Record<string, unknown>> {
  // Every value as it is written: a PIN that begins with 0 is no number.
  const { data } = Fields.safeParse(readYaml(text, { asWritten: true }));
  if (!data) throw new Error('the file holds no fields: `exam-station provision --example` shows one that does');
  const { terminals, ...common } = data;
  if (terminals === undefined) {
    if (name !== undefined && data.name !== name)
      throw new Error(`the file is of ${String(data.name)}, not of ${name}`);
    return data;
  }
  const list = z.array(Fields).safeParse(terminals).data ?? [];
  const names = list.map((one) => String(one.name ?? 'one without a name')).join(', ');
  if (name === undefined) throw new Error(`several terminals: say which with --name (${names})`);
  const meant = list.filter((one) => one.name === name);
  if (meant.length !== 1) throw new Error(`${meant.length} terminals are called ${name} (there are ${names})`);
  return { ...common, ...meant[0] };
}

export const EXAMPLE = `# A terminal. Fill in, then: exam-station provision FILE --data DIR
# It holds a PIN and a code in plain: keep it from others (chmod 600), and delete it once the terminal is set up.

name: 一号考站                      # what people call it
room: 一号考场                      # where it stands; may be left out
center: https://center.example      # the center's address
enrolmentCode: ABCD-EFGH-JKMN       # one-time code of the center: exam-station code. One for each terminal
centerKey: ""                       # the center's public key, 43 characters: it is checked before the code is sent
plainHttp: ""                       # 1: the way to the center may be http://, where there is no https; everybody on it reads along
display: ""                         # which display: its label, or its place from the left: 1, 2, ...
cameras: []                         # the only cameras it takes, by name; empty: any
reader: ""                          # serial device of the card reader, such as /dev/ttyUSB0; empty: found by itself
relay: ""                           # serial device of the relay that opens a gate
printer: ""                         # prints slips of results: its name, or default; empty: none
seat: ""                            # row and column in the room, as 3-12
administratorPin: "482915"          # 6 to 12 digits: changes these settings, and leaves a kiosk that does not start
recoveryCode: ""                    # empty: one is made, and printed once

# Many terminals: what stands outside of the list holds for all; --name picks one.
#
# terminals:
#   - { name: 一号考站, enrolmentCode: ABCD-EFGH-JKMN, seat: 1-1 }
#   - { name: 二号考站, enrolmentCode: PQRS-TVWX-YZ01, seat: 1-2 }
`;
