import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrustedKeys } from '../../src/gateway/cli/trusted-keys.js';
import { verify } from '../../src/gateway/cli/verify.js';
import { demoConfig } from '../../src/gateway/demo.js';
import { makeDemoKeys } from '../../src/gateway/demo-seed.js';
import { type EvidenceBundle, type EvidenceKeys, verifyEvidence } from '../../src/gateway/evidence.js';
import { EvidenceFormatError, evidenceJson, readEvidence } from '../../src/gateway/evidence-json.js';
import { readKeyFile } from '../../src/gateway/identity/key-file.js';
import { systemRandomness } from '../../src/gateway/platform/runtime.js';
import { createReader } from '../../src/gateway/readers.js';
import { ByteWriter } from '../../src/kernel/bytes.js';
import { sha256 } from '../../src/kernel/hash.js';
import type { LedgerCode, WalletId } from '../../src/kernel/ids.js';
import {
  decodeTransaction,
  encodeTransaction,
  headerHash,
  type TransactionContent,
  transactionIdOf,
} from '../../src/ledger/canonical.js';
import { readHoldDetail } from '../../src/ledger/hold-detail.js';
import type { HoldProof, TransactionProof } from '../../src/ledger/proof.js';
import { decodeLegEvidence, encodeLegEvidence } from '../../src/pvp/leg-evidence.js';
import { encodeTerms, type PvpTerms, readTerms } from '../../src/pvp/terms.js';
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
    const word = 'names no terms: that nothing was settled is its word';
    expect(proven.some(({ who, what }) => who === 'gateway' && what === word)).toBe(name === 'unformed');
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

describe('a bundle that a gateway made up', () => {
  const bundleOf = (name: string): EvidenceBundle => readEvidence(textOf(name));
  const faultsOf = async (bundle: EvidenceBundle) => (await verifyEvidence(bundle, keys, createReader())).faults;
  const saying = (bundle: EvidenceBundle, status: EvidenceBundle['status']): EvidenceBundle => {
    const told = Buffer.from(bundle.report!).toString('utf8').replaceAll('ACCC', status).replaceAll('ACSC', status);
    return { ...bundle, status, report: Buffer.from(told) };
  };
  const onTerms = (bundle: EvidenceBundle, change: (terms: PvpTerms) => PvpTerms): EvidenceBundle => {
    const terms = encodeTerms(change(readTerms(bundle.terms!).terms!));
    const nothingHeld = { receipt: null, receipts: [], applied: null, hold: null };
    return { ...bundle, terms, legs: bundle.legs.map((leg) => ({ ...leg, ...nothingHeld })) };
  };

  it('can not show a settled payment as rejected by naming other terms than those that were settled', async () => {
    const bundle = saying(
      onTerms(bundleOf('settled'), (terms) => ({ ...terms, voteBy: terms.voteBy + 1 })),
      'RJCT',
    );
    expect(await faultsOf(bundle)).toContain('status: it is RJCT and no vote proves it');
  });

  it('can not name terms for other amounts than those of the messages, or other ledgers than those of the quotes', async () => {
    const legs = (change: (leg: PvpTerms['legs'][number]) => PvpTerms['legs'][number]) => (terms: PvpTerms) => ({
      ...terms,
      legs: terms.legs.map(change),
    });
    const more = onTerms(
      bundleOf('rejected'),
      legs((leg) => ({ ...leg, amountMinor: leg.amountMinor + 1n })),
    );
    expect(await faultsOf(more)).toContain('terms: the first leg is not for the amount of the message');
    expect(await faultsOf(more)).toContain('terms: the last leg is not for the amount of the message that went on');
    const elsewhere = onTerms(
      bundleOf('rejected'),
      legs((leg) => (leg.ledger === 'CN' ? { ...leg, ledger: 'US' as LedgerCode } : leg)),
    );
    expect(await faultsOf(elsewhere)).toContain('quotes: quote 1 is for other legs than those of the terms');
  });
});

describe('a ledger that did something else than the terms say', () => {
  /** A block of its own that holds this transaction alone, signed by the ledger. */
  async function forged(proof: TransactionProof, change: Partial<TransactionContent>): Promise<TransactionProof> {
    const { signer } = await readKeyFile(join(world.stack.keysFolder, 'ledger-kz.json'));
    const { ledger, ...content } = decodeTransaction(proof.body);
    const inputs = content.inputs.map((token) => ({ ...token, madeIn: 0n, madeAt: 0 }));
    const body = encodeTransaction(ledger, { ...content, inputs, ...change }, content.blockSequence, 0);
    const header = { ...proof.block.header, transactionCount: 1, merkleRoot: transactionIdOf(body) };
    const hash = headerHash(ledger, header);
    return { ...proof, block: { header, hash, signature: signer.sign(hash) }, body, position: 0, path: [] };
  }
  const faultsWith = async (change: (hold: HoldProof) => Promise<HoldProof>): Promise<readonly string[]> => {
    const bundle = readEvidence(textOf('settled'));
    const [kz, ...rest] = bundle.legs;
    const legs = [{ ...kz!, hold: await change(kz!.hold!) }, ...rest];
    return (await verifyEvidence({ ...bundle, legs }, keys, createReader())).faults;
  };

  it('is found out when it held the money of somebody else, and called suspense when it was that', async () => {
    const heldOf = (debitWallet: string) =>
      faultsWith(async ({ placed, ended }) => ({
        placed: await forged(placed, { debitWallet: debitWallet as WalletId }),
        ended,
      }));
    expect(await heldOf('KZ-DALAKZ20-1')).toEqual(['KZ: the hold is not the leg of these terms']);
    expect(await heldOf('KZ-SUSPENSE')).toEqual([]);
  });

  it('is found out when it released what a certificate settles', async () => {
    const faults = await faultsWith(async ({ placed, ended }) => {
      const { conditionHash } = readHoldDetail(decodeTransaction(ended!.body));
      const detail = new ByteWriter().bytes(conditionHash).text('CANCELLED').bytes(sha256(ended!.evidence)).finish();
      return { placed, ended: await forged(ended!, { kind: 'release', detail }) };
    });
    expect(faults).toContain('legs: a leg was released despite the certificate');
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
    const others = mkdtempSync(join(folder, 'keys-'));
    await makeDemoKeys(others, systemRandomness);
    const { code, stdout } = await run('settled', '--keys', others);
    expect(stdout).toContain('NOT PROVEN');
    expect(stdout).toMatch(/\n\d\d+ things do not verify\n$/);
    expect(code).toBe(1);
    expect((await run('settled', '--keys', mkdtempSync(join(folder, 'none-')))).code).toBe(2);
    expect((await runCommand(verify, ['--evidence', join(folder, 'nothing')])).code).toBe(2);
  });

  it('counts one thing as one', async () => {
    const without = mkdtempSync(join(folder, 'keys-'));
    cpSync(world.stack.keysFolder, without, { recursive: true });
    rmSync(join(without, `${BANK}.pub.json`));
    const { code, stdout } = await run('settled', '--keys', without);
    expect(stdout).toMatch(/NOT PROVEN authorisation: .*\n1 thing does not verify\n$/);
    expect(code).toBe(1);
  });
});
