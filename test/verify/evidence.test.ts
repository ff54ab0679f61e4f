import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrustedKeys } from '../../src/gateway/cli/trusted-keys.js';
import { verify } from '../../src/gateway/cli/verify.js';
import { demoConfig } from '../../src/gateway/demo.js';
import { type EvidenceKeys, verifyEvidence } from '../../src/gateway/evidence.js';
import { EvidenceFormatError, evidenceJson, readEvidence } from '../../src/gateway/evidence-json.js';
import { createReader } from '../../src/gateway/readers.js';
import { decodeLegEvidence, encodeLegEvidence } from '../../src/pvp/leg-evidence.js';
import {
  BANK,
  CREDITOR_BANK,
  CUSTOMER_08,
  expectProblem,
  fresh,
  openWorld,
  setAmount,
  setDebtorAccount,
  type World,
} from '../contract/support.js';
import { runCommand } from '../support/run-command.js';

type Json = Record<string, unknown>;

let world: World;
let folder: string;
let keys: EvidenceKeys;
/** Two that settled, two that a ledger refused, and one that was refused before terms were formed. */
const ends = new Map<string, { readonly uetr: string; readonly text: string }>();

const evidence = (key: string, uetr: string) => world.call(key, 'GET', `/v1/payments/${uetr}/evidence`);

beforeAll(async () => {
  const corridors = demoConfig.corridors.map((corridor) => ({ ...corridor, amountMaxMinor: '999999999999999' }));
  world = await openWorld({ config: { corridors } });
  folder = mkdtempSync(join(tmpdir(), 'otkel-evidence-'));
  keys = await readTrustedKeys(world.stack.keysFolder);
  const posted = {
    settled: fresh(world),
    other: fresh(world),
    rejected: fresh(world, CUSTOMER_08, setAmount('1000000001.00')),
    refused: fresh(world, CUSTOMER_08, setAmount('1000000002.00')),
    unformed: fresh(world, CUSTOMER_08, setDebtorAccount('NOBODYS')),
  };
  for (const { xml } of Object.values(posted)) await world.post(xml);
  await world.quiet();
  for (const [name, { uetr }] of Object.entries(posted)) {
    const { status, text } = await evidence(BANK, uetr);
    expect(status, name).toBe(200);
    ends.set(name, { uetr, text });
  }
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

const textOf = (name: string): string => ends.get(name)!.text;
const verdictOf = async (text: string, trusted = keys) => verifyEvidence(readEvidence(text), trusted, createReader());

describe('the evidence of a payment', () => {
  it.each([
    ['settled', 'certificate: every leg settles'],
    ['rejected', 'no certificate can exist: no leg settles'],
    ['unformed', 'told the bank RJCT (a message, not a proof)'],
  ])('proves alone what became of one that is %s', async (name, last) => {
    const { proven, faults } = await verdictOf(textOf(name));
    expect(faults).toEqual([]);
    expect(proven.map(({ what }) => what)).toContain(last);
  });

  it('names everybody who proved something', async () => {
    const { proven } = await verdictOf(textOf('settled'));
    expect([...new Set(proven.map(({ who }) => who))]).toEqual([
      ...['bank ALTNKZ20', 'terms', 'provider OTKLKZ20', 'co-signer KZ', 'ledger KZ', 'notary KZ'],
      ...['co-signer CN', 'ledger CN', 'notary CN', 'all co-signers', 'gateway'],
    ]);
  });

  it('is for its banks and the operator; hidden from the provider and others', async () => {
    const { uetr } = ends.get('settled')!;
    for (const key of [CREDITOR_BANK, 'operator']) expect((await evidence(key, uetr)).status).toBe(200);
    for (const key of ['provider', 'bank-dalakz20']) expectProblem(await evidence(key, uetr), 404, 'NOT_FOUND', null);
    expectProblem(await evidence(BANK, 'no-uuid'), 400, 'BAD_REQUEST', null);
  });

  it('is read as it was written, as a document and between processes', () => {
    for (const { text } of ends.values()) {
      const bundle = readEvidence(text);
      expect(JSON.parse(JSON.stringify(evidenceJson(bundle)))).toEqual(JSON.parse(text));
      for (const leg of bundle.legs)
        expect(encodeLegEvidence(decodeLegEvidence(encodeLegEvidence(leg)))).toEqual(encodeLegEvidence(leg));
    }
    for (const text of ['{', '{}', textOf('settled').replace('"type":"vote"', '"type":"note"')])
      expect(() => readEvidence(text)).toThrow(EvidenceFormatError);
    expect(() => readEvidence(textOf('settled').replace('"bytes":"PD94', '"bytes":"PE94'))).toThrow(
      EvidenceFormatError,
    );
  });
});

/** Every place of the document that holds something. */
function placesOf(value: unknown, path: readonly string[] = []): string[][] {
  const own = path.length > 0 ? [[...path]] : [];
  if (typeof value !== 'object' || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner, [...path, name]))];
}
const at = (json: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (value as Json | null)?.[name], json);
function replaced(json: Json, path: readonly string[], value: unknown): Json {
  const copy = structuredClone(json);
  const parent = at(copy, path.slice(0, -1)) as Json;
  parent[path.at(-1)!] = value;
  return copy;
}

/** Bound by what they are part of, not by themselves. */
const UNBOUND = /^(?:keys|format|sender|status)(?:\.|$)/;

describe('a bundle that is put together from two payments', () => {
  it.each([
    ['settled', 'other'],
    ['rejected', 'refused'],
  ])('of %s is refused whichever piece is exchanged', async (name, otherName) => {
    const own = JSON.parse(textOf(name)) as Json;
    const other = JSON.parse(textOf(otherName)) as Json;
    const accepted: string[] = [];
    let tried = 0;
    for (const path of placesOf(own)) {
      const [mine, theirs] = [at(own, path), at(other, path)];
      const place = path.join('.');
      if (UNBOUND.test(place) || theirs === undefined || JSON.stringify(mine) === JSON.stringify(theirs)) continue;
      tried += 1;
      const text = JSON.stringify(replaced(own, path, theirs));
      const isAccepted = await verdictOf(text)
        .then(({ faults }) => faults.length === 0)
        .catch((error: unknown) => {
          if (error instanceof EvidenceFormatError) return false;
          throw error;
        });
      if (isAccepted) accepted.push(place);
    }
    expect(accepted).toEqual([]);
    expect(tried).toBeGreaterThan(30);
  });

  it('of which a piece is missing is refused', async () => {
    const own = JSON.parse(textOf('settled')) as Json;
    for (const path of [
      'terms',
      'messages.onward',
      'messages.report',
      'quotes',
      'legs',
      'legs.0.vote',
      'legs.1.receipt',
      'legs.1.applied',
      'legs.0.hold.ended',
    ]) {
      const empty = ['quotes', 'legs'].includes(path) ? [] : null;
      const { faults } = await verdictOf(JSON.stringify(replaced(own, path.split('.'), empty)));
      expect(faults.length, path).toBeGreaterThan(0);
    }
  });

  it('that says another end is refused', async () => {
    for (const [name, status] of [
      ['settled', 'RJCT'],
      ['rejected', 'ACCC'],
      ['unformed', 'ACSC'],
    ] as const) {
      const { faults } = await verdictOf(JSON.stringify({ ...(JSON.parse(textOf(name)) as Json), status }));
      expect(faults.length).toBeGreaterThan(0);
    }
  });
});

describe('otkel verify --evidence', () => {
  const run = async (name: string, ...argv: string[]) => {
    const path = join(folder, `${name}.json`);
    writeFileSync(path, textOf(name));
    return runCommand(verify, ['--evidence', path, ...argv]);
  };

  it('checks with keys that are trusted', async () => {
    const { code, stdout } = await run('settled', '--keys', world.stack.keysFolder);
    expect(stdout).toContain('everything verifies');
    expect(stdout).not.toContain('compare them');
    expect(code).toBe(0);
  });

  it('says that the keys are the document’s own where none are given', async () => {
    const { code, stdout } = await run('rejected');
    expect(stdout).toContain('compare them with those that you know:');
    expect(code).toBe(0);
  });

  it('does not believe keys that it does not know', async () => {
    const { code, stdout } = await run('settled', '--keys', folder);
    expect(stdout).toContain('NOT PROVEN');
    expect(code).toBe(1);
    expect((await runCommand(verify, ['--evidence', join(folder, 'nothing')])).code).toBe(2);
  });
});
