import type { Command, Option } from 'commander';

/** Says that a command comes before its options; `null` where no word after the first is a command. */
export function commandFirst(
  [first = '', ...others]: readonly string[],
  commands: readonly Command[],
): string | null {
  const names = commands.map((command) => command.name());
  const name = first.startsWith('-') && others.find((word) => names.includes(word));
  return name ? `The command comes first: posthog-experiments-mock ${name} …` : null;
}

/** The option of the command line that took another option for its value, as in `--token --json`; `null`: none. */
export function flagAsValue(command: Command): { readonly flags: string; readonly value: string } | null {
  for (const option of command.options) {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== 'cli') continue;
    const values: readonly unknown[] = [command.getOptionValue(name)].flat();
    const value = values.find((one) => typeof one === 'string' && command.options.some(isGivenBy(one)));
    if (typeof value === 'string') return { flags: option.flags, value };
  }
  return null;
}

/** `--port`, `--port=0`, `-p` and `-p0` give the port. */
function isGivenBy(word: string): (option: Option) => boolean {
  const [name] = word.split('=', 1);
  return ({ long, short }) =>
    name === long ||
    (short !== undefined &&
      (word === short || (word.startsWith(short) && /^\d+$/.test(word.slice(short.length)))));
}
