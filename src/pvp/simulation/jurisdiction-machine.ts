import type { LedgerCode } from '../../kernel/ids.js';
import type { Signer } from '../../kernel/signature.js';
import { sweepDue } from '../../ledger/domestic/sweep.js';
import { createNotary } from '../../ledger/notary.js';
import type { Ledger, LedgerCommand } from '../../ledger/types.js';
import { createLedger } from '../../ledger/writer.js';
import { createCoSigner } from '../co-signer.js';
import { createJurisdiction, type Jurisdiction } from '../jurisdiction.js';
import type { JurisdictionPort, PeerPort, PvpAlarm } from '../jurisdiction-port.js';
import { decideLeg } from '../leg.js';
import { recoverJurisdiction } from '../recovery.js';
import { DEFAULT_TIMES } from '../terms.js';
import { createVerifier, type KeyRegister } from '../verify.js';
import type { Disk } from './disk.js';
import { identityOf } from './domestic.js';
import { remotePort } from './gateway.js';
import { verifySimulated } from './keys.js';
import type { Mutant } from './mutants.js';
import type { Network } from './network.js';
import type { OracleMachine } from './oracle-machine.js';
import { createOrderCheck, suspenseWallet } from './orders.js';
import type { LedgerImage, SignerImage } from './stores.js';
import type { Life, MachineClock, VirtualTime } from './time.js';

export interface JurisdictionMachineOptions {
  readonly code: LedgerCode;
  readonly peers: readonly LedgerCode[];
  readonly time: VirtualTime;
  readonly clock: MachineClock;
  readonly network: Network;
  readonly ledgerDisk: Disk;
  readonly signerDisk: Disk;
  readonly ledgerImage: LedgerImage;
  readonly signerImage: SignerImage;
  readonly notaryKey: Signer;
  readonly oracle: OracleMachine;
  readonly ledgerSigner: Signer;
  readonly coSignerKey: Signer;
  readonly keys: KeyRegister;
  readonly mutant: Mutant | null;
  /** Turns the answers of a lying co-signer into lies. */
  readonly distort: <T>(value: T) => T;
  readonly alarm: (alarm: PvpAlarm) => void;
  /** Traffic is open after a recovery that began at the virtual moment `since`. */
  readonly opened: (since: number) => void;
}

/** One jurisdiction as a machine: its process, which may crash, be doubled, and start again on the same databases. */
export interface JurisdictionMachine {
  readonly code: LedgerCode;
  readonly clock: MachineClock;
  start(): void;
  crash(): void;
  /** Starts another process and lets the present one go on. */
  takeOver(): void;
  /** Ends every process but the present one. */
  endOthers(): void;
  readonly process: () => Process | null;
}

export interface Process {
  readonly ledger: Ledger;
  readonly jurisdiction: Jurisdiction;
}

/** How long whoever watches over a process takes to start it again after it gave up. */
const RESTART_MS = 1_000;
const SWEEP_MS = 2_000;
/** Pockets of few tokens, so that merging them is part of what happens. */
export const CONSOLIDATION = { tokenCountMax: 8, inputCountMax: 8, queuedMax: 4 };

export function createJurisdictionMachine(options: JurisdictionMachineOptions): JurisdictionMachine {
  const { code, clock, network, time } = options;
  let life: Life = { isOver: true };
  let present: Process | null = null;
  let others: Life[] = [];

  const restartAfterFailure = (failed: Life): void => {
    if (failed.isOver || failed !== life) return;
    crash();
    time.after(RESTART_MS, start);
  };
  const start = (): void => {
    if (!life.isOver) return;
    const own: Life = { isOver: false };
    const since = time.now();
    life = own;
    present = null;
    network.listen(code, null);
    startProcess(options, own, () => time.after(RESTART_MS, () => restartAfterFailure(own))).then(
      (process) => {
        if (own !== life || own.isOver) return;
        present = process;
        serve(options, own, process);
        sweep(options, own, process);
        process.jurisdiction.start().then(
          () => {
            if (!own.isOver) options.opened(since);
          },
          () => restartAfterFailure(own),
        );
      },
      () => restartAfterFailure(own),
    );
  };
  const crash = (): void => {
    life.isOver = true;
    present = null;
    network.listen(code, null);
  };
  return {
    code,
    clock,
    start,
    crash,
    takeOver() {
      if (life.isOver) return;
      others.push(life);
      life = { isOver: true };
      start();
    },
    endOthers() {
      for (const other of others) other.isOver = true;
      others = [];
    },
    process: () => present,
  };
}

function serve({ code, network, mutant, distort }: JurisdictionMachineOptions, life: Life, process: Process): void {
  const port: JurisdictionPort = mutant?.port?.(process.jurisdiction) ?? process.jurisdiction;
  const methods: Record<string, (items: never) => Promise<unknown>> = {
    resolveAccounts: (items) => port.resolveAccounts(items),
    markFaults: (items) => port.markFaults(items),
    prepare: (items) => port.prepare(items),
    deliver: (items) => port.deliver(items),
    cancel: (items) => port.cancel(items),
    query: (items) => port.query(items),
  };
  const answer = async (method: string, question: unknown): Promise<unknown> =>
    method === 'submit'
      ? process.ledger.submit(question as LedgerCommand)
      : distort(await methods[method]!(question as never));
  network.listen(code, { life, serve: (_from, method, question) => answer(method, question) });
}

/** What is due by itself, time and again. What fails is due still the next time. */
function sweep({ clock, ledgerImage }: JurisdictionMachineOptions, life: Life, { ledger }: Process): void {
  const timers = clock.timers(life);
  const again = (): void => {
    timers.after(SWEEP_MS, () => {
      sweepDue({ store: ledgerImage.store(), ledger }, clock.now()).then(again, again);
    });
  };
  again();
}

async function startProcess(options: JurisdictionMachineOptions, life: Life, gaveUp: () => void): Promise<Process> {
  const { code, clock, mutant } = options;
  const identity = identityOf(code);
  const { notaryKey } = options;
  const written = await createLedger({
    store: options.ledgerImage.client(life, options.ledgerDisk, mutant?.answersUnsynced ?? false),
    notary: (start) => createNotary(identity, notaryKey, start),
    clock,
    ...identity,
    accountKey: new Uint8Array(32),
    awaitsReconcile: true,
    oracle: options.oracle.client(life),
    openBlock: mutant?.openBlock,
    consolidation: CONSOLIDATION,
  });
  const ledger = mutant?.ledger?.(written) ?? written;
  const signerStore = options.signerImage.client(life, options.signerDisk);
  const coSigner = createCoSigner({
    ledger: code,
    store: mutant?.signerStore?.(signerStore) ?? signerStore,
    signers: [options.coSignerKey],
    clock,
    clockErrorMs: DEFAULT_TIMES.clockErrorMs,
    clockIsTrusted: () => true,
  });
  const check = createOrderCheck(code, () => clock.now());
  const jurisdiction = createJurisdiction({
    ledger,
    coSigner: mutant?.coSigner?.(coSigner) ?? coSigner,
    ledgerSigner: options.ledgerSigner,
    verifier: createVerifier(options.keys, 256, verifySimulated),
    suspenseWallet: suspenseWallet(code),
    clock,
    timers: clock.timers(life),
    monotonic: clock.monotonic,
    times: DEFAULT_TIMES,
    peers: peersOf(options, life),
    legCheck: mutant?.legCheck?.(check) ?? check,
    verifyLedger: async () => undefined,
    alarm: {
      raise(alarm) {
        if (life.isOver) return;
        options.alarm(alarm);
        // A fenced process stays closed: its operator's system starts another one.
        if (alarm.code === 'FENCED') gaveUp();
      },
    },
    ...(mutant?.decide && { decide: mutant.decide(decideLeg) }),
    ...(mutant?.recover && { recover: mutant.recover(recoverJurisdiction) }),
  });
  return { ledger, jurisdiction };
}

function peersOf({ code, peers, network, distort }: JurisdictionMachineOptions, life: Life): Map<LedgerCode, PeerPort> {
  return new Map(
    peers.map((peer) => {
      const port = remotePort(network, life, code, peer);
      return [peer, { query: (items) => port.query(distort(items)) }];
    }),
  );
}
