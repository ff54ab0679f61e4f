import type { CorridorConfig } from '../../src/gateway/config.js';
import { demoConfig } from '../../src/gateway/demo.js';

/** The demo's corridors with their first provider alone, whose rates then are everybody's; with changes of a test's own. */
export const oneProvider = (change: Partial<CorridorConfig> = {}): CorridorConfig[] =>
  demoConfig.corridors.map(({ others: _none, ...corridor }) => ({ ...corridor, ...change }));
