/** The collection of a fixture file or a schema file: `personal-api-keys.json` → `personalApiKeys`. */
export function collectionOf(file: string): string {
  const [name = ''] = file.split('.', 1);
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The fixture file of a collection: `personalApiKeys` → `personal-api-keys.json`. */
export function fixtureFile(collection: string): string {
  return `${kebabCase(collection)}.json`;
}

/** The schema file of a collection: `personalApiKeys` → `personal-api-keys.schema.json`. */
export function schemaFile(collection: string): string {
  return `${kebabCase(collection)}.schema.json`;
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
