/**
 * The second schema engine: Xerces in a JVM, through the optional package `xsd-schema-validator`. It takes 0.3 s a
 * document and is for conformance checks only. It may fetch external entities, so only documents that passed the gate
 * may reach it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SchemaValidator } from './schema-validator.js';
import type { Finding } from './types.js';

interface XercesPackage {
  validateXML(
    xml: Buffer,
    pathToXsd: string,
  ): Promise<{ readonly valid: boolean; readonly messages: readonly string[] }>;
}

// A name in a variable: the package is optional, and the project must compile where it is not installed.
const PACKAGE: string = 'xsd-schema-validator';

const load = async (): Promise<XercesPackage | null> => {
  try {
    const found = (await import(PACKAGE)) as { readonly default: XercesPackage };
    return found.default;
  } catch {
    return null;
  }
};

const MESSAGE = /^\[\w+\]\s*(.*?)\s*(?:\((\d+):\d+\))?$/s;

const findingOf = (text: string): Finding => {
  const match = MESSAGE.exec(text);
  const line = match?.[2] === undefined ? null : Number(match[2]);
  return { ruleId: 'XSD', path: '/', line, message: match?.[1] ?? text };
};

interface XercesFailure {
  readonly valid: false;
  readonly messages: readonly string[];
}

const isFailure = (error: unknown): error is XercesFailure =>
  error instanceof Error && 'valid' in error && error.valid === false && 'messages' in error;

const judge = async (xerces: XercesPackage, bytes: Uint8Array, xsdFile: string): Promise<readonly Finding[]> => {
  try {
    const { valid, messages } = await xerces.validateXML(Buffer.from(bytes), xsdFile);
    return valid ? [] : messages.map(findingOf);
  } catch (error) {
    if (isFailure(error)) return (error.messages.length > 0 ? error.messages : ['[error] invalid']).map(findingOf);
    throw error;
  }
};

/** Xerces as a validator; null where the package or a JDK is missing. */
export const createXercesValidator = async (): Promise<SchemaValidator | null> => {
  const xerces = await load();
  if (xerces === null) return null;
  const validate = async (xsd: string, bytes: Uint8Array): Promise<readonly Finding[]> => {
    const folder = await mkdtemp(join(tmpdir(), 'otkel-xsd-'));
    try {
      const file = join(folder, 'schema.xsd');
      await writeFile(file, xsd);
      return await judge(xerces, bytes, file);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  try {
    // A probe: without a JVM the package loads and fails only when it is called.
    const findings = await validate(PROBE_XSD, Buffer.from('<probe/>'));
    if (findings.length > 0) return null;
  } catch {
    return null;
  }
  return { name: 'xerces', validate };
};

const PROBE_XSD =
  '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="probe"><xs:complexType/></xs:element></xs:schema>';
