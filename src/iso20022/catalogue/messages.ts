import type { MessageRow } from './notation.js';

/** The messages: root element, its type, and the types that are not of variant 1. Written by tools/import-catalogue.mjs. */
export const MESSAGES = {
  'pacs.008.001.08': { root: 'Document', type: 'Document-pacs.008.001.08' },
  'pacs.008.001.13': { root: 'Document', type: 'Document-pacs.008.001.13' },
  'pacs.002.001.10': { root: 'Document', type: 'Document-pacs.002.001.10' },
  'pacs.002.001.15': { root: 'Document', type: 'Document-pacs.002.001.15' },
  'head.001.001.02': { root: 'AppHdr', type: 'BusinessApplicationHeaderV02' },
  'admi.002.001.01': { root: 'Document', type: 'Document-admi.002.001.01' },
  'camt.054.001.08': { root: 'Document', type: 'Document-camt.054.001.08' },
  'camt.054.001.13': { root: 'Document', type: 'Document-camt.054.001.13' },
  'pacs.028.001.03': { root: 'Document', type: 'Document-pacs.028.001.03' },
} as const satisfies Record<string, MessageRow>;
