/** CPU time of a run by stage, read from V8's sampling profile. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}
interface Profile {
  /** Microseconds of a monotonic clock. */
  readonly startTime: number;
  readonly endTime: number;
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** The first stage whose pattern fits a frame's file, from the innermost frame outwards, gets the sample. */
const STAGES: readonly (readonly [string, RegExp])[] = [
  ['identity', /src\/gateway\/identity\//],
  ['read', /src\/iso20022\/(?:codec|reader|gate|xml-engine|node-paths)|libxml2|fast-xml-parser|^wasm:/],
  ['rules', /src\/iso20022\/(?:rules|instruction|identifiers)/],
  ['translateAndWrite', /src\/iso20022\//],
  ['quotes', /src\/pvp\/(?:desk|quote|conversion)/],
  ['pvp', /src\/pvp\//],
  ['ledger', /src\/ledger\//],
  ['gateway', /src\/gateway\//],
  ['http', /node_modules\/(?:express|router|body-parser|raw-body|helmet|finalhandler|send)|node:(?:_http|http|net)/],
  ['databaseClient', /node_modules\/(?:pg|pg-)/],
  ['kernel', /src\/kernel\//],
];

/** A part of a profile: microseconds before its end. */
export interface ProfileWindow {
  readonly from: number;
  readonly to: number;
}

/** Microseconds of the main thread per payment by stage, idle time left out, for the payments made in the window. */
export function profileByStage(folder: string, window: ProfileWindow, payments: number): Record<string, number> {
  const totals = new Map<string, number>();
  for (const name of readdirSync(folder)) {
    const profile = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Profile;
    const stages = stageOfNodes(profile.nodes);
    let at = profile.startTime;
    profile.samples.forEach((id, i) => {
      const delta = profile.timeDeltas[i] ?? 0;
      at += delta;
      const left = profile.endTime - at;
      if (left > window.from || left < window.to) return;
      const stage = stages.get(id) ?? 'other';
      totals.set(stage, (totals.get(stage) ?? 0) + delta);
    });
  }
  totals.delete('idle');
  const sorted = [...totals].sort(([, a], [, b]) => b - a);
  const all = sorted.reduce((sum, [, micros]) => sum + micros, 0);
  return Object.fromEntries(
    [['total', all] as const, ...sorted].map(([stage, micros]) => [stage, Math.round(micros / payments)]),
  );
}

function stageOfNodes(nodes: readonly ProfileNode[]): Map<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stages = new Map<number, string>();
  const visit = (node: ProfileNode, inherited: string): void => {
    const { functionName, url } = node.callFrame;
    const own = STAGES.find(([, pattern]) => pattern.test(url))?.[0];
    const special = functionName === '(idle)' ? 'idle' : functionName === '(garbage collector)' ? 'garbage' : undefined;
    // The kernel and the database client work for whoever called them.
    const isServant = own === 'kernel' || own === undefined;
    const stage = special ?? (isServant && inherited !== 'other' ? inherited : (own ?? inherited));
    stages.set(node.id, stage);
    for (const child of node.children ?? []) {
      const next = byId.get(child);
      if (next) visit(next, stage);
    }
  };
  const [root] = nodes;
  if (root) visit(root, 'other');
  return stages;
}
