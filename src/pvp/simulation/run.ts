import { checkEvidence, checkRest, isAtRest, unrest } from './final-checks.js';
import type { Violation } from './invariants.js';
import type { Mutant } from './mutants.js';
import { CALM } from './network.js';
import { customerWallet } from './orders.js';
import { type Fault, HEALED_AT_MS, type Plan } from './plan.js';
import { createScene, type Scene } from './simulation.js';
import type { Turn } from './time.js';

/** What became of one seed. */
export interface RunOutcome {
  readonly violations: readonly Violation[];
  readonly payments: number;
  readonly settled: number;
  readonly rejected: number;
  readonly events: number;
  /** The same for two runs exactly when they were the same. */
  readonly hash: string;
  readonly lines: readonly string[];
}

export interface RunOptions {
  readonly mutant: Mutant | null;
  readonly turn: Turn;
  readonly keepsLines?: boolean;
}

/** How long everything may take to come to rest when nothing goes wrong any more, virtual milliseconds. */
const REST_WITHIN_MS = 90_000;
const LOOK_MS = 500;

/** Runs a plan to its end, or to the first broken promise. */
export async function runPlan(plan: Plan, { mutant, turn, keepsLines = false }: RunOptions): Promise<RunOutcome> {
  const scene = await createScene(plan, mutant, turn, keepsLines);
  const { time, watcher, log } = scene;
  const isBroken = (): boolean => watcher.violations.length > 0;
  try {
    begin(scene, mutant);
    await time.runTo(HEALED_AT_MS, isBroken);
    if (!isBroken()) {
      heal(scene);
      await rest(scene, isBroken);
    }
  } catch (error) {
    watcher.fail('no exception', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const rows = [...log.rows.values()];
  return {
    violations: watcher.violations,
    payments: rows.length,
    settled: rows.filter((row) => row.status === 'ACSC').length,
    rejected: rows.filter((row) => row.status === 'RJCT').length,
    events: time.counts.events,
    hash: scene.trace.hash(),
    lines: scene.trace.lines,
  };
}

function begin(scene: Scene, mutant: Mutant | null): void {
  const { plan, time, bank, users, sides, gateways } = scene;
  for (const { machine } of sides.values()) machine.start();
  for (const name of plan.gateways) gateways.get(name)!.start();
  for (const payment of plan.payments) bank.plan(payment);
  for (const deed of plan.deeds) users.plan(deed);
  for (const fault of plan.faults) {
    time.after(fault.at, () => {
      scene.trace.note('fault', fault.kind);
      const end = apply(scene, fault, mutant);
      if ('forMs' in fault && end) time.after(fault.forMs, end);
    });
  }
}

/** Makes it go wrong; the answer, if any, makes it good again. */
function apply(scene: Scene, fault: Fault, mutant: Mutant | null): (() => void) | undefined {
  const { network, sides, gateways, plan } = scene;
  const machineOf = (name: string) =>
    [...sides.values()].find(({ code }) => code === name)?.machine ?? gateways.get(name)!;
  switch (fault.kind) {
    case 'network':
      network.turbulence = fault.turbulence;
      return () => {
        network.turbulence = CALM;
      };
    case 'partition':
      network.cut(...fault.between);
      return () => network.mend(...fault.between);
    case 'crash':
      machineOf(fault.machine).crash();
      return () => {
        if (!scene.left.has(fault.machine)) machineOf(fault.machine).start();
      };
    case 'takeOver':
      sides.get(fault.machine)?.machine.takeOver();
      return undefined;
    case 'failover':
      return failover(scene, fault, mutant);
    case 'slow':
    case 'full':
    case 'down':
    case 'unknown':
      return troubleDisk(scene, fault);
    case 'drift':
      machineOf(fault.machine).clock.drift(fault.rate);
      return undefined;
    case 'step':
      machineOf(fault.machine).clock.step(fault.byMs);
      return undefined;
    case 'join':
      gateways.get(fault.machine)?.start();
      return undefined;
    case 'leave':
      scene.left.add(fault.machine);
      machineOf(fault.machine).crash();
      return undefined;
    case 'block': {
      const walletId = customerWallet(fault.ledger, fault.wallet);
      const set = (status: 'blocked' | 'open'): void => {
        const command = { kind: 'setWalletStatus', walletId, status } as const;
        sides
          .get(fault.ledger)
          ?.machine.process()
          ?.ledger.submit(command)
          .catch(() => undefined);
      };
      set('blocked');
      return () => set('open');
    }
    case 'cancel': {
      const payment = plan.payments.find(({ id }) => id === fault.payment);
      if (payment) {
        const life = { isOver: false };
        network.call(life, 'operator', fault.ledger, 'cancel', [{ pvpId: payment.uetr }]).catch(() => undefined);
      }
      return undefined;
    }
    case 'oracleAway': {
      const { trouble } = sides.get(fault.ledger)!.oracle;
      trouble.isAway = true;
      return () => {
        trouble.isAway = false;
      };
    }
    case 'oracleStep':
      sides.get(fault.ledger)!.oracle.clock.step(fault.byMs);
      return undefined;
  }
}

/** The server dies and a replica that lacks its last commits takes its place; with it, perhaps, the process. */
function failover(scene: Scene, fault: Extract<Fault, { kind: 'failover' }>, mutant: Mutant | null): () => void {
  const side = scene.sides.get(fault.ledger)!;
  const { ledgerDisk, ledgerImage, signerImage, machine, setUpCount } = side;
  const lost = Math.min(fault.lose, ledgerImage.commits().length - setUpCount);
  ledgerDisk.trouble.down = true;
  if (fault.withProcess) machine.crash();
  void ledgerImage.lose(lost);
  scene.domestic.lost(fault.ledger, ledgerImage.commits());
  if (mutant?.journalWithLedger) void signerImage.lose(lost);
  scene.trace.note('fault', `${fault.ledger} lost ${lost} commits`);
  scene.lostAt.set(fault.ledger, scene.time.now());
  if (lost > 0) scene.watcher.lost(fault.ledger);
  return () => {
    ledgerDisk.trouble.down = false;
    if (fault.withProcess) machine.start();
  };
}

function troubleDisk(scene: Scene, fault: Extract<Fault, { disk: string }>): () => void {
  const [code, isSigner] = fault.disk.split('-');
  const side = [...scene.sides.values()].find((one) => one.code === code);
  const { trouble } = side ? (isSigner ? side.signerDisk : side.ledgerDisk) : scene.gatewayDisk;
  const set = (isOn: boolean): void => {
    if (fault.kind === 'slow') trouble.slow = isOn ? 300 : 1;
    if (fault.kind === 'full') trouble.full = isOn;
    if (fault.kind === 'down') trouble.down = isOn;
    if (fault.kind === 'unknown') trouble.unknownRate = isOn ? 0.3 : 0;
  };
  set(true);
  return () => set(false);
}

/** Everybody is up, honest and right about the time; nothing is lost any more. */
function heal(scene: Scene): void {
  const { sides, gateways, plan, left } = scene;
  scene.trace.note('fault', 'none any more');
  scene.isFaulty = false;
  if (plan.gateways.every((name) => left.has(name))) left.clear();
  for (const { machine, oracle } of sides.values()) {
    machine.endOthers();
    machine.clock.correct();
    oracle.clock.correct();
    machine.start();
  }
  for (const gateway of gateways.values()) gateway.clock.correct();
  if (plan.byzantineGateway !== null) gateways.get(plan.byzantineGateway)!.crash();
  for (const name of plan.gateways) if (!left.has(name)) gateways.get(name)!.start();
}

async function rest(scene: Scene, isBroken: () => boolean): Promise<void> {
  const { time, watcher } = scene;
  let isQuiet = false;
  const look = (): void => {
    void isAtRest(scene).then((found) => {
      isQuiet = found;
      if (!found) time.after(LOOK_MS, look);
    });
  };
  look();
  await time.runTo(HEALED_AT_MS + REST_WITHIN_MS, () => isQuiet || isBroken());
  if (isBroken()) return;
  if (!isQuiet) {
    watcher.fail('convergence', (await unrest(scene)).join('; '));
    return;
  }
  await checkRest(scene);
  await checkEvidence(scene);
}
