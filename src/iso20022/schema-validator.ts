import { nodePathsOf } from './node-paths.js';
import type { Finding } from './types.js';
import { type CompiledSchema, compileXsd, parseXml } from './xml-engine.js';

/** Schema validation as a port, so that two engines can judge the same document. */
export interface SchemaValidator {
  readonly name: string;
  /**
   * Every error of `bytes` (a bare `Document` or `AppHdr`) against the text of a schema, none when it is valid.
   * Only bytes that passed the gate may be given.
   */
  validate(xsd: string, bytes: Uint8Array): Promise<readonly Finding[]>;
}

/** The engine of the message reader, behind the port. Keeps the schemas it compiled. */
export const createLibxml2Validator = (): SchemaValidator => {
  const schemas = new Map<string, CompiledSchema>();
  const schemaOf = (xsd: string): CompiledSchema => {
    const schema = schemas.get(xsd) ?? compileXsd(xsd, /targetNamespace="([^"]*)"/.exec(xsd)?.[1] ?? '');
    schemas.set(xsd, schema);
    return schema;
  };
  const judge = (xsd: string, bytes: Uint8Array): readonly Finding[] => {
    const parsed = parseXml(bytes);
    if (!('dispose' in parsed)) return parsed.map(({ line, message }) => ({ ruleId: 'XML', path: '/', line, message }));
    try {
      const errors = schemaOf(xsd).validate(parsed);
      const pathOf = errors.length === 0 ? null : nodePathsOf(parsed.root);
      return errors.map(({ line, nodePath, message }) => ({
        ruleId: 'XSD',
        path: pathOf?.(nodePath) ?? '/',
        line,
        message,
      }));
    } finally {
      parsed.dispose();
    }
  };
  return { name: 'libxml2', validate: async (xsd, bytes) => judge(xsd, bytes) };
};
