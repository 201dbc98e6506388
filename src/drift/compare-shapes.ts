import { type Difference, NOTHING } from './finding.ts';
import { isNamed, saysType } from './guide.ts';
import { MAX_PLACES, type Shape, type Spot, typesInWords } from './shape.ts';

/**
 * What live and mock show differently although nothing in the contract is broken.
 *
 * @param mock `null`: the mock has no body to compare with, so only names that the contract lacks are found.
 * @param broken places that are found to break the contract already.
 * @param contract pointer of the schema.
 */
export function compareShapes(
  live: Shape,
  mock: Shape | null,
  broken: ReadonlySet<string>,
  contract: string,
): readonly Difference[] {
  const differences: Difference[] = [];
  const report = (pointer: string, isDescribed: boolean, expected: string, found: string) =>
    differences.push({
      verdict: isDescribed ? 'both-keep-contract' : 'not-in-contract',
      level: isDescribed ? 'note' : 'warning',
      in: 'body',
      pointer,
      expected,
      found,
      contract,
    });
  for (const [pointer, spot] of live) {
    if (isBroken(pointer, broken)) continue;
    const own = mock?.get(pointer);
    if (own) {
      const [expected, found] = [typesInWords(own.types), typesInWords(spot.types)];
      if ([...spot.types].some((type) => !own.types.has(type)))
        report(pointer, saysType(spot.guide), `${expected} (mock)`, found);
      continue;
    }
    const found = typesInWords(spot.types);
    if (isUnnamed(live, spot)) {
      report(pointer, false, 'no such member (contract)', found);
    } else if (mock && spot.name !== null && hasParent(mock, spot))
      report(pointer, true, 'no such member (mock)', found);
  }
  // Of a body with more places, the rest was not looked at.
  if (live.size >= MAX_PLACES) return differences;
  for (const [pointer, spot] of mock ?? []) {
    if (live.has(pointer) || spot.name === null || !hasParent(live, spot) || isBroken(pointer, broken))
      continue;
    const isInvented = mock !== null && isUnnamed(mock, spot);
    report(pointer, !isInvented, `${typesInWords(spot.types)} (mock)`, NOTHING);
  }
  return differences;
}

/** Whether a place, or one that it is in, breaks the contract. */
function isBroken(pointer: string, broken: ReadonlySet<string>): boolean {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    if (broken.has(at)) return true;
    if (at === '') return false;
  }
}

function isUnnamed(shape: Shape, { name, parent }: Spot): boolean {
  const owner = parent === null ? undefined : shape.get(parent);
  return name !== null && owner !== undefined && !isNamed(owner.guide, name);
}

/** Whether the other side has an object at the same place, which could have the member. */
function hasParent(other: Shape, { parent }: Spot): boolean {
  return parent !== null && other.get(parent)?.types.has('object') === true;
}
