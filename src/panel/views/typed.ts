/** What the user has typed into the field, or chosen from the list, that an event is about. */
export function typed({ target }: Event): string {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : '';
}

/** For a form that is handled here, without a request of the browser's own. */
export function submitted(handle: () => void): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    handle();
  };
}
