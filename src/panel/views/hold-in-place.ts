/**
 * Keeps the row that the user points at, has focused or has scrolled to in place while rows are added above it. Call
 * this before rendering, and the returned function after.
 */
export function holdInPlace(root: ParentNode): () => void {
  const list = root.querySelector('.entries');
  const row = list && findRowToHold(list);
  if (!list || !row) return () => {};
  const before = row.getBoundingClientRect().top;
  return () => {
    if (row.isConnected) list.scrollTop += row.getBoundingClientRect().top - before;
  };
}

function findRowToHold(list: Element): Element | null {
  const used = list.querySelector('.entry:hover') ?? list.querySelector('.entry:focus-within');
  if (used || list.scrollTop === 0) return used;
  const { top } = list.getBoundingClientRect();
  return [...list.children].find((row) => row.getBoundingClientRect().bottom > top) ?? null;
}
