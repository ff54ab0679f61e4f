import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerCode } from '../../kernel/ids.js';
import type { PublicKeyRecord } from '../../kernel/signature.js';
import type { PvpKeyRecord } from '../../pvp/verify.js';
import { readPublicKeyFile } from '../identity/key-file.js';

/** Public keys that an auditor trusts, from a folder of `*.pub.json`. They have no dates there: good at any time. */
export interface TrustedKeys {
  /** `ledger-kz.pub.json`, `cosigner-kz.pub.json`, `confirmer-kz.pub.json`; a retired one `ledger-kz.2025.pub.json`. */
  readonly jurisdictions: readonly PvpKeyRecord[];
  /** All others: of banks and providers; the owner is what the file says. */
  readonly participants: readonly PublicKeyRecord[];
}

const OF_JURISDICTION = /^(ledger|cosigner|confirmer)-([a-z]{2,8})(?:\.[^.]+)*\.pub\.json$/;
const ALWAYS = { validFrom: 0, validTo: null } as const;

/** Reads the folder. Throws `KeyFileError` for a file that is no key, and what the system says of a folder it can't read. */
export async function readTrustedKeys(folder: string): Promise<TrustedKeys> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.pub.json')).sort();
  const jurisdictions: PvpKeyRecord[] = [];
  const participants: PublicKeyRecord[] = [];
  for (const name of names) {
    const key = await readPublicKeyFile(join(folder, name));
    const [, role, code] = OF_JURISDICTION.exec(name) ?? [];
    if (code === undefined) participants.push({ ...key, ...ALWAYS });
    else {
      const owner = code.toUpperCase() as LedgerCode;
      jurisdictions.push({ ...key, ...ALWAYS, owner, role: role as PvpKeyRecord['role'] });
    }
  }
  return { jurisdictions, participants };
}
