/** The sample messages, taken apart into what a schema judges: headers and documents. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XmlC14NMode, XmlDocument, XmlError } from 'libxml2-wasm';
import { ISO_NAMESPACE } from '../src/iso20022/catalogue/catalogue.js';
import { type EngineElement, elementsOf, parseXml } from '../src/iso20022/xml-engine.js';

/** Where the official schemas and the samples are. */
export interface OfficialFolder {
  readonly schemaFile: (id: string) => string;
  readonly schema: (id: string) => Buffer;
  readonly samples: readonly { readonly file: string; readonly bytes: Buffer }[];
}

/** The folder beside the project; null where it is absent. */
export const openOfficial = (folder: string): OfficialFolder | null => {
  if (!existsSync(join(folder, 'xsd'))) return null;
  const schemaFile = (id: string): string => join(folder, 'xsd', `${id}.xsd`);
  const samples = join(folder, 'samples');
  return {
    schemaFile,
    schema: (id) => readFileSync(schemaFile(id)),
    samples: readdirSync(samples)
      .sort()
      .map((file) => ({ file, bytes: readFileSync(join(samples, file)) })),
  };
};

/** A header or document of a sample, alone. */
export interface SamplePart {
  readonly file: string;
  readonly namespace: string;
  readonly xml: string;
}

const isPart = ({ name, namespaceUri }: EngineElement): boolean =>
  (name === 'Document' || name === 'AppHdr') && namespaceUri.startsWith(ISO_NAMESPACE);

const AS_WRITTEN = { mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, withComments: true } as const;

const partsBelow = (element: EngineElement): EngineElement[] =>
  isPart(element) ? [element] : elementsOf(element).flatMap(partsBelow);

/**
 * The text of a part in a document of its own: where it was, namespaces of the envelope would be in the way. One with a
 * relative namespace has no canonical form (Canonical XML 1.0, 1.3) and must declare its own.
 */
const textOf = (part: EngineElement): string => {
  const own = XmlDocument.create();
  try {
    own.root = part;
    return own.canonicalizeToString(AS_WRITTEN);
  } catch (error) {
    if (error instanceof XmlError) return own.toString({ format: false, noDeclaration: true });
    throw error;
  } finally {
    own.dispose();
  }
};

/** The parts of a sample; none when it is not well-formed. A bare one keeps its own bytes. */
export const partsOf = ({ file, bytes }: { readonly file: string; readonly bytes: Buffer }): readonly SamplePart[] => {
  const parsed = parseXml(bytes);
  if (!('dispose' in parsed)) return [];
  try {
    return partsBelow(parsed.root).map((part) => ({
      file,
      namespace: part.namespaceUri,
      xml: part.parent === null ? bytes.toString('utf8') : textOf(part),
    }));
  } finally {
    parsed.dispose();
  }
};
