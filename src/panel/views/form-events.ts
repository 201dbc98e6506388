/** The value of the field that an event comes from. */
export function inputValue({ target }: Event): string {
  return target instanceof Element && 'value' in target ? String(target.value) : '';
}

/** A submit listener that keeps the browser from sending the form. */
export function onSubmit(handle: () => void): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    handle();
  };
}
