import type pg from 'pg';
import type { BalancePort } from '../../src/gateway/balance-port.js';
import type { EventPort } from '../../src/gateway/event-port.js';
import type { GatewayNode, GatewayNodeOptions } from '../../src/gateway/gateway-node.js';
import { systemTimers } from '../../src/gateway/platform/runtime.js';
import type { JurisdictionPort } from '../../src/pvp/jurisdiction-port.js';
import { anotherCopy, gatewayPool } from './another-copy.js';
import type { Stack } from './stack.js';

export type How = 'dies' | 'sleeps';

/** A copy of the gateway that stops. */
export interface StoppingCopy {
  readonly node: GatewayNode;
  readonly steps: () => number;
  readonly isStopped: () => boolean;
  /** From here on it does all that it still has to do. */
  wake(): void;
}

export interface StoppingCopyOptions {
  readonly instanceId: string;
  /** Before which of its steps, calls of its database and of jurisdictions, it stops. */
  readonly at: number;
  readonly how: How;
  readonly change: Partial<GatewayNodeOptions>;
}

const never = new Promise<never>(() => undefined);

/** A copy that stops before its step `at`; its transactions come to an end where it sleeps, and break off where it dies. */
export async function stoppingCopy(
  stack: Stack,
  { instanceId, at, how, change }: StoppingCopyOptions,
): Promise<StoppingCopy> {
  let [steps, isOver] = [0, false];
  let wake = () => {};
  const awake = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const step = async (): Promise<void> => {
    if (isOver || ++steps < at) return;
    await (how === 'dies' ? never : awake);
  };
  const stepped = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const member = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]) => {
          await step();
          return Reflect.apply(member, target, args);
        };
      },
    });
  const client = (real: pg.PoolClient) => {
    let isGone = false;
    const query = async (...args: unknown[]) => {
      if (how === 'sleeps' || isOver || ++steps < at) return Reflect.apply(real.query, real, args);
      if (!isGone) real.release(true);
      isGone = true;
      return never;
    };
    return { query, release: (error?: Error) => real.release(error) } as unknown as pg.PoolClient;
  };
  const real = gatewayPool(stack);
  const pool = {
    query: async (...args: unknown[]) => {
      await step();
      return Reflect.apply(real.query, real, args);
    },
    connect: async () => {
      await step();
      return client(await real.connect());
    },
  } as unknown as pg.Pool;
  const { nodes } = stack.otkel;
  isOver = true;
  const node = await anotherCopy(stack, {
    ...{ ...change, instanceId, pool },
    jurisdictions: new Map(
      nodes.map(({ config, jurisdiction }) => [config.code, stepped<JurisdictionPort>(jurisdiction)]),
    ),
    events: new Map(nodes.map(({ config, events }) => [config.code, stepped<EventPort>(events)])),
    balances: new Map(nodes.map(({ config, balances }) => [config.code, stepped<BalancePort>(balances)])),
    timers: { after: (ms, run) => systemTimers.after(ms, () => (steps < at || how === 'sleeps' ? run() : undefined)) },
  });
  isOver = false;
  return {
    node,
    steps: () => steps,
    isStopped: () => steps >= at,
    wake: () => {
      isOver = true;
      wake();
    },
  };
}
