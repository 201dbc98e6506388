'use client';

import { useEffect, useState } from 'react';

/** Asks a route of the app from the browser. */
export function Flag() {
  const [text, setText] = useState('Loading');
  useEffect(() => {
    fetch('/flag')
      .then((response) => response.json())
      .then(({ result, detail }) => setText(detail ?? `Flag to be implemented: ${result ? 'yes' : 'no'}`));
  }, []);
  return <p>{text}</p>;
}
