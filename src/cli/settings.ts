import { OK } from '../contract/contract.ts';
import type { CoreMock } from '../mock/mock.ts';
import type { SelectedScenarios } from '../mock/scenarios/choices.ts';
import { withoutControls } from '../text/printable.ts';
import { withoutSecrets } from '../text/secrets.ts';
import type { MockFlags } from './mock-flags.ts';

/** The flags that the banner tells of. */
export interface SettingFlags extends MockFlags {
  readonly watch: boolean;
  readonly corsOrigin?: readonly string[];
  readonly token?: string;
  readonly allowedHost?: readonly string[];
  readonly publicUrl?: string;
  readonly coverageFile?: string;
  readonly control: boolean;
}

/** A setting that is not the default. */
interface Setting {
  /** Of the field in a JSON line. */
  readonly name: string;
  readonly value: unknown;
  /** For the banner. */
  readonly words: string;
}

/** How a server differs from one that is started without flags. Secrets of the flags are not among it. */
export function settingsOf(flags: SettingFlags, { scenario, clock }: CoreMock): readonly Setting[] {
  const {
    delay,
    auth,
    throttle,
    validate = 'error',
    requests = 'warn',
    provider,
    contract,
    strict,
    fixtures,
    watch,
    corsOrigin,
    token,
    allowedHost,
    publicUrl,
    coverageFile,
    control,
  } = flags;
  const [min, max] = [delay ?? 0].flat();
  const now = clock.kind === 'fixed' ? clock.now().toISOString() : undefined;
  const of = (name: string, value: unknown, words: string): Setting => ({ name, value, words });
  return [
    ...(forces(scenario) ? [of('scenario', scenario, `scenario ${inWords(scenario)}`)] : []),
    ...(now ? [of('now', now, `clock fixed at ${now}`)] : []),
    ...(max ? [of('delay', [min, max], `delay ${min === max ? '' : `${min} to `}${max} ms`)] : []),
    ...(auth === 'off' ? [of('auth', auth, 'auth off')] : []),
    ...(throttle === 'enforce' ? [of('throttle', throttle, 'throttle enforce')] : []),
    ...(validate === 'error' ? [] : [of('validate', validate, `validate ${validate}`)]),
    ...(requests === 'warn' ? [] : [of('requests', requests, `requests ${requests}`)]),
    ...(contract ? [of('contract', contract, `contract ${contract}`)] : []),
    ...(provider ? [of('provider', provider, `provider ${provider}`)] : []),
    ...(strict ? [of('strict', strict, 'strict')] : []),
    ...(fixtures ? [of('fixtures', fixtures, `fixtures ${fixtures}`)] : []),
    ...(watch ? [of('watch', watch, 'watch')] : []),
    ...(coverageFile ? [of('coverageFile', coverageFile, `coverage into ${coverageFile}`)] : []),
    ...(corsOrigin ? [of('corsOrigins', corsOrigin, `CORS for ${corsOrigin.join(', ')}`)] : []),
    ...(publicUrl ? [of('publicUrl', publicUrl, `public URL ${publicUrl}`)] : []),
    ...(control ? [] : [of('control', control, 'no control plane')]),
    ...(control && token ? [of('token', true, 'control plane with a token')] : []),
    ...(control && allowedHost
      ? [of('allowedHosts', allowedHost, `control plane also at ${allowedHost.join(', ')}`)]
      : []),
  ];
}

/** One line for the banner; `null` where everything is the default. */
export function settingsLine(settings: readonly Setting[]): string | null {
  if (settings.length === 0) return null;
  return withoutControls(withoutSecrets(`Not default: ${settings.map(({ words }) => words).join('; ')}`));
}

function forces({ default: scenario, operations }: SelectedScenarios): boolean {
  return scenario !== OK || Object.keys(operations).length > 0;
}

function inWords({ default: scenario, operations }: SelectedScenarios): string {
  const exceptions = Object.entries(operations).map(([operation, name]) => `${operation}=${name}`);
  return [...(scenario === OK ? [] : [scenario]), ...exceptions].join(', ');
}
