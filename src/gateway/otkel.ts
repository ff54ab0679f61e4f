/** Gateway and jurisdictions in one process, over databases, keys and a clock that the caller owns. */
import type pg from 'pg';
import type { MessageReader } from '../iso20022/types.js';
import type { Clock, Monotonic, Randomness, Timers } from '../kernel/clock.js';
import type { Bic, LedgerCode } from '../kernel/ids.js';
import type { Signer } from '../kernel/signature.js';
import type { Alarm, PeerPort } from '../pvp/jurisdiction-port.js';
import { createLocalQuoteSigner } from '../pvp/quote-signature.js';
import type { PvpTimes } from '../pvp/terms.js';
import { createVerifier, type KeyRegister, type PvpKeyRecord } from '../pvp/verify.js';
import { type OtkelConfig, timesOf } from './config.js';
import { type GatewayNode, type GatewayNodeOptions, openGateway } from './gateway-node.js';
import { coSignerKeyId, keyRegister } from './installation.js';
import { type JurisdictionNode, openJurisdiction, startJurisdiction, stopJurisdiction } from './jurisdiction-node.js';
import type { DatabaseRole } from './platform/databases.js';

/** Private keys by role. In production each party holds its own; one process of a demo holds all. */
export interface Keyring {
  readonly ledger: (code: LedgerCode) => Signer;
  readonly coSigner: (code: LedgerCode) => Signer;
  /** The oracle's key for confirming blocks. */
  readonly confirmer: (code: LedgerCode) => Signer;
  /** Secret of a ledger's account register, 32 bytes. */
  readonly accountKey: (code: LedgerCode) => Uint8Array;
  /** An FX provider's key for quotes. */
  readonly provider: (bic: Bic) => Signer;
}

export interface OtkelOptions {
  readonly config: OtkelConfig;
  readonly pool: (role: DatabaseRole) => pg.Pool;
  readonly keys: Keyring;
  /** Reads what banks post, and documents for leg checks. */
  readonly reader: MessageReader;
  /** Names this copy of the gateway; the same after a restart. */
  readonly instanceId: string;
  readonly clock: Clock;
  readonly monotonic: Monotonic;
  readonly timers: Timers;
  readonly random: Randomness;
  readonly alarm: Alarm;
  readonly onFailure: (what: string, error: unknown) => void;
  readonly onDoubt: GatewayNodeOptions['onDoubt'];
  readonly onFunds: GatewayNodeOptions['onFunds'];
}

export interface Otkel {
  readonly gateway: GatewayNode;
  readonly nodes: readonly JurisdictionNode[];
  /** Recovers the jurisdictions, then takes up open payments. Registers and ledgers may be seeded before. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens everything over migrated databases; no payment moves before `start`. */
export async function openOtkel(options: OtkelOptions): Promise<Otkel> {
  const { config, clock } = options;
  const trusted = trustedKeys(options);
  const keys = keyRegister(trusted);
  const times = timesOf(config);
  const nodes = await openJurisdictions(options, keys, times);
  const gateway = await openGateway({
    ...options,
    pool: options.pool('gateway'),
    jurisdictions: new Map(nodes.map((node) => [node.config.code, node.jurisdiction])),
    evidence: new Map(nodes.map((node) => [node.config.code, node.evidence])),
    events: new Map(nodes.map((node) => [node.config.code, node.events])),
    halts: new Map(nodes.map((node) => [node.config.code, node.halts])),
    balances: new Map(nodes.map((node) => [node.config.code, node.balances])),
    trustedKeys: trusted,
    coSignerKeyId: (code) => coSignerKeyId(trusted, code, clock.now()),
    quoteSigner: (provider) => createLocalQuoteSigner(options.keys.provider(provider)),
    verifier: createVerifier(keys),
    times,
  });
  return {
    gateway,
    nodes,
    start: async () => {
      for (const node of nodes) await startJurisdiction(node);
      await gateway.start();
    },
    stop: async () => {
      await gateway.stop();
      for (const node of nodes) await stopJurisdiction(node);
    },
  };
}

/** Keys of ledgers, co-signers and oracles that everybody trusts. */
function trustedKeys({ config, keys }: OtkelOptions): PvpKeyRecord[] {
  return config.jurisdictions.flatMap(({ code }) =>
    (['ledger', 'cosigner', 'confirmer'] as const).map((role) => {
      const signer = { ledger: keys.ledger, cosigner: keys.coSigner, confirmer: keys.confirmer }[role];
      const { keyId, suite, publicKey } = signer(code);
      return { keyId, owner: code, suite, publicKey, role, validFrom: 0, validTo: null };
    }),
  );
}

async function openJurisdictions(
  options: OtkelOptions,
  keys: KeyRegister,
  times: PvpTimes,
): Promise<JurisdictionNode[]> {
  const peers = new Map<LedgerCode, PeerPort>();
  const nodes: JurisdictionNode[] = [];
  for (const config of options.config.jurisdictions) {
    const code = config.code.toLowerCase();
    const node = await openJurisdiction({
      ...options,
      config,
      ledgerPool: options.pool(`ledger-${code}`),
      signerPool: options.pool(`signer-${code}`),
      ledgerSigner: options.keys.ledger(config.code),
      coSigners: [options.keys.coSigner(config.code)],
      confirmer: options.keys.confirmer(config.code),
      accountKey: options.keys.accountKey(config.code),
      keys,
      peers,
      times,
    });
    peers.set(config.code, node.jurisdiction);
    nodes.push(node);
  }
  return nodes;
}
