/** The value of the input or the select that an event comes from. */
export function inputValue({ target }: Event): string {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : '';
}

/** A submit listener that keeps the browser from sending the form. */
export function onSubmit(handle: () => void): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    handle();
  };
}
