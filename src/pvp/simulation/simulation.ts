import type { LedgerCode, Uetr, WalletId } from '../../kernel/ids.js';
import { holdOfEvent } from '../../ledger/domestic/event.js';
import { createDesk, type DeskPair, type DeskRoute } from '../desk.js';
import { createMemoryDeskStore } from '../desk-store.memory.js';
import type { LegReport, PvpAlarm } from '../jurisdiction-port.js';
import { createLocalQuoteSigner, type QuoteSigner } from '../quote-signature.js';
import type { KeyRegister, PvpKeyRecord } from '../verify.js';
import { type Bank, createBank } from './bank.js';
import { createLiar, tamperedPort } from './byzantine.js';
import { createDisk, type Disk } from './disk.js';
import { signedBytes } from './domestic.js';
import { createDomesticWatch, type DomesticWatch } from './domestic-watch.js';
import { createGateway, type GatewayMachine } from './gateway.js';
import { createGatewayLog, type GatewayLog } from './gateway-log.js';
import { createWatcher, type Watcher } from './invariants.js';
import { createJurisdictionMachine, type JurisdictionMachine } from './jurisdiction-machine.js';
import { createSimulatedSigner } from './keys.js';
import type { Mutant } from './mutants.js';
import { createNetwork, type Network } from './network.js';
import { createOracleMachine, type OracleMachine } from './oracle-machine.js';
import { CURRENCY, type Order, PROVIDER, PROVIDER_BIC, providerWallet } from './orders.js';
import type { Plan } from './plan.js';
import { createRandom, type Random } from './random.js';
import { STARTS_AT, setUpOf } from './set-up.js';
import { createLedgerImage, createSignerImage, type LedgerImage, type SignerImage } from './stores.js';
import { createMachineClock, createVirtualTime, type Turn, type VirtualTime } from './time.js';
import { createTrace, type Trace } from './trace.js';
import { createUsers, termsOfPlan, type Users } from './users.js';

/** One jurisdiction with its databases. */
export interface Side {
  readonly code: LedgerCode;
  readonly machine: JurisdictionMachine;
  readonly oracle: OracleMachine;
  readonly ledgerImage: LedgerImage;
  readonly signerImage: SignerImage;
  readonly ledgerDisk: Disk;
  readonly signerDisk: Disk;
  /** Commits that no failover loses: those of the set-up. */
  readonly setUpCount: number;
  /** Money in the beginning, minor units. */
  readonly balances: ReadonlyMap<WalletId, bigint>;
  readonly supplyMinor: bigint;
}

/** Everything that a plan runs on. */
export interface Scene {
  readonly plan: Plan;
  readonly time: VirtualTime;
  readonly network: Network;
  readonly sides: ReadonlyMap<LedgerCode, Side>;
  readonly gateways: Map<string, GatewayMachine>;
  readonly gatewayDisk: Disk;
  readonly log: GatewayLog;
  readonly bank: Bank;
  readonly users: Users;
  readonly watcher: Watcher;
  readonly domestic: DomesticWatch;
  readonly trace: Trace;
  readonly alarms: PvpAlarm[];
  readonly orders: Map<Uetr, Order[]>;
  /** What the lying co-signer signed. */
  readonly lies: ReturnType<typeof createLiar> | null;
  /** False from the moment when everybody obeys the rules. */
  isFaulty: boolean;
  /** When a ledger's database last lost commits. */
  readonly lostAt: Map<LedgerCode, number>;
  /** Gateways that left for ever. */
  readonly left: Set<string>;
  readonly keys: KeyRegister;
}

const RATES: Readonly<Record<string, string>> = {
  'KZ-CN': '0.73',
  'CN-KZ': '1.37',
  'KZ-US': '0.81',
  'US-KZ': '1.23',
  'US-CN': '0.9',
  'CN-US': '1.11',
};

/** Builds the world of a plan; nothing has happened yet but its set-up. */
export async function createScene(plan: Plan, mutant: Mutant | null, turn: Turn, keepsLines: boolean): Promise<Scene> {
  const randomOf = (name: string): Random => createRandom(`${plan.seed} ${name}`);
  const time = createVirtualTime(randomOf('order'), turn);
  const trace = createTrace(time.now, keepsLines);
  const network = createNetwork(time, (name) => randomOf(`network ${name}`), trace.note);
  const orders = new Map<Uetr, Order[]>();
  const quoted = new Set<string>();
  const keys = new Map<string, PvpKeyRecord>();
  const register: KeyRegister = { key: (keyId) => keys.get(keyId) };
  const scene = {
    plan,
    time,
    trace,
    network,
    orders,
    alarms: [],
    lostAt: new Map(),
    left: new Set(),
    keys: register,
    isFaulty: true,
  } as unknown as Scene;
  const watcher = createWatcher({
    ledgers: plan.ledgers,
    liar: plan.liar,
    keys: register,
    orders,
    quoted,
    logIsTrusted: () => plan.byzantineGateway === null,
  });
  const events = termsOfPlan(plan.deeds, STARTS_AT);
  const termsOf = (event: number) => events.get(event);
  const domestic = createDomesticWatch({
    ledgers: plan.ledgers,
    events: new Map([...events.values()].map((terms) => [holdOfEvent(terms.eventId), terms])),
    said: signedBytes(plan.deeds, termsOf),
    clockError: (code, at) => {
      const right = STARTS_AT + time.now();
      const isRight = Math.abs((scene.sides.get(code)?.oracle.clock.now() ?? right) - right) < RIGHT_WITHIN_MS;
      return isRight ? at - right : null;
    },
    fail: watcher.fail,
  });
  const gatewayDisk = createDisk(time, randomOf('disk gateway'), trace.note);
  const log = createGatewayLog(time.now, (row, decision) => {
    trace.note('gateway log', `${row.uetr.slice(0, 8)} ${row.state} ${row.status} ${row.reason ?? ''}`);
    watcher.finalised(row, decision);
  });
  const lies =
    plan.liar && createLiar(plan.liar, addKey(keys, plan.liar, 'cosigner'), randomOf('liar'), () => scene.isFaulty);
  Object.assign(scene, { watcher, domestic, gatewayDisk, log, lies, sides: new Map(), gateways: new Map() });
  network.onAnswer = (from, method, answer) => {
    if (!UNSIGNED.has(method) && scene.sides.has(from as LedgerCode))
      watcher.answered(from as LedgerCode, answer as LegReport[]);
  };
  for (const code of plan.ledgers)
    (scene.sides as Map<LedgerCode, Side>).set(code, await createSide(scene, code, keys, mutant, randomOf));
  await addGateways(scene, watchedSigner(quoted), randomOf);
  const bank = createBank({
    time,
    random: randomOf('bank'),
    network,
    ledgers: plan.ledgers,
    gateways: () => [...scene.gateways.keys()],
    ordered: (order) => orders.set(order.uetr, [...(orders.get(order.uetr) ?? []), order]),
  });
  const users = createUsers({ time, network, terms: termsOf });
  return Object.assign(scene, { bank, users });
}

/** What jurisdictions answer without stating anything of a payment. */
const UNSIGNED: ReadonlySet<string> = new Set(['resolveAccounts', 'submit']);
/** A clock that is off by more is wrong. */
const RIGHT_WITHIN_MS = 5_000;

function addKey(keys: Map<string, PvpKeyRecord>, code: LedgerCode, role: PvpKeyRecord['role']) {
  const signer = createSimulatedSigner(`${code}-${role}`);
  const { keyId, suite, publicKey } = signer;
  keys.set(keyId, { keyId, owner: code, suite, publicKey, validFrom: 0, validTo: null, role });
  return signer;
}

async function createSide(
  scene: Scene,
  code: LedgerCode,
  keys: Map<string, PvpKeyRecord>,
  mutant: Mutant | null,
  randomOf: (name: string) => Random,
): Promise<Side> {
  const { plan, time, network, trace, watcher, domestic } = scene;
  const ledgerImage = createLedgerImage((commit) => {
    watcher.committed(code, commit);
    domestic.committed(code, commit);
  });
  const signerImage = createSignerImage((requests, outcomes) => watcher.voted(code, requests, outcomes));
  const noteOf = (disk: string) => (who: string, what: string) => trace.note(disk, `${who} ${what}`);
  const ledgerDisk = createDisk(time, randomOf(`disk ${code}`), noteOf(code));
  const signerDisk = createDisk(time, randomOf(`disk ${code} signer`), noteOf(`${code} signer`));
  const ledgerKey = addKey(keys, code, 'ledger');
  const clock = createMachineClock(time, STARTS_AT);
  const oracle = createOracleMachine({
    code,
    time,
    clock: createMachineClock(time, STARTS_AT),
    ledgerClock: clock,
    image: ledgerImage,
    mutant,
  });
  const machine = createJurisdictionMachine({
    oracle,
    code,
    time,
    clock,
    network,
    ledgerDisk,
    signerDisk,
    ledgerImage,
    signerImage,
    mutant,
    peers: plan.ledgers.filter((other) => other !== code),
    notaryKey: ledgerKey,
    ledgerSigner: ledgerKey,
    coSignerKey: addKey(keys, code, 'cosigner'),
    keys: scene.keys,
    distort: code === plan.liar && scene.lies ? scene.lies.distort : (value) => value,
    alarm: (alarm) => {
      trace.note(code, `${alarm.level} ${alarm.code} ${alarm.detail}`);
      scene.alarms.push(alarm);
    },
    opened: (since) => {
      if ((scene.lostAt.get(code) ?? -1) >= since) return;
      const journalled = watcher.journalled(code);
      void ledgerImage
        .store()
        .holds(journalled)
        .then((holds) => watcher.opened(code, new Map(holds.map((hold) => [hold.conditionRef, hold]))));
    },
  });
  const { history, balances } = await setUpOf(code, randomOf(`funds ${code}`));
  await ledgerImage.restore(history);
  return {
    balances,
    supplyMinor: [...balances.values()].reduce((sum, money) => sum + money, 0n),
    code,
    machine,
    oracle,
    ledgerImage,
    signerImage,
    ledgerDisk,
    signerDisk,
    setUpCount: ledgerImage.commits().length,
  };
}

/** The provider's signer, which notes the hash of every quote that it signs. */
function watchedSigner(quoted: Set<string>): QuoteSigner {
  const signer = createLocalQuoteSigner(PROVIDER);
  return {
    sign(hashes) {
      for (const hash of hashes) quoted.add(Buffer.from(hash).toString('latin1'));
      return signer.sign(hashes);
    },
  };
}

async function addGateways(scene: Scene, quoteSigner: QuoteSigner, randomOf: (name: string) => Random): Promise<void> {
  const { plan, time, network, gatewayDisk, log, gateways } = scene;
  const desk = createMemoryDeskStore();
  const routes: DeskRoute[] = [plan.ledgers, [...plan.ledgers].reverse()].map((route) =>
    route.slice(1).map((target, i) => pairOf(route[i]!, target)),
  );
  const clock = { now: () => STARTS_AT };
  const set = createDesk({ store: desk, quoteSigner: () => quoteSigner, clock, random: randomOf('rates'), routes });
  for (const pair of routes.flat())
    await set.setRate(pair, RATES[`${pair.sourceLedger}-${pair.targetLedger}`]!, PROVIDER.keyId);
  for (const name of [...plan.gateways, 'gateway-3']) {
    gateways.set(
      name,
      createGateway({
        name,
        ledgers: plan.ledgers,
        network,
        disk: gatewayDisk,
        log,
        desk,
        routes,
        quoteSigner,
        clock: createMachineClock(time, STARTS_AT),
        random: randomOf(name),
        keys: scene.keys,
        coSignerKeyId: (code) => `${code}-cosigner`,
        tamper: name === plan.byzantineGateway ? tamperedPort(randomOf('thief'), () => scene.isFaulty) : (port) => port,
      }),
    );
  }
}

const pairOf = (source: LedgerCode, target: LedgerCode): DeskPair => ({
  providerBic: PROVIDER_BIC,
  sourceCurrency: CURRENCY[source]!,
  targetCurrency: CURRENCY[target]!,
  sourceLedger: source,
  targetLedger: target,
  sourceProviderWallet: providerWallet(source, 'in'),
  targetProviderWallet: providerWallet(target, 'out'),
});
