/**
 * Copies text to the clipboard. Insecure pages and some frames have no clipboard API, so `execCommand` is tried next.
 *
 * @param place where a text field may be added for a moment.
 * @returns whether the text was copied.
 */
export async function copyText(text: string, place: ParentNode): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, place);
  }
}

function copyBySelection(text: string, place: ParentNode): boolean {
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
