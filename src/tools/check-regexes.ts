/**
 * Checks that every regular expression that `src` has as a literal matches in linear time: text from outside meets most of
 * them. Few are made in another way. Part of
 * `npm run lint`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkSync } from 'recheck';
import ts from 'typescript';

const SOURCES = fileURLToPath(new URL('../', import.meta.url));
/** What cannot be decided by theory is tried: by counting steps, as a busy machine would look like a slow expression. */
const BY_COUNTS = {
  timeout: 60_000,
  seedingTimeout: null,
  incubationTimeout: null,
  attackTimeout: null,
} as const;

interface Found {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

function findRegexes(file: string): readonly Found[] {
  const tree = ts.createSourceFile(file, readFileSync(SOURCES + file, 'utf8'), ts.ScriptTarget.Latest);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
      found.push({
        place: `src/${file}:${line + 1}`,
        source: node.text.slice(1, end),
        flags: node.text.slice(end + 1),
      });
    }
    node.forEachChild(visit);
  };
  visit(tree);
  return found;
}

/** Where regular expressions are made: of a contract, which is bounded there, and of fixed texts. */
const MAKERS = new Set(['contract/pattern.ts', 'text/secrets.ts', 'tools/check-regexes.ts']);

function findMade(file: string): readonly string[] {
  const isMade = /\bnew RegExp\(/.test(readFileSync(SOURCES + file, 'utf8'));
  return isMade && !MAKERS.has(file) ? [`src/${file}: "new RegExp" is not checked; write a literal.`] : [];
}

const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.c?ts$/.test(file),
);
const regexes = files.flatMap(findRegexes);
const slow = regexes.flatMap(({ place, source, flags }) => {
  const result = checkSync(source, flags, BY_COUNTS);
  if (result.status === 'safe') return [];
  const reason = result.status === 'vulnerable' ? result.complexity.summary : result.error.kind;
  return [`${place}: /${source}/${flags} is not linear: ${reason}`];
});
const made = files.flatMap(findMade);
for (const line of [...slow, ...made]) console.error(line);
if (regexes.length === 0 || slow.length + made.length > 0) process.exitCode = 1;
else console.log(`${regexes.length} regular expressions match in linear time.`);
