/**
 * Puts text on the clipboard. Pages that are not served securely, and frames that are not allowed to, have no
 * clipboard, so the old way is tried behind the new one.
 * @param place where a text field may be added for a moment.
 * @returns whether it is there.
 */
export async function copyText(text: string, place: ParentNode): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, place);
  }
}

function copySelected(text: string, place: ParentNode): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  field.setAttribute('aria-hidden', 'true');
  const focused = document.activeElement?.shadowRoot?.activeElement;
  place.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
